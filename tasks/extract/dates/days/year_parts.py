"""Parts of a year: quarters, halves, seasons."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Partial,
    Reference,
    Resolve,
)
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.resolvers import (
    resolve_season,
    resolve_unit,
    resolve_year_part,
)
from tasks.extract.dates.base.words import read_year, skip
from tasks.extract.dates.days.absolute import make_found
from tasks.extract.dates.days.determined import (
    parse_determined,
)
from tasks.extract.numerals import Token, lower_at, parse_ordinal, text_at

_VERBS = frozenset({"is", "was", "will", "has", "would"})  # "she said that summer was over"
_FISCAL = frozenset({"fy", "fiscal", "financial"})


def parse_quarter(tokens: Sequence[Token], i: int) -> Found | None:
    """ "Q3", "Q3 2019", "2019 Q3", "the third quarter of 2020", "first half of this year", "H1 2016"."""
    year = read_year(tokens, i) if tokens[i].kind == "number" else None
    j = skip(tokens, year[1], "-", "the") if year else skip(tokens, i, "the")
    part = _read_year_part(tokens, j)
    if part is None:
        return None
    start_month, months, end, is_word = part
    granularity = "quarter" if months == 3 else "other"
    if year is not None:
        base: Found | None = make_found(i, year[1], Partial(year[0]))
    else:
        base = _parse_year_of(tokens, end)
        end = base.end if base is not None else end
    is_split = (
        text_at(tokens, end) in ("-", "–", "/") and text_at(tokens, end + 1).isdecimal()
    )  # "Q1 2026-27"
    if is_split or lower_at(tokens, skip(tokens, end, "of", "in", "the", ",")) in _FISCAL:
        return None  # the fiscal year begins where its owner wants
    if base is None and is_word and (months == 6 or j == i):
        return None
    anchor = base.anchor if base is not None else "published"
    resolve = resolve_year_part(start_month, months, None if base is None else base.resolve, granularity)
    return Found(i, end, granularity, resolve, anchor)


def _read_year_part(tokens: Sequence[Token], i: int) -> tuple[int, int, int, bool] | None:
    """First month, length in months, next token, and whether it is said in words."""
    letter, digit = lower_at(tokens, i), text_at(tokens, i + 1)
    if text_at(tokens, i + 2) == ":" or (
        text_at(tokens, i + 2) == "." and (i == 0 or tokens[i - 1].kind == "break")
    ):
        return None  # "Q1:" opens a question
    if letter in ("q", "h") and digit.isdecimal() and len(digit) == 1 and tokens[i + 1].is_glued:
        length = 3 if letter == "q" else 6
        if 1 <= int(digit) <= 12 // length:
            return (int(digit) - 1) * length + 1, length, i + 2, False
        return None
    ordinal = parse_ordinal(tokens, i) if i < len(tokens) else None
    if ordinal is None or ordinal.value is None:
        return None
    word = lower_at(tokens, ordinal.end)
    if word == "quarter" and ordinal.value <= 4:
        return int(ordinal.value - 1) * 3 + 1, 3, ordinal.end + 1, True
    if word == "half" and ordinal.value <= 2:
        return int(ordinal.value - 1) * 6 + 1, 6, ordinal.end + 1, True
    return None


def _parse_year_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "of 2020", "2020", "of this year", "of the year", "last year"."""
    j = skip(tokens, i, "of", "in", "-", ",")
    year = read_year(tokens, j)
    if year is not None:
        return make_found(i, year[1], Partial(year[0]))
    k = skip(tokens, j, "the")
    if lower_at(tokens, k) == "year" and k > j:
        return Found(i, k + 1, "year", resolve_unit("year", 0))
    found = parse_determined(tokens, j)
    return found if found is not None and found.granularity == "year" else None


def parse_season(tokens: Sequence[Token], i: int) -> Found | None:
    """ "summer of 2016", "winter 2014", "the spring", "in the fall"."""
    j = skip(tokens, i, "the")
    month = table("seasons").get(lower_at(tokens, j))
    if month is None:
        return None
    year = read_year(tokens, skip(tokens, j + 1, "of"))
    if year is None and lower_at(tokens, j + 1) == "of":
        relative = _parse_year_of(tokens, j + 1)
        if relative is not None:
            return Found(i, relative.end, "season", _resolve_season_of(month, relative.resolve))
    if year is not None:
        return Found(i, year[1], "season", resolve_season(month, year[0], None), "explicit")
    if tokens[j].lower in ("fall", "spring") and not (
        j > i and lower_at(tokens, i - 1) in ("in", "until", "by", "since", "during")
    ):
        return None
    if lower_at(tokens, i - 1) == "that" and lower_at(tokens, j + 1) not in _VERBS:
        return Found(i, j + 1, "season", _resolve_season_of(month, _mentioned), "previous")
    return Found(
        i, j + 1, "season", resolve_season(month, None, None) if j > i else _resolve_told_season(month)
    )


def _resolve_told_season(month: int) -> Resolve:
    """A season without "the": in no year where no verb tells one ("white clothes in summer")."""
    nearest = resolve_season(month, None, None)
    return lambda reference: None if reference.tense is None else nearest(reference)


def _mentioned(reference: Reference) -> Interval | None:
    """The time said before, whose year "that autumn" is in."""
    return reference.mentioned


def _resolve_season_of(month: int, year: Resolve) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = year(reference)
        if found is None or found.first_day is None:
            return None
        return resolve_season(month, found.first_day.year, None)(reference)

    return resolve
