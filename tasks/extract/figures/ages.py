"""Ages that only their place in the sentence gives away: "Ana Lopez, 45, said", "aged 45", "He was 93.", "in her 50s"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.numerals import Token, lower_at, text_at

OLDEST = 120
AGE_LABELS = frozenset({"aged", "age", "ages"})
_TURNS = frozenset({"now", "turned", "turns", "turning"})
_PERSONS = frozenset({"he", "she", "who"})
_AFTER_APPOSITION = frozenset({",", ".", ")", ";", "and", "of", "from", "was", "is", "—", "–", ""})
_WHOSE = frozenset({"his", "her", "their", "my", "your", "our"})
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_TENS = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
_TEENS = 10
_DECADES = {
    "teens": _TEENS,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_CLAUSE_ENDS = frozenset({",", ".", ";", ""})


def parse_decade_age(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "in her 50s", "in his late thirties", "in their teens": an age between two."""
    j = i
    part = _PARTS.get(lower_at(tokens, i), (0, 9))
    if lower_at(tokens, i) in _PARTS:
        j += 2 if text_at(tokens, i + 1) in HYPHENS else 1
    if lower_at(tokens, i - 1) not in _WHOSE or lower_at(tokens, i - 2) not in ("in", "into", "to"):
        return None
    decade, end = _DECADES.get(lower_at(tokens, j)), j + 1
    if decade is None and lower_at(tokens, j + 1) == "s" and text_at(tokens, j) in _TENS:
        decade, end = int(text_at(tokens, j)), j + 2
    if decade is None:
        return None
    low, high = (13, 19) if decade == _TEENS else (decade + part[0], decade + part[1])
    return Amount(
        i, end, "age", low=low, high=high, bound="between", unit="a", has_noun=False, number_end=end
    )


def as_age(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The bare count as an age in years where its place says so; else the amount as it is."""
    if amount.kind != "count" or not (amount.is_digits or amount.bound == "between"):
        return amount
    is_year_count = amount.is_plain and 0 < (amount.value or 0) <= OLDEST
    before = lower_at(tokens, amount.start - 1)
    if before in AGE_LABELS or (is_year_count and _stands_as_age(tokens, amount, before)):
        return replace(amount, kind="age", unit="a", has_noun=False)
    return amount


def _stands_as_age(tokens: Sequence[Token], amount: Amount, before: str) -> bool:
    after = lower_at(tokens, amount.end).strip()
    if before in _TURNS:
        goes_on = after == "," and lower_at(tokens, amount.end + 1) == "to"  # "now 11, to six"
        return after in _AFTER_APPOSITION and not goes_on
    if before in ("was", "is"):
        return lower_at(tokens, amount.start - 2) in _PERSONS and after in _CLAUSE_ENDS
    if before != "," or amount.start < 2:
        return False
    name = tokens[amount.start - 2]
    return name.kind == "word" and name.is_capitalized and after in _AFTER_APPOSITION
