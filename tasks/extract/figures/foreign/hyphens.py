"""Numbers that hyphens join: telephones, addresses."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.figures.amounts import HYPHENS
from tasks.extract.numerals import Token


def is_in_row(tokens: Sequence[Token], i: int) -> bool:
    """ "03-1234-5678", "1-2-3": hyphens join at least three numbers, or two and the first begins with a zero."""
    first = last = i
    while first > 1 and _is_joined(tokens, first - 2):
        first -= 2
    while _is_joined(tokens, last):
        last += 2
    text = tokens[first].text
    has_zero = text.startswith("0") and len(text) > 1 and text.isdecimal()
    return last - first > 2 or (last > first and has_zero)


def _is_joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether a hyphen without spaces joins the number at tokens[i] to another."""
    if i + 2 >= len(tokens) or tokens[i + 1].text not in HYPHENS:
        return False
    one, hyphen, two = tokens[i : i + 3]
    return one.kind == two.kind == "number" and hyphen.is_glued and two.is_glued
