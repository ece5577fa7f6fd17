"""Stretches of the calendar, whole or in part: "next summer", "early January", "the rest of the week", "the weekend"."""

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
    granularity_of,
    midnight,
    nearest,
    shift,
    unit_interval,
    unit_start,
)
from tasks.extract.dates.base.lexicon import calendar_words, table
from tasks.extract.dates.base.resolvers import (
    resolve_unit,
)
from tasks.extract.dates.base.words import read_month, read_year, skip
from tasks.extract.dates.days.absolute import make_found, parse_calendar
from tasks.extract.dates.days.decades import parse_century, parse_decade, parse_decade_of_part
from tasks.extract.dates.days.determined import parse_after_next, parse_day_word, parse_determined
from tasks.extract.dates.days.holidays import parse_holiday
from tasks.extract.dates.days.year_parts import parse_quarter, parse_season
from tasks.extract.numerals import Token, lower_at, text_at

_PARTS_OF_PERIODS = {
    "early": "early",
    "beginning": "start",
    "start": "start",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "end",
    "earlier": "earlier",
    "later": "later",
    "rest": "rest",
    "remainder": "rest",
}
_TWENTY_YEARS = timedelta(days=20 * 366)


@lru_cache(maxsize=64)
def parse_period(tokens: Sequence[Token], i: int) -> Found | None:
    """The relative or named stretch of time that starts at tokens[i]."""
    if i >= len(tokens):
        return None
    parsers: tuple[Callable[[Sequence[Token], int], Found | None], ...] = (
        parse_day_word,
        parse_after_next,
        parse_determined,
        parse_quarter,
        parse_season,
        parse_holiday,
        parse_decade,
    )
    return next((found for parse in parsers if (found := parse(tokens, i)) is not None), None)


def parse_whole(tokens: Sequence[Token], i: int) -> Found | None:
    """Any stretch of the calendar that something can be the end or the third week of."""
    j = skip(tokens, i, "the")
    unit = table("units").get(lower_at(tokens, j))
    if (
        unit in ("week", "month", "quarter", "year", "decade", "century")
        and j > i
        and not lower_at(tokens, j).endswith("s")
    ):
        return Found(i, j + 1, granularity_of(unit), resolve_unit(unit, 0))
    j = skip(tokens, j, "year", "calendar")
    year = read_year(tokens, j)
    if year is not None and tokens[j].kind == "number":
        dated = parse_calendar(tokens, j)
        if dated is not None and dated.granularity != "day":
            return dated.moved(start=i)
        return make_found(i, year[1], Partial(year[0]))
    return _parse_month_or_period(tokens, i)


def _parse_month_or_period(tokens: Sequence[Token], i: int) -> Found | None:
    month = read_month(tokens, skip(tokens, i, "the"))
    if month is not None:
        j = skip(tokens, i, "the")
        found = parse_calendar(tokens, j)
        if found is not None and found.granularity == "month":
            return found.moved(start=i)
        if (
            found is None
            and tokens[j].is_capitalized
            and tokens[j].lower in calendar_words("doubtful", "months")
        ):
            return make_found(i, month[1], Partial(month=month[0]))
        return None
    return parse_period(tokens, i)


def parse_part_of_period(tokens: Sequence[Token], i: int) -> Found | None:
    """ "early January", "late last year", "mid-2022", "the end of March", "earlier this month", "later that week"."""
    j = skip(tokens, i, "the")
    word = lower_at(tokens, j)
    which = _PARTS_OF_PERIODS.get(word)
    if which is None:
        return None
    if word in ("rest", "remainder"):
        return _parse_rest(tokens, i, j)
    if word in ("beginning", "start", "middle", "end"):
        if lower_at(tokens, j + 1) != "of":
            return None
        j += 1
    second = _second_part(tokens, j + 1)
    k = skip(tokens, second[1] if second else j + 1, "-", "‑", "‐", "–", "in")
    century = parse_century(tokens, skip(tokens, k, "the"))
    whole = century or parse_decade_of_part(tokens, k) or parse_whole(tokens, k)
    if whole is None or (whole.granularity in ("day", "other") and whole is not century):
        return None
    resolve = resolve_part(which, whole)
    if second is not None:
        resolve = _resolve_span(resolve, resolve_part(second[0], whole))
    return Found(i, whole.end, whole.granularity, resolve, whole.anchor)


