"""The time that an answer is told for. The stories are of 3 May 2031."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.group.questions import Questions, StoryArticle
from tasks.group.questions.explaining import explain_figure
from tasks.group.questions.times import AHEAD, APART, NOW, PAST, SAME, SPAN, read_time, relate

PUBLISHED = datetime(2031, 5, 3, 8, tzinfo=UTC)


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


LAST_WINTER = (_day(2030, 12, 1), _day(2031, 3, 1), "last winter")
THAT_YEAR = (_day(2029, 1, 1), _day(2030, 1, 1), "in 2029")
THIS_YEAR = (_day(2031, 1, 1), _day(2032, 1, 1), "this year")
MONDAY = (_day(2031, 4, 28), _day(2031, 4, 29), "Monday")
NEXT_YEAR = (_day(2032, 1, 1), _day(2033, 1, 1), "next year")
UNKNOWN = (None, None, "that accident")
Told = tuple[datetime | None, datetime | None, str]


def _read(told: Told, published: datetime | None = PUBLISHED) -> Any:
    return read_time(dict(zip(("told_from", "told_until", "told_time"), told, strict=True)), published)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (LAST_WINTER, PAST),
        (THAT_YEAR, PAST),
        (THIS_YEAR, SPAN),
        (MONDAY, NOW),
        (NEXT_YEAR, AHEAD),
        (UNKNOWN, PAST),
    ],
)
def test_a_time_lies_before_around_or_after_its_report(told: Told, state: str) -> None:
    assert _read(told).state == state


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (LAST_WINTER, LAST_WINTER, SAME),
        (LAST_WINTER, THAT_YEAR, APART),
        (LAST_WINTER, MONDAY, PAST),
        (THIS_YEAR, MONDAY, SPAN),
        (MONDAY, NEXT_YEAR, AHEAD),
        (UNKNOWN, THAT_YEAR, SAME),
        (MONDAY, MONDAY, None),
    ],
)
def test_two_times_meet_or_only_one_is_now(one: Told, other: Told, relation: str | None) -> None:
    assert relate(_read(one), _read(other)) == relate(_read(other), _read(one)) == relation


def test_times_of_a_report_without_a_time_are_compared_with_each_other() -> None:
    assert relate(_read(LAST_WINTER, None), _read(THAT_YEAR, None)) == APART
    assert relate(_read(LAST_WINTER, None), _read(LAST_WINTER)) == SAME
    assert relate(_read(LAST_WINTER, None), _read(MONDAY)) is None


NEW = "An avalanche above Osk killed seven skiers on Friday, police said."


def test_the_dead_of_last_winter_are_not_disputed_with_todays(ask: Callable[..., Questions]) -> None:
    other = "Last winter avalanches above Osk killed twelve skiers."
    found = ask(NEW, f"An avalanche above Osk killed seven skiers, police said. {other}")
    verdicts = [row["verdict"] for row in found.questions if row["outlet_count"] > 1]

    assert verdicts == ["agree"]


def test_one_past_season_in_two_reports_is_one_time(ask: Callable[..., Questions]) -> None:
    found = ask(
        f"{NEW} Last winter avalanches killed twelve skiers in Osk.",
        f"{NEW} In Osk avalanches killed fourteen skiers last winter.",
    )

    assert "conflict" in [row["verdict"] for row in found.questions]


def test_figures_of_two_times_are_explained_by_these(read_story: Callable[..., list[StoryArticle]]) -> None:
    articles = read_story(NEW, "In 2029 an avalanche above Osk killed nine skiers, police said.")
    figure = next(row for row in articles[0].figures if "seven" in row["surface"])
    found = explain_figure(articles, (figure["article_id"], figure["start_char"], figure["end_char"]))

    assert found is not None
    (apart,) = [one for one in found.comparisons if not one.is_joined]
    told = "“Friday” (2031-05-02 to 2031-05-02) beside “2029” (2029-01-01 to 2029-12-31)"
    assert apart.why is not None and told in apart.why + " ".join(reason.words for reason in apart.reasons)
