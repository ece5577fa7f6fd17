"""A point in time as a phrase puts it together: a day, a part of the day, a clock time, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Reference,
    Resolve,
    day_interval,
)
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.resolvers import (
    resolve_days,
)
from tasks.extract.dates.base.words import skip
from tasks.extract.dates.clocks import Clock, DayPart, parse_clock, parse_part
from tasks.extract.dates.days.day import parse_day
from tasks.extract.dates.hours import day_of_hours, hours_of, hours_told
from tasks.extract.numerals import Token, lower_at, parse_cardinal, text_at

_CLOCK_JOINTS = ("at", "@", "around", "about", "-", "for", "by", "before", "after", "until")


@dataclass(frozen=True, slots=True)
class Point:
    """tokens[start:end]: a day, a part of it, a clock time; at least one of them."""

    start: int
    end: int
    day: Found | None = None
    part: DayPart | None = None
    clock: Clock | None = None

    def to_found(self) -> Found:
        """The expression with the parts put together."""
        if self.clock is None and self.part is None:
            assert self.day is not None
            return self.day.moved(self.start, self.end)
        granularity = "part_of_day" if self.clock is None else "minute" if self.clock.minute else "hour"
        anchor = "published" if self.day is None else self.day.anchor
        return Found(self.start, self.end, granularity, resolve_point(self), anchor)


def resolve_point(point: Point) -> Resolve:
    """The hours of the day meant; without a day, of the one said before or of publication."""

    def resolve(reference: Reference) -> Interval | None:
        told = hours_told(reference)
        clock = point.clock if point.clock is None or told is None else point.clock.near(told)
        if point.day is not None:
            found = point.day.resolve(reference)
            day = None if found is None else found.first_day
        else:
            day = day_of_hours(reference, told, point.part, clock)
        return None if day is None else hours_of(day, point.part, clock)

    return resolve


def parse_point(tokens: Sequence[Token], i: int, day_first: bool = False) -> Point | None:
    """The longest point in time that starts at tokens[i]."""
    point = _parse_named_part(tokens, i) or _parse_hour_of_part(tokens, i)
    for _ in range(3):
        j = i if point is None else point.end
        grown = _grow(tokens, i, j, point, day_first)
        if grown is None:
            break
        point = grown
    return point


def _grow(tokens: Sequence[Token], start: int, j: int, point: Point | None, day_first: bool) -> Point | None:
    if point is None or point.day is None:
        k = j if point is None else skip(tokens, j, ",", "on", "of")
        named = None if point is None or point.part is not None else _parse_named_part(tokens, k)
        if point is not None and named is not None:
            return replace(point, day=named.day, part=named.part, end=named.end)
        day = None if point is None and _is_clock(tokens, k) else parse_day(tokens, k, day_first)
        if day is not None and (point is None or _can_follow(day, point)):
            return replace(point, day=day, end=day.end) if point else Point(start, day.end, day=day)
    is_day = point is not None and point.day is not None and point.day.granularity == "day"
    if point is not None and not is_day and point.day is not None:
        return None
    if point is None or point.part is None:
        part = parse_part(tokens, j, bare=point is not None)
        if part is not None and part.end > j:
            return replace(point, part=part, end=part.end) if point else Point(start, part.end, part=part)
    if point is None or point.clock is None:
        k = j if point is None else skip(tokens, j, ",", *_CLOCK_JOINTS)
        clock = parse_clock(tokens, k, is_cued=point is not None)
        if clock is None and point is not None:
            clock = _parse_bare_hour(tokens, k, point)
        if clock is not None:
            return (
                replace(point, clock=clock, end=clock.end) if point else Point(start, clock.end, clock=clock)
            )
    return None


def _is_clock(tokens: Sequence[Token], i: int) -> bool:
    """ "2048 GMT" is no year."""
    clock = parse_clock(tokens, i) if len(text_at(tokens, i)) == 4 else None
    return clock is not None and clock.is_sure


def _can_follow(day: Found, point: Point) -> bool:
    """ "3 p.m. Thursday" is one point; a year or a count of weeks after a time is another."""
    return day.granularity == "day" and (point.clock is not None or point.part is not None)


def _parse_bare_hour(tokens: Sequence[Token], i: int, point: Point) -> Clock | None:
    """ "Thursday at 7", "in the morning at 7", "tonight around 3"."""
    if lower_at(tokens, i - 1) not in ("at", "around") or (point.day is None and point.part is None):
        return None
    number = parse_cardinal(tokens, i) if i < len(tokens) else None
    if (
        number is None
        or number.value is None
        or not 1 <= number.value <= 12
        or number.value != int(number.value)
    ):
        return None
    following = tokens[number.end] if number.end < len(tokens) else None
    if number.end != i + 1 or (
        following is not None
        and (following.kind == "word" or following.is_glued)
        and following.text not in ".,!?"
    ):
        return None
    return Clock(i, number.end, int(number.value))


def _parse_hour_of_part(tokens: Sequence[Token], i: int) -> Point | None:
    """ "3 in the morning", "eight at night"."""
    number = parse_cardinal(tokens, i) if i < len(tokens) and tokens[i].lower not in ("a", "an") else None
    if number is None or number.value is None or number.value not in range(1, 13) or number.end != i + 1:
        return None
    if lower_at(tokens, i - 1) == "minus":
        return None  # "minus 8 at night"
    if lower_at(tokens, number.end) == "at" and lower_at(tokens, number.end + 1) == "night":
        part: DayPart | None = DayPart(number.end, number.end + 2, "night")
    else:
        part = parse_part(tokens, number.end) if lower_at(tokens, number.end) == "in" else None
    if part is None:
        return None
    return Point(i, part.end, part=part, clock=Clock(i, number.end, int(number.value)))


def _parse_named_part(tokens: Sequence[Token], i: int) -> Point | None:
    """ "tonight", "last night", "this morning", "that same afternoon", "later this evening", "next evening"."""
    word = lower_at(tokens, i).removesuffix("'s").removesuffix("’s")
    if word in ("tonight", "tonite"):
        return _named(i, i + 1, i, "night", resolve_days(0), None)
    half: str | None = None
    j = i
    if word in ("later", "late", "earlier", "early"):
        half, j = ("late" if word.startswith("lat") else "early"), i + 1
    j = skip(tokens, j, "on", "the")
    which = lower_at(tokens, j)
    k = skip(tokens, j + 1, "same")
    name = lower_at(tokens, k).removesuffix("'s").removesuffix("’s")
    if name not in table("parts") or k >= len(tokens):
        return None
    if which == "last" and name in ("night", "evening"):
        return _named(i, k + 1, k, name, resolve_days(-1), half)
    if which == "this":
        return _named(i, k + 1, k, name, resolve_days(0), half)
    if which in ("that", "same"):
        return _named(i, k + 1, k, name, _resolve_same_day(0), half, "previous")
    if which == "previous":
        return _named(i, k + 1, k, name, _resolve_same_day(-1), half, "previous")
    if which in ("next", "following") and j >= i:
        return _named(i, k + 1, k, name, _resolve_same_day(1), half, "previous")
    return None


def _named(
    start: int, end: int, at: int, name: str, resolve: Resolve, half: str | None, anchor: str = "published"
) -> Point:
    return Point(start, end, day=Found(start, end, "day", resolve, anchor), part=DayPart(at, end, name, half))


def _resolve_same_day(step: int) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        base = reference.previous.first_day if reference.previous is not None else None
        if base is None and reference.tense != "past":
            base = reference.day
        return None if base is None else day_interval(base + timedelta(days=step))

    return resolve
