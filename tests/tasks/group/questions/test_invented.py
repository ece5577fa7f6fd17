"""Invented stories with gold (tests/data/sides): the figures of the set that no weights were trained on."""

from __future__ import annotations

import pytest

from benchmarks.score.comparing.invented import SIDES, read_stories, read_story
from benchmarks.score.comparing.own import score_story
from benchmarks.score.comparing.score import Score


def test_marks_are_taken_out_of_the_text_and_kept_as_spans() -> None:
    story = read_story(SIDES / "fourth" / "ferry.txt")
    first = story.articles[0]
    printed = {mark.name: first.row["body_text"][mark.start : mark.end] for mark in first.marks}

    assert printed["capacity"] == "60 passengers"
    assert printed["list"].startswith("She began to list")
    assert not set("{}[]") & set(first.row["body_text"])


@pytest.mark.slow
def test_most_figures_of_invented_stories_meet_and_disputes_are_worth_a_call() -> None:
    score = Score()
    for story in read_stories([SIDES / "third", SIDES / "fourth"]):
        score_story(story, score)

    assert score.share("right", "joined") >= 0.9
    assert score.share("found", "same") >= 0.8
    assert score.share("disagreements shown", "disagreements") >= 0.6
    assert score.share("worth a call", "disputed") >= 0.8
