"""An asynchronous source drawn in a thread of its own, so that it goes on while its caller does other work."""
# Why: see docs/decisions.md, "An ingest lands what is there every few minutes".

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future
from contextlib import aclosing, suppress
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")
Given = TypeVar("Given")
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SourceEnd:
    """The source is drawn to its end, or to its error."""

    error: BaseException | None = None


class Background(Generic[T]):
    """Items of a source, drawn ahead of the caller until those that wait weigh `most`.

    `weigh` gives the weight of an item, at least 1. `stop` ends the source; call it in any case.
    """

    def __init__(
        self, source: Callable[[], AsyncGenerator[T, None]], weigh: Callable[[T], int], most: int
    ) -> None:
        self._source, self._weigh, self._most = source, weigh, most
        self._items: SimpleQueue[tuple[T, int] | SourceEnd] = SimpleQueue()
        self._waiting = 0
        self._has_room = asyncio.Event()
        self._has_begun = threading.Event()
        self._end: SourceEnd | None = None
        # The caller's context, so that its logs and those of the source go to the same run.
        self._thread = threading.Thread(target=copy_context().run, args=(self._run,), name="fetching")
        self._thread.start()
        self._has_begun.wait()

    def take(self, seconds: float) -> T | SourceEnd | None:
        """The next item, or None if none comes in that time. Raises the error of the source."""
        if self._end is None:
            try:
                found = self._items.get(timeout=seconds)
            except Empty:
                return None
            if not isinstance(found, SourceEnd):
                item, weight = found
                self._tell(lambda: self._make_room(weight))
                return item
            self._end = found
        if self._end.error is not None:
            raise self._end.error
        return self._end

    def read(self, function: Callable[[], Given]) -> Given:
        """What the function gives while the source gives nothing."""
        answer: Future[Given] = Future()

        def call() -> None:
            answer.set_result(function())

        self._tell(call)
        while self._thread.is_alive():
            with suppress(TimeoutError):
                return answer.result(timeout=_LOOK_SECONDS)
        return function()

    def stop(self) -> None:
        """SourceEnd the source, wherever it is, and wait until it has closed."""
        self._tell(self._task.cancel)
        self._thread.join()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            asyncio.run(self._draw())
        except asyncio.CancelledError:
            pass
        except BaseException as caught:  # it is raised where the items are taken
            error = caught
        self._items.put(SourceEnd(error))

    async def _draw(self) -> None:
        self._loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._has_begun.set()
        async with aclosing(self._source()) as items:
            async for item in items:
                weight = self._weigh(item)
                self._waiting += weight
                self._items.put((item, weight))
                while self._waiting >= self._most:
                    self._has_room.clear()
                    await self._has_room.wait()

    def _make_room(self, weight: int) -> None:
        self._waiting -= weight
        self._has_room.set()

    def _tell(self, function: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(function)
