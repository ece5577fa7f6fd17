"""Ordinals: "second", "twenty-first", "one hundred twenty-fifth", "11th"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tasks.extract.numerals.cardinals import Numeral, number_words, parse_cardinal
from tasks.extract.numerals.tokens import Token

_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_HYPHENS = frozenset("-‐‑")


@lru_cache(maxsize=256)
def parse_ordinal(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The ordinal that starts at tokens[i]; its value is the rank."""
    if i >= len(tokens):
        return None
    if tokens[i].kind == "number":
        return _parse_digits(tokens, i)
    words = number_words()
    simple = words["ordinals"].get(tokens[i].lower)
    if simple is not None:
        return Numeral(i, i + 1, simple)
    head = parse_cardinal(tokens, i)
    if head is None or head.is_digits or head.value is None:
        return _parse_tens(tokens, i)
    return _parse_compound(tokens, i, head)


def _parse_digits(tokens: Sequence[Token], i: int) -> Numeral | None:
    if i + 1 >= len(tokens) or tokens[i + 1].lower not in _ENDINGS or not tokens[i + 1].is_glued:
        return None
    digits = tokens[i].text.replace(",", "")
    return (
        Numeral(i, i + 2, float(digits), is_digits=True) if digits.isdecimal() and len(digits) < 9 else None
    )


def _parse_tens(tokens: Sequence[Token], i: int) -> Numeral | None:
    ten = number_words()["tens"].get(tokens[i].lower)
    return None if ten is None else _with_unit(tokens, i, i + 1, ten)


def _with_unit(tokens: Sequence[Token], start: int, j: int, ten: float) -> Numeral | None:
    if j < len(tokens) and tokens[j].text in _HYPHENS:
        j += 1
    unit = number_words()["ordinals"].get(tokens[j].lower, 0) if j < len(tokens) else 0
    return Numeral(start, j + 1, ten + unit) if 0 < unit < 10 else None


def _parse_compound(tokens: Sequence[Token], i: int, head: Numeral) -> Numeral | None:
    """ "two hundredth", "one hundred (and) twenty-fifth", "twenty second"."""
    value, last = head.value or 0.0, head.end - 1
    ten = number_words()["tens"].get(tokens[last].lower)
    if ten is not None:
        found = _with_unit(tokens, i, head.end, ten)
        return None if found is None else Numeral(i, found.end, value - ten + (found.value or 0))
    j = head.end + 1 if head.end < len(tokens) and tokens[head.end].lower == "and" else head.end
    final = number_words()["ordinals"].get(tokens[j].lower) if j < len(tokens) else None
    if final is None:
        return None
    if final >= 100:
        return Numeral(i, j + 1, value * final)
    return Numeral(i, j + 1, value + final) if value % 100 == 0 and value else None
