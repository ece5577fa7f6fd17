"""A day, or a longer stretch of the calendar, in any of the ways English says one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Partial,
    Reference,
    Resolve,
    count_granularity,
    day_interval,
    safe_date,
    unit_start,
)
from tasks.extract.dates.base.lexicon import calendar_words, table
from tasks.extract.dates.base.resolvers import (
    resolve_dated_weekday,
    resolve_partial,
    resolve_unknown,
    resolve_weekday,
)
from tasks.extract.dates.base.words import read_month_day, read_weekday, skip
from tasks.extract.dates.days.absolute import make_found, parse_calendar
from tasks.extract.dates.days.counts import (
    parse_in_steps,
    parse_window,
    read_direction,
    read_steps,
    shifted,
)
from tasks.extract.dates.days.determined import resolve_from_previous
from tasks.extract.dates.days.halves import parse_half_of, parse_turn, parse_years_of
from tasks.extract.dates.days.nth import parse_nth_of
from tasks.extract.dates.days.periods import (
    parse_part_of_period,
    parse_period,
    parse_week_of,
    parse_weekend,
    parse_whole,
)
from tasks.extract.dates.days.years import parse_bare_year
from tasks.extract.numerals import Token, lower_at, parse_ordinal

_BEFORE_DAY_WEEK = frozenset({"on", "by", "until", "till", "from", "for"})
_BEFORE_A_RATE = frozenset({"once", "twice", "times", "percent", "cent", "cents", "pence", "dollars",
    "pounds", "euros", "rupees", "shillings"})  # fmt: skip
DayParser = Callable[[Sequence[Token], int], Found | None]


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
        parse_half_of,
        parse_years_of,
        parse_turn,
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
    if lower_at(tokens, end) == "week" and lower_at(tokens, i - 1) in _BEFORE_DAY_WEEK:
        return Found(i, end + 1, "day", _resolve_week_on(number))
    return Found(i, end, "day", resolve_weekday(number))


def _resolve_week_on(weekday: int) -> Resolve:
    """ "On Tuesday week": a week after the next Tuesday."""

    def resolve(reference: Reference) -> Interval | None:
        day = reference.day
        return None if day is None else day_interval(day + timedelta(days=(weekday - day.weekday()) % 7 + 7))

    return resolve


def _is_doubtful_weekday(tokens: Sequence[Token], i: int, end: int) -> bool:
    """ "Sun", "sat", "wed": short forms are words and names unless a stop or a date goes with them."""
    word = tokens[i].lower
    if lower_at(tokens, i - 1) == "good" and word == "friday":
        return True  # "the Good Friday Agreement"
    if word not in calendar_words("short_weekdays", "words"):
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
    if source == "unknown":
        return Found(i, end, count_granularity(steps[-1][1]), resolve_unknown, "previous")
    if source != "base":
        if j > i and source == "published":
            return None
        if j > i and steps[0][1] in ("week", "month", "year"):
            unit = steps[0][1]
            return Found(i, end, unit, resolve_from_previous(unit, sign), "previous")
        return shifted(i, end, steps, sign, None, source)
    base = None if _is_rate(tokens, i) else _parse_base(tokens, end)
    if base is None or base.granularity != "day":
        return None
    return shifted(i, base.end, steps, sign, base.resolve, base.anchor)


def _is_rate(tokens: Sequence[Token], i: int) -> bool:
    """ "10p an hour from 1 July", "twice a week from Sunday": how much or how often for one of these units."""
    if lower_at(tokens, i) not in ("a", "an") or not i:
        return False
    before = tokens[i - 1]
    is_unit = before.is_glued and i > 1 and tokens[i - 2].kind == "number"
    return before.kind == "number" or is_unit or before.lower in _BEFORE_A_RATE


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
