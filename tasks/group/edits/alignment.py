"""Pair the contents of two texts of one article, the most alike first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from core.outcomes import Row

_Pairs = list[tuple[int, int]]
_WORD = re.compile(r"\w+|[^\w\s]")


def level_words(text: str | None) -> list[str]:
    """Words and marks in lower case, typography levelled."""
    return _WORD.findall((text or "").lower().replace("’", "'").replace("“", '"').replace("”", '"'))


def leave_out_common(before: Sequence[Row], after: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows in sentences that only one of the texts has; rows need `sentence` and `surface` or `text`."""
    ours, theirs = ([_place(row) for row in rows] for rows in (before, after))
    common = Counter(ours) & Counter(theirs)
    return _without(before, ours, common), _without(after, theirs, common)


def _place(row: Row) -> tuple[str, ...]:
    return (*level_words(row["sentence"]), "|", str(row.get("surface") or row.get("text")))


def _without(
    rows: Sequence[Row], places: Sequence[tuple[str, ...]], common: Counter[tuple[str, ...]]
) -> list[Row]:
    left = common.copy()
    kept = []
    for row, place in zip(rows, places, strict=True):
        if left[place] > 0:
            left[place] -= 1
        else:
            kept.append(row)
    return kept


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words in common, in their order: 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() and matcher.quick_ratio() else 0.0


def pair_best(
    before_count: int, after_count: int, score: Callable[[int, int], float], least: float
) -> _Pairs:
    """Pairs of places, each place once, from the best score down to `least`; of equals the first in the texts."""
    scored = [(score(i, j), i, j) for i in range(before_count) for j in range(after_count)]
    pairs: _Pairs = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for value, i, j in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if value < least:
            break
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs
