"""Amounts without an exact count: "tens of thousands", "hundreds", "a few dozen", "several hundred"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.numerals.cardinals import number_words
from tasks.extract.numerals.tokens import Token

_FEW = frozenset({"few", "several", "many", "couple"})
_MOST_TOKENS = 8  # "hundreds of thousands of millions" has five
_SINGULAR_SCALES = {"dozen": 12.0, "hundred": 100.0}


@dataclass(frozen=True, slots=True)
class VagueAmount:
    """tokens[start:end], from `low` to `high` inclusive: at least two of the unit named, less than ten."""

    start: int
    end: int
    low: float
    high: float


def parse_vague(tokens: Sequence[Token], i: int) -> VagueAmount | None:
    """The vague amount at tokens[i]. "Tens of thousands" is 20,000 to 99,999, "dozens" 24 to 99."""
    words = number_words()
    scale = words["vague"].get(tokens[i].lower)
    if scale is None:
        return _parse_few(tokens, i)
    end = i + 1
    last = min(len(tokens), i + _MOST_TOKENS)
    while end + 1 < last and tokens[end].lower == "of" and tokens[end + 1].lower in words["vague"]:
        scale *= words["vague"][tokens[end + 1].lower]
        end += 2
    if scale == 10:
        return None
    if end + 1 < len(tokens) and tokens[end].lower == "of" and tokens[end + 1].lower in words["scales"]:
        scale *= words["scales"][tokens[end + 1].lower]
        end += 2
    return VagueAmount(i, end, 2 * scale, _highest(scale))


def _parse_few(tokens: Sequence[Token], i: int) -> VagueAmount | None:
    """ "a few hundred", "several thousand", "a couple of dozen", "many thousands"."""
    j = i + 1 if tokens[i].lower == "a" else i
    if j >= len(tokens) or tokens[j].lower not in _FEW:
        return None
    j += 1
    if j < len(tokens) and tokens[j].lower == "of":
        j += 1
    if j >= len(tokens):
        return None
    words = number_words()
    scale = _SINGULAR_SCALES.get(tokens[j].lower) or words["scales"].get(tokens[j].lower)
    scale = scale or words["vague"].get(tokens[j].lower)
    if scale is None or scale == 10:
        return None
    end = j + 1
    if end < len(tokens) and tokens[end].lower in words["scales"]:
        scale *= words["scales"][tokens[end].lower]
        end += 1
    return VagueAmount(i, end, 2 * scale, _highest(scale))


def _highest(scale: float) -> float:
    power = 10.0
    while power <= scale:
        power *= 10
    return power - 1
