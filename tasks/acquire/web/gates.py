"""One request at a time per host, and a pause after each; hosts run side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

ReadClock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Gate:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens_at: float = 0.0


class HostGates:
    """A gate for each host; `clock` gives seconds that never go back, `sleep` waits for some of them."""

    def __init__(self, clock: ReadClock, sleep: Sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._gates: dict[str, _Gate] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float) -> AsyncIterator[None]:
        """Wait for the host's turn. The next turn begins `delay_seconds` after this one ends, at the earliest."""
        gate = self._gates.setdefault(host, _Gate())
        async with gate.lock:
            while (wait := gate.opens_at - self._clock()) > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                gate.opens_at = max(gate.opens_at, self._clock() + delay_seconds)

    def hold(self, host: str, seconds: float) -> None:
        """Send no request to the host for this long, because it asks for a pause or fails."""
        gate = self._gates.setdefault(host, _Gate())
        gate.opens_at = max(gate.opens_at, self._clock() + seconds)
