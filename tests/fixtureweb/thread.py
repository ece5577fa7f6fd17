"""The fixture web in a thread of its own, for what runs its own event loop or is another process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import FixtureWeb

# Outlets are told apart by loopback addresses, since other processes resolve names by themselves.
ADDRESSES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")


@contextmanager
def serve_web(
    clock: SimulatedClock, build: Callable[[FixtureWeb], None], addresses: Sequence[str] = ADDRESSES
) -> Iterator[FixtureWeb]:
    """A web at these addresses, its sites set by `build` once its port is known."""
    web = FixtureWeb(clock, addresses)
    is_up, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        async with web:
            build(web)
            loops.append(asyncio.get_running_loop())
            is_up.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert is_up.wait(10)
    try:
        yield web
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(10)
