"""Bare years: when four digits are a year and when they count something."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.intervals import Found, Partial
from tasks.extract.dates.base.lexicon import calendar_words, table
from tasks.extract.dates.base.words import read_year, skip
from tasks.extract.dates.days.absolute import make_found
from tasks.extract.numerals import Token, lower_at, number_words, text_at

# Without a preposition only recent years are read as years; newspapers write 2,000 of anything else.
_MODERN = range(1900, 2060)
_OLD = range(1400, 2200)
_GLUE_BEFORE = frozenset("$€£¥₹₽₴₺₿+#/=.<>")
_GLUE_AFTER = frozenset("%°/:+@_^")
_ROUGHLY = frozenset({"about", "around", "roughly", "circa", "approximately"})
_POINTS_TO = frozenset({"in", "until", "till", "since"})
_CLOSING = frozenset({".", ",", ";", ":", ")", "”", '"'})
_HYPHENS = frozenset("-‐‑")


def parse_bare_year(tokens: Sequence[Token], i: int) -> Found | None:
    """A year standing alone: "2014", "the year 2008", "in nineteen twenty-eight"."""
    j = skip(tokens, i, "the", "year")
    if lower_at(tokens, j - 1) != "year":
        j = i
    year = read_year(tokens, j) if j < len(tokens) else None
    if year is None:
        return None
    if tokens[j].kind != "number":
        return make_found(i, year[1], Partial(year[0])) if _is_spelled_year(tokens, i, j, year[1]) else None
    if j == i and not _is_year(tokens, i, year[0]):
        return None
    return make_found(i, year[1], Partial(year[0]))


def _is_spelled_year(tokens: Sequence[Token], i: int, start: int, end: int) -> bool:
    before = lower_at(tokens, i - 1)
    return (
        before in ("in", "since", "year", "of", "by", "until")
        and end - start > 1
        and not _counts(tokens, end)
    )


def _is_year(tokens: Sequence[Token], i: int, year: int) -> bool:
    if text_at(tokens, i - 1) == "(" and text_at(tokens, i + 1) == ":" and year in _MODERN:
        return True  # "£45m (2024: £41m)"
    if _touches(tokens, i):
        return False
    before = lower_at(tokens, i - 1)
    if before in _ROUGHLY and lower_at(tokens, i - 2) in _POINTS_TO and _ends_phrase(tokens, i + 1):
        return year in _OLD  # "until about 2034"
    if before == "than" and lower_at(tokens, i - 2) in ("later", "earlier"):
        return True
    counts = _counts(tokens, i + 1)
    if before in calendar_words("years", "prepositions"):
        return year in _OLD and not (counts and before in calendar_words("years", "weak_prepositions"))
    return year in _MODERN and not counts and before not in calendar_words("years", "count_cues")


def _ends_phrase(tokens: Sequence[Token], i: int) -> bool:
    """Nothing follows that the number could count."""
    return i >= len(tokens) or tokens[i].kind == "break" or tokens[i].text in _CLOSING


def _touches(tokens: Sequence[Token], i: int) -> bool:
    """Something is glued to the digits that makes them a sum, a code or a product."""
    before = text_at(tokens, i - 1) if i else ""
    if before in ("$", "€", "£"):
        return True
    if i and tokens[i].is_glued:
        if before in _GLUE_BEFORE or tokens[i - 1].kind in ("word", "number"):
            return True
        if before in _HYPHENS and tokens[i - 1].is_glued and not _is_year_beside(tokens, i - 2, -1):
            return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not following.is_glued:
        return False
    if following.text in _HYPHENS:
        is_number = i + 2 < len(tokens) and tokens[i + 2].is_glued and tokens[i + 2].kind == "number"
        return is_number and not _is_year_beside(tokens, i + 2, 1)
    return following.kind in ("word", "number") or following.text in _GLUE_AFTER


def _is_year_beside(tokens: Sequence[Token], i: int, step: int) -> bool:
    """The other end of "2014-2018"; a third number makes both a code."""
    if i < 0 or read_year(tokens, i) is None:
        return tokens[i].kind == "sign" if i >= 0 else True
    return text_at(tokens, i + step) not in _HYPHENS if i + step >= 0 else True


def _counts(tokens: Sequence[Token], j: int) -> bool:
    """What follows is counted or measured by the number before it."""
    word = lower_at(tokens, j)
    if word == "or":
        return lower_at(tokens, j + 1) in ("more", "fewer", "less", "so")
    if word in calendar_words("years", "measures") or word in calendar_words("years", "counted"):
        return True
    return word in number_words()["scales"] or (word in table("units") and word.endswith("s"))
