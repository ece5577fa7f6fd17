"""Days with a name: "Christmas Eve", "Thanksgiving 2023", "Labor Day weekend"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Reference,
    Resolve,
)
from tasks.extract.dates.base.lexicon import holiday_things, holidays
from tasks.extract.dates.base.resolvers import (
    resolve_holiday,
)
from tasks.extract.dates.base.words import read_year, skip
from tasks.extract.numerals import Token, lower_at


def read_holiday(tokens: Sequence[Token], i: int) -> tuple[dict[str, list[int] | int], int] | None:
    """The named day at tokens[i], longest name first."""
    for length in (4, 3, 2, 1):
        rule = holidays().get(tuple(lower_at(tokens, i + k) for k in range(length)))
        if rule is not None:
            return rule, i + length
    return None


def _is_in_name(tokens: Sequence[Token], end: int) -> bool:
    """ "The Good Friday Agreement": a capital behind the day makes it part of a name."""
    following = tokens[end] if end < len(tokens) else None
    return (
        following is not None
        and following.kind == "word"
        and following.is_capitalized
        and not following.is_glued
    )


def parse_holiday(tokens: Sequence[Token], i: int) -> Found | None:
    """ "Christmas Eve", "Thanksgiving 2023", "Easter Monday"; "Christmas mail" is of no day."""
    found = read_holiday(tokens, i)
    if found is None:
        return None
    rule, end = found
    if _is_in_name(tokens, end) or lower_at(tokens, end) in holiday_things():
        return None
    year = read_year(tokens, skip(tokens, end, "of", ","))
    if year is not None and tokens[year[1] - 1].kind == "number":
        day = Found(i, year[1], "day", resolve_holiday(rule, year[0], None), "explicit")
    else:
        day = Found(i, end, "day", resolve_holiday(rule, None, None))
    if lower_at(tokens, day.end) != "weekend":
        return day
    return Found(i, day.end + 1, "other", _resolve_long_weekend(day.resolve), day.anchor)


def _resolve_long_weekend(holiday: Resolve) -> Resolve:
    """ "Labor Day weekend": Saturday to the Monday; "Thanksgiving weekend": the Thursday to Sunday."""

    def resolve(reference: Reference) -> Interval | None:
        found = holiday(reference)
        if found is None or found.start is None or found.end is None:
            return None
        weekday = found.start.weekday()
        if weekday <= 1:
            return Interval(found.start - timedelta(days=2 + weekday), found.end, "other")
        saturday = found.start - timedelta(days=weekday - 5)
        return Interval(min(found.start, saturday), saturday + timedelta(days=2), "other")

    return resolve
