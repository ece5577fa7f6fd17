"""Named queries: described by their header, values bound, mistakes answered with a suggestion."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import ConfigError, ContractError
from core.tables import TABLES
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.migrations import list_marts
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.schema_version import SQL_FOLDER
from warehouse.catalog.sql_files import SqlFile, list_queries, parse_own, parse_sql, run_query
from warehouse.landing.land import land_parts

_SAMPLES = {
    "name": "Ida Lund",
    "counted": "boats",
    "article": "https://dunmore-ledger.example/a",
    "story_id": "s1",
}


@pytest.fixture(scope="module")
def shared_lake(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Iterator[Lake]:
    """A lake of two articles for tests that only read."""
    folder = tmp_path_factory.mktemp("queries") / "lake"
    shutil.copytree(empty_lake, folder)
    with open_lake(LakeLocation.at(folder)) as opened:
        rows = make_rows("a"), make_rows("b", outlet="kelder-post")
        land_parts(opened, make_run(), [PartFolder(opened)(*rows)])
        yield opened


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.rglob("*.sql")), ids=lambda path: path.stem)
def test_every_sql_file_says_its_purpose_grain_key_and_what_it_reads(path: Path) -> None:
    file = parse_sql(path)
    assert file.purpose
    assert file.grain


@pytest.mark.parametrize("file", list_queries(), ids=lambda file: file.name)
def test_every_named_query_runs(shared_lake: Lake, file: SqlFile) -> None:
    values = {p.name: _SAMPLES[p.name] for p in file.parameters if p.is_required}
    assert run_query(shared_lake, file.name, **values).num_columns > 0


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.rglob("*.sql")), ids=lambda path: path.stem)
def test_the_commonest_value_is_the_same_one_each_time_where_two_are_as_common(path: Path) -> None:
    unordered = re.compile(r"\b(?:any_value\(|mode\((?!.*ORDER BY))")
    assert not unordered.findall(path.read_text(encoding="utf-8"))


def test_what_queries_and_marts_read_is_there() -> None:
    known = set(TABLES) | {mart.name for mart in list_marts()}
    for file in (*list_queries(), *list_marts()):
        assert set(file.reads) <= known, file.name


def test_an_answer_is_an_arrow_table(shared_lake: Lake) -> None:
    assert run_query(shared_lake, "latest_articles", limit="1").num_rows == 1
    answer = run_query(shared_lake, "latest_articles", outlet="kelder-post")
    assert answer.column("outlet").to_pylist() == ["kelder-post"]


def test_a_value_is_bound_and_never_becomes_sql(shared_lake: Lake) -> None:
    assert run_query(shared_lake, "latest_articles", outlet="x' OR '1' = '1").num_rows == 0


def test_a_mistyped_name_gets_the_nearest_one(shared_lake: Lake) -> None:
    with pytest.raises(ConfigError, match="did you mean 'latest_articles'"):
        run_query(shared_lake, "latest_artikels")
    with pytest.raises(ConfigError, match="no query"):
        run_query(shared_lake, "../migrations/0001_internal")


def test_a_wrong_parameter_or_value_is_named(shared_lake: Lake) -> None:
    with pytest.raises(ConfigError, match="no parameter 'outlett'; did you mean 'outlet'"):
        run_query(shared_lake, "latest_articles", outlett="x")
    with pytest.raises(ConfigError, match="limit='many' is not of type integer"):
        run_query(shared_lake, "latest_articles", limit="many")
    with pytest.raises(ConfigError, match=r"needs name=\.\.\."):
        run_query(shared_lake, "articles_naming")


def test_a_header_that_lacks_a_field_breaks_the_contract(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("-- purpose: something\nSELECT 1")
    with pytest.raises(ContractError, match="grain, key, reads"):
        parse_sql(tmp_path / "x.sql")


def test_lists_of_texts_reach_the_query_as_they_are(shared_lake: Lake, tmp_path: Path) -> None:
    texts = ["it's", '"', "\\", "a\nb", "\0", "Zoë 😀", "", "null"]
    query = tmp_path / "own.sql"
    query.write_text(
        "-- purpose: texts\n-- parameters:\n--   names texts: some\n--   names_more text: another\n"
        "SELECT unnest($names) AS name, $names_more AS more"
    )
    text, bound = parse_own(query, "queries").prepare({"names": texts, "names_more": "$names"})
    assert shared_lake.fetch(text, bound) == [(name, "$names") for name in texts]
    text, bound = parse_own(query, "queries").prepare({"names": [], "names_more": "x"})
    assert shared_lake.fetch(text, bound) == []
