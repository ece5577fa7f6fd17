"""What fetching brings, taken into the archive chunk by chunk; cursors and counts landed at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from core.outcomes import InputOutcome, Reason, Row
from core.outlets import Outlet
from core.tables import TABLES
from flows.intake.fetching import OutletGuard, Timekeeping, fetch_rows, open_fetcher
from flows.intake.intake import Acquisition, Item, Taken
from flows.intake.leftovers import Leftovers, write_cursors
from flows.intake.locks import HostLocks, OutletLocks, hosts_of
from flows.intake.report import IngestReport, count_waiting, is_followed, tell_troubles
from flows.runs.run import Run, report_run
from flows.runs.steps import Progress
from flows.work.process import Staged
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.options import STAGE
from tasks.acquire.follow.cursors import FeedCursor, find_followed, note_failure
from tasks.acquire.follow.harvest import HarvestItem, harvest_outlets, host_of_page
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.fetched import Ask, Fetched
from tasks.acquire.web.pages import FetchedPage, ask_for_page, fetch_listed
from tasks.acquire.web.robots import robots_from_row, robots_to_row
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

# Pages that wait in memory before they go to the archive together.
_CHUNK_PAGES = 50


class Harvest:
    """Fetches, archives and stages; what a killed run had fetched is staged first, without asking again."""

    def __init__(
        self, run: Run, acquisition: Acquisition, progress: Progress, timekeeping: Timekeeping
    ) -> None:
        self._run, self._acquisition = run, acquisition
        self._progress, self._time = progress, timekeeping
        self._waiting: list[Item] = []
        self._refs: set[str] = set()
        self._cursors: dict[tuple[str, str], Row] = {}
        self._leftovers = Leftovers.find(run)
        self._asked: dict[tuple[str, str], FeedCursor] = {}
        self._left_out: list[str] = []
        self._hosts = HostLocks(run.settings.staging)
        self.fetches: list[Row] = []

    def take_outlets(self, outlets: Sequence[Outlet], locks: OutletLocks) -> Staged:
        """Harvest the outlets side by side; the batches that the pages make.

        An outlet that another run follows now is left out. An unexpected error in one of them is its recorded
        failure: STAGE_ERROR, and said of its listings.
        """
        guard = OutletGuard(self._emit, self._fail_outlet)
        taken = [outlet for outlet in outlets if locks.take(outlet.key)]
        self._left_out = [outlet.key for outlet in outlets if outlet not in taken]

        async def hold_hosts(outlet: Outlet, harvest: Coroutine[Any, Any, None]) -> None:
            async with self._hosts.hold(hosts_of(outlet), outlet.limits.max_seconds) as is_held:
                if is_held:
                    await guard.contain(outlet, harvest)
                else:
                    harvest.close()
                    self._left_out.append(outlet.key)

        async def harvest(fetcher: Fetcher) -> None:
            await harvest_outlets(
                taken,
                fetcher,
                self._feed_cursors(),
                guard.emit,
                side_by_side=self._run.settings.fetch.outlets_side_by_side,
                expect=self._progress.expect,
                guard=hold_hosts,
            )
            self._drop_unfollowed(locks)

        return self._take(harvest)

    def take_listed(self, entries: Iterable[Announcement], find_outlet: Callable[[str], Outlet]) -> Staged:
        """Fetch the pages of a list, but for those that a killed run had fetched; the batches that they make."""
        write_cursors(self._run, [])  # says to the next run that what is staged here is to be landed

        async def fetch(fetcher: Fetcher) -> None:
            wanted = [e for e in entries if ask_for_page(e, find_outlet(e.url)).url not in self._refs]
            for entry in wanted:
                self._progress.expect(host_of_page(entry.url), 1)
            await fetch_listed(wanted, find_outlet, fetcher, self._emit)

        return self._take(fetch)

    def report(self) -> IngestReport:
        """The report of the run, which is over."""
        report, asked = report_run(self._run), list(self._asked.values())
        told = {f.name: getattr(report, f.name) for f in fields(report)} | {"fetches": self.fetches}
        return IngestReport(
            **told,
            followed_count=sum(map(is_followed, asked)),
            troubles=tell_troubles(asked),
            left_out=self._left_out,
            waiting_count=count_waiting(asked),
        )

    def land_cursors(self) -> None:
        """Remember how far every feed was followed, and what was asked; only after what was announced has landed."""
        tables = {"feed_cursors": list(self._cursors.values()), "fetches": self.fetches}
        rows = {name: TABLES[name].to_arrow(found) for name, found in tables.items() if found}
        if rows:
            land_rows(self._run.lake, self._run.to_row(), rows)

    def remove_leftovers(self) -> None:
        """What the killed runs had left has landed: take it away."""
        self._leftovers.remove()

    def _take(self, fetch: Callable[[Fetcher], Awaitable[None]]) -> Staged:
        self._progress.start("fetch")
        self._adopt_leftovers()
        asyncio.run(self._fetch(fetch))
        self._flush()
        return self._acquisition.finish()

    def _adopt_leftovers(self) -> None:
        left = self._leftovers
        self._acquisition.adopt(left.captures)
        self._acquisition.staged.parts.extend(left.parts)
        self._acquisition.taken_count += left.outcome_count
        for row in left.cursors:
            self._cursors[row["outlet"], row["feed_url"]] = row
        self._refs.update(left.input_refs)

    async def _fetch(self, fetch: Callable[[Fetcher], Awaitable[None]]) -> None:
        robots = {row["feed_url"]: robots_from_row(row) for row in self._read_cursors() if _is_robots(row)}
        async with open_fetcher(self._run.settings, self._time, robots) as fetcher:
            await fetch(fetcher)
        self.fetches = fetch_rows(self._run.run_id, fetcher.tally)
        for address, rules in sorted(fetcher.robots.items()):
            if row := robots_to_row(address, rules):
                self._cursors[row["outlet"], address] = row

    def _feed_cursors(self) -> Mapping[str, list[FeedCursor]]:
        cursors: dict[str, list[FeedCursor]] = {}
        for row in self._read_cursors():
            if not _is_robots(row):
                cursors.setdefault(row["outlet"], []).append(FeedCursor.from_row(row))
        return cursors

    def _read_cursors(self) -> list[Row]:
        rows = run_query(self._run.lake, "feed_cursors").to_pylist()
        stored = {(row["outlet"], row["feed_url"]): row for row in rows}
        return list({**stored, **self._cursors}.values())

    def _drop_unfollowed(self, locks: OutletLocks) -> None:
        """Note which listings are no longer followed, so that nobody is told of their troubles for ever.

        Those of an outlet that another run follows are left to it.
        """
        outlets = {outlet.key: outlet for outlet in self._run.settings.outlets}
        for key, cursors in self._feed_cursors().items():
            outlet = outlets.get(key)
            followed = find_followed(outlet, cursors) if outlet else []
            dropped = [c for c in cursors if c.dropped_at is None and c not in followed]
            if dropped and locks.take(key):
                now = self._time.now()
                rows = [replace(cursor, dropped_at=now).to_row() for cursor in dropped]
                self._cursors |= {(key, row["feed_url"]): row for row in rows}

    async def _fail_outlet(self, outlet: Outlet, error: Exception) -> None:
        """One outcome for what was left of the outlet, and one failure more of each of its listings."""
        detail = f"internal error: {type(error).__name__}: {error}"
        known = {cursor.feed_url: cursor for cursor in self._feed_cursors().get(outlet.key, ())}
        listed = (("feed", outlet.feeds), ("sitemap", outlet.sitemaps), ("section", outlet.sections))
        places = [(kind, url) for kind, urls in listed for url in urls]
        await self._emit(InputOutcome(places[0][1], Reason.STAGE_ERROR, STAGE, detail=detail))
        for kind, url in places:
            cursor = known.get(url) or FeedCursor(outlet.key, url, kind)
            await self._emit(note_failure(cursor, Fetched(Ask(url), url, self._time.now(), detail=detail)))

    async def _emit(self, item: HarvestItem) -> None:
        if isinstance(item, FeedCursor):
            self._flush()
            row = item.to_row()
            self._asked[item.outlet, item.feed_url] = item
            self._cursors[item.outlet, item.feed_url] = row
            write_cursors(self._run, [row])
            return
        ref = item.capture.input_ref if isinstance(item, FetchedPage) else item.input_ref
        if isinstance(item, InputOutcome) and (ref, item.reason.value) in self._leftovers.told:
            return  # the killed run said so, and its word is this run's
        self._progress.advance(1, host_of_page(ref))
        self._waiting.append(self._name(item, ref))
        if len(self._waiting) >= _CHUNK_PAGES:
            self._flush()

    def _name(self, item: FetchedPage | InputOutcome, ref: str) -> Item:
        """The item under a reference of its own: two outlets may announce one page."""
        taken = Taken(item.capture, item.exchange) if isinstance(item, FetchedPage) else item
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


def _is_robots(row: Row) -> bool:
    return bool(row["kind"] == "robots")
