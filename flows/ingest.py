"""Follow outlets: fetch what is new, archive it, work it, land it; one run from start to end."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from core.errors import ConfigError
from core.outcomes import InputOutcome, Row
from core.outlets import Outlet
from core.settings import Settings
from core.tables import TABLES
from flows.acquisition import Acquisition, Item, Taken
from flows.leftovers import Leftovers, write_cursors
from flows.load import check_sums
from flows.notices import tell_silent_outlets
from flows.process import Staged, make_order, process_and_land
from flows.runs import Run, RunReport, open_run, report_run
from flows.steps import DirectSteps, NoProgress, Progress, Steps
from flows.stories import group_new_articles
from tasks.acquire.addresses import AddressPolicy
from tasks.acquire.client import WebClient
from tasks.acquire.cursors import FeedCursor
from tasks.acquire.fetch import Fetcher, FetchPolicy
from tasks.acquire.harvest import HarvestItem, harvest_outlets
from tasks.acquire.robots import RobotsRules, robots_from_row, robots_to_row
from tasks.acquire.web_pages import FetchedPage
from warehouse.landing import land_rows
from warehouse.queries import run_query

# Pages that wait in memory before they go to the archive together.
_CHUNK_PAGES = 50


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timekeeping:
    """Where a run's time and chance come from; tests bring their own."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    rng: random.Random = field(default_factory=random.Random)


@asynccontextmanager
async def open_fetcher(
    settings: Settings, timekeeping: Timekeeping, robots: Mapping[str, RobotsRules] | None = None
) -> AsyncIterator[Fetcher]:
    """A fetcher with the settings' proxy, contact and limits; `robots` are rules that are known already."""
    fetch = settings.fetch
    addresses = AddressPolicy(frozenset(fetch.open_hosts))
    policy = FetchPolicy(addresses=addresses, honours_training_optouts=fetch.honour_training_optouts)
    async with WebClient(
        settings.user_agent, addresses, proxy=fetch.proxy, max_connections=fetch.max_connections
    ) as client:
        yield Fetcher(
            client,
            policy,
            clock=timekeeping.clock,
            now=timekeeping.now,
            sleep=timekeeping.sleep,
            rng=timekeeping.rng,
            robots=robots,
        )


