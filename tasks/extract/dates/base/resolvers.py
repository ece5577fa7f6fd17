"""Functions that turn what is said into intervals, once publication, tense and the date before are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from dateutil.easter import easter

from tasks.extract.dates.base.intervals import (
    LONG_UNITS,
    Interval,
    Partial,
    Reference,
    Resolve,
    Tense,
    count_granularity,
    day_interval,
    midnight,
    nearest,
    nth_weekday,
    safe_date,
    shift,
    unit_interval,
    unit_start,
)

_SHORT = frozenset({"hour", "minute", "second"})


def resolve_partial(partial: Partial) -> Resolve:
    """A calendar date, complete or not; what is missing is taken nearest to publication."""

    def resolve(reference: Reference) -> Interval | None:
        if partial.year is not None:
            return _complete(partial, partial.year)
        if reference.day is None:
            return None
        if partial.month is None:
            return _day_of_told_month(partial.day or 1, reference) or _day_of_month(
                partial.day or 1, reference
            )
        if partial.day is None and partial.month == reference.day.month:
            return _complete(partial, reference.day.year)
        span = 8 if (partial.month, partial.day) == (2, 29) else 1
        years = range(max(1, reference.day.year - span), reference.day.year + span + 1)
        days = [d for y in years if (d := safe_date(y, partial.month, partial.day or 1)) is not None]
        is_sure = reference.is_sure and partial.day is not None
        found = nearest(days, reference.day, reference.tense, is_sure=is_sure)
        return None if found is None else _complete(partial, found.year)

    return resolve


def _complete(partial: Partial, year: int) -> Interval | None:
    day = safe_date(year, partial.month or 1, partial.day or 1)
    if day is None:
        return None
    return unit_interval(day, "day" if partial.day else "month" if partial.month else "year")


def _day_of_told_month(day: int, reference: Reference) -> Interval | None:
    """The day of a month told before: "in April, on the 3rd"; beside a day of the same sentence, the nearest: "1 June and on the 12th"."""
    told = reference.in_sentence or reference.stretch
    if told is None or told.start is None or (reference.in_sentence is None and told.granularity != "month"):
        return None
    base = told.start.date()
    if reference.in_sentence is None:
        found = safe_date(base.year, base.month, day)
    else:
        near = [shift(midnight(base.replace(day=1)), "month", step).date() for step in (-1, 0, 1)]
        days = [d for month in near if (d := safe_date(month.year, month.month, day)) is not None]
        found = min(days, key=lambda d: abs(d - base), default=None)
    return None if found is None else unit_interval(found, "day")


def _day_of_month(day: int, reference: Reference) -> Interval | None:
    assert reference.day is not None
    first = reference.day.replace(day=1)
    months = [first - timedelta(days=1), first, first + timedelta(days=32)]
    days = [d for month in months if (d := safe_date(month.year, month.month, day)) is not None]
    found = nearest(days, reference.day, reference.tense)
    return None if found is None else day_interval(found)


def resolve_weekday(weekday: int, week: int | None = None, side: str | None = None) -> Resolve:
    """A weekday: in the week `week` weeks from publication's; else on a `side` (past, future, or by tense).

    The day of publication itself is "Thursday" for either tense: news names the day it is printed on.
    """

    def resolve(reference: Reference) -> Interval | None:
        day = reference.day
        if day is None:
            return None
        if week is not None:
            return day_interval(unit_start(day, "week") + timedelta(days=7 * week + weekday))
        back = (day.weekday() - weekday) % 7
        if side == "past":
            return day_interval(day - timedelta(days=back or 7))
        if side == "future":
            return day_interval(day + timedelta(days=7 - back if back else 7))
        if not back or reference.tense == "past" or (reference.tense is None and back <= 3):
            return day_interval(day - timedelta(days=back))
        return day_interval(day + timedelta(days=7 - back))

    return resolve


def resolve_dated_weekday(weekday: int, month_day: int) -> Resolve:
    """ "Friday the 22nd": the nearest month in which that day falls on that weekday."""

    def resolve(reference: Reference) -> Interval | None:
        if reference.day is None:
            return None
        first = reference.day.replace(day=1)
        fitting: list[date] = []
        for k in range(-14, 15):
            month = shift(midnight(first), "month", k)
            day = safe_date(month.year, month.month, month_day)
            if day is not None and day.weekday() == weekday:
                fitting.append(day)
        found = nearest(fitting, reference.day, None)
        return None if found is None else day_interval(found)

    return resolve


def resolve_days(offset: int) -> Resolve:
    """today, yesterday, tomorrow."""

    def resolve(reference: Reference) -> Interval | None:
        return None if reference.day is None else day_interval(reference.day + timedelta(days=offset))

    return resolve


def resolve_unit(unit: str, offset: int) -> Resolve:
    """ "last week", "this month", "next year": the calendar unit, `offset` units from publication's."""

    def resolve(reference: Reference) -> Interval | None:
        if reference.moment is None:
            return None
        if unit in ("hour", "minute", "second"):
            start = shift(reference.moment, unit, offset - (1 if offset > 0 else 0))
            return Interval(start, shift(start, unit, 1), "hour" if unit == "hour" else "minute")
        start = shift(midnight(unit_start(reference.moment.date(), unit)), unit, offset)
        return unit_interval(start.date(), unit)

    return resolve


