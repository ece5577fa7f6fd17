"""Readings of a question that many outlets answer: a few of each answer are shown, the rest are folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dashboard.charts.bars import interval_chart
from dashboard.model.questions import QuestionPage
from dashboard.reading.alike import MOST_READINGS, list_answers
from dashboard.rendering import PagePlace, Snapshot, render
from tests.dashboard.test_parts import question, reading
from tests.dashboard.test_rendering import words

NINE = datetime(2026, 3, 4, 9, tzinfo=UTC)


def test_few_readings_stay_as_they_are() -> None:
    readings = [reading(40, 40, outlet=f"o{n}") for n in range(MOST_READINGS)]
    (answer,) = list_answers(question(*readings))
    assert answer.shown == tuple(readings) and answer.folded == ()


def test_of_many_readings_the_earliest_own_ones_of_each_answer_are_shown() -> None:
    many = [
        replace(reading(40, 40, outlet=f"o{n:02}"), published_at=NINE - timedelta(hours=n), is_copy=n == 14)
        for n in range(15)
    ]
    low, high = list_answers(
        question(*many, reading(55, 55, outlet="late"), reading(None, 55, outlet="most"))
    )[1:]
    (first, *_) = list_answers(question(*many, reading(55, 55, outlet="late")))
    assert [one.outlet for one in first.shown] == ["o13", "o12"]
    assert len(first.folded) == 13 and first.folded_outlets[-1] == "o14"
    assert [one.outlet for one in (*low.shown, *high.shown)] == ["late", "most"]


def test_a_chart_of_many_outlets_has_a_bar_for_each_answer() -> None:
    many = [reading(40, 40, outlet=f"o{n:02}") for n in range(15)]
    chart = interval_chart(question(*many, reading(55, 55, "55 boats", outlet="late")))
    assert chart.svg.count("<circle") == 2
    assert "o00, o01 and 13 more" in chart.svg and "late" in chart.svg


def test_folded_readings_are_in_the_page_and_named_in_its_summary() -> None:
    many = [reading(40, 40, outlet=f"o{n:02}") for n in range(15)]
    place = PagePlace(True, Snapshot(1, NINE))
    page = QuestionPage(question(*many), "Boats")
    told = words(render("question.html", place, page=page))
    assert "13 more readings: 40 in o02, o03" in told and "and 5 more" in told
    assert told.count("40 boats") == 1 + 2 * 15  # the bar, each sentence, and its citation
