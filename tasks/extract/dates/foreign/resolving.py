"""What the phrases of other languages mean: intervals that are not in the English resolvers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tasks.extract.dates.base.intervals import (
    Interval,
    Partial,
    Reference,
    Resolve,
    day_interval,
    midnight,
    nth_weekday,
    safe_date,
    shift,
    unit_interval,
    unit_start,
)
from tasks.extract.dates.base.resolvers import resolve_holiday, resolve_partial, resolve_season, resolve_unit

_LONG_PAST = 30  # days; who says "before Christmas" so long after it means the next one


def resolve_in_unit(partial: Partial, unit: str, offset: int) -> Resolve:
    """ "mayo del año pasado", "el 4 del mes que viene": a month or day within another unit."""

    def resolve(reference: Reference) -> Interval | None:
        whole = resolve_unit(unit, offset)(reference)
        first = None if whole is None else whole.first_day
        if first is None:
            return None
        month = partial.month if unit == "year" else first.month
        return resolve_partial(Partial(first.year, month, partial.day))(reference)

    return resolve


def resolve_nth_weekday(n: int, weekday: int, whole: Resolve) -> Resolve:
    """ "el primer viernes de julio"; the last one when n is -1."""

    def resolve(reference: Reference) -> Interval | None:
        span = whole(reference)
        first = None if span is None else span.first_day
        day = None if first is None else nth_weekday(first.year, first.month, weekday, n)
        return None if day is None else day_interval(day)

    return resolve


def resolve_nth_unit(n: int, unit: str, whole: Resolve) -> Resolve:
    """ "la primera semana de octubre", "die letzte Woche des Jahres", "il terzo giorno di maggio"."""

    def resolve(reference: Reference) -> Interval | None:
        span = whole(reference)
        if span is None or span.start is None or span.end is None:
            return None
        if n < 0:
            last = (span.end - timedelta(days=1)).date()
            found = unit_interval(last, unit)
            is_partly = (
                found.end is not None and found.end > span.end and unit == "week" and last.weekday() < 3
            )
            if is_partly:
                found = unit_interval(last - timedelta(days=7), unit)
            return found
        first = span.start.date()
        start = unit_start(first, unit)
        if unit == "week" and first.weekday() > 3:
            start += timedelta(days=7)
        moved = shift(midnight(start), unit, n - 1)
        return unit_interval(moved.date(), unit) if unit != "day" else day_interval(moved.date())

    return resolve


def resolve_week_of(day: Resolve) -> Resolve:
    """ "la semana del 10 de abril"."""

    def resolve(reference: Reference) -> Interval | None:
        found = day(reference)
        first = None if found is None else found.first_day
        return None if first is None else unit_interval(first, "week")

    return resolve


def resolve_weekday_in(weekday: int, week: Resolve) -> Resolve:
    """ "el viernes de la primera semana de octubre"."""

    def resolve(reference: Reference) -> Interval | None:
        found = week(reference)
        first = None if found is None else found.first_day
        return None if first is None else day_interval(unit_start(first, "week") + timedelta(days=weekday))

    return resolve


def resolve_rest(unit: str) -> Resolve:
    """ "el resto del año": from publication to the unit's end."""

    def resolve(reference: Reference) -> Interval | None:
        whole = resolve_unit(unit, 0)(reference)
        if whole is None or reference.day is None:
            return None
        return replace(whole, start=midnight(reference.day), granularity="other")

    return resolve


def resolve_season_of(month: int, offset: int) -> Resolve:
    """ "i fjol somras": the season that begins in that year."""

    def resolve(reference: Reference) -> Interval | None:
        if reference.day is None:
            return None
        return resolve_season(month, reference.day.year + offset, None)(reference)

    return resolve


def resolve_holiday_as_limit(rule: dict[str, list[int] | int]) -> Resolve:
    """ "antes do Natal": the nearest one, unless that is long past: then the next."""

    def resolve(reference: Reference) -> Interval | None:
        found = resolve_holiday(rule, None, None)(reference)
        first = None if found is None else found.first_day
        if first is None or reference.day is None or (reference.day - first).days <= _LONG_PAST:
            return found
        return resolve_holiday(rule, None, "future")(reference)

    return resolve


def resolve_same_month(first: Resolve, day: int) -> Resolve:
    """ "vom 4. bis zum 23.": the other day of the month."""

    def resolve(reference: Reference) -> Interval | None:
        found = first(reference)
        start = None if found is None else found.first_day
        other = None if start is None else safe_date(start.year, start.month, day)
        return None if other is None else day_interval(other)

    return resolve
