"""What people decide about stories outweighs all evidence, in every later grouping."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

import pytest
from grouping_articles import OTHER, REPORT, make_article, when

from core.captures import digest_text
from core.outcomes import Row
from tasks.group.corrections import Corrections, are_apart
from tasks.group.stories import group_stories

VOTE = "Larkmouth council votes to close swimming hall"
DERAILED = "Goods train derails at Stowbridge"


def decide(kind: str, number: int, **stories: str) -> list[Row]:
    """Rows of a correction: for each article the story that it was in and that it came into, `one>two` or `one`."""
    return [
        {
            "correction_id": f"correction-{number}",
            "article_id": article_id,
            "kind": kind,
            "from_story_id": story.split(">")[0],
            "story_id": story.split(">")[-1],
            "decided_at": when(1) + timedelta(hours=number),
        }
        for article_id, story in stories.items()
    ]


def tell(name: str, day: int, text: str = REPORT, **more: object) -> Row:
    return make_article(name, VOTE if text == REPORT else DERAILED, text, when(day), **more)


def group(rows: list[Row], *corrections: list[Row], known: list[Row] | None = None) -> dict[str, str]:
    said = Corrections([row for some in corrections for row in some])
    found = group_stories(rows, known or [], corrections=said).rows["story_articles"]
    return {row["article_id"]: row["story_id"] for row in found}


def load_by_day(rows: list[Row], *corrections: list[Row]) -> dict[str, str]:
    """The story of each article after a load a day."""
    known: list[Row] = []
    for _, some in groupby(
        sorted(rows, key=lambda row: row["published_at"]), key=lambda row: row["published_at"]
    ):
        chunk = list(some)
        stories = group(chunk, *corrections, known=known)
        known = [
            {**row, "story_id": stories.get(row["article_id"], row["story_id"])} for row in known + chunk
        ]
    return {row["article_id"]: row["story_id"] for row in known}


SPLIT = decide("split", 1, a="x>y", b="x", c="x")


def test_a_split_holds_from_zero_whatever_the_articles_say_and_keeps_the_ids() -> None:
    rows = [tell("a", 5), tell("b", 6), tell("c", 7)]
    assert len(set(group(rows).values())) == 1
    assert group(rows, SPLIT) == load_by_day(rows, SPLIT) == {"a": "y", "b": "x", "c": "x"}


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_new_article_joins_one_side_of_a_split_and_never_both(name: str) -> None:
    known = [tell("a", 5, story_id="y"), tell("b", 6, story_id="x"), tell("c", 7, story_id="x")]
    found = group([tell("n", 8)], SPLIT, known=known)
    assert found.keys() == {"n"} and found["n"] in ("x", "y")
    again = group([tell(name, 9, story_id=known["ab".index(name)]["story_id"])], SPLIT, known=known)
    assert again == {name: known["ab".index(name)]["story_id"]}


def test_known_articles_that_a_split_takes_out_move_and_the_move_says_so() -> None:
    known = [tell(name, day, story_id="x") for name, day in (("a", 5), ("b", 6), ("c", 7))]
    found = group_stories([], known, corrections=Corrections(SPLIT)).rows
    (move,) = found["story_moves"]
    assert (move["article_id"], move["from_story_id"], move["to_story_id"]) == ("a", "x", "y")
    assert (move["reason"], move["log_odds"]) == ("corrected", None)
    assert {row["story_id"]: row["article_count"] for row in found["stories"]} == {"x": 2, "y": 1}


MERGE = decide("merge", 2, a="x", t="z>x")


def test_a_merge_holds_from_zero_for_articles_that_have_nothing_in_common() -> None:
    rows = [tell("a", 5), tell("t", 6, OTHER)]
    assert len(set(group(rows).values())) == 2
    assert group(rows, MERGE) == load_by_day(rows, MERGE) == {"a": "x", "t": "x"}


def test_merged_articles_can_be_weeks_apart_and_late_ones_join_the_story() -> None:
    rows = [tell("a", 1), tell("t", 28, OTHER), tell("n", 29, OTHER)]
    assert group(rows, MERGE) == load_by_day(rows, MERGE) == {"a": "x", "t": "x", "n": "x"}


@pytest.mark.parametrize(("day", "story"), [(25, "x"), (31, digest_text("story", "n"))])
def test_an_article_joins_a_long_merged_story_within_ten_days_of_its_latest(day: int, story: str) -> None:
    rows = [tell("a", 1), tell("t", 20, OTHER), tell("n", day, OTHER)]
    assert group(rows, MERGE)["n"] == load_by_day(rows, MERGE)["n"] == story


def test_a_merged_story_that_is_short_grows_to_ten_days_and_no_further() -> None:
    rows = [tell("a", 1), tell("t", 2, OTHER), *(tell(f"n{day}", day, OTHER) for day in range(5, 29, 3))]
    found = group(rows, MERGE)
    assert found == load_by_day(rows, MERGE)
    assert [name for name, story in found.items() if story == "x"] == ["a", "t", "n5", "n8", "n11"]


def test_a_merged_story_that_is_longer_goes_on_while_reports_follow_each_other() -> None:
    rows = [tell("a", 1), tell("t", 14, OTHER), *(tell(f"n{day}", day, OTHER) for day in range(17, 31, 3))]
    found = group(rows, MERGE)
    assert found == load_by_day(rows, MERGE) == dict.fromkeys(found, "x")


def test_a_later_article_joins_a_merged_story_if_it_is_near_one_of_its_sides() -> None:
    swimming = [tell(f"a{number}", 5) for number in range(4)]
    train = [tell(f"t{number}", 5, OTHER) for number in range(4)]
    merged = {row["article_id"]: "x" for row in swimming} | {row["article_id"]: "z>x" for row in train}
    known = [{**row, "story_id": "x"} for row in [*swimming, *train]]
    correction = decide("merge", 1, **merged)
    for text in (REPORT, OTHER):
        assert group([tell("n", 6, text)], correction, known=known) == {"n": "x"}
    storm = "A storm took roofs and trees on the coast of Arrendale, and 4,000 homes had no power by night."
    assert group([make_article("n", "Storm", storm, when(6))], correction, known=known) != {"n": "x"}


def test_a_merged_story_is_not_parted_again_by_the_evidence() -> None:
    known = [tell(f"a{n}", 5, story_id="x") for n in range(3)] + [
        tell(f"t{n}", 5, OTHER, story_id="x") for n in range(2)
    ]
    new = [tell("n", 6)]
    assert group_stories(new, known).rows["story_moves"]
    correction = decide("merge", 1, a0="x", a1="x", a2="x", t0="z>x", t1="z>x")
    assert group_stories(new, known, corrections=Corrections(correction)).rows["story_moves"] == []


def test_the_later_correction_counts() -> None:
    rows = [tell("a", 5), tell("b", 6), tell("c", 7)]
    merged = decide("merge", 2, a="y>x", b="x", c="x")
    assert set(group(rows, SPLIT, merged).values()) == {"x"}
    assert group(rows, merged, decide("split", 3, a="x>w", b="x", c="x")) == {"a": "w", "b": "x", "c": "x"}


def test_what_was_merged_into_one_side_of_a_split_is_apart_from_the_other_side() -> None:
    rows = [tell("a", 5), tell("b", 6), tell("c", 7), tell("d", 7)]
    stories = group(rows, SPLIT, decide("merge", 2, a="y", d="q>y"))
    assert stories == {"a": "y", "d": "y", "b": "x", "c": "x"}


def test_a_copy_that_is_split_from_its_original_stays_apart_and_other_copies_follow_theirs() -> None:
    rows = [tell("a", 5), tell("b", 5, original_article_id="a"), tell("c", 5, original_article_id="a")]
    assert group(rows, decide("split", 1, b="x>y", a="x")) == {"a": "x", "b": "y", "c": "x"}


def test_a_story_of_a_correction_whose_id_is_taken_gets_another() -> None:
    known = [tell("b", 5, OTHER, story_id="y")]
    assert group([tell("a", 6)], SPLIT, known=known) == {"a": digest_text("story", "a")}


def test_marks_tell_only_the_two_sides_of_one_split_apart() -> None:
    said = Corrections([*SPLIT, *decide("split", 2, b="x>w", c="x")])
    marks = {name: said.find_marks([name]) for name in "abcd"}
    apart = {one + two for one in "abcd" for two in "abcd" if are_apart(marks[one], marks[two])}
    assert apart == {"ab", "ba", "ac", "ca", "bc", "cb"}


def test_without_corrections_nothing_changes() -> None:
    rows = [tell("a", 5), tell("b", 6), tell("t", 6, OTHER)]
    assert group_stories(rows, []) == group_stories(rows, [], corrections=Corrections([]))
