"""One outlet followed run by run over the fixture web, as a flow would: cursors kept, or lost with a killed run."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import timedelta
from typing import Any

from core.outcomes import InputOutcome, Reason
from core.outlets import Outlet
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.follow.cursors import FeedCursor
from tasks.acquire.follow.harvest import HarvestItem, harvest_outlet
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.pages import FetchedPage, fetch_listed
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request

HOST = "orsay-mail.example"


class Follower:
    """Follows one outlet run by run, `hours` apart; `runs` has what each emitted."""

    def __init__(self, site: Callable[[str, Request], Answer], *listed: str, **outlet: str) -> None:
        self._site, self._places, self._listed = site, outlet, listed
        self.runs: list[list[HarvestItem]] = []
        self.web = FixtureWeb(SimulatedClock())
        self.cursors: dict[str, FeedCursor] = {}
        self.hours = 0.0

    def run(self, times: int = 1, *, killed_after: int | None = None, **changes: object) -> Follower:
        """So many runs; one that is killed after so many items leaves those that its cursors cover."""

        async def run_all() -> None:
            async with self.web:
                base = self.web.url(HOST, "")
                self.web.sites = {HOST: lambda request: self._site(base, request)}
                places = {name: (base + path,) for name, path in self._places.items()}
                outlet = Outlet(key="mail", home_url=base, **places, **changes)  # type: ignore[arg-type]
                for _ in range(times):
                    await self._run_once(outlet, killed_after)
                    self.web.clock.move_to(self.web.clock.now() + timedelta(hours=self.hours))

        asyncio.run(run_all())
        return self

    async def _run_once(self, outlet: Outlet, killed_after: int | None) -> None:
        items: list[HarvestItem] = []

        policy, clock = AddressPolicy(frozenset({HOST})), self.web.clock
        async with WebClient("copydesk-test", policy, resolve=self.web.resolve) as client:
            fetcher = Fetcher(
                client,
                FetchPolicy(addresses=policy),
                clock=clock.seconds,
                now=clock.now,
                sleep=clock.sleep,
                rng=random.Random(1),
            )
            async with aclosing(self._harvest(outlet, fetcher)) as harvested:
                async for item in harvested:
                    if len(items) == killed_after:
                        break
                    items.append(item)
        while killed_after is not None and items and not isinstance(items[-1], FeedCursor):
            items.pop()
        # As they come back from the lake: a cursor that does not survive its row is no cursor.
        rows = [item.to_row() for item in items if isinstance(item, FeedCursor)]
        self.cursors |= {row["feed_url"]: FeedCursor.from_row(row) for row in rows}
        self.runs.append(items)

    def _harvest(self, outlet: Outlet, fetcher: Fetcher) -> AsyncGenerator[Any, None]:
        if self._listed:
            entries = [Announcement(self.web.url(HOST, path)) for path in self._listed]
            return fetch_listed(entries, lambda url: outlet, fetcher)
        return harvest_outlet(outlet, fetcher, list(self.cursors.values()))

    def pages(self, run: int = 0) -> list[str]:
        found = [item.capture for item in self.runs[run] if isinstance(item, FetchedPage)]
        return [capture.url.rpartition("/")[2] for capture in found]

    def outcomes(self, run: int = 0) -> dict[str, Reason]:
        found = [item for item in self.runs[run] if isinstance(item, InputOutcome)]
        return {item.input_ref.rpartition("/")[2]: item.reason for item in found}


def sitemap(*urls: str) -> Answer:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return Answer(body=f"<urlset>{entries}</urlset>".encode(), headers={"Content-Type": "application/xml"})


def index(*children: tuple[str, str | None]) -> Answer:
    entries = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>"
        for url, at in children
    )
    body = f"<sitemapindex>{entries}</sitemapindex>".encode()
    return Answer(body=body, headers={"Content-Type": "application/xml", "ETag": '"1"'})
