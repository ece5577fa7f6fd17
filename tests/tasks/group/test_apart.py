"""Reports in unlike words: one story if nothing else is near, two if something is."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from grouping_articles import OTHER, make_article, when

from core.outcomes import Row
from tasks.group.apart import LOWEST
from tasks.group.features import TermCounts
from tasks.group.linkage import Links, judge_stories
from tasks.group.stories import count_articles, group_stories

FIRST = """A pensioner who had been missing for two days was found alive in a quarry near Upper Denning on Sunday. Volunteers with dogs
heard her call from a ledge. She had broken a wrist and was taken to hospital in Carrow. Police had used a helicopter."""
SECOND = """Mabel Thorne wants to thank the spaniel. It was Biscuit who barked at the edge of the old quarry, says the retired teacher from
her bed in hospital, with an arm in plaster. She lay on a ledge near Upper Denning, below the brambles."""
LIKE = """A walker who had been missing for a night was found alive in a ravine near Stowbridge on Sunday. Volunteers with dogs heard
him call from a ledge. He had broken an ankle and was taken to hospital in Larkmouth. Police had used a helicopter."""


def report(article_id: str, text: str, day: int = 4, **more: Any) -> Row:
    return make_article(article_id, None, text, when(day), **more)


def stories_of(rows: list[Row]) -> set[frozenset[str]]:
    made = group_stories(rows, []).rows["story_articles"]
    by_story = itertools.groupby(
        sorted(made, key=lambda row: row["story_id"]), key=lambda row: row["story_id"]
    )
    return {frozenset(row["article_id"] for row in rows) for _, rows in by_story}


def odds_of(one: Row, other: Row) -> float:
    terms = TermCounts()
    articles = list(count_articles([one, other], terms).values())
    return Links.of(articles, terms, judge_stories).pair(0, 1)


def test_the_two_reports_are_linked_below_even_odds() -> None:
    assert LOWEST <= odds_of(report("a", FIRST), report("b", SECOND)) < 0


def test_reports_in_unlike_words_are_one_story_where_nothing_else_is_near() -> None:
    rows = [report("a", FIRST), report("b", SECOND), report("o", OTHER)]
    assert stories_of(rows) == {frozenset("ab"), frozenset("o")}


def test_they_stay_apart_if_one_of_them_is_nearly_as_near_to_a_like_event() -> None:
    rows = [report("a", FIRST), report("b", SECOND), report("c", LIKE)]
    assert stories_of(rows) == {frozenset("a"), frozenset("b"), frozenset("c")}


def places(article_id: str, *shared: str) -> list[dict[str, Any]]:
    """Many places of the article's own, so that one in common says little."""
    names = [*shared, *(f"{article_id}-{number}" for number in range(40))]
    return [{"entity_id": name, "entity_type": "place", "weight": 1, "is_famous": False} for name in names]


@pytest.mark.parametrize(
    ("shared", "day", "count"), [((), 6, 2), (("quarry",), 6, 1), (("quarry", "denning"), 11, 2)]
)
def test_reports_of_other_days_need_a_name_in_common_and_less_than_a_week(
    shared: tuple[str, ...], day: int, count: int
) -> None:
    one = report("a", FIRST, entity_weights=places("a", *shared))
    other = report("b", SECOND, day=day, entity_weights=places("b", *shared))
    assert len(stories_of([one, other])) == count


def test_two_stories_of_several_articles_need_even_odds() -> None:
    rows = [report("a", FIRST), report("b", FIRST), report("c", SECOND), report("d", SECOND)]
    assert stories_of(rows) == {frozenset("ab"), frozenset("cd")}


def test_the_order_of_the_rows_decides_nothing() -> None:
    rows = [report("a", FIRST), report("b", SECOND, day=5), report("o", OTHER), report("c", LIKE, day=9)]
    assert {frozenset(stories_of(list(some))) for some in itertools.permutations(rows)} == {
        frozenset(stories_of(rows))
    }


def test_a_load_a_day_gives_the_stories_of_one_load() -> None:
    rows = [report("a", FIRST), report("o", OTHER), report("b", SECOND, day=5), report("c", LIKE, day=9)]
    known: list[Row] = []
    for row in rows:
        made = group_stories([row], known).rows["story_articles"]
        given = {article["article_id"]: article["story_id"] for article in made}
        known = [{**old, "story_id": given.get(old["article_id"], old["story_id"])} for old in [*known, row]]
    together = group_stories(rows, []).rows["story_articles"]
    assert {row["article_id"]: row["story_id"] for row in known} == {
        row["article_id"]: row["story_id"] for row in together
    }
