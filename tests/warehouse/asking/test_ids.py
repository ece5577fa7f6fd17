"""Ids named by a short unique prefix."""

from __future__ import annotations

import pytest

from core.errors import ConfigError
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.ids import UnknownIdError, choose_id, complete_ids, find_id
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import find_sql
from warehouse.landing.land import land_parts


@pytest.fixture(scope="module")
def ids(read_lake: Lake) -> list[str]:
    """The ids of two articles of the lake that the tests read."""
    rows = [make_rows("a"), make_rows("b")]
    land_parts(read_lake, make_run(), [PartFolder(read_lake)(*rows)])
    return [one["articles"][0]["article_id"] for one in rows]


def test_the_shortest_beginning_that_only_one_has_will_do(read_lake: Lake, ids: list[str]) -> None:
    one, other = ids
    shared = next(n for n in range(len(one)) if one[n] != other[n])
    assert find_id(read_lake, "article", one[: shared + 1]) == one
    assert find_id(read_lake, "article", one) == one
    if shared:
        with pytest.raises(ConfigError, match=f"{min(ids)}, {max(ids)}"):
            find_id(read_lake, "article", one[:shared])


def test_an_address_names_its_article(read_lake: Lake, ids: list[str]) -> None:
    ((url,),) = read_lake.fetch("SELECT url FROM articles WHERE article_id = $one", {"one": ids[0]})
    assert find_id(read_lake, "article", url) == ids[0]


@pytest.mark.parametrize("prefix", ["", "zz", "%", "_", "'", "\u202e"])
def test_what_begins_no_id_is_said_and_signs_of_patterns_mean_themselves(
    read_lake: Lake, ids: list[str], prefix: str
) -> None:
    with pytest.raises(UnknownIdError) as caught:
        find_id(read_lake, "article", prefix)
    assert "\u202e" not in str(caught.value)


def test_an_id_that_is_whole_is_meant_also_where_longer_ones_begin_so() -> None:
    assert choose_id("story", "a1", ["a1", "a12"]) == "a1"
    with pytest.raises(ConfigError, match="a12, a13"):
        choose_id("story", "a1", ["a12", "a13"])


def test_a_named_question_takes_beginnings_of_ids_and_leaves_other_values(
    read_lake: Lake, ids: list[str]
) -> None:
    one, other = ids
    shared = next(n for n in range(len(one)) if one[n] != other[n])
    spans = find_sql("article_spans", "queries")
    assert complete_ids(read_lake, spans, {"article": one[: shared + 1]}) == {"article": one}
    latest = find_sql("latest_articles", "queries")
    assert complete_ids(read_lake, latest, {"limit": "5"}) == {"limit": "5"}
    with pytest.raises(UnknownIdError):
        complete_ids(read_lake, find_sql("story", "queries"), {"story_id": "zz"})
