"""The polite fetcher that settings make, and where its time and chance come from."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from core.outcomes import Row
from core.outlets import Outlet
from core.safety.logs import get_log
from core.settings import Settings
from flows.intake.parsing import ParseWorkers
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.follow.harvest import Emit, HarvestItem
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.exchange import REDIRECTS
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.robots import RobotsRules

_CONTACT = re.compile(r"[\w.+-]@[\w-]|https?://\w|\bwww\.\w", re.ASCII)
MISSING_CONTACT = (
    "user_agent tells publishers nobody whom they could write to, and some refuse such visitors; set it in "
    'copydesk.toml, e.g. user_agent = "copydesk/0.1 (desk@example.org)"'
)
_OTHER_COUNTS = ("requests", "bytes", "no_robots")
_log = get_log()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timekeeping:
    """Where a run's time and chance come from; tests bring their own."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    rng: random.Random = field(default_factory=random.Random)


class OutletGuard:
    """Lets an unexpected error in one outlet's harvest cost that outlet alone; `fail` records it.

    What `emit` raises is no outlet's doing (a full disk, say) and ends the harvest of all.
    """

    def __init__(self, emit: Emit, fail: Callable[[Outlet, Exception], Awaitable[None]]) -> None:
        self._emit, self._fail = emit, fail
        self._can_emit = True

    async def emit(self, item: HarvestItem) -> None:
        """Pass the item on."""
        try:
            await self._emit(item)
        except BaseException:
            self._can_emit = False
            raise

    async def contain(self, outlet: Outlet, harvest: Awaitable[None]) -> None:
        """Await the harvest; an error in it is logged and recorded."""
        try:
            await harvest
        except Exception as error:
            if not self._can_emit:
                raise
            _log.exception("outlet %s could not be followed to its end; the others go on", outlet.key)
            await self._fail(outlet, error)


@asynccontextmanager
async def open_fetcher(
    settings: Settings, timekeeping: Timekeeping, robots: Mapping[str, RobotsRules] | None = None
) -> AsyncIterator[Fetcher]:
    """A fetcher with the settings' proxy, contact and limits; `robots` are rules that are known already.

    Without a contact in the settings' user agent it is said in the log that there is none.
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


def lacks_contact(settings: Settings) -> bool:
    """Whether publishers are asked by somebody whom they cannot reach: no mail or web address in `user_agent`.

    Hosts of one's own (`open_hosts`) need none.
    """
    places = [
        url for outlet in settings.outlets for url in (*outlet.feeds, *outlet.sitemaps, *outlet.sections)
    ]
    hosts = {urlsplit(place).hostname for place in places}
    return bool(hosts - set(settings.fetch.open_hosts)) and not _CONTACT.search(settings.user_agent)


def open_client(settings: Settings) -> WebClient:
    """The HTTP client with the settings' proxy, contact and open hosts; use it in an `async with` block."""
    fetch = settings.fetch
    return WebClient(
        settings.user_agent,
        AddressPolicy(frozenset(fetch.open_hosts)),
        proxy=fetch.proxy,
        max_connections=fetch.max_connections,
    )


def fetch_rows(run_id: str, tally: Mapping[tuple[str, str], Mapping[str, int]]) -> list[Row]:
    """A fetcher's tally as rows of table `fetches`."""
    return [_fetch_row(run_id, *key, counts) for key, counts in sorted(tally.items())]


def _fetch_row(run_id: str, outlet: str, host: str, counts: Mapping[str, int]) -> Row:
    ends = {end: count for end, count in sorted(counts.items()) if end not in _OTHER_COUNTS}
    ok = sum(count for end, count in ends.items() if end.isdigit() and 200 <= int(end) < 300)
    moved = sum(count for end, count in ends.items() if end.isdigit() and int(end) in REDIRECTS)
    failures = {
        end: count
        for end, count in ends.items()
        if not (end.isdigit() and (200 <= int(end) < 300 or int(end) == 304 or int(end) in REDIRECTS))
    }
    return {
        "run_id": run_id,
        "outlet": outlet,
        "host": host,
        "request_count": counts.get("requests", 0),
        "ok_count": ok,
        "not_modified_count": ends.get("304", 0),
        "redirect_count": moved,
        "failed_count": sum(failures.values()),
        "failures": json.dumps(failures) if failures else None,
        "byte_count": counts.get("bytes", 0),
    }
