"""The time that an answer is told for, and how the times of two answers relate.

A figure that tells none is of the days of its report. Two answers that are told for times that do not meet are no conflict.
The times are resolved when figures are extracted (tasks/extract/figure_context/told_times.py).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from core.outcomes import Row

# The days of the report, a time past, a longer time up to now, a time ahead; any of these where the report has no time.
NOW, PAST, SPAN, AHEAD, UNDATED = "now", "past", "span", "ahead", "undated"
SAME, APART = "one time", "two times"
TIME_NAMES = (
    SAME,
    APART,
    PAST,
    SPAN,
    AHEAD,
)  # how two times can relate: the last three where only one is not now
# What lies so near the report and is no longer than this is the time of what it reports.
_BEFORE, _AFTER, _LONGEST = timedelta(days=21), timedelta(days=3), timedelta(days=35)
_TIMES_LONGER = 4.0  # of two times that overlap
_DAY = timedelta(days=1)
_EARLIEST, _LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


class AnswerTime(NamedTuple):
    """An interval, where it lies from the report, and the words that tell it; None where no words do."""

    low: datetime
    high: datetime
    state: str
    words: str | None = None

    def overlaps(self, other: AnswerTime) -> bool:
        """Whether both can be one time: they meet, and none is a span many times longer than the other."""
        if self.low >= other.high or other.low >= self.high:
            return False
        if SPAN not in (self.state, other.state):
            return True
        short, long = sorted((self.high - self.low, other.high - other.low))
        return long <= max(short, _DAY) * _TIMES_LONGER

    def tell(self) -> str:
        """The time in words: “last winter” (2032-12-01 to 2033-02-28)."""
        if self.words is None:
            return "the days of the report"
        if self.low == _EARLIEST and self.high == _LATEST:
            return f"“{self.words}”"
        first = f"{self.low:%Y-%m-%d} " if self.low > _EARLIEST else ""
        last = f"to {self.high - timedelta(microseconds=1):%Y-%m-%d}" if self.high < _LATEST else "on"
        return f"“{self.words}” ({first}{last})"


def read_time(figure: Row, published: datetime | None) -> AnswerTime:
    """The time of a figure of a report that was published then."""
    starts, ends, words = (figure.get(name) for name in ("told_from", "told_until", "told_time"))
    low, high = starts or _EARLIEST, ends or _LATEST
    if words is None:
        return _UNTOLD
    if published is None:
        return AnswerTime(low, high, UNDATED, words)
    if starts is None and ends is None:  # "in that accident"
        return AnswerTime(low, published - _BEFORE, PAST, words)
    # "By Friday" is the state of Friday.
    return AnswerTime(low, high, _state_of(high if starts is None else low, high, published), words)


_UNTOLD = AnswerTime(_EARLIEST, _LATEST, NOW)


def _state_of(low: datetime, high: datetime, published: datetime) -> str:
    if high <= published - _BEFORE:
        return PAST
    if low >= published + _AFTER:
        return AHEAD
    return NOW if high - low <= _LONGEST else SPAN


def relate(one: AnswerTime, other: AnswerTime) -> str | None:
    """How two times relate: SAME or APART where both are not now, the state of the one that is not now, else None."""
    if one.state == other.state == NOW:
        return None
    if UNDATED in (one.state, other.state):
        return None if NOW in (one.state, other.state) else _compare(one, other)
    if NOW in (one.state, other.state):
        return other.state if one.state == NOW else one.state
    return _compare(one, other)


def _compare(one: AnswerTime, other: AnswerTime) -> str:
    return SAME if one.overlaps(other) else APART
