"""The fetching of a run: it goes on in the background while what it brought is worked and lands."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from queue import Empty, SimpleQueue

from core.outcomes import InputOutcome
from flows.intake.background import Background, SourceEnd
from flows.intake.following import Followed
from flows.runs.steps import Progress
from tasks.acquire.follow.harvest import Expect, host_of_page
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.pages import FetchedPage
from tasks.acquire.web.robots import RobotsRules

# How often to look whether a landing is due while no page comes.
_LOOK_SECONDS = 0.5
# Bytes of pages that wait in memory while others land. When there are more, no further ones are fetched.
_MOST_WAITING_BYTES = 32_000_000

Pull = Callable[[Fetcher, Expect], AsyncGenerator[Followed, None]]


class Fetching:
    """Items fetched one by one, and how many pages of each host are still expected. `stop` it in any case."""

    def __init__(self, pull: Pull, open_fetcher: Callable[[], AbstractAsyncContextManager[Fetcher]]) -> None:
        self._pull, self._open_fetcher = pull, open_fetcher
        self._fetcher: Fetcher | None = None
        self._announced: SimpleQueue[tuple[str, int]] = SimpleQueue()
        self.expected: Counter[str] = Counter()
        self._items = Background(self._draw, _weigh, _MOST_WAITING_BYTES)

    def take(self, progress: Progress) -> Followed | SourceEnd | None:
        """The next item, or None if none comes soon."""
        item = self._items.take(_LOOK_SECONDS)
        self._pass_on(progress)
        if isinstance(item, FetchedPage | InputOutcome):
            ref = item.capture.input_ref if isinstance(item, FetchedPage) else item.input_ref
            self.expected[host_of_page(ref)] -= 1
        return item

    def read_requests(self) -> tuple[dict[tuple[str, str], Mapping[str, int]], dict[str, RobotsRules]]:
        """The requests so far, by outlet and host, and the rules of the hosts."""
        return self._items.read(self._copy_requests)

    def stop(self) -> None:
        """SourceEnd the fetching, wherever it is."""
        self._items.stop()

    def _pass_on(self, progress: Progress) -> None:
        while True:
            try:
                host, count = self._announced.get_nowait()
            except Empty:
                return
            self.expected[host] += count
            progress.expect(host, count)

    def _copy_requests(self) -> tuple[dict[tuple[str, str], Mapping[str, int]], dict[str, RobotsRules]]:
        if self._fetcher is None:
            return {}, {}
        return {key: dict(counts) for key, counts in self._fetcher.tally.items()}, dict(self._fetcher.robots)

    async def _draw(self) -> AsyncGenerator[Followed, None]:
        async with (
            self._open_fetcher() as fetcher,
            aclosing(self._pull(fetcher, self._expect)) as items,
        ):
            self._fetcher = fetcher
            async for item in items:
                yield item

    def _expect(self, host: str, count: int) -> None:
        self._announced.put((host, count))


def _weigh(item: Followed) -> int:
    return 1 + len(item.exchange.body) + len(item.capture.payload) if isinstance(item, FetchedPage) else 1