def ingest_outlets(
    settings: Settings,
    keys: Sequence[str] = (),
    *,
    steps: Steps | None = None,
    progress: Progress | None = None,
    timekeeping: Timekeeping | None = None,
) -> RunReport:
    """Fetch and land what is new at the outlets named, or at all of `copydesk.toml`.

    Every page asked for gets one outcome. What a killed run had fetched and not landed is landed
    first, without asking again.

    Raises:
        ConfigError: no such outlet, or none configured.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    outlets = choose_outlets(settings, keys)
    with open_run(settings, "ingest", {"outlets": [outlet.key for outlet in outlets]}) as run:
        order = make_order(run, "process_batch", counts_lines=True)
        with Acquisition(run, order.fingerprint()) as acquisition:
            harvest = _Harvest(run, acquisition, progress, timekeeping or Timekeeping())
            staged = steps.run("acquire", harvest.take_all, outlets)
            steps.run("process", process_and_land, run, order, staged, progress)
            harvest.land_cursors()
            acquisition.settle()
            harvest.leftovers.remove()
        steps.run("group", group_new_articles, run, progress)
        steps.run("check", check_sums, run, acquisition.taken_count)
        tell_silent_outlets(run, [outlet.key for outlet in outlets])
    return report_run(run)


def choose_outlets(settings: Settings, keys: Sequence[str]) -> list[Outlet]:
    """The outlets of these keys, or all that have something to follow; ConfigError where there is none."""
    known = {outlet.key: outlet for outlet in settings.outlets}
    if unknown := [key for key in keys if key not in known]:
        names = ", ".join(sorted(known)) or "none"
        raise ConfigError(f"no outlet {unknown[0]!r} in copydesk.toml; it has {names}")
    chosen = [known[key] for key in dict.fromkeys(keys)] or list(known.values())
    chosen = [outlet for outlet in chosen if outlet.feeds or outlet.sitemaps or outlet.sections]
    if not chosen:
        raise ConfigError("no outlet with feeds, sitemaps or sections to follow; add one to copydesk.toml")
    return chosen


class _Harvest:
    """Takes what the fetcher brings into the archive, chunk by chunk, and keeps the cursors."""

    def __init__(
        self, run: Run, acquisition: Acquisition, progress: Progress, timekeeping: Timekeeping
    ) -> None:
        self._run, self._acquisition = run, acquisition
        self._progress, self._time = progress, timekeeping
        self._waiting: list[Item] = []
        self._refs: set[str] = set()
        self._cursors: dict[tuple[str, str], Row] = {}
        self.leftovers = Leftovers.find(run)

    def take_all(self, outlets: Sequence[Outlet]) -> Staged:
        """Harvest the outlets side by side; the batches that the pages make."""
        self._progress.start("acquire")
        self._adopt_leftovers()
        rows = self._read_cursors()
        asyncio.run(self._harvest(outlets, rows))
        self._flush()
        return self._acquisition.finish()

    def land_cursors(self) -> None:
        """Remember how far every feed was followed; only after what it announced has landed."""
        if self._cursors:
            rows = TABLES["feed_cursors"].to_arrow(self._cursors.values())
            land_rows(self._run.lake, self._run.to_row(), {"feed_cursors": rows})

    def _adopt_leftovers(self) -> None:
        self._acquisition.adopt(self.leftovers.captures)
        self._acquisition.staged.parts.extend(self.leftovers.parts)
        self._acquisition.taken_count += self.leftovers.outcome_count
        for row in self.leftovers.cursors:
            self._cursors[row["outlet"], row["feed_url"]] = row
        self._refs.update(self.leftovers.input_refs)

    def _read_cursors(self) -> list[Row]:
        rows = run_query(self._run.lake, "feed_cursors").to_pylist()
        stored = {(row["outlet"], row["feed_url"]): row for row in rows}
        return list({**stored, **self._cursors}.values())

    async def _harvest(self, outlets: Sequence[Outlet], rows: Sequence[Row]) -> None:
        cursors: dict[str, list[FeedCursor]] = {}
        for row in rows:
            if row["kind"] != "robots":
                cursors.setdefault(row["outlet"], []).append(FeedCursor.from_row(row))
        robots = {row["feed_url"]: robots_from_row(row) for row in rows if row["kind"] == "robots"}
        settings = self._run.settings
        async with open_fetcher(settings, self._time, robots) as fetcher:
            await harvest_outlets(
                outlets, fetcher, cursors, self._emit, side_by_side=settings.fetch.outlets_side_by_side
            )
        for address, rules in sorted(fetcher.robots.items()):
            if row := robots_to_row(address, rules):
                self._cursors[row["outlet"], address] = row

    async def _emit(self, item: HarvestItem) -> None:
        if isinstance(item, FeedCursor):
            self._flush()
            row = item.to_row()
            self._cursors[item.outlet, item.feed_url] = row
            write_cursors(self._run, [row])
            return
        self._progress.advance(1)
        self._waiting.append(self._name(item))
        if len(self._waiting) >= _CHUNK_PAGES:
            self._flush()

    def _name(self, item: FetchedPage | InputOutcome) -> Item:
        """The item under a reference of its own: two outlets may announce one page."""
        taken = Taken(item.capture, item.exchange) if isinstance(item, FetchedPage) else item
        ref = item.capture.input_ref if isinstance(item, FetchedPage) else item.input_ref
        count = 1
        while ref in self._refs:
            count += 1
            ref = f"{ref.partition(' ')[0]} ({count})"
        self._refs.add(ref)
        return taken.renamed(ref) if isinstance(taken, Taken) else replace(taken, input_ref=ref)

    def _flush(self) -> None:
        if self._waiting:
            self._acquisition.take(self._waiting)
            self._waiting = []
