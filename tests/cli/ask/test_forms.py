"""Every verb that prints tables writes them in every form."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from benchmarks.inputs.synthetic_lake import article_id, fill_lake
from cli.main import copydesk
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

TABLE_VERBS = (
    "tables",
    "query",
    "search",
    "sql",
    "status",
    "explain",
    "check",
    "doctor",
    "models list",
    "outlets list",
    "outlets check",
    "watches list",
    "backfill list",
    "backfill diff",
    "backfill show",
    "archive verify",
    "lake move",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, quick_sessions: None) -> Path:
    """A lake of ten made-up articles."""
    folder = tmp_path_factory.mktemp("forms") / "lake"
    with open_lake(LakeLocation.at(folder), create=True) as lake:
        fill_lake(lake, 0, 10)
    return folder


def call(*words: str) -> str:
    done = CliRunner().invoke(copydesk, words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


@pytest.mark.parametrize("name", TABLE_VERBS)
def test_the_verb_takes_every_form_and_a_file(name: str) -> None:
    found: click.Command = copydesk
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word) or pytest.fail(name)
    options = {one.name: one for one in found.params}
    assert {"output", "as_json", "excel"} <= options.keys()
    choice = options["form"].type
    assert isinstance(choice, click.Choice)
    assert {"table", "csv", "json", "jsonl", "markdown", "xlsx", "parquet"} <= set(choice.choices)


def test_a_table_is_the_same_in_every_form(tmp_path: Path) -> None:
    expected = json.loads(call("tables", "figures", "--json"))
    assert [
        json.loads(line) for line in call("tables", "figures", "--format", "jsonl").splitlines()
    ] == expected
    rows = list(csv.DictReader(call("tables", "figures", "--format", "csv").splitlines()))
    assert [row["column"] for row in rows] == [row["column"] for row in expected]
    call("tables", "figures", "--output", str(tmp_path / "columns.parquet"))
    assert pq.read_table(tmp_path / "columns.parquet").to_pylist() == expected


def test_one_part_of_an_answer_is_written(small: Path, tmp_path: Path) -> None:
    every = json.loads(call("status", "--json", "--lake", str(small)))
    assert json.loads(call("status", "--part", "outlets", "--json", "--lake", str(small))) == every["outlets"]
    file = tmp_path / "removed.csv"
    told = CliRunner().invoke(copydesk, ["tables", "--output", str(file)])
    assert (told.stdout, told.stderr) == ("", f"wrote {file}\n")
    call("explain", article_id(3), "--part", "removed_lines", "--output", str(file), "--lake", str(small))
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [(row["article_id"], row["rule"]) for row in rows] == [(article_id(3), "comment_form")] * 2


def test_a_file_of_several_tables_asks_for_the_part(small: Path) -> None:
    done = CliRunner().invoke(copydesk, ["status", "--format", "csv", "--lake", str(small)])
    assert done.exit_code == 2
    assert "add --part, one of outlets, runs, fetched, feeds, not_used" in done.stderr


def test_the_archive_and_the_rows_of_a_move_are_tables_as_well(small: Path, tmp_path: Path) -> None:
    moved = ("lake", "move", "--to-lake", str(tmp_path / "new"), "--dry-run", "--lake", str(small))
    rows = list(csv.DictReader(call(*moved, "--format", "csv").splitlines()))
    counts = json.loads(call(*moved, "--json"))["row_counts"]
    assert {row["table"]: int(row["rows"]) for row in rows} == counts
    assert counts["articles"] == 10
    done = CliRunner().invoke(copydesk, ["archive", "verify", "--format", "csv", "--lake", str(small)])
    found = list(csv.DictReader(done.stdout.splitlines()))
    assert done.exit_code == (1 if found else 0)
    assert done.stdout.startswith("file,offset,detail,repaired")


def test_an_empty_answer_has_its_columns_in_a_file(small: Path, tmp_path: Path) -> None:
    words = ("query", "casualties", "outlet=nowhere", "--lake", str(small))
    assert call(*words, "--format", "csv").splitlines()[0].startswith("outlet,what,")
    call(*words, "--output", str(tmp_path / "none.parquet"))
    found = pq.read_table(tmp_path / "none.parquet")
    assert found.num_rows == 0
    assert found.num_columns > 3
