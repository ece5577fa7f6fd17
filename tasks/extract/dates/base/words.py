"""Small words of dates read at a token: months, weekdays, years, days of the month."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.lexicon import table
from tasks.extract.numerals import Token, lower_at, parse_cardinal, parse_ordinal, text_at

FIRST_YEAR, LAST_YEAR = 1000, 2199
_CENTURIES = frozenset(
    {
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    }
)
_MEANS_COUNT = frozenset({"hundred", "thousand", "million", "billion", "percent", "%"})


def skip(tokens: Sequence[Token], i: int, *words: str) -> int:
    """Past any of the words, once each at most."""
    left = set(words)
    while lower_at(tokens, i) in left:
        left.discard(lower_at(tokens, i))
        i += 1
    return i


def read_month(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The month at tokens[i] and the token after it, its stop included ("Jan.")."""
    word = lower_at(tokens, i)
    month = table("months").get(word)
    if month is None or _is_in_code(tokens, i):
        return None
    end = i + 1
    if (
        len(word) <= 5
        and text_at(tokens, end) == "."
        and tokens[end].is_glued
        and word not in ("march", "april", "may", "june", "july")
    ):
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        if following is not None and following.kind in ("number", "word"):
            end += 1
    return month, end


def read_weekday(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The weekday (Monday is 0) at tokens[i] and the token after it; "Monday's" is cut by the lexer."""
    word = lower_at(tokens, i)
    for ending in ("'s", "’s", "s"):
        if word not in table("weekdays") and word.endswith(ending):
            word = word.removesuffix(ending)
    weekday = table("weekdays").get(word)
    if weekday is None:
        return None
    end = i + 1
    if len(word) <= 5 and text_at(tokens, end) == "." and tokens[end].is_glued and end + 1 < len(tokens):
        end += 1
    return weekday, end


def read_year(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A year in four digits or in words ("nineteen eighty-four", "two thousand and fifteen")."""
    if i >= len(tokens):
        return None
    text = tokens[i].text
    if tokens[i].kind == "number":
        if len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text), i + 1
        return None
    return _read_year_words(tokens, i)


def _read_year_words(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    if tokens[i].lower in _CENTURIES:
        century = parse_cardinal(tokens, i)
        if century is None or century.end != i + 1:
            return None
        rest = parse_cardinal(tokens, i + 1)
        if rest is None or rest.value is None or rest.is_digits:
            return None
        if tokens[i + 1].lower in ("zero", "oh") and (unit := parse_cardinal(tokens, i + 2)) is not None:
            rest = unit
        if not 1 <= (rest.value or 0) <= 99 or lower_at(tokens, rest.end) in _MEANS_COUNT:
            return None
        return int((century.value or 0) * 100 + (rest.value or 0)), rest.end
    if tokens[i].lower in ("two", "one") and lower_at(tokens, i + 1) == "thousand":
        year = parse_cardinal(tokens, i)
        if year is not None and year.value is not None and FIRST_YEAR <= year.value <= LAST_YEAR:
            return int(year.value), year.end
    return None


def _is_in_code(tokens: Sequence[Token], i: int) -> bool:
    """ "Reference 4471/19FEB" names no month."""
    return i > 1 and tokens[i].is_glued and tokens[i - 1].is_glued and tokens[i - 2].text == "/"


def read_month_day(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A day of the month beside its month: "12", "12th", "twenty-first", "the ninth", "twenty nine"."""
    i = skip(tokens, i, "the")
    if i >= len(tokens):
        return None
    ordinal = parse_ordinal(tokens, i)
    if ordinal is not None and ordinal.value is not None:
        return (int(ordinal.value), ordinal.end) if 1 <= ordinal.value <= 31 else None
    text = tokens[i].text
    if tokens[i].kind == "number":
        is_day = text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31
        return (int(text), i + 1) if is_day and not _goes_on(tokens, i + 1) else None
    number = parse_cardinal(tokens, i, with_and=False)
    if number is None or number.value is None or number.is_digits or not 1 <= number.value <= 31:
        return None
    return int(number.value), number.end


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Letters touch the digits ("12th" is read before; "12km" is no day), or a percent sign or minutes follow."""
    if i >= len(tokens):
        return False
    if tokens[i].text == ":":  # "May 12: all is new" is a day
        return i + 1 < len(tokens) and tokens[i + 1].is_glued
    return (tokens[i].is_glued and tokens[i].kind == "word") or tokens[i].text == "%"
