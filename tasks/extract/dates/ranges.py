"""Stretches from one point in time to another: "from 2014 to 2018", "Nov. 18-20", "between 10 and 11:30 on Monday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tasks.extract.dates.base.intervals import Found, Interval, Partial, Reference, Resolve, shift
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.resolvers import resolve_days
from tasks.extract.dates.base.words import read_month_day, read_year, skip
from tasks.extract.dates.days.absolute import make_found, parse_calendar, resolve_years
from tasks.extract.dates.days.decades import parse_decade
from tasks.extract.dates.points import Point, parse_point
from tasks.extract.numerals import Token, lower_at, text_at

_TO = frozenset({"to", "until", "till", "through", "thru", "-", "–", "—", "~"})
_CLOCKS = frozenset({"minute", "hour"})
_FINENESS = (
    "minute",
    "hour",
    "part_of_day",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "year",
    "decade",
    "other",
)


def parse_range(
    tokens: Sequence[Token], i: int, point: Point | None, day_first: bool = False
) -> Found | None:
    """The range that starts at tokens[i]; the two ends share what only one of them says.

    `point` is what is at tokens[i] itself, if anything is.
    """
    opened = lower_at(tokens, i) in ("from", "between")
    first = _parse_end(tokens, i, i + 1, day_first) if opened else point
    j = i + 1 if opened else i
    if first is not None and (found := _join_points(tokens, i, first, day_first)) is not None:
        return found
    parsers = (_join_decades, _join_month_days, _join_days_month, _join_short_year)
    return next((found for parse in parsers if (found := parse(tokens, i, j, day_first)) is not None), None)


def read_joint(tokens: Sequence[Token], start: int, j: int) -> int | None:
    """The token after "to", or after "and" when "between" opened the range."""
    word = lower_at(tokens, j)
    if word in _TO or (word == "and" and lower_at(tokens, start) == "between"):
        return j + 1
    return None


def _join_points(tokens: Sequence[Token], start: int, first: Point, day_first: bool) -> Found | None:
    j = read_joint(tokens, start, first.end)
    second = None if j is None else _parse_end(tokens, start, j, day_first)
    if second is None or not _are_alike(first, second):
        return None
    return make_range(start, first, second)


def _parse_end(tokens: Sequence[Token], start: int, i: int, day_first: bool) -> Point | None:
    """A point, or the "now" of "between Aug. 2019 and now"."""
    if lower_at(tokens, i) == "now" and lower_at(tokens, start) in ("from", "between"):
        return Point(i, i + 1, day=Found(i, i + 1, "day", resolve_days(0)))
    return parse_point(tokens, i, day_first)


def _are_alike(first: Point, second: Point) -> bool:
    """Both ends are days or longer, or both are times."""
    one, two = first.day, second.day
    if one is not None and one.granularity == "other":
        return False
    if two is not None and two.anchor == "previous":
        return False  # "as early as 4 January - ten weeks before the report"
    if _has_no_year(one) and two is not None and two.partial is not None and two.partial.month is None:
        return False  # "every 11 November until 2029"
    return (first.clock is None) == (second.clock is None) or second.clock is not None


def _has_no_year(found: Found | None) -> bool:
    """ "11 November", "November"."""
    return found is not None and found.partial is not None and found.partial.year is None


def make_range(start: int, first: Point, second: Point) -> Found:
    """The stretch from the first point to the end of the second."""
    one, two = first.to_found(), second.to_found()
    if one.partial is not None and two.partial is not None:
        one, two = _share_year(one, two)
    finest = min(one.granularity, two.granularity, key=_FINENESS.index)
    anchor = "explicit" if one.anchor == two.anchor == "explicit" else "published"
    return Found(start, second.end, finest, _resolve_range(one, two), anchor)


def _share_year(one: Found, two: Found) -> tuple[Found, Found]:
    """ "Nov-Feb 2017" begins in 2016; "Jan. 5, 2015 to March" ends in 2015."""
    assert one.partial is not None
    assert two.partial is not None
    if one.partial.year is None and two.partial.year is not None:
        crosses = _order_key(one.partial) > _order_key(two.partial)
        partial = replace(one.partial, year=two.partial.year - crosses)
        return make_found(one.start, one.end, partial), two
    if two.partial.year is None and one.partial.year is not None:
        crosses = _order_key(one.partial) > _order_key(two.partial)
        return one, make_found(two.start, two.end, replace(two.partial, year=one.partial.year + crosses))
    return one, two


def _order_key(partial: Partial) -> tuple[int, int]:
    return partial.month or 0, partial.day or 0


def _resolve_range(one: Found, two: Found) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        first = one.resolve(reference)
        if first is None or first.start is None:
            return None
        second = two.resolve(replace(reference, in_sentence=first, previous=first, of_event=first))
        if second is None or second.end is None or second.start is None:
            return None
        start, end = first.start, second.start if second.granularity in _CLOCKS else second.end
        if (
            end <= start
            and one.partial is not None
            and one.partial.year is None
            and _spans_now(end, reference)
        ):
            start = shift(start, "year", -1)  # "May to September", read in July
        elif end <= start:
            end = shift(end, _step(one, second), 1)
        if end <= start:
            return None
        finest = min(first.granularity, second.granularity, key=_FINENESS.index)
        return Interval(start, end, finest, second.zone or first.zone)

    return resolve


def _spans_now(end: datetime, reference: Reference) -> bool:
    return reference.moment is not None and end >= reference.moment


def _step(one: Found, second: Interval) -> str:
    """By what the end moves when it would lie before the begin: "10 p.m. to 2 a.m.", "Friday to Monday"."""
    if second.granularity in _CLOCKS or second.granularity == "part_of_day":
        return "day"
    return "week" if one.partial is None and one.granularity == "day" else "year"


def _join_month_days(tokens: Sequence[Token], start: int, i: int, day_first: bool) -> Found | None:
    """ "November 19-20", "April 9th through 17th", "Nov. 18 to 20, 2015", "November between 19 and 20"."""
    first = parse_calendar(tokens, i, day_first)
    if first is None or first.partial is None or first.partial.month is None or first.partial.day is None:
        return None
    j = read_joint(tokens, start, first.end)
    if text_at(tokens, first.end) == "/" and tokens[first.end].is_glued:
        j = first.end + 1
    second = None if j is None else read_month_day(tokens, j)
    if second is None or second[0] <= first.partial.day or _is_unit(tokens, second[1]):
        return None
    if lower_at(tokens, second[1]) in table("units"):
        return None  # "4 January - ten weeks before"
    year = read_year(tokens, skip(tokens, second[1], ",", "of")) or None
    end = year[1] if year else second[1]
    partial = replace(first.partial, year=year[0] if year else first.partial.year)
    one = make_found(first.start, first.end, partial)
    return make_range(
        start,
        Point(i, first.end, day=one),
        Point(i, end, day=make_found(i, end, replace(partial, day=second[0]))),
    )


def _is_unit(tokens: Sequence[Token], j: int) -> bool:
    return lower_at(tokens, j) in ("percent", "%", "people", "million", "billion", "thousand") or text_at(
        tokens, j
    ) in (":", "/")


def _join_days_month(tokens: Sequence[Token], start: int, i: int, day_first: bool) -> Found | None:
    """ "4-22 January, 1995", "from 2 to 7 Feb", "between the ninth and the seventeenth of April"."""
    first = read_month_day(tokens, i) if i < len(tokens) else None
    if first is None:
        return None
    j = read_joint(tokens, start, first[1])
    second = None if j is None else parse_calendar(tokens, skip(tokens, j, "the"), day_first)
    if second is None or second.partial is None or second.partial.day is None or second.partial.month is None:
        return None
    if first[0] >= second.partial.day:
        return None
    one = make_found(i, first[1], replace(second.partial, day=first[0]))
    return make_range(start, Point(i, first[1], day=one), Point(i, second.end, day=second))


def _join_decades(tokens: Sequence[Token], start: int, i: int, _: bool) -> Found | None:
    """ "The 1970s-80s": the second decade is of the first one's century."""
    first = parse_decade(tokens, i)
    if first is None or text_at(tokens, first.end) not in ("-", "–", "/") or first.granularity != "decade":
        return None
    j = first.end + 1
    j += text_at(tokens, j) in ("'", "’", "‘")
    digits, year = text_at(tokens, j), text_at(tokens, first.end - 2)
    is_short = (
        len(digits) == 2 and digits.isdecimal() and digits.endswith("0") and lower_at(tokens, j + 1) == "s"
    )
    if not is_short or not tokens[j].is_glued or not year.isdecimal() or int(digits) <= int(year) % 100:
        return None
    begin = int(year) if int(year) > 100 else 1900 + int(year)
    return Found(
        start,
        j + 2,
        "decade",
        resolve_years(begin, begin // 100 * 100 + int(digits) + 10 - begin),
        "explicit",
    )


def _join_short_year(tokens: Sequence[Token], start: int, i: int, _: bool) -> Found | None:
    """ "2014-18", "the 2021-22 season", "2020/21": two years in a row."""
    first = read_year(tokens, i) if i < len(tokens) and tokens[i].kind == "number" else None
    if first is None or text_at(tokens, i + 1) not in ("-", "–", "/") or not tokens[i + 1].is_glued:
        return None
    digits = text_at(tokens, i + 2)
    if (
        len(digits) != 2
        or not digits.isdecimal()
        or not tokens[i + 2].is_glued
        or text_at(tokens, i + 3) in ("-", "/")
    ):
        return None
    year = first[0] // 100 * 100 + int(digits)
    if not first[0] < year <= first[0] + 60 or (int(digits) <= 12 and year != first[0] + 1):
        return None
    one, two = make_found(i, i + 1, Partial(first[0])), make_found(i, i + 3, Partial(year))
    return make_range(start, Point(i, i + 1, day=one), Point(i, i + 3, day=two))
