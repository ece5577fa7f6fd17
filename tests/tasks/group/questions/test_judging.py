"""Verdicts of many readings are those of all pairs, and a text that many pages repeat costs what one costs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tasks.group.questions import StoryArticle
from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.judging import Judge
from tasks.group.questions.labels.clauses import quote_clause
from tasks.group.questions.readings import Reading, judge_readings

_DAY = datetime(2031, 5, 3, 8, tzinfo=UTC)
NEAREST_FIRST = ["agree", "overlap", "vaguer", "update", "conflict of sources", "conflict", "suspect"]
TEXTS = (
    "Twelve people were hurt in the ferry fire.",
    "About 12 people were hurt in the ferry fire.",
    "At least 14 people were hurt in the ferry fire.",
    "Dozens of people were hurt in the ferry fire.",
    "Some 1,400 people were hurt in the ferry fire.",
)


@pytest.fixture(scope="module")
def told(read_story: Callable[..., list[StoryArticle]]) -> list[Reading]:
    """One reading of each text."""
    return [
        Reading(answer.mentions[0], answer.kind, one)
        for one in read_story(*TEXTS)
        for answer in gather_answers(one.article, one.figures, one.mentions, one.sentences)[:1]
    ]


def print_by(reading: Reading, outlet: str, hours: float | None) -> Reading:
    """The reading in another outlet, at another time."""
    published = None if hours is None else _DAY + timedelta(hours=hours)
    article = {**reading.article.article, "outlet": outlet, "published_at": published}
    return replace(reading, article=replace(reading.article, article=article))


def judge_all_pairs(readings: Sequence[Reading]) -> list[set[str]]:
    """The verdicts between each reading and those of other outlets; updates are not looked into."""
    return [
        {judge_readings(one, other)[0] for other in readings if other.outlet != one.outlet}
        for one in readings
    ]


def test_verdicts_are_those_of_all_pairs(told: list[Reading]) -> None:
    readings = [
        print_by(reading, f"outlet {number % 3}", None)
        for number, reading in enumerate([*told, *told[:3], *told[1:4]])
    ]
    nearest, gravest = Judge(readings).judge()
    pairs = judge_all_pairs(readings)
    assert nearest == [min(found, key=NEAREST_FIRST.index) for found in pairs]
    assert {"agree", "overlap", "conflict", "suspect"} <= set().union(*pairs)
    assert nearest[:5] == ["agree", "agree", "agree", "agree", "overlap"]
    assert gravest == "conflict"


@pytest.mark.parametrize(
    ("hours", "expected"), [((0, 1), "conflict"), ((0, 7), "update"), ((None, 7), "conflict")]
)
def test_a_later_number_replaces_an_earlier_one(
    told: list[Reading], hours: tuple[float | None, float], expected: str
) -> None:
    first, last = print_by(told[0], "one", hours[0]), print_by(told[2], "two", hours[1])
    assert Judge([first, last]).judge() == ([expected, expected], expected)


def test_a_number_that_a_third_printed_as_early_replaces_nothing(told: list[Reading]) -> None:
    first, last = print_by(told[0], "one", 0), print_by(told[2], "two", 7)
    early = print_by(told[2], "three", 1)
    nearest, gravest = Judge([first, last, early]).judge()
    assert nearest == ["conflict", "agree", "agree"] and gravest == "conflict"


def test_one_outlet_alone_has_no_verdict(told: list[Reading]) -> None:
    assert Judge([print_by(one, "one", None) for one in told]).judge() == ([None] * len(told), None)


def test_a_number_that_many_pages_repeat_is_compared_once(told: list[Reading]) -> None:
    def repeat(times: int) -> list[Reading]:
        return [print_by(one, f"outlet {number % 7}", number % 3) for number in range(times) for one in told]

    few, many = count_calls(Judge(repeat(100)).judge), count_calls(Judge(repeat(200)).judge)
    assert many < 2.6 * few  # pairs are four times as many


def test_numbers_of_one_outlet_are_not_compared_with_each_other(told: list[Reading]) -> None:
    def differ(times: int) -> list[Reading]:
        """That many numbers of one outlet, and one of another."""
        figures = ({**told[0].mention.figure, "value": float(number)} for number in range(100, 100 + times))
        mentions = [replace(told[0].mention, figure=figure) for figure in figures]
        own = [print_by(replace(told[0], mention=mention), "own", None) for mention in mentions]
        return [*own, print_by(told[2], "other", None)]

    few, many = (count_calls(Judge(differ(times)).judge) for times in (50, 100))
    assert many < 2.6 * few


def test_a_label_of_twice_as_many_alike_articles_takes_twice_the_calls(
    read_story: Callable[..., list[StoryArticle]],
) -> None:
    told = read_story("About 900 cars cross it on a normal day.")[0]

    def answer(times: int) -> list[Answer]:
        alike = [rename(told, f"article{number}", f"outlet{number % 7}") for number in range(times)]
        return [gather_answers(x.article, x.figures, x.mentions, x.sentences)[0] for x in alike]

    few, many = (count_calls(partial(quote_clause, answer(times))) for times in (50, 100))
    assert many < 2.6 * few


def rename(told: StoryArticle, article_id: str, outlet: str) -> StoryArticle:
    """The same article under another id, in another outlet."""
    rows = (
        [{**row, "article_id": article_id} for row in found]
        for found in (told.figures, told.mentions, told.sentences)
    )
    return StoryArticle({**told.article, "article_id": article_id, "outlet": outlet}, *rows)


def count_calls(function: Callable[[], Any]) -> int:
    """The calls of Python functions that it makes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return calls


def test_three_numbers_that_rise_from_report_to_report_replace_each_other(
    read_story: Callable[..., list[StoryArticle]],
) -> None:
    texts = [f"{number} pumps were at work in the mine of Rudna." for number in ("Four", "Seven", "Eleven")]
    told = [
        Reading(answer.mentions[0], answer.kind, one)
        for one in read_story(*texts)
        for answer in gather_answers(one.article, one.figures, one.mentions, one.sentences)[:1]
    ]

    def judge(hours: Sequence[float], readings: Sequence[Reading] = told) -> str | None:
        printed = [
            print_by(one, f"outlet {n}", at) for n, (one, at) in enumerate(zip(readings, hours, strict=True))
        ]
        return Judge(printed).judge()[1]

    assert judge([0, 12, 24]) == judge([24, 12, 0]) == "update"
    assert judge([0, 24, 12]) == "conflict"  # up and down
    assert judge([0, 2, 24]) == "conflict"  # too soon for news
    assert judge([0, 12], told[:2]) == "conflict"  # two are no series
