"""Sources drawn side by side give every item, in the order of each, and end together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from tasks.acquire.base.interleaving import draw_side_by_side


class Sources:
    """Sources of numbered items that note what they do."""

    def __init__(self) -> None:
        self.running = self.most_running = self.given = self.closed = 0

    async def count(self, name: str, until: int) -> AsyncGenerator[tuple[str, int], None]:
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            for number in range(until):
                await asyncio.sleep(0)
                self.given += 1
                yield name, number
        finally:
            self.running -= 1
            self.closed += 1

    async def fail(self, after: int) -> AsyncGenerator[tuple[str, int], None]:
        for number in range(after):
            yield "failing", number
        raise KeyError("broken")


def test_every_item_comes_in_the_order_of_its_source() -> None:
    sources = Sources()

    async def run() -> list[tuple[str, int]]:
        drawn = draw_side_by_side([sources.count("a", 5), sources.count("b", 0), sources.count("c", 3)])
        return [item async for item in drawn]

    items = asyncio.run(run())
    assert [n for name, n in items if name == "a"] == list(range(5))
    assert [n for name, n in items if name == "c"] == list(range(3))
    assert len(items) == 8
    assert sources.most_running > 1


@pytest.mark.parametrize("limit", [1, 2])
def test_no_more_than_the_limit_run_at_once(limit: int) -> None:
    sources = Sources()

    async def run() -> int:
        return len([_ async for _ in draw_side_by_side([sources.count(n, 4) for n in "abcde"], limit)])

    assert asyncio.run(run()) == 20
    assert sources.most_running == limit


def test_an_error_in_one_source_ends_all_and_is_raised() -> None:
    sources = Sources()

    async def run() -> None:
        async for _ in draw_side_by_side([sources.count("a", 1_000_000), sources.fail(2)]):
            pass

    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(run())
    assert caught.group_contains(KeyError, match="broken")
    assert (sources.running, sources.closed) == (0, 1)


def test_a_caller_that_stops_ends_the_sources_and_they_run_not_far_ahead() -> None:
    sources = Sources()

    async def run() -> None:
        async with aclosing(draw_side_by_side([sources.count("a", 1_000_000)])) as items:
            async for _, number in items:
                if number == 9:
                    break
        assert (sources.running, sources.closed) == (0, 1)

    asyncio.run(run())
    assert sources.given <= 13


def test_an_error_of_the_caller_ends_the_sources_and_stays_its_own() -> None:
    sources = Sources()

    async def run() -> None:
        async with aclosing(draw_side_by_side([sources.count("a", 10), sources.count("b", 10)])) as items:
            async for _ in items:
                raise OSError("full")

    with pytest.raises(OSError, match="full"):
        asyncio.run(run())
    assert (sources.running, sources.closed) == (0, 2)
