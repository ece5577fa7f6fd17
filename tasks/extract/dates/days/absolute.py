"""Dates of the calendar: "January 12, 2022", "Dec. 7", "7 December", "May 2018", "2014", "2021-12-07", "the 1990s"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Partial,
    Reference,
    Resolve,
    midnight,
    safe_date,
    shift,
)
from tasks.extract.dates.base.lexicon import calendar_words
from tasks.extract.dates.base.resolvers import resolve_partial
from tasks.extract.dates.base.words import read_month, read_month_day, read_weekday, read_year, skip
from tasks.extract.numerals import Token, lower_at, text_at

_HYPHENS = frozenset("-‐‑")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DOTTED_ISO = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")
_BEFORE_A_NAME = frozenset(
    {"and", "or", "of", "for", "to", "by", "from", "between", "after", "before", "-", "–"}
)
_MONTH_JOINTS = frozenset({"to", "-", "–", "through", "until", "and"})
_BEFORE_A_MARCH = frozenset({"to", "the", "and", "for", "or", "about"})  # "the March", "to March on"
_AFTER_PREPOSITION = frozenset(
    {
        "on",
        "until",
        "till",
        "by",
        "before",
        "after",
        "since",
        "from",
        "between",
        "starting",
        "through",
        "back",
    }
)


def make_found(start: int, end: int, partial: Partial) -> Found:
    """The expression of a calendar date; complete ones are explicit, others hang on publication."""
    granularity = "day" if partial.day else "month" if partial.month else "year"
    anchor = "explicit" if partial.year is not None else "published"
    return Found(start, end, granularity, resolve_partial(partial), anchor, partial)


def parse_calendar(tokens: Sequence[Token], i: int, day_first: bool = False) -> Found | None:
    """The calendar date that starts at tokens[i], a weekday before it taken along."""
    weekday = read_weekday(tokens, i)
    if weekday is not None:
        if tokens[i].lower.endswith(("'s", "’s")):
            return None  # "Sunday's Sept. 11 memorial" names two dates
        j = skip(tokens, weekday[1], ",", "the", "-", "(")
        found = _parse_date(tokens, j, day_first, True)
        if found is None or found.granularity != "day":
            return None
        end = found.end
        if text_at(tokens, j - 1) == "(" and text_at(tokens, end) == ")":
            end += 1
        return found.moved(start=i, end=end)
    return _parse_date(tokens, i, day_first, False)


def _parse_date(tokens: Sequence[Token], i: int, day_first: bool, is_certain: bool) -> Found | None:
    if i >= len(tokens):
        return None
    found = (
        _parse_iso(tokens, i) or _parse_slashed(tokens, i, day_first, is_certain) or _parse_dotted(tokens, i)
    )
    if found is not None:
        return found
    return _parse_month_first(tokens, i) or _parse_day_first(tokens, i)


def _parse_month_first(tokens: Sequence[Token], i: int) -> Found | None:
    """ "January 12, 2016", "Dec. 7", "May twenty-first", "June of 1992", "Dec-2018", "January"."""
    month = read_month(tokens, i)
    if month is None:
        return None
    number, j = month
    j = j + 1 if text_at(tokens, j) in ("-", "/") and tokens[j].is_glued else j
    if (year := _read_plain_year(tokens, skip(tokens, j, "of", ",", "in"))) is not None:
        return make_found(i, year[1], Partial(year[0], number))
    day = read_month_day(tokens, j)
    if day is not None and lower_at(tokens, day[1]) not in (
        "percent",
        "%",
        "million",
        "thousand",
        "hundred",
        "billion",
    ):
        year = _read_year_after(tokens, day[1])
        return make_found(i, year[1] if year else day[1], Partial(year[0] if year else None, number, day[0]))
    return _parse_month_alone(tokens, i, month)


def _read_plain_year(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A year right after a month; "April of 87" too."""
    if (year := read_year(tokens, i)) is not None:
        return year
    text = text_at(tokens, i)
    if lower_at(tokens, i - 1) == "of" and len(text) == 2 and text.isdecimal() and int(text) > 31:
        return 1900 + int(text), i + 1
    return None


