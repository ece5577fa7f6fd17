"""A story that grew wrong is parted: the larger part keeps the id, and each move is told."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

import pytest
from grouping_articles import make_article, when

from core.outcomes import Row
from tasks.group.evidence import read_profile
from tasks.group.features import TermCounts
from tasks.group.linkage import Article, Links, judge_stories
from tasks.group.parting import FAR_ODDS, MOST_ARTICLES, find_parts
from tasks.group.stories import group_stories
from tests.twin_events import make_reports

# In these, the first reports of both events are one story, and the third day parts them.
PARTED = (1, 2, 3, 10, 25)


def make_rows(seed: int) -> list[Row]:
    return [
        make_article(row["name"], row["title"], row["text"], row["published_at"])
        for row in make_reports(seed)
    ]


def load_in_steps(rows: list[Row], days: int = 1) -> tuple[dict[str, str], list[Row]]:
    """The story of each article and all moves, after loads of this many days each."""
    known: list[Row] = []
    moves: list[Row] = []
    first = min(row["published_at"] for row in rows).date()

    def step_of(row: Row) -> int:
        return int((row["published_at"].date() - first).days // days)

    for _, some in groupby(sorted(rows, key=step_of), key=step_of):
        chunk = list(some)
        found = group_stories(chunk, known).rows
        story_of = {row["article_id"]: row["story_id"] for row in found["story_articles"]}
        known = [
            {**row, "story_id": story_of.get(row["article_id"], row["story_id"])} for row in known + chunk
        ]
        moves += found["story_moves"]
    return {row["article_id"]: row["story_id"] for row in known}, moves


@pytest.mark.parametrize("seed", PARTED)
def test_two_events_that_were_one_story_are_parted_once_more_is_known(seed: int) -> None:
    story_of, moves = load_in_steps(make_rows(seed))
    assert moves
    assert len({move["from_story_id"] for move in moves}) == 1
    for event in "ab":
        own = [story for name, story in story_of.items() if name.startswith(event) and name[1:] != "1"]
        assert len(set(own)) == 1
    assert story_of["a30"] != story_of["b30"]


@pytest.mark.parametrize("seed", PARTED)
def test_the_larger_part_keeps_the_id_and_each_move_is_told(seed: int) -> None:
    rows = make_rows(seed)
    early = [row for row in rows if row["published_at"].date() <= when(2).date()]
    before, _ = load_in_steps(early)
    after, moves = load_in_steps(rows)
    changed = {name: (story, after[name]) for name, story in before.items() if after[name] != story}
    told = {move["article_id"]: (move["from_story_id"], move["to_story_id"]) for move in moves}
    assert told == changed
    assert all(move["log_odds"] <= FAR_ODDS and move["reason"] == "parted" for move in moves)
    (left,) = {story for story, _ in changed.values()}
    stayed = [name for name, story in after.items() if story == left]
    assert len(stayed) >= len(after) / 2


@pytest.mark.parametrize("seed", PARTED)
@pytest.mark.parametrize("days", [1, 2])
def test_one_load_and_loads_of_days_part_the_same_stories(seed: int, days: int) -> None:
    rows = make_rows(seed)
    at_once = {row["article_id"]: row["story_id"] for row in group_stories(rows, []).rows["story_articles"]}
    assert load_in_steps(rows, days)[0] == at_once


def test_what_no_reader_saw_in_another_story_is_no_move() -> None:
    assert group_stories(make_rows(PARTED[0]), []).rows["story_moves"] == []


def test_a_copy_moves_with_its_original() -> None:
    rows = make_rows(3)
    _, moves = load_in_steps(rows)
    original = next(row for row in rows if row["article_id"] == moves[0]["article_id"])
    copy = {
        **original,
        "article_id": "copy",
        "original_article_id": original["article_id"],
        "published_at": original["published_at"] + timedelta(minutes=5),
    }
    story_of, moves = load_in_steps([*rows, copy])
    assert story_of["copy"] == story_of[original["article_id"]]
    assert "copy" in {move["article_id"] for move in moves}


def test_the_stories_written_count_those_that_left_and_those_that_stayed() -> None:
    rows = make_rows(1)
    third_day = when(3).date()
    early = [row for row in rows if row["published_at"].date() < third_day]
    story_of, _ = load_in_steps(early)
    known = [{**row, "story_id": story_of[row["article_id"]]} for row in early]
    found = group_stories([row for row in rows if row["published_at"].date() == third_day], known).rows
    after, _ = load_in_steps(rows)
    counts = {row["story_id"]: row["article_count"] for row in found["stories"]}
    assert counts == {story: list(after.values()).count(story) for story in set(after.values())}


def link(rows: list[Row]) -> Links:
    terms = TermCounts()
    articles = [
        Article(row, terms.count(row), terms.count_first(row), terms.count_free(row), read_profile(row))
        for row in rows
    ]
    return Links.of(articles, terms, judge_stories)


def test_only_stories_of_three_articles_up_to_the_most_are_looked_at_again() -> None:
    rows = [row for row in make_rows(3) if row["article_id"] not in ("a1", "b1")]
    links = link(rows)
    assert [len(part.places) for part in find_parts(links, range(len(rows)))] == [6]
    assert find_parts(links, [0, 1]) == []
    many = [
        {**row, "article_id": f"{row['article_id']}-{number}"}
        for number in range(MOST_ARTICLES // len(rows) + 1)
        for row in rows
    ]
    assert find_parts(link(many), range(len(many))) == []


def test_a_story_of_one_event_stays_whole() -> None:
    rows = [row for row in make_rows(3) if row["article_id"].startswith("a3")]
    assert find_parts(link(rows), range(len(rows))) == []
