"""Ages that only their place in the sentence gives away: "Ana Lopez, 45, said", "aged 45", "He was 93."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import Amount
from tasks.extract.numerals import Token, lower_at

_OLDEST = 120
_LABELS = frozenset({"aged", "age", "ages"})
_TURNS = frozenset({"now", "turned", "turns", "turning"})
_PERSONS = frozenset({"he", "she", "who"})
_AFTER_APPOSITION = frozenset({",", ".", ")", ";", "and", "of", "from", "was", "is", "—", "–", ""})
_CLAUSE_ENDS = frozenset({",", ".", ";", ""})


def as_age(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The bare count as an age in years where its place says so; else the amount as it is."""
    if amount.kind != "count" or not (amount.is_digits or amount.bound == "between"):
        return amount
    is_year_count = amount.is_plain and 0 < (amount.value or 0) <= _OLDEST
    before = lower_at(tokens, amount.start - 1)
    if before in _LABELS or (is_year_count and _stands_as_age(tokens, amount, before)):
        return replace(amount, kind="age", unit="a", has_noun=False)
    return amount


def _stands_as_age(tokens: Sequence[Token], amount: Amount, before: str) -> bool:
    after = lower_at(tokens, amount.end).strip()
    if before in _TURNS:
        return after in _AFTER_APPOSITION
    if before in ("was", "is"):
        return lower_at(tokens, amount.start - 2) in _PERSONS and after in _CLAUSE_ENDS
    if before != "," or amount.start < 2:
        return False
    name = tokens[amount.start - 2]
    return name.kind == "word" and name.is_capitalized and after in _AFTER_APPOSITION