def _read_year_after(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The year after a day and month: "Jan. 12, 2022", "4th of July of 1995", "Sept. 10, nineteen zero one"."""
    if (
        text_at(tokens, i) == "."
        and i + 1 < len(tokens)
        and tokens[i + 1].kind == "word"
        and tokens[i + 1].is_capitalized
    ):
        return None  # "until Jan. 6. In 2021 it"
    j = skip(tokens, i, ",", "of", "in", "-", "/", ".")
    year = read_year(tokens, j)
    if year is None:
        return None
    return None if _counts_things(tokens, i, j, year[1]) else year


def _counts_things(tokens: Sequence[Token], before: int, start: int, end: int) -> bool:
    """ "On Jan. 12, 2000 people marched": a plural noun after the comma makes the digits a count."""
    if start == before or text_at(tokens, before) != ",":
        return False
    after = lower_at(tokens, end)
    return after in (
        "people",
        "men",
        "women",
        "troops",
        "soldiers",
        "protesters",
        "police",
        "workers",
        "children",
        "residents",
    )


def _parse_month_alone(tokens: Sequence[Token], i: int, month: tuple[int, int]) -> Found | None:
    number, end = month
    word = tokens[i].lower
    is_short = len(word) <= 4 and word not in ("may", "june", "july")
    if end > i + 1 and is_short:
        end = i + 1  # the stop of "in Jan. Then" ends the sentence
    if not tokens[i].is_capitalized and (
        word in ("may", "march", "mar", "dec", "sep", "jan", "jun")
        and lower_at(tokens, i - 1) not in ("in", "mid", "last", "since")
    ):
        return None
    if word in calendar_words("doubtful", "months") and not _has_month_cue(tokens, i, end):
        return None
    return make_found(i, end, Partial(month=number))


def _has_month_cue(tokens: Sequence[Token], i: int, end: int) -> bool:
    if lower_at(tokens, end) in _MONTH_JOINTS and read_month(tokens, end + 1) is not None:
        return True
    before = lower_at(tokens, i - 1)
    if before in _MONTH_JOINTS and i > 1 and read_month(tokens, i - 2) is not None:
        return True
    if tokens[i].lower == "march" and before in _BEFORE_A_MARCH:
        return False
    following = tokens[end] if end < len(tokens) else None
    is_name = following is not None and following.kind == "word" and following.is_capitalized
    if is_name and before in _BEFORE_A_NAME and read_month(tokens, end) is None:
        return False  # "Walter and June Pell"
    return before in calendar_words("doubtful", "before")


def _parse_day_first(tokens: Sequence[Token], i: int) -> Found | None:
    """ "7 December 2021", "the 7th of December", "twenty second of June", "05-Aug-2016", "2019-aug-01"."""
    if tokens[i].kind == "number" and (year := read_year(tokens, i)) is not None:
        return _parse_year_first(tokens, i, year)
    day = read_month_day(tokens, i) if text_at(tokens, i - 1) not in ("$", "€", "£") else None
    if day is None:
        return None
    j = skip(tokens, day[1], "day", "of", "-", "/", ".")
    month = read_month(tokens, j)
    if month is None or (tokens[j].lower in ("may", "march", "mar") and not tokens[j].is_capitalized):
        return None
    year = _read_year_after(tokens, month[1])
    if text_at(tokens, j - 1) == "." and year is None:
        return None  # "killed 12. May said"
    return make_found(i, year[1] if year else month[1], Partial(year[0] if year else None, month[0], day[0]))


def _parse_year_first(tokens: Sequence[Token], i: int, year: tuple[int, int]) -> Found | None:
    """ "2019-aug-01", "2018 June"."""
    j = skip(tokens, year[1], "-", "/")
    month = read_month(tokens, j)
    if month is None or (tokens[j].lower in ("may", "march") and not tokens[j].is_capitalized):
        return None
    if j > year[1]:
        k = skip(tokens, month[1], "-", "/")
        day = read_month_day(tokens, k) if k > month[1] else None
        if day is not None:
            return make_found(i, day[1], Partial(year[0], month[0], day[0]))
    return make_found(i, month[1], Partial(year[0], month[0]))


def _digits(tokens: Sequence[Token], i: int, longest: int) -> int | None:
    text = text_at(tokens, i)
    return int(text) if text.isdecimal() and len(text) <= longest else None


def _parse_iso(tokens: Sequence[Token], i: int) -> Found | None:
    """ "2021-12-07", "2021/12/07", "2015-3", "2016 - 11"."""
    year = read_year(tokens, i) if tokens[i].kind == "number" else None
    if year is None or text_at(tokens, i + 1) not in ("-", "/") or text_at(tokens, i - 1) in ("-", "/"):
        return None
    sign = text_at(tokens, i + 1)
    month, day = _digits(tokens, i + 2, 2), _digits(tokens, i + 4, 2)
    if month is None or not 1 <= month <= 12:
        return None
    if text_at(tokens, i + 3) == sign and tokens[i + 3].is_glued:
        if day is None or safe_date(year[0], month, day) is None:
            return None
        return make_found(i, i + 5, Partial(year[0], month, day))
    return make_found(i, i + 3, Partial(year[0], month)) if _is_free(tokens, i + 3) else None


def _is_free(tokens: Sequence[Token], i: int) -> bool:
    """Nothing touches the number before token i: no unit, no further digits."""
    return i >= len(tokens) or not tokens[i].is_glued or tokens[i].kind == "sign"


def _parse_slashed(tokens: Sequence[Token], i: int, day_first: bool, is_certain: bool) -> Found | None:
    """ "12/7/2021", "3-7-2017", "11/2016", and "22/04" where a preposition says that it is a date."""
    sign = text_at(tokens, i + 1)
    if (
        tokens[i].kind != "number"
        or sign not in ("/", "-")
        or (i and tokens[i].is_glued and tokens[i - 1].text in ("/", "-"))
    ):
        return None
    if (text_at(tokens, i), sign, text_at(tokens, i + 2)) == ("9", "/", "11") and text_at(
        tokens, i + 3
    ) != "/":
        return make_found(i, i + 3, Partial(2001, 9, 11))  # the attacks; whoever means a day says which year
    first, second, third = _digits(tokens, i, 2), _digits(tokens, i + 2, 2), _digits(tokens, i + 4, 4)
    is_tight = tokens[i + 1].is_glued
    if first is not None and second is not None and text_at(tokens, i + 3) == sign and is_tight:
        if third is None or text_at(tokens, i + 5) in ("/",) or not _is_free(tokens, i + 5):
            return None
        ordered = _order(first, second, day_first)
        year = _full_year(third, text_at(tokens, i + 4))
        if ordered is None or year is None or safe_date(year, *ordered) is None:
            return None
        return make_found(i, i + 5, Partial(year, *ordered))
    if (
        (year_last := _digits(tokens, i + 2, 4)) is not None
        and 1900 <= year_last <= 2100
        and first is not None
        and 1 <= first <= 12
    ):
        return make_found(i, i + 3, Partial(year_last, first)) if _is_free(tokens, i + 3) else None
    return _parse_short_slash(tokens, i, (first, second), day_first, is_certain)


def _parse_short_slash(
    tokens: Sequence[Token], i: int, pair: tuple[int | None, int | None], day_first: bool, is_certain: bool
) -> Found | None:
    first, second = pair
    if first is None or second is None or not tokens[i + 1].is_glued or not _is_free(tokens, i + 3):
        return None
    has_zero = text_at(tokens, i).startswith("0") or text_at(tokens, i + 2).startswith("0")
    if text_at(tokens, i + 1) != "/":
        return None
    is_said = lower_at(tokens, i - 1) in _AFTER_PREPOSITION
    if not (is_certain or is_said or has_zero):
        return None
    ordered = _order(first, second, day_first)
    return None if ordered is None else make_found(i, i + 3, Partial(None, *ordered))


def _order(first: int, second: int, day_first: bool) -> tuple[int, int] | None:
    """Month and day. Month first as in the United States, unless that cannot be or the outlet is elsewhere."""
    month, day = (second, first) if (day_first and second <= 12) or first > 12 else (first, second)
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _full_year(year: int, text: str) -> int | None:
    if len(text) == 4:
        return year
    return (2000 + year if year < 40 else 1900 + year) if len(text) == 2 else None


def _parse_dotted(tokens: Sequence[Token], i: int) -> Found | None:
    """ "13.5.2015", "2015.5.13"."""
    if tokens[i].kind != "number" or tokens[i].text.count(".") != 2:
        return None
    if (match := _DOTTED_DATE.fullmatch(tokens[i].text)) is not None:
        ordered = _order(int(match[1]), int(match[2]), True)  # whoever writes dots begins with the day
        year = int(match[3])
    elif (match := _DOTTED_ISO.fullmatch(tokens[i].text)) is not None:
        ordered, year = (int(match[2]), int(match[3])), int(match[1])
    else:
        return None
    if ordered is None or safe_date(year, *ordered) is None:
        return None
    return make_found(i, i + 1, Partial(year, *ordered))


def resolve_years(first: int, count: int) -> Resolve:
    """That many years from the first one on."""

    def resolve(_: Reference) -> Interval | None:
        day = safe_date(max(first, 1), 1, 1)
        if day is None:
            return None
        start = midnight(day)
        return Interval(start, shift(start, "year", count), "decade" if count == 10 else "other")

    return resolve