def resolve_window(unit: str, count: float | None, side: str) -> Resolve:
    """ "the past two months", "the next 3 days": up to publication, or from it. No count: one end is open."""

    def resolve(reference: Reference) -> Interval | None:
        moment = reference.moment
        if moment is None:
            return None
        if unit not in ("hour", "minute", "second"):
            moment = midnight(moment.date())
        granularity = count_granularity(unit)
        if unit in ("quarter", "decade", "century"):
            return _calendar_window(moment.date(), unit, count, side, granularity)
        if side == "past":
            return Interval(None if count is None else shift(moment, unit, -count), moment, granularity)
        start = (
            moment + timedelta(days=1)
            if unit not in ("hour", "minute", "second") and side == "future"
            else moment
        )
        return Interval(start, None if count is None else shift(start, unit, count), granularity)

    return resolve


def _calendar_window(
    day: date, unit: str, count: float | None, side: str, granularity: str
) -> Interval | None:
    """Quarters and decades are counted whole: "the past two quarters"."""
    here = unit_interval(day, unit)
    if here.start is None or here.end is None or count is None:
        return None
    if side == "past":
        return Interval(shift(here.start, unit, -count), here.start, granularity)
    return Interval(here.end, shift(here.end, unit, count), granularity)


def resolve_unknown(_: Reference) -> Interval | None:
    """A time that a text compares or repeats, and that so has no one place: "two days later than planned", "every May"."""
    return None


def resolve_shift(
    steps: list[tuple[float, str]], sign: int, base: Resolve | None, *, from_previous: bool = False
) -> Resolve:
    """ "two weeks ago", "3 days after January 12", "1 month and 21 days later": a time away from a base.

    Without a base it counts from publication, or from the date said before when `from_previous`.
    Steps of a day and more give that one day, even "two years ago", whose granularity is the year.
    """
    finest = steps[-1][1]

    def resolve(reference: Reference) -> Interval | None:
        if from_previous:
            return _shift_previous(steps, sign, reference)
        moment = reference.moment
        if base is not None:
            found = base(replace(reference, tense=None))
            moment = None if found is None else found.start
        if moment is None:
            return None
        day = _shift_moment(steps, sign, moment)
        return replace(day, granularity="day") if base is not None and finest not in _SHORT else day

    return resolve


def _shift_previous(steps: list[tuple[float, str]], sign: int, reference: Reference) -> Interval | None:
    """Away from the month, quarter or year said before ("March ... a year earlier"), else from the day said before.

    Without either it counts back from publication ("from £15m a year earlier"). "Two years later" has no place then.
    """
    stretch = reference.stretch
    if stretch is not None and all(_is_as_long(unit, stretch.granularity) for _, unit in steps):
        ends = [end and _shift_all(end, steps, sign) for end in (stretch.start, stretch.end)]
        return Interval(ends[0], ends[1], stretch.granularity)
    if reference.previous is not None and reference.previous.start is not None:
        base = last_day_of(reference.previous) if sign > 0 else reference.previous.start
        return None if base is None else _shift_moment(steps, sign, base)
    is_long = steps[0][1] in ("year", "decade", "century")  # "here I am, 20 years later"
    is_days = steps[0][1] == "day"  # "the night before" of an unnamed day is no day known
    if reference.moment is None or is_days or (sign > 0 and (is_long or reference.tense == "past")):
        return None
    return replace(_shift_moment(steps, sign, reference.moment), anchor="published")


def last_day_of(said: Interval) -> datetime | None:
    """What a later day counts from: the last day of several ("from Monday to Wednesday; the day after"), else the begin."""
    if said.start is None or said.end is None or said.end - said.start <= timedelta(days=1):
        return said.start
    return said.end - timedelta(days=1)


