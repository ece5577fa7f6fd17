"""Stretches between two times of day: "5 to 6pm", "9.30-4.30pm", "Monday 1-3 pm", "between 10 and 11:30 on Monday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.dates.base.intervals import Found
from tasks.extract.dates.base.words import skip
from tasks.extract.dates.clocks import Clock, parse_clock
from tasks.extract.dates.points import Point, parse_point
from tasks.extract.dates.ranges import make_range, read_joint
from tasks.extract.numerals import Token, lower_at, parse_cardinal, text_at

_OPENERS = frozenset({"from", "between"})


def parse_clock_range(
    tokens: Sequence[Token], i: int, point: Point | None, day_first: bool = False
) -> Found | None:
    """The range of times at tokens[i], a day before or after it taken along; `point` is at tokens[i].

    A bare hour counts as a time only beside a sure one ("5 to 6pm"), or with a preposition before the
    range and minutes or a day in it ("between 10 and 11:30").
    """
    before = _day_before(tokens, i, point)
    j = i if before is None else skip(tokens, before.end, ",", "at")
    opener = j if lower_at(tokens, j) in _OPENERS else None
    j = j if opener is None else j + 1
    if j >= len(tokens) or not _may_be_hour(tokens[j]):
        return None
    first = parse_clock(tokens, j) or _bare_clock(tokens, j)
    k = None if first is None else read_joint(tokens, j - 1, first.end)
    if (
        first is None
        or k is None
        or (opener is not None and lower_at(tokens, k - 1) == "and" and lower_at(tokens, opener) != "between")
    ):
        return None
    second = parse_clock(tokens, k) or _bare_clock(tokens, k)
    if second is None:
        return None
    day, end = _day_after(tokens, before, second.end, day_first)
    is_said = (
        opener is not None
        and bool(first.minute or second.minute)
        and (second.minute or day is not None or second.zone)
    )
    if not (second.is_sure or first.is_sure or is_said):
        return None
    part = None if before is None or before.part is None else before.part.name
    first, second = (
        _same_half(first.in_part(part), second),
        _same_half(second.in_part(part), first),
    )
    return _make(i, end, day, first, second)


def _may_be_hour(token: Token) -> bool:
    return token.kind in ("number", "word")


def _day_before(tokens: Sequence[Token], i: int, point: Point | None) -> Point | None:
    """The day that the range starts with, its part included: "tomorrow evening from 7 to 9"."""
    if point is None or point.day is None or point.day.granularity != "day":
        return None
    if point.day.start != i or lower_at(tokens, i) in _OPENERS:
        return None
    return Point(i, point.day.end, day=point.day) if point.clock is not None else point


def _day_after(
    tokens: Sequence[Token], before: Point | None, end: int, day_first: bool
) -> tuple[Found | None, int]:
    if before is not None:
        return before.day, end
    after = parse_point(tokens, skip(tokens, end, ",", "on", "of", "in"), day_first)
    if after is not None and after.day is not None and after.day.granularity == "day" and after.clock is None:
        return after.day, after.end
    return None, end


def _bare_clock(tokens: Sequence[Token], i: int) -> Clock | None:
    """An hour that its partner makes a time: the 5 of "5 to 6pm", the 9.30 of "9.30-4.30pm"."""
    if i >= len(tokens):
        return None
    if tokens[i].kind != "number":
        number = parse_cardinal(tokens, i)
        is_hour = number is not None and number.value in range(1, 13) and number.end == i + 1
        return Clock(i, i + 1, int(number.value or 0)) if number is not None and is_hour else None
    hour, _, minute = tokens[i].text.partition(".")
    end = i + 1
    if not minute and text_at(tokens, end) == ":" and tokens[end].is_glued:
        minute, end = text_at(tokens, i + 2), i + 3
    if not hour.isdecimal() or len(hour) > 2 or not 1 <= int(hour) <= 12:
        return None
    if minute and not (minute.isdecimal() and len(minute) == 2 and int(minute) < 60):
        return None
    return Clock(i, end, int(hour), int(minute or 0))


def _same_half(clock: Clock, other: Clock) -> Clock:
    """The morning or afternoon of its partner: "5 to 6pm" is 17 to 18; "9.30-4.30pm" is 9.30 to 16.30."""
    if clock.is_sure or not other.is_sure or clock.hour == 12:
        return clock
    later = replace(clock, hour=clock.hour + 12, is_sure=True)
    if clock.start < other.start:
        is_later = other.hour >= 12 and (later.hour, later.minute) < (other.hour, other.minute)
        return later if is_later else clock
    return later if (clock.hour, clock.minute) <= (other.hour, other.minute) else clock


def _make(start: int, end: int, day: Found | None, first: Clock, second: Clock) -> Found:
    one = Point(start, first.end, day=day, clock=first)
    two = Point(start, end, day=day, clock=second)
    return replace(make_range(start, one, two), start=start, end=end)
