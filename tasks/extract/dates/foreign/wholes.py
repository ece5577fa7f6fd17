"""Expressions that are made of another one: its start, its first week, its last Friday."""

from __future__ import annotations

from tasks.extract.dates.base.intervals import (
    Found,
    granularity_of,
)
from tasks.extract.dates.days.periods import resolve_part
from tasks.extract.dates.foreign.resolving import (
    resolve_nth_unit,
    resolve_nth_weekday,
    resolve_week_of,
    resolve_weekday_in,
)


def edge_of(which: str, whole: Found, start: int) -> Found:
    """ "principios de mayo", "Ende letzter Woche": a part of a period."""
    return Found(start, whole.end, whole.granularity, resolve_part(which, whole), whole.anchor)


def week_of(day: Found, start: int) -> Found:
    """ "la semana del 10 de abril"."""
    return Found(start, day.end, "week", resolve_week_of(day.resolve), day.anchor)


def nth_of(n: int, unit: str, weekday: int | None, whole: Found, start: int) -> Found:
    """ "el primer viernes de julio", "la primera semana de octubre"."""
    if weekday is not None:
        return Found(start, whole.end, "day", resolve_nth_weekday(n, weekday, whole.resolve), whole.anchor)
    return Found(
        start, whole.end, granularity_of(unit), resolve_nth_unit(n, unit, whole.resolve), whole.anchor
    )


def weekday_in(weekday: int, week: Found, start: int, end: int) -> Found:
    """ "la primera semana de octubre el viernes"."""
    return Found(start, end, "day", resolve_weekday_in(weekday, week.resolve), week.anchor)
