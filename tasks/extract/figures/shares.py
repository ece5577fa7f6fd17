"""Shares with their noun between the numbers, or with "of": "one household in three", "nine of ten who catch it"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.lexicon import read_word_set
from tasks.extract.numerals import Token, clean, lower_at, parse_cardinal

# "Two of the three" and "five of 34" are counts: a share is of a round number.
_SIZES = frozenset({3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 20.0, 100.0})
# "One of six who were shot" and "they lost eight of ten." are counts: only of ten, and of all who are so.
_TEN, _GOES_ON = (
    10.0,
    frozenset({"that", "who", "are", "is", "were", "have", "say", "said", "do", "would", "will"}),
)
_BEFORE_NOUN = frozenset(
    {"of", "such", "other", "the", "a", "an", "these", "those", "his", "her", "its", "their", "our", "my"}
)
_ENDS = frozenset(".,;:!?)”\"'’–—")


def join_share(tokens: Sequence[Token], first: Amount) -> Amount | None:
    """The share that starts with `first`, or None. A noun after it counts something else: "one goal in four games"."""
    if first.kind != "count" or not first.value or first.bound != "exact" or not first.has_noun:
        return None
    j = first.end
    is_of = lower_at(tokens, j) == "of"
    if not is_of:
        if first.value != 1 or lower_at(tokens, first.start) != "one" or not _is_noun(tokens, j):
            return None
        j += 1
        if lower_at(tokens, j) != "in":
            return None
    whole = parse_cardinal(tokens, j + 1)
    if whole is None or whole.value not in _SIZES or first.value >= whole.value:
        return None
    if is_of and (whole.value != _TEN or lower_at(tokens, whole.end) not in _GOES_ON):
        return None
    if not is_of and not _ends(tokens, whole.end):
        return None
    value = clean(first.value / whole.value)
    return replace(first, end=whole.end, number_end=whole.end, kind="ratio", value=value, is_plain=False)


def _is_noun(tokens: Sequence[Token], j: int) -> bool:
    word = lower_at(tokens, j)
    return j < len(tokens) and tokens[j].kind == "word" and word not in read_word_set("stop")


def _ends(tokens: Sequence[Token], j: int) -> bool:
    """No noun follows."""
    if j >= len(tokens) or tokens[j].kind == "break" or tokens[j].text in _ENDS:
        return True
    word = tokens[j].lower
    return word not in _BEFORE_NOUN and (
        word in read_word_set("stop") or word in read_word_set("verbs") or word.endswith("ed")
    )
