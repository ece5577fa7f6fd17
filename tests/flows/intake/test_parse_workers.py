"""What parses in a process of its own cannot stop, fill or end ours; none of these processes is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest

import flows.intake.parse_workers
from core.errors import ConfigError
from core.settings import EngineSettings
from flows.intake.parse_workers import ParseWorkers
from tasks.acquire.base.parsing import UnparsableError
from tasks.acquire.follow.feeds import read_feed
from tasks.acquire.follow.opml import read_opml

QUICK = EngineSettings(page_seconds=1, patience=60)
SHORT = EngineSettings(page_seconds=1, patience=3)


def work(
    use: Callable[[ParseWorkers], Awaitable[object]], settings: EngineSettings = QUICK, **more: int
) -> object:
    async def run() -> object:
        async with ParseWorkers(settings, **more) as workers:
            return await use(workers)

    found = asyncio.run(run())
    assert find_workers() == []
    return found


def find_workers() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if any("parse_worker" in word for word in child.cmdline())]


def test_one_process_answers_one_call_after_another_and_is_renewed_now_and_then() -> None:
    async def use(workers: ParseWorkers) -> list[int]:
        return [await workers.parse(os.getpid) for _ in range(4)]

    first, second, third, fourth = work(use, most_calls=2)  # type: ignore[misc]
    assert first == second != third == fourth
    assert os.getpid() not in (first, third)


def test_nothing_is_started_when_there_is_nothing_to_parse() -> None:
    async def use(workers: ParseWorkers) -> list[psutil.Process]:
        return find_workers()

    assert work(use) == []


@pytest.mark.parametrize(
    ("function", "argument", "settings", "why"),
    [
        (sum, range(10**12), QUICK, "more than 1 s of CPU time"),
        (time.sleep, 60, SHORT, "longer than 3 s"),
        (bytes, 10**11, QUICK, "more memory than a listing can"),
        (int, "x", QUICK, "internal error: ValueError: invalid literal"),
        (os._exit, 7, QUICK, "died each time it was tried: exit code 7"),
    ],
    ids=["busy", "asleep", "large", "mistaken", "dead"],
)
def test_what_takes_too_much_fails_in_one_line_and_the_next_call_is_answered(
    function: Callable[[object], object], argument: object, settings: EngineSettings, why: str
) -> None:
    async def use(workers: ParseWorkers) -> int:
        with pytest.raises(UnparsableError, match=why) as caught:
            await workers.parse(function, argument)
        assert "\n" not in str(caught.value)
        return await workers.parse(len, "four")

    assert work(use, settings) == 4


def test_a_slow_call_holds_up_no_other() -> None:
    async def use(workers: ParseWorkers) -> list[str]:
        order = []

        async def call(name: str, function: Callable[..., object], argument: object) -> None:
            try:
                await workers.parse(function, argument)
            except UnparsableError:
                name += " failed"
            order.append(name)

        await asyncio.gather(call("slow", time.sleep, 60), *(call("quick", len, "x") for _ in range(9)))
        return order

    assert work(use, SHORT) == ["quick"] * 9 + ["slow failed"]


def test_a_worker_that_somebody_killed_costs_its_call_nothing() -> None:
    async def use(workers: ParseWorkers) -> int:
        call = asyncio.create_task(workers.parse(_sleep_once_in, str(os.getpid())))
        while not (found := find_workers()):
            await asyncio.sleep(0.05)
        found[0].kill()
        return await call

    assert work(use) > 0  # type: ignore[operator]


def _sleep_once_in(_: str) -> int:
    time.sleep(0.5)
    return os.getpid()


def test_what_a_reader_says_to_its_user_arrives_as_it_was_said() -> None:
    async def use(workers: ParseWorkers) -> None:
        with pytest.raises(ConfigError, match="there is no feed in the OPML file"):
            await workers.parse(read_opml, b"<opml/>")

    work(use)


def test_a_large_text_comes_and_goes() -> None:
    async def use(workers: ParseWorkers) -> bytes:
        return await workers.parse(bytes.upper, b"x" * 30_000_000)

    assert work(use) == b"X" * 30_000_000


PARENT = """
import asyncio, sys, time
from core.settings import EngineSettings
from flows.intake.parse_workers import ParseWorkers

async def main():
    async with ParseWorkers(EngineSettings()) as workers:
        print(await workers.parse(__import__("os").getpid), flush=True)
        await workers.parse(time.sleep, 60)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    "ended_by",
    [
        signal.SIGKILL,
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
    ],
)
def test_no_worker_outlives_its_parent(ended_by: signal.Signals, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(ended_by)
        parent.wait(timeout=120)
    _, alive = psutil.wait_procs([worker], timeout=60)
    for process in alive:
        process.kill()
    assert alive == []


def test_a_flow_that_prefect_loads_by_its_file_parses_feeds_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect puts the folder of that file on the path, where modules of ours are named as some of Python's."""
    monkeypatch.syspath_prepend(str(Path(flows.intake.parse_workers.__file__).parent))
    link = "https://harbour.example/a"
    feed = f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>".encode()

    async def use(workers: ParseWorkers) -> list[str]:
        listing = await workers.parse(read_feed, feed, "https://harbour.example/rss")
        return [announcement.url for announcement in listing.announcements]

    assert work(use) == [link]
