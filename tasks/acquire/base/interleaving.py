"""Several sources of items drawn side by side, as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing, suppress
from typing import TypeVar

T = TypeVar("T")


class _End:
    """The sources are drawn to their end, or to the error of one."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error


async def draw_side_by_side(
    sources: Iterable[AsyncGenerator[T, None]], limit: int = 100
) -> AsyncGenerator[T, None]:
    """The items of all sources as they come; at most `limit` sources run at once.

    The items of one source keep their order, and a source goes on only when the caller draws. An error in one source
    ends all of them and is raised. If the caller stops early, it closes the generator (contextlib.aclosing).
    """
    items: asyncio.Queue[T | _End] = asyncio.Queue(maxsize=1)
    drawing = asyncio.create_task(_draw_all(sources, items, limit))
    try:
        while not isinstance(item := await items.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        drawing.cancel()
        with suppress(asyncio.CancelledError):
            await drawing


async def _draw_all(
    sources: Iterable[AsyncGenerator[T, None]], items: asyncio.Queue[T | _End], limit: int
) -> None:
    slots = asyncio.Semaphore(limit)

    async def draw(source: AsyncGenerator[T, None]) -> None:
        async with slots, aclosing(source):
            async for item in source:
                await items.put(item)

    error = None
    try:
        async with asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(draw(source))
    except Exception as caught:  # noqa: BLE001 - it is raised where the items are drawn
        error = caught
    await items.put(_End(error))
