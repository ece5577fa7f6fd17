"""Lengths of time inside dates: "47 years ago", "in six weeks", "nine hours after". The date says when, the length how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.grammar import parse_amount
from tasks.extract.figures.hedging import with_hedges
from tasks.extract.numerals import Token, lower_at

_BEFORE = frozenset({"in", "within"})
_AFTER = frozenset(
    {"ago", "earlier", "later", "before", "after", "afterwards", "afterward", "previously", "prior", "hence", "from"}
)  # fmt: skip
_JOINTS = frozenset({"or", "to", "-", "–"})
_LONGEST_HEDGE = 6


# "3 points lower than four years ago" sets no bound.
_COMPARED = frozenset(
    {
        "lower",
        "higher",
        "smaller",
        "larger",
        "bigger",
        "worse",
        "better",
        "earlier",
        "later",
        "fewer",
        "cheaper",
        "dearer",
    }
)


def scan_lengths(tokens: Sequence[Token], dates: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    """The lengths that dates are counted in. `dates` are their spans of tokens, in order.

    "A year ago" and "one day later" are left out: one unit is often a way to say when, and no length. So is "three weeks" of
    "two or three weeks ago".
    """
    floor = 0
    for start, end in dates:
        is_after = lower_at(tokens, start) in _BEFORE
        amount = parse_amount(tokens, start + is_after)
        if amount is not None and _is_length(tokens, amount, end, is_after=is_after):
            is_compared = (
                lower_at(tokens, amount.start - 1) == "than"
                and lower_at(tokens, amount.start - 2) in _COMPARED
            )
            yield (
                amount
                if is_compared
                else with_hedges(tokens, amount, max(floor, amount.start - _LONGEST_HEDGE))
            )
        floor = end


def _is_length(tokens: Sequence[Token], amount: Amount, end: int, *, is_after: bool) -> bool:
    if amount.kind != "duration" or amount.value in (None, 1) or amount.end > end:
        return False
    if lower_at(tokens, amount.start - 1) in _JOINTS:
        return False
    return amount.end == end if is_after else lower_at(tokens, amount.end) in _AFTER
