"""A source drawn in the background goes on while its caller works, keeps its order and its error, and ends when told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextvars import ContextVar

import pytest

from flows.intake.background import Background, SourceEnd

PATIENCE = 60.0
SPEAKER: ContextVar[str] = ContextVar("SPEAKER", default="")


def begin(source: Callable[[], AsyncGenerator[int, None]], most: int = 1_000) -> Background[int]:
    return Background(source, lambda _: 1, most)


def take_all(drawn: Background[int]) -> list[int]:
    found: list[int] = []
    while not isinstance(item := drawn.take(PATIENCE), SourceEnd):
        assert item is not None
        found.append(item)
    return found


async def count(stop: int) -> AsyncGenerator[int, None]:
    for number in range(stop):
        await asyncio.sleep(0)
        yield number


def test_items_come_in_order_and_then_the_end_again_and_again() -> None:
    drawn = begin(lambda: count(50), most=3)
    assert take_all(drawn) == list(range(50))
    assert isinstance(drawn.take(0), SourceEnd)
    drawn.stop()


def test_an_error_of_the_source_is_raised_behind_its_items() -> None:
    async def fail() -> AsyncGenerator[int, None]:
        yield 7
        raise ValueError("the line is cut")

    drawn = begin(fail)
    assert drawn.take(PATIENCE) == 7
    for _ in range(2):
        with pytest.raises(ValueError, match="the line is cut"):
            drawn.take(PATIENCE)
    drawn.stop()


def test_no_more_is_drawn_than_may_wait_until_the_caller_takes_some() -> None:
    made: list[int] = []
    full = threading.Event()

    async def make() -> AsyncGenerator[int, None]:
        async for number in count(10):
            made.append(number)
            if number in (2, 3):
                full.set()
            yield number

    drawn = begin(make, most=3)
    for waiting in (3, 4):
        assert full.wait(PATIENCE)
        full.clear()
        for _ in range(20):  # each lets the source run, if it can
            assert drawn.read(lambda: len(made)) == waiting
        assert drawn.take(PATIENCE) == waiting - 3
    assert take_all(drawn) == list(range(2, 10))
    drawn.stop()


def test_a_source_that_waits_is_ended_and_closes_what_it_holds() -> None:
    has_closed = []

    async def wait() -> AsyncGenerator[int, None]:
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            has_closed.append(True)

    drawn = begin(wait)
    assert drawn.take(PATIENCE) == 1
    assert drawn.take(0.01) is None
    drawn.stop()
    assert has_closed == [True]
    assert isinstance(drawn.take(PATIENCE), SourceEnd)
    assert drawn.read(lambda: "still there") == "still there"


def test_the_source_has_the_callers_context() -> None:
    heard = []

    async def listen() -> AsyncGenerator[int, None]:
        heard.append(SPEAKER.get())
        yield 1

    token = SPEAKER.set("Ida Lund")
    drawn = begin(listen)
    SPEAKER.reset(token)
    assert take_all(drawn) == [1]
    assert heard == ["Ida Lund"]
