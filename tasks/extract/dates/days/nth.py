"""The n-th of a period: "the first Friday of next month", "the third week of 2027", "the last four months of 2021"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Reference,
    Resolve,
    granularity_of,
    shift,
    unit_interval,
)
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.words import read_weekday, skip
from tasks.extract.dates.days.periods import parse_period, parse_whole
from tasks.extract.numerals import Token, lower_at, parse_cardinal, parse_ordinal


def parse_nth_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the first Friday of next month", "the third week of 2027", "the 20th of next month", "last week of 2015"."""
    j = skip(tokens, i, "the")
    ordinal = parse_ordinal(tokens, j) if j < len(tokens) else None
    if lower_at(tokens, j) in ("first", "last") and (several := _parse_several_of(tokens, i, j)) is not None:
        return several
    if lower_at(tokens, j) == "last":
        n, end = -1, j + 1
    elif ordinal is not None and ordinal.value is not None and ordinal.value <= 53:
        n, end = int(ordinal.value), ordinal.end
    else:
        return None
    weekday = read_weekday(tokens, end)
    unit = table("units").get(lower_at(tokens, end))
    k = weekday[1] if weekday is not None else end + 1 if unit is not None else end
    is_joined = lower_at(tokens, k) in ("of", "in")
    whole = parse_whole(tokens, k + 1) if is_joined else parse_period(tokens, k) if unit == "week" else None
    if whole is None or whole.granularity not in ("month", "year"):
        return None
    if weekday is not None:
        return Found(i, whole.end, "day", _resolve_nth_weekday(n, weekday[0], whole.resolve), whole.anchor)
    if unit is None and (n < 0 or whole.granularity != "month" or n > 31):
        return None
    if unit not in (None, "day", "week", "month"):
        return None
    return Found(
        i,
        whole.end,
        granularity_of(unit or "day"),
        _resolve_nth(n, unit or "day", whole.resolve),
        whole.anchor,
    )


def _parse_several_of(tokens: Sequence[Token], i: int, j: int) -> Found | None:
    """ "the first 2 weeks of 2021", "the last four months of this year", "the first half of May" is not."""
    number = parse_cardinal(tokens, j + 1) if j + 1 < len(tokens) else None
    if number is None or number.value is None or not 1 <= number.value <= 400:
        return None
    unit = table("units").get(lower_at(tokens, number.end))
    if unit not in ("day", "week", "month") or lower_at(tokens, number.end + 1) not in ("of", "in"):
        return None
    whole = parse_whole(tokens, number.end + 2)
    if whole is None or whole.granularity not in ("month", "year", "quarter"):
        return None
    n = int(number.value) if lower_at(tokens, j) == "first" else -int(number.value)
    return Found(i, whole.end, granularity_of(unit), _resolve_several(n, unit, whole.resolve), whole.anchor)


def _resolve_several(n: int, unit: str, whole: Resolve) -> Resolve:
    """The first n (last -n) days, weeks or months of a period."""

    def resolve(reference: Reference) -> Interval | None:
        ends = [_resolve_nth(k, unit, whole)(reference) for k in ((1, n) if n > 0 else (n, -1))]
        if unit == "week" and n < -1:
            last = ends[1]
            if last is None or last.start is None:
                return None
            ends[0] = unit_interval(shift(last.start, "week", n + 1).date(), "week")
        if ends[0] is None or ends[1] is None:
            return None
        return Interval(ends[0].start, ends[1].end, granularity_of(unit))

    return resolve


def _resolve_nth_weekday(n: int, weekday: int, whole: Resolve) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = whole(reference)
        if found is None or found.start is None or found.end is None:
            return None
        if n > 0:
            day = found.start + timedelta(days=(weekday - found.start.weekday()) % 7 + 7 * (n - 1))
        else:
            last = found.end - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - weekday) % 7)
        return unit_interval(day.date(), "day") if found.start <= day < found.end else None

    return resolve


def _resolve_nth(n: int, unit: str, whole: Resolve) -> Resolve:
    """The n-th day, week (ISO: the first with a Thursday in it) or month of a period."""

    def resolve(reference: Reference) -> Interval | None:
        found = whole(reference)
        if found is None or found.start is None or found.end is None:
            return None
        if unit == "week":
            thursday = found.start + timedelta(days=(3 - found.start.weekday()) % 7 + 7 * (n - 1))
            if n < 0:
                last = found.end - timedelta(days=1)
                thursday = last - timedelta(days=(last.weekday() - 3) % 7)
            return unit_interval(thursday.date(), "week")
        start = shift(found.start, unit, n - 1) if n > 0 else shift(found.end, unit, n)
        return unit_interval(start.date(), unit) if found.start <= start < found.end else None

    return resolve
