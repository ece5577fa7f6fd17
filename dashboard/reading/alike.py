"""Readings of a question that many outlets answer: a few of each answer are shown, the rest are folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.model.questions import PrintedReading, Question

# A question with more readings than this is folded.
MOST_READINGS = 12
_SHOWN = 2
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Readings that say the same: those to show, and those to fold."""

    shown: tuple[PrintedReading, ...]
    folded: tuple[PrintedReading, ...] = ()

    @property
    def folded_outlets(self) -> tuple[str, ...]:
        """The outlets of the folded readings, each once."""
        return tuple(dict.fromkeys(one.outlet for one in self.folded))


def list_answers(question: Question) -> list[AnswerGroup]:
    """All readings as one answer if they are few, else an answer for each interval and verdict, the lowest first.

    The earliest readings that repeat no other article are shown.
    """
    if len(question.readings) <= MOST_READINGS:
        return [AnswerGroup(question.readings)]
    alike: dict[tuple[object, ...], list[PrintedReading]] = {}
    for one in question.readings:
        alike.setdefault((one.low, one.high, one.verdict), []).append(one)
    return [_fold(each) for each in sorted(alike.values(), key=lambda same: _ends_of(same[0]))]


def _fold(same: list[PrintedReading]) -> AnswerGroup:
    ordered = sorted(same, key=lambda one: (one.is_copy, one.published_at or _LAST, one.outlet))
    if len(ordered) <= _SHOWN + 1:
        return AnswerGroup(tuple(ordered))
    return AnswerGroup(tuple(ordered[:_SHOWN]), tuple(ordered[_SHOWN:]))


def _ends_of(one: PrintedReading) -> tuple[bool, float, float]:
    known = [end for end in (one.low, one.high) if end is not None]
    return (not known, known[0] if known else 0.0, known[-1] if known else 0.0)
