"""A story that grew wrong is parted: the larger part keeps the id, and each move is told."""

from __future__ import annotations

import itertools
from datetime import timedelta
from itertools import groupby

import numpy as np
import pytest
from grouping_articles import make_article, when
from hypothesis import assume, given
from hypothesis import strategies as st

from core.outcomes import Row
from tasks.group.corrections import NO_CORRECTIONS, Corrections
from tasks.group.features import TermCounts
from tasks.group.linkage import Links, judge_stories
from tasks.group.parting import FAR_ODDS, MOST_ARTICLES, SMALLEST_PART, find_part, split_in_two
from tasks.group.stories import count_articles, group_stories
from tests.twin_events import make_reports

# In these, the first reports of both events are one story, and the third day parts them.
PARTED = (1, 2, 3, 4, 6, 10, 13, 25)


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


def keep_until(rows: list[Row], day: int) -> list[Row]:
    return [row for row in rows if row["published_at"].date() <= when(day).date()]


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
    before, told_before = load_in_steps(keep_until(rows, 1))
    for day in (2, 3):
        after, told = load_in_steps(keep_until(rows, day))
        changed = {name: (story, after[name]) for name, story in before.items() if after[name] != story}
        moves = told[len(told_before) :]
        assert changed == {move["article_id"]: (move["from_story_id"], move["to_story_id"]) for move in moves}
        assert all(move["log_odds"] <= FAR_ODDS and move["reason"] == "parted" for move in moves)
        for left in {story for story, _ in changed.values()}:
            assert list(after.values()).count(left) >= len(after) / 2
        before, told_before = after, told
    assert told_before


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
    early = keep_until(rows, 2)
    story_of, _ = load_in_steps(early)
    known = [{**row, "story_id": story_of[row["article_id"]]} for row in early]
    found = group_stories([row for row in rows if row["published_at"].date() == third_day], known).rows
    after, _ = load_in_steps(rows)
    counts = {row["story_id"]: row["article_count"] for row in found["stories"]}
    assert counts == {story: list(after.values()).count(story) for story in set(after.values())}


def link(rows: list[Row], corrections: Corrections = NO_CORRECTIONS) -> Links:
    terms = TermCounts()
    return Links.of(list(count_articles(rows, terms).values()), terms, judge_stories, corrections)


def test_only_stories_of_four_articles_up_to_the_most_are_looked_at_again() -> None:
    rows = [row for row in make_rows(3) if row["article_id"] not in ("a1", "b1")]
    links = link(rows)
    found = find_part(links, range(len(rows)))
    assert found and len(found.places) == 6
    assert find_part(links, range(2 * SMALLEST_PART - 1)) is None
    many = [
        {**row, "article_id": f"{row['article_id']}-{number}"}
        for number in range(MOST_ARTICLES // len(rows) + 1)
        for row in rows
    ]
    assert find_part(link(many), range(len(many))) is None


def test_a_story_of_one_event_stays_whole() -> None:
    rows = [row for row in make_rows(3) if row["article_id"].startswith("a")]
    assert find_part(link(rows), range(len(rows))) is None


def test_one_article_that_is_unlike_the_rest_stays() -> None:
    rows = [row for row in make_rows(3) if row["article_id"].startswith("a") or row["article_id"] == "b30"]
    assert find_part(link(rows), range(len(rows))) is None


def test_what_a_person_put_together_is_in_one_part() -> None:
    rows = [row for row in make_rows(3) if row["article_id"] not in ("a1", "b1")]
    decided = {
        "correction_id": "c",
        "kind": "merge",
        "from_story_id": "s",
        "story_id": "s",
        "decided_at": when(1),
    }
    together = {"a20", "b20", "b21"}
    corrections = Corrections([{**decided, "article_id": name} for name in together])
    found = find_part(link(rows, corrections), range(len(rows)))
    assert found
    names = {rows[place]["article_id"] for place in found.places}
    assert together <= names or together.isdisjoint(names)
    assert len({name[0] for name in names - together}) == 1


@given(st.lists(st.booleans(), min_size=4, max_size=12), st.data())
def test_two_groups_with_all_weak_links_between_them_are_the_two_sides(
    group: list[bool], data: st.DataObject
) -> None:
    assume(min(group.count(True), group.count(False)) > 1)
    odds = np.zeros((len(group), len(group)))
    for one, other in itertools.combinations(range(len(group)), 2):
        strong, weak = st.floats(0.5, 6.0), st.floats(-6.0, 0.0)
        odds[one, other] = odds[other, one] = data.draw(strong if group[one] == group[other] else weak)
    side = split_in_two(odds).tolist()
    assert side in (group, [not is_first for is_first in group])


def test_an_article_that_begins_on_the_wrong_side_changes_it() -> None:
    odds = np.full((6, 6), -2.0)
    odds[:3, :3] = odds[3:, 3:] = 3.0
    odds[0, 3] = odds[3, 0] = -6.0  # the two that are linked least begin the sides
    odds[2, 0] = odds[0, 2] = 0.0
    odds[2, 3] = odds[3, 2] = 1.0  # nearer to the other side's first article than to its own
    np.fill_diagonal(odds, 0.0)
    assert split_in_two(odds).tolist() == [True] * 3 + [False] * 3
