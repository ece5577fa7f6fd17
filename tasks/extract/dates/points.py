"""A point in time as a phrase puts it together: a day, a part of the day, a clock time, in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tasks.extract.dates.absolute import make_found, parse_calendar
from tasks.extract.dates.clocks import Clock, Part, parse_clock, parse_part
from tasks.extract.dates.counts import (
    parse_in_steps,
    parse_window,
    read_direction,
    read_steps,
    shifted,
)
from tasks.extract.dates.intervals import (
    Found,
    Interval,
    Partial,
    Reference,
    Resolve,
    day_interval,
    midnight,
    safe_date,
    unit_start,
)
from tasks.extract.dates.lexicon import table, word_set
from tasks.extract.dates.periods import (
    parse_nth_of,
    parse_part_of_period,
    parse_period,
    parse_week_of,
    parse_weekend,
    parse_whole,
    resolve_from_previous,
)
from tasks.extract.dates.resolvers import (
    resolve_dated_weekday,
    resolve_days,
    resolve_partial,
    resolve_weekday,
)
from tasks.extract.dates.words import lower_at, read_month_day, read_weekday, skip, text_at
from tasks.extract.dates.years import parse_bare_year
from tasks.extract.numerals import Token, parse_cardinal, parse_ordinal

_CLOCK_JOINTS = ("at", "@", "around", "about", "-", "for", "by", "before", "after", "until")
DayParser = Callable[[Sequence[Token], int], Found | None]


@dataclass(frozen=True, slots=True)
class Point:
    """tokens[start:end]: a day, a part of it, a clock time; at least one of them."""

    start: int
    end: int
    day: Found | None = None
    part: Part | None = None
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
    """The hours of the day meant; without a day, of the one said before in the sentence or of publication."""

    def resolve(reference: Reference) -> Interval | None:
        if point.day is not None:
            found = point.day.resolve(reference)
            day = None if found is None else found.first_day
        elif reference.in_sentence is not None:
            day = reference.in_sentence.first_day
        else:
            day = reference.day
        return None if day is None else hours_of(day, point.part, point.clock)

    return resolve


def hours_of(day: date, part: Part | None, clock: Clock | None) -> Interval:
    """The clock time or the part of that day."""
    if clock is not None:
        clock = clock.in_part(part.name if part else None)
        start = midnight(day) + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        length = timedelta(minutes=1) if clock.minute or clock.second else timedelta(hours=1)
        return Interval(start, start + length, "minute" if clock.minute else "hour", clock.zone)
    assert part is not None
    first, last = table("parts")[part.name]
    middle = (first + last) / 2
    if part.half == "early":
        last = middle
    elif part.half == "late":
        first = middle
    return Interval(
        midnight(day) + timedelta(hours=first), midnight(day) + timedelta(hours=last), "part_of_day"
    )


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
        day = parse_day(tokens, k, day_first)
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
    if lower_at(tokens, number.end) == "at" and lower_at(tokens, number.end + 1) == "night":
        part: Part | None = Part(number.end, number.end + 2, "night")
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
    if which in ("next", "following") and j >= i:
        return _named(i, k + 1, k, name, _resolve_same_day(1), half, "previous")
    return None


def _named(
    start: int, end: int, at: int, name: str, resolve: Resolve, half: str | None, anchor: str = "published"
) -> Point:
    return Point(start, end, day=Found(start, end, "day", resolve, anchor), part=Part(at, end, name, half))


def _resolve_same_day(step: int) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        base = reference.previous.first_day if reference.previous is not None else None
        if base is None and reference.tense != "past":
            base = reference.day
        return None if base is None else day_interval(base + timedelta(days=step))

    return resolve


@lru_cache(maxsize=64)
def parse_day(tokens: Sequence[Token], i: int, day_first: bool = False) -> Found | None:
    """The day or longer stretch of the calendar at tokens[i]."""
    if i >= len(tokens):
        return None
    calendar = parse_calendar(tokens, i, day_first)
    if calendar is not None:
        return _with_year(tokens, calendar)
    parsers: tuple[DayParser, ...] = (
        parse_part_of_period,
        parse_nth_of,
        parse_week_of,
        _parse_weekday,
        _parse_shifted,
        parse_window,
        _parse_week_day,
        parse_period,
        parse_in_steps,
        parse_weekend,
        _parse_the_day,
        parse_bare_year,
    )
    return next((found for parse in parsers if (found := parse(tokens, i)) is not None), None)


def _with_year(tokens: Sequence[Token], found: Found) -> Found:
    """ "June next year", "January of this year"."""
    if found.partial is None or found.partial.year is not None or found.partial.month is None:
        return found
    j = skip(tokens, found.end, "of", "in")
    if lower_at(tokens, j) not in ("this", "last", "next", "that"):
        return found
    year = parse_period(tokens, j)
    if year is None or year.granularity != "year":
        return found
    partial, inner = found.partial, year.resolve

    def resolve(reference: Reference) -> Interval | None:
        base = inner(reference)
        if base is None or base.first_day is None:
            return None
        return resolve_partial(Partial(base.first_day.year, partial.month, partial.day))(reference)

    return Found(found.start, year.end, found.granularity, resolve, year.anchor)


def _parse_weekday(tokens: Sequence[Token], i: int) -> Found | None:
    """ "Thursday", "Friday the 22nd", "Friday next week", "Sunday of next week"."""
    weekday = read_weekday(tokens, i)
    if weekday is None:
        return None
    number, end = weekday
    j = skip(tokens, end, "the")
    ordinal = parse_ordinal(tokens, j) if j < len(tokens) else None
    if (
        ordinal is not None
        and ordinal.value is not None
        and 1 <= ordinal.value <= 31
        and (j > end or ordinal.is_digits)
    ):
        return Found(i, ordinal.end, "day", resolve_dated_weekday(number, int(ordinal.value)))
    if _is_doubtful_weekday(tokens, i, end):
        return None
    week = parse_period(tokens, skip(tokens, end, "of"))
    if (
        week is not None
        and week.granularity == "week"
        and lower_at(tokens, end) in ("of", "next", "last", "this")
    ):
        return Found(i, week.end, "day", _resolve_weekday_in(number, week.resolve), week.anchor)
    if lower_at(tokens, i).endswith("days") and lower_at(tokens, i) not in table("weekdays"):
        return None  # "on Sundays" is every Sunday
    return Found(i, end, "day", resolve_weekday(number))


def _is_doubtful_weekday(tokens: Sequence[Token], i: int, end: int) -> bool:
    """ "Sun", "sat", "wed": short forms are words and names unless a stop or a date goes with them."""
    word = tokens[i].lower
    if word not in word_set("short_weekdays", "words"):
        return False
    return not tokens[i].is_capitalized or (
        word in ("sun", "sat", "mon", "wed", "fri", "thu") and end == i + 1
    )


def _resolve_weekday_in(weekday: int, week: Resolve) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = week(reference)
        if found is None or found.first_day is None:
            return None
        return day_interval(unit_start(found.first_day, "week") + timedelta(days=weekday))

    return resolve


def _parse_week_day(tokens: Sequence[Token], i: int) -> Found | None:
    """ "next week Wednesday", "this week Friday"."""
    week = parse_period(tokens, i)
    if week is None or week.granularity != "week":
        return None
    j = skip(tokens, week.end, "-", ",", "on")
    weekday = read_weekday(tokens, j)
    if weekday is None or lower_at(tokens, week.end) == ",":
        return None
    return Found(i, weekday[1], "day", _resolve_weekday_in(weekday[0], week.resolve), week.anchor)


def _parse_shifted(tokens: Sequence[Token], i: int) -> Found | None:
    """ "two weeks ago", "3 days after January 12", "the day before", "a year earlier"."""
    j = i + 1 if lower_at(tokens, i) == "the" and lower_at(tokens, i + 1) in table("units") else i
    if j > i:
        unit = table("units")[lower_at(tokens, j)]
        found = ([(1.0, unit)], j + 1) if not lower_at(tokens, j).endswith("s") else None
    else:
        found = read_steps(tokens, i)
    if found is None:
        return None
    steps, end = found
    direction = read_direction(tokens, end)
    if direction is None:
        return None
    sign, source, end = direction
    if source != "base":
        if j > i and source == "published":
            return None
        if j > i and steps[0][1] in ("week", "month", "year"):
            unit = steps[0][1]
            return Found(i, end, unit, resolve_from_previous(unit, sign), "previous")
        return shifted(i, end, steps, sign, None, source)
    base = _parse_base(tokens, end)
    if base is None or base.granularity != "day":
        return None
    return shifted(i, base.end, steps, sign, base.resolve, base.anchor)


def _parse_base(tokens: Sequence[Token], i: int) -> Found | None:
    """The day that counted units hang on; never counted units again, so that nothing nests."""
    return (
        parse_calendar(tokens, i)
        or parse_nth_of(tokens, i)
        or _parse_weekday(tokens, i)
        or parse_period(tokens, i)
    )


def _parse_the_day(tokens: Sequence[Token], i: int) -> Found | None:
    """ "on the 18th", "the 27th.": a day of the month nearest to publication."""
    if lower_at(tokens, i) != "the" or lower_at(tokens, i - 1) not in (
        "on",
        "until",
        "till",
        "by",
        "since",
        "from",
        "for",
        "before",
        "after",
    ):
        return None
    ordinal = parse_ordinal(tokens, i + 1)
    if ordinal is None or ordinal.value is None or not ordinal.is_digits:
        return None
    following = tokens[ordinal.end] if ordinal.end < len(tokens) else None
    if (
        following is not None
        and following.kind == "word"
        and following.lower not in ("and", "at", "to", "in", "of", "for", "with", "but")
    ):
        return None
    if following is not None and following.lower == "of" and parse_whole(tokens, ordinal.end + 1) is None:
        return None
    day = read_month_day(tokens, i + 1)
    if day is None or safe_date(2000, 1, day[0]) is None:
        return None
    return make_found(i, day[1], Partial(day=day[0]))


def text_of(tokens: Sequence[Token], found: Found) -> str:
    """The words of an expression, for messages and tests."""
    return " ".join(text_at(tokens, k) for k in range(found.start, found.end))
