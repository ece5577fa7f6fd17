"""Quotations that an edit changed, added or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.outcomes import Row
from tasks.group.edits.alignment import leave_out_common, level_words, likeness, pair_best

# Quotations that share this much of their words, or of which one holds the other, are one before and after an edit.
_SAME_WORDS = 0.5
_HOLDS = 4  # words


def find_quotation_changes(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Rows of `quotation_changes` (less capture_id, article_id, times and month), in reading order.

    Both take rows of `quotations` of an article with `sentence`. The same words of the same speaker are no change,
    wherever they stand.
    """
    ours, theirs = leave_out_common(
        [row for row in before if row["kind"] != "indirect"],
        [row for row in after if row["kind"] != "indirect"],
    )
    spoken = [[_words(row) for row in rows] for rows in (ours, theirs)]

    def score(i: int, j: int) -> float:
        one, other = spoken[0][i], spoken[1][j]
        return (
            1.0 if one == other else 0.9 if _holds(one, other) or _holds(other, one) else likeness(one, other)
        )

    pairs = pair_best(len(ours), len(theirs), score, _SAME_WORDS)
    found = [(_judge(ours[i], theirs[j], spoken[0][i], spoken[1][j]), ours[i], theirs[j]) for i, j in pairs]
    gone = [i for i in range(len(ours)) if i not in {i for i, _ in pairs}]
    new = [j for j in range(len(theirs)) if j not in {j for _, j in pairs}]
    changes = [
        *({"change": change, **_both(one, other)} for change, one, other in found if change),
        *({"change": "removed", **_both(ours[i], None)} for i in gone),
        *({"change": "added", **_both(None, theirs[j])} for j in new),
    ]
    changes.sort(key=lambda row: (row["start_char"] is None, row["start_char"] or row["before_start_char"]))
    return [{"change_number": number, **row} for number, row in enumerate(changes, start=1)]


def _words(row: Row) -> list[str]:
    return [word for word in level_words(row["text"]) if word[0].isalnum()]


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    """Whether the words of one stand in the other in one piece."""
    return len(short) >= _HOLDS and f" {' '.join(short)} " in f" {' '.join(long)} "


def _judge(before: Row, after: Row, ours: Sequence[str], theirs: Sequence[str]) -> str | None:
    if ours == theirs:
        return None if level_words(before["speaker"]) == level_words(after["speaker"]) else "speaker"
    if _holds(ours, theirs):
        return "shortened"
    return "lengthened" if _holds(theirs, ours) else "reworded"


def _both(before: Row | None, after: Row | None) -> Row:
    return {**{f"before_{name}": value for name, value in _read(before).items()}, **_read(after)}


def _read(row: Row | None) -> Mapping[str, Any]:
    names = ("text", "speaker", "sentence", "start_char", "end_char")
    return {name: row[name] if row else None for name in names}