def _is_as_long(unit: str, granularity: str) -> bool:
    """Whether a stretch moved by this unit is a stretch of the same kind: a quarter by a year, not a year by days."""
    shortest = "year" if granularity == "season" else granularity
    return unit in LONG_UNITS and LONG_UNITS.index(unit) >= LONG_UNITS.index(shortest)


def _shift_all(moment: datetime, steps: list[tuple[float, str]], sign: int) -> datetime:
    for count, unit in steps:
        moment = shift(moment, unit, sign * count)
    return moment


def _shift_moment(steps: list[tuple[float, str]], sign: int, moment: datetime) -> Interval:
    """The minute, the hour or the day that lies the steps away, as fine as the last step is said."""
    moment, finest = _shift_all(moment, steps, sign), steps[-1][1]
    if finest in _SHORT:
        return Interval(moment, moment + timedelta(minutes=1), "minute" if finest != "hour" else "hour")
    return replace(day_interval(moment.date()), granularity=count_granularity(finest))


def resolve_business_days(count: int) -> Resolve:
    """ "in four business days"."""

    def resolve(reference: Reference) -> Interval | None:
        if reference.day is None:
            return None
        day, left = reference.day, min(count, 5000)
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day_interval(day)

    return resolve


def resolve_season(month: int, year: int | None, offset: int | None) -> Resolve:
    """A season of a year, or the one `offset` years from publication's, or the nearest by tense."""

    def resolve(reference: Reference) -> Interval | None:
        chosen = year
        if chosen is None and reference.day is None:
            return None
        if chosen is None and offset is not None:
            assert reference.day is not None
            chosen = _season_year(month, offset, reference.day, reference.tense)
        if chosen is None:
            assert reference.day is not None
            days = [date(y, month, 1) for y in range(reference.day.year - 1, reference.day.year + 2)]
            found = nearest(days, reference.day, reference.tense)
            chosen = reference.day.year if found is None else found.year
        start = midnight(date(chosen, month, 1))
        return Interval(start, shift(start, "month", 3), "season")

    return resolve


def _season_year(month: int, offset: int, day: date, tense: Tense | None) -> int:
    """The year in which the season `offset` years from the one of this year begins; the winter of January began last year."""
    here = day.year - (month == 12 and day.month <= 2)
    if offset == -1 and day.month > month + 2:
        return here  # last summer, read in October
    is_to_come = date(here, month, 1) > day
    return here - 1 if offset == 0 and tense == "past" and is_to_come else here + offset


def resolve_year_part(start_month: int, months: int, year: Resolve | None, granularity: str) -> Resolve:
    """A quarter or a half of a year; with no year said, of the nearest by tense."""

    def resolve(reference: Reference) -> Interval | None:
        if year is not None:
            found = year(reference)
            first = None if found is None else found.first_day
        elif reference.day is None:
            return None
        else:
            years = range(reference.day.year - 1, reference.day.year + 2)
            first = nearest([date(y, start_month, 1) for y in years], reference.day, reference.tense)
        if first is None:
            return None
        start = midnight(date(first.year, start_month, 1))
        return Interval(start, shift(start, "month", months), granularity)

    return resolve


def holiday_day(rule: dict[str, list[int] | int], year: int) -> date | None:
    """The day of a holiday of calendar.toml in that year."""
    offset = rule.get("offset", 0)
    assert isinstance(offset, int)
    if isinstance(fixed := rule.get("day"), list):
        return safe_date(year, fixed[0], fixed[1])
    if isinstance(nth := rule.get("nth"), list):
        day = nth_weekday(year, nth[0], nth[1], nth[2])
        return None if day is None else day + timedelta(days=offset)
    from_easter = rule.get("easter", 0)
    assert isinstance(from_easter, int)
    return easter(year) + timedelta(days=from_easter)


def resolve_holiday(rule: dict[str, list[int] | int], year: int | None, side: str | None) -> Resolve:
    """A holiday of a year, the last or next one, or the nearest by tense."""

    def resolve(reference: Reference) -> Interval | None:
        if year is not None:
            day = holiday_day(rule, year)
            return None if day is None else day_interval(day)
        if reference.day is None:
            return None
        days = [
            d for y in range(reference.day.year - 1, reference.day.year + 2) if (d := holiday_day(rule, y))
        ]
        if side == "past":
            days = [d for d in days if d < reference.day][-1:]
        elif side == "future":
            days = [d for d in days if d > reference.day][:1]
        found = nearest(days, reference.day, reference.tense, is_sure=reference.is_sure)
        return None if found is None else day_interval(found)

    return resolve
