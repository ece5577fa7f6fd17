"""Stretches of local time and the arithmetic of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from dateutil.relativedelta import relativedelta

Tense = Literal["past", "future"]
LONG_UNITS = ("month", "quarter", "year", "decade", "century")
_FAR_DAYS, _CLOSE_DAYS, _FEW_DAYS = 200, 45, 10
_UNIT_DELTAS = {
    "second": relativedelta(seconds=1),
    "minute": relativedelta(minutes=1),
    "hour": relativedelta(hours=1),
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "weekend": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
    "decade": relativedelta(years=10),
    "century": relativedelta(years=100),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """Half-open local time; None where that end is not known. `zone` where the text names one.

    `granularity` is one of core.tables.GRANULARITIES. `anchor` is what it was counted from in the end, where that
    is not what the expression asks for.
    """

    start: datetime | None
    end: datetime | None
    granularity: str
    zone: tzinfo | None = None
    anchor: str | None = None

    @property
    def first_day(self) -> date | None:
        """The day it starts on."""
        return None if self.start is None else self.start.date()

    @property
    def is_whole(self) -> bool:
        """A season, or a whole month, quarter, year, decade or century of the calendar."""
        if self.start is None or self.granularity == "season":
            return self.start is not None
        if self.granularity not in LONG_UNITS:
            return False
        return self.end == shift(self.start, self.granularity, 1)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a relative expression counts from: publication in local time, the tense, and the date said
    before: `previous` is a day, within two sentences, `in_sentence` one in the same sentence, `mentioned`
    the last stretch of any length, `stretch` a month, a quarter, a season or a year that a calendar gives, within two sentences.
    `of_event` is `previous`, but never the day on which something was said if another day comes before it.
    `is_sure` says that the tense is that of the verb which the date hangs on, and no guess from words around."""

    moment: datetime | None
    tense: Tense | None = None
    previous: Interval | None = None
    in_sentence: Interval | None = None
    mentioned: Interval | None = None
    stretch: Interval | None = None
    of_event: Interval | None = None
    is_sure: bool = False

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return None if self.moment is None else self.moment.date()


Resolve = Callable[[Reference], Interval | None]


@dataclass(frozen=True, slots=True)
class Partial:
    """A calendar date as far as it is said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of time: tokens[start:end], how fine it is, and how to find its interval.

    `anchor` is what it counts from; `partial` holds what it says of the calendar, for ranges to complete;
    `resume` is the token to read on from, when a figure follows that is part of the phrase.
    """

    start: int
    end: int
    granularity: str
    resolve: Resolve
    anchor: str = "published"
    partial: Partial | None = None
    resume: int = 0

    def moved(self, start: int | None = None, end: int | None = None) -> Found:
        """The same with other tokens."""
        return replace(
            self, start=self.start if start is None else start, end=self.end if end is None else end
        )


def midnight(day: date) -> datetime:
    """The day's begin."""
    return datetime.combine(day, time())


def day_interval(day: date) -> Interval:
    """The whole day."""
    return Interval(midnight(day), midnight(day) + timedelta(days=1), "day")


def shift(moment: datetime, unit: str, count: float) -> datetime:
    """The moment, `count` units later; days of a month are cut to its length. Half units of time go as hours."""
    whole = int(count)
    moved = moment + _UNIT_DELTAS[unit] * whole
    rest = count - whole
    if not rest:
        return moved
    days = {
        "week": 7,
        "weekend": 7,
        "fortnight": 14,
        "month": 30,
        "quarter": 91,
        "year": 365,
        "decade": 3652,
        "century": 36524,
    }
    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
    if unit in seconds:
        return moved + timedelta(seconds=seconds[unit] * rest)
    return moved + timedelta(days=round(days[unit] * rest))


def unit_start(day: date, unit: str) -> date:
    """The first day of the week (Monday), month, quarter, year, decade or century that holds the day."""
    if unit in ("week", "fortnight"):
        return day - timedelta(days=day.weekday())
    if unit == "weekend":
        return day - timedelta(days=day.weekday()) + timedelta(days=5)
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if unit == "year":
        return day.replace(month=1, day=1)
    if unit == "decade":
        return day.replace(year=day.year // 10 * 10, month=1, day=1)
    if unit == "century":
        return day.replace(year=max(1, day.year // 100 * 100), month=1, day=1)
    return day


def unit_interval(day: date, unit: str) -> Interval:
    """The calendar unit that holds the day: its week, month, quarter ..."""
    start = midnight(unit_start(day, unit))
    granularity = granularity_of(unit)
    if unit == "weekend":
        return Interval(start, start + timedelta(days=2), "other")
    return Interval(start, shift(start, unit, 1), granularity)


def granularity_of(unit: str) -> str:
    """The granularity of an expression in that unit."""
    return {"second": "minute", "weekend": "other", "fortnight": "week", "century": "other"}.get(unit, unit)


def count_granularity(unit: str) -> str:
    """The granularity of a time counted in that unit: "three weekends ago" is said in weeks."""
    return "week" if unit == "weekend" else granularity_of(unit)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """The n-th such weekday of the month, from its end when n is negative; None when it has none."""
    if n > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    else:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        day = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-n - 1))
    return day if day.month == month else None


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def nearest(
    candidates: list[date], reference: date, tense: Tense | None, *, is_sure: bool = False
) -> date | None:
    """The candidate nearest to the reference on the side that the tense says.

    The other side wins when it is close by and the tense's own candidate is far off: in late December
    "the January talks" are next month's, whatever the verb. If the tense is sure, only a few days count as close: texts are
    changed after their publication.
    """
    if not candidates:
        return None
    overall = min(candidates, key=lambda d: (abs((d - reference).days), d))
    if tense is None:
        return overall
    side = [d for d in candidates if (d <= reference if tense == "past" else d >= reference)]
    if not side:
        return overall
    chosen = min(side, key=lambda d: abs((d - reference).days))
    is_far, is_close = (
        abs((chosen - reference).days) > _FAR_DAYS,
        abs((overall - reference).days) < (_FEW_DAYS if is_sure else _CLOSE_DAYS),
    )
    return overall if is_far and is_close else chosen
