"""Invented stories with gold (tests/data/sides): the gold is whole, and the figures of the sets that no weights were trained on."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.score.comparing.grouped import list_reports
from benchmarks.score.comparing.invented import NOT_JUDGED, SIDES, marks_of, read_stories, read_story
from benchmarks.score.comparing.own import score_story
from benchmarks.score.comparing.score import Score, find_sets
from core.story_tables import VERDICTS


def test_marks_are_taken_out_of_the_text_and_kept_as_spans() -> None:
    story = read_story(SIDES / "fourth" / "ferry.txt")
    first = story.articles[0]
    printed = {mark.name: first.row["body_text"][mark.start : mark.end] for mark in first.marks}

    assert printed["capacity"] == "60 passengers"
    assert printed["list"].startswith("She began to list")
    assert not set("{}[]") & set(first.row["body_text"])


def test_no_two_reports_of_all_sets_have_one_id() -> None:
    ids = [report["id"] for folder in find_sets(SIDES) for report in list_reports(folder)]

    assert len(ids) > 600
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "path",
    sorted(path for name in ("fifth", "sixth", "seventh", "eighth") for path in (SIDES / name).glob("*.txt")),
    ids=lambda path: path.stem,
)
def test_two_outlets_answer_every_question_of_the_gold(path: Path) -> None:
    story = read_story(path)
    outlets = defaultdict[str, set[str]](set)
    for article, mark in marks_of(story, "figure"):
        outlets[mark.name].add(article.row["outlet"])
    outlets.pop(NOT_JUDGED, None)

    assert set(outlets) == set(story.slots)
    assert {slot for slot, names in outlets.items() if len(names) < 2} == set()
    assert frozenset[str]().union(*story.slots.values()) <= set(VERDICTS)
    quoted = {(mark.name, article.row["article_id"][-1]) for article, mark in marks_of(story, "quotation")}
    assert {(name, side) for name, *sides in story.alignments for side in sides} <= quoted
    printed = " ".join(article.row["body_text"] for article in story.articles)
    assert [spelling for names in story.names for spelling in names if spelling not in printed] == []


@pytest.mark.slow
def test_most_figures_of_invented_stories_meet_and_disputes_are_worth_a_call() -> None:
    score = Score()
    for story in read_stories([SIDES / "third", SIDES / "fourth"]):
        score_story(story, score)

    assert score.share("right", "joined") >= 0.9
    assert score.share("found", "same") >= 0.8
    assert score.share("disagreements shown", "disagreements") >= 0.6
    assert score.share("worth a call", "disputed") >= 0.8
