"""A clock that the tests turn: sleeping takes no time, it only moves the hands."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from math import ceil


class SimulatedClock:
    """Simulated time; `sleep` moves it on, so that a fortnight passes in seconds."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, tzinfo=UTC)) -> None:
        self._start = self._now = start

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        return (self._now - self._start) / timedelta(seconds=1)

    async def sleep(self, seconds: float) -> None:
        """Let others run first; then it is at least `seconds` later than when it was called."""
        wake_at = self._now + timedelta(microseconds=ceil(seconds * 1e6))
        await asyncio.sleep(0)
        self._now = max(self._now, wake_at)

    def move_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)
