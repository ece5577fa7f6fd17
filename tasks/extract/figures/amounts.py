"""One number with what belongs to it: sign, currency, unit, percent, age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.extract.numerals import Numeral, Token, clean

HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in the making: tokens[start:end] say it; `number_end` is where its numeral ends.

    `scale` is the multiplier said in words ("million"), so that "10 to 15 million" can share it.
    """

    start: int
    end: int
    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound: str = "exact"
    unit: str | None = None
    counted: str | None = None
    scale: float = 1.0
    is_digits: bool = False
    is_plain: bool = False
    has_noun: bool = True
    number_end: int = 0
    candidates: tuple[float, ...] = ()
    reason: str | None = None

    def scaled(self, factor: float) -> Amount:
        """The same amount in a unit that counts `factor` of the UCUM unit (fortnights in weeks)."""
        if factor == 1:
            return self
        value = None if self.value is None else clean(self.value * factor)
        return replace(self, value=value, candidates=tuple(c * factor for c in self.candidates))


def from_numeral(numeral: Numeral, kind: str = "count") -> Amount:
    """The bare amount of a numeral."""
    return Amount(
        numeral.start,
        numeral.end,
        kind,
        value=numeral.value,
        scale=numeral.scale,
        is_digits=numeral.is_digits,
        is_plain=numeral.is_plain,
        number_end=numeral.end,
        candidates=numeral.candidates,
        reason=numeral.reason,
    )


def skip_hyphen(tokens: Sequence[Token], i: int) -> int:
    """Past the hyphen of "3-inch", "six-mile"; the same place if there is no hyphen."""
    if i + 1 < len(tokens) and tokens[i].text in HYPHENS and tokens[i + 1].kind == "word":
        tight = tokens[i].is_glued == tokens[i + 1].is_glued
        return i + 1 if tight else i
    return i


def match_phrase(tokens: Sequence[Token], i: int, words: Sequence[str]) -> bool:
    """The words are at tokens[i], in lower case."""
    if i + len(words) > len(tokens):
        return False
    return all(tokens[i + k].lower == word for k, word in enumerate(words))