def _second_part(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """The other end of "early to mid-", "mid- to late", and the token after it."""
    j = skip(tokens, i, "-")
    if lower_at(tokens, j) not in ("to", "and", "or"):
        return None
    j = skip(tokens, j + 1, "-")
    which = _PARTS_OF_PERIODS.get(lower_at(tokens, j))
    return (which, j + 1) if which in ("mid", "late") else None


def _resolve_span(first: Resolve, last: Resolve) -> Resolve:
    """From the begin of one part of a period to the end of another."""

    def resolve(reference: Reference) -> Interval | None:
        begin, end = first(reference), last(reference)
        return None if begin is None or end is None else Interval(begin.start, end.end, begin.granularity)

    return resolve


def _parse_rest(tokens: Sequence[Token], i: int, j: int) -> Found | None:
    """ "the rest of the week", "the remainder of this year": from publication to its end."""
    k = j + 1
    if lower_at(tokens, k) == "of":
        k += 1
    whole = parse_whole(tokens, k)
    if whole is None or whole.granularity in ("day", "other") or k == j + 1:
        return None
    inner = whole.resolve

    def resolve(reference: Reference) -> Interval | None:
        found = inner(reference)
        if found is None or found.start is None or found.end is None or reference.moment is None:
            return None
        now = midnight(reference.moment.date())
        return Interval(now if found.start < now < found.end else found.start, found.end, found.granularity)

    return Found(i, whole.end, whole.granularity, resolve, whole.anchor)


def resolve_part(which: str, whole: Found) -> Resolve:
    """The part of a period: halves of years, months and weeks, as Recognizers-Text cuts them."""

    def resolve(reference: Reference) -> Interval | None:
        found = whole.resolve(reference)
        if found is None or found.start is None or found.end is None:
            return None
        start, end = _cut(which, found, whole.granularity)
        if which in ("earlier", "later") and reference.moment is not None and whole.anchor == "published":
            now = midnight(reference.moment.date())
            if found.start < now < found.end:
                start, end = (found.start, now) if which == "earlier" else (now, found.end)
        return Interval(start, end, found.granularity)

    return resolve


def _cut(which: str, whole: Interval, granularity: str):  # type: ignore[no-untyped-def]
    assert whole.start is not None
    assert whole.end is not None
    length = whole.end - whole.start
    if granularity == "year":
        marks = [shift(whole.start, "month", k) for k in (4, 6, 8)]
    elif granularity == "month":
        marks = [whole.start + timedelta(days=k) for k in (9, 15, 20)]
    elif granularity == "week":
        marks = [whole.start + timedelta(days=k) for k in (1, 3, 5)]
    elif granularity == "decade" or length > _TWENTY_YEARS:
        return _cut_decade(which, whole, 1 if granularity == "decade" else 10)
    else:
        marks = [whole.start + length * k / 4 for k in (1, 2, 3)]
    if which == "start" and granularity == "year":
        return whole.start, marks[0]
    if which in ("early", "earlier", "start"):
        return whole.start, marks[1]
    if which == "mid":
        return marks[0], marks[2]
    return marks[1], whole.end


def _cut_decade(which: str, whole: Interval, step: int):  # type: ignore[no-untyped-def]
    """The years 0 to 3, 4 to 6 and 6 to 9; "the start" and "the end" are three years. Of a century, decades in place of years."""
    first, last = {
        "early": (0, 4), "earlier": (0, 5), "start": (0, 3), "mid": (4, 7), "late": (6, 10), "later": (5, 10), "end": (7, 10)
    }[which]  # fmt: skip
    assert whole.start is not None
    return shift(whole.start, "year", first * step), shift(whole.start, "year", last * step)


def nearest_weekend(reference: Reference) -> Interval | None:
    """The weekend that "the weekend" means, by tense."""
    if reference.day is None:
        return None
    here = unit_start(reference.day, "weekend")
    days = [here - timedelta(days=7), here, here + timedelta(days=7)]
    found = nearest(days, reference.day, reference.tense)
    return None if found is None else unit_interval(found, "weekend")


def parse_weekend(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the weekend", "over the weekend"."""
    j = skip(tokens, i, "the")
    if lower_at(tokens, j) != "weekend" or j == i or (text_at(tokens, j + 1) in ("-", "'s", "’s")):
        return None
    return Found(i, j + 1, "other", nearest_weekend)


def parse_week_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the week of April 10", "the week commencing February 4"."""
    j = skip(tokens, i, "the")
    if lower_at(tokens, j) != "week" or lower_at(tokens, j + 1) not in (
        "of",
        "commencing",
        "starting",
        "beginning",
        "ending",
    ):
        return None
    day = parse_calendar(tokens, skip(tokens, j + 2, "on"))
    if day is None or day.granularity != "day":
        return None
    inner = day.resolve

    def resolve(reference: Reference) -> Interval | None:
        found = inner(reference)
        return None if found is None or found.first_day is None else unit_interval(found.first_day, "week")

    return Found(i, day.end, "week", resolve, day.anchor)
