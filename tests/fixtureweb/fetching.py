"""A fetcher against a web of two hosts that one site plays, by a simulated clock."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable

from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.fetched import Ask, Fetched
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, not_found

HOST = "orsay-mail.example"
OTHER = "velmar-post.example"
PAGE = "<html><title>Ferry stopped</title><p>The ferry did not sail.</p></html>"
Run = Callable[[FixtureWeb, Fetcher], Awaitable[object]]


def play(site: Callable[[Request], Answer], run: Run, **policy: object) -> FixtureWeb:
    """Run against a web whose hosts HOST and OTHER are played by `site`; what it was asked is in its log."""
    clock = SimulatedClock()
    web = FixtureWeb(clock)

    async def play_all() -> None:
        async with web:
            web.sites = {HOST: site, OTHER: site}
            addresses = AddressPolicy(open_hosts=frozenset({HOST, OTHER}))
            async with WebClient("copydesk-test", addresses, resolve=web.resolve) as client:
                fetcher = Fetcher(
                    client,
                    FetchPolicy(addresses=addresses, **policy),  # type: ignore[arg-type]
                    clock=clock.seconds,
                    now=clock.now,
                    sleep=clock.sleep,
                    rng=random.Random(1),
                )
                await run(web, fetcher)

    asyncio.run(play_all())
    return web


def fetch(site: Callable[[Request], Answer], path: str = "/a", **ask: object) -> tuple[Fetched, FixtureWeb]:
    answers: list[Fetched] = []

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        answers.append(await fetcher.fetch(Ask(web.url(HOST, path), **ask)))  # type: ignore[arg-type]

    web = play(site, run)
    return answers[0], web


def with_robots(answer: Answer, robots: Answer | None = None) -> Callable[[Request], Answer]:
    return lambda request: (robots or not_found()) if request.path == "/robots.txt" else answer


def gaps(web: FixtureWeb, host: str) -> list[float]:
    """Simulated seconds between the end of each request to the host and the beginning of the next."""
    log = [request for request in web.log if request.host == host]
    pairs = itertools.pairwise(log)
    return [(later.at - earlier.ended_at).total_seconds() for earlier, later in pairs if earlier.ended_at]
