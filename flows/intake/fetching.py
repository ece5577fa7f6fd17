"""The polite fetcher that the settings describe, its clock, and a single page fetched with it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.captures import Capture
from core.outcomes import InputOutcome
from core.outlets import Outlet
from core.safety.logs import get_log
from core.settings import Settings
from flows.intake.contact import MISSING_CONTACT, lacks_contact
from flows.intake.options import find_outlet_keys
from flows.intake.parse_workers import ParseWorkers
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.naming import find_host, find_outlet_key, slug_outlet
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.pages import FetchedPage, ask_for_page, make_page
from tasks.acquire.web.robots import RobotsRules

_log = get_log()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timekeeping:
    """Where the time and the random numbers of a run come from; tests pass their own."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    rng: random.Random = field(default_factory=random.Random)


@asynccontextmanager
async def open_fetcher(
    settings: Settings, timekeeping: Timekeeping, robots: Mapping[str, RobotsRules] | None = None
) -> AsyncIterator[Fetcher]:
    """A fetcher with the settings' proxy, contact and limits; `robots` holds the rules that are known already.

    Logs a warning if the user agent has no contact address.
    """
    if lacks_contact(settings):
        _log.warning(MISSING_CONTACT)
    fetch = settings.fetch
    addresses = AddressPolicy(frozenset(fetch.open_hosts))
    async with open_client(settings) as client, ParseWorkers(settings.engine) as parser:
        policy = FetchPolicy(
            addresses=addresses, honours_training_optouts=fetch.honour_training_optouts, parser=parser
        )
        yield Fetcher(
            client,
            policy,
            clock=timekeeping.clock,
            now=timekeeping.now,
            sleep=timekeeping.sleep,
            rng=timekeeping.rng,
            robots=robots,
        )


def open_client(settings: Settings) -> WebClient:
    """The HTTP client with the settings' proxy, contact and open hosts; use it in an `async with` block."""
    fetch = settings.fetch
    return WebClient(
        settings.user_agent,
        AddressPolicy(frozenset(fetch.open_hosts)),
        proxy=fetch.proxy,
        max_connections=fetch.max_connections,
    )


def fetch_page(settings: Settings, url: str, outlet: str | None = None) -> Capture | InputOutcome:
    """One page fetched as politely and safely as in an ingest, and not archived; or the reason why it could not be fetched."""
    key = outlet or find_outlet_key(url, find_outlet_keys(settings)) or slug_outlet(find_host(url) or "")
    return asyncio.run(_fetch_page(settings, url, settings.outlet(key or "preview")))


async def _fetch_page(settings: Settings, url: str, outlet: Outlet) -> Capture | InputOutcome:
    entry = Announcement(url)
    async with open_fetcher(settings, Timekeeping()) as fetcher:
        page = make_page(outlet, entry, await fetcher.fetch(ask_for_page(entry, outlet)))
    return page.capture if isinstance(page, FetchedPage) else page
