"""Fetched pages as the source of a run: archived chunk by chunk, and landed every few minutes with cursors and counts."""
# Why: see docs/decisions.md, "An ingest lands what is there every few minutes".

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import fields, replace
from functools import partial

from core.outcomes import InputOutcome, Reason, Row
from core.outlets import Outlet
from core.tables import TABLES
from flows.intake.acquisition import Acquisition
from flows.intake.background import SourceEnd
from flows.intake.fetching import Timekeeping, open_fetcher
from flows.intake.following import Broken, Followed, LeftOut, follow
from flows.intake.leftovers import Leftovers, restart_cursors, write_cursors
from flows.intake.locks import HostLocks, OutletLocks
from flows.intake.page_intake import PageIntake
from flows.intake.pulling import Fetching, Pull
from flows.intake.report import IngestReport, count_waiting, fetch_rows, is_followed, tell_troubles
from flows.runs.run import Run, report_run
from flows.runs.steps import Progress
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.options import STAGE
from tasks.acquire.follow.cursors import FeedCursor, find_followed, note_failure
from tasks.acquire.follow.harvest import Expect, host_of_page
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.fetched import Ask, Fetched
from tasks.acquire.web.pages import ask_for_page, fetch_listed
from tasks.acquire.web.robots import robots_from_row, robots_to_row
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows


class Harvest(ABC):
    """What fetching brings, in rounds that land one by one while the next is fetched.

    Pages that a killed run fetched come first, without asking again.
    """

    def __init__(self, run: Run, timekeeping: Timekeeping) -> None:
        self._run, self._time = run, timekeeping
        self._cursors: dict[tuple[str, str], Row] = {}
        self._asked: dict[tuple[str, str], FeedCursor] = {}
        self._left_out: list[str] = []
        self._held = ExitStack()
        self._fetching: Fetching | None = None
        self._pages: PageIntake | None = None
        self.fetches: list[Row] = []

    @abstractmethod
    def _prepare(self, pages: PageIntake) -> Pull:
        """How to fetch the items to take in, one by one. Only what this returns runs in another thread."""

    def fill(self, acquisition: Acquisition, progress: Progress) -> bool:
        """See Source. A round is over `fetch.landing_seconds` after it began, if it has anything to land."""
        progress.start("fetch")
        if self._pages is None:
            leftovers = Leftovers.find(self._run, self._read_recorded)
            self._keep(leftovers.cursors)
            self._pages = PageIntake(acquisition, leftovers, progress)
        restart_cursors(self._run)
        if self._fetching is None:
            self._fetching = self._begin(self._pages)
        is_over = self._take_round(self._fetching, self._pages, acquisition, progress)
        self._pages.flush()
        self._note_requests(self._fetching)
        return not is_over

    def settle(self) -> None:
        """Record how far every feed was followed and what was requested, once the announced pages have landed."""
        tables = {"feed_cursors": list(self._cursors.values()), "fetches": self.fetches}
        rows = {name: TABLES[name].to_arrow(found) for name, found in tables.items() if found}
        if rows:
            land_rows(self._run.lake, self._run.to_row(), rows)
        self._cursors.clear()

    def close(self) -> None:
        """See Source."""
        if self._fetching is not None:
            self._fetching.stop()
        self._held.close()

    def _begin(self, pages: PageIntake) -> Fetching:
        robots = {row["feed_url"]: robots_from_row(row) for row in self._read_cursors() if _is_robots(row)}
        pull = self._prepare(pages)
        return Fetching(pull, partial(open_fetcher, self._run.settings, self._time, robots))

    def _take_round(
        self, fetching: Fetching, pages: PageIntake, acquisition: Acquisition, progress: Progress
    ) -> bool:
        """Take what comes until a landing is due; returns whether everything was taken."""
        begun = self._time.clock()
        for host, count in (+fetching.expected).items():  # of the rounds before
            progress.expect(host, count)
        while not isinstance(item := fetching.take(progress), SourceEnd):
            if item is not None:
                self._take(item, pages)
            is_due = self._time.clock() - begun >= self._run.settings.fetch.landing_seconds
            if is_due and (acquisition.has_staged or pages.has_waiting):
                return False
        return True

    def _note_requests(self, fetching: Fetching) -> None:
        tally, robots = fetching.read_requests()
        self.fetches = fetch_rows(self._run.run_id, tally)
        found = (robots_to_row(address, rules) for address, rules in sorted(robots.items()))
        self._keep(row for row in found if row)

    def _take(self, item: Followed, pages: PageIntake) -> None:
        if isinstance(item, FeedCursor):
            pages.flush()
            self._asked[item.outlet, item.feed_url] = item
            self._keep([item.to_row()])
            write_cursors(self._run, [item.to_row()])
        elif isinstance(item, LeftOut):
            self._left_out.append(item.outlet.key)
        elif isinstance(item, Broken):
            for result in self._explain(item):
                self._take(result, pages)
        else:
            pages.take(item)

    def _explain(self, broken: Broken) -> Iterable[InputOutcome | FeedCursor]:
        """One outcome for the rest of a broken outlet, and one more failure for each of its listings."""
        outlet = broken.outlet
        detail = f"internal error: {type(broken.error).__name__}: {broken.error}"
        known = {cursor.feed_url: cursor for cursor in self._feed_cursors().get(outlet.key, ())}
        listed = (("feed", outlet.feeds), ("sitemap", outlet.sitemaps), ("section", outlet.sections))
        places = [(kind, url) for kind, urls in listed for url in urls]
        yield InputOutcome(places[0][1], Reason.STAGE_ERROR, STAGE, detail=detail)
        for kind, url in places:
            cursor = known.get(url) or FeedCursor(outlet.key, url, kind)
            yield note_failure(cursor, Fetched(Ask(url), url, self._time.now(), detail=detail))

    def _keep(self, rows: Iterable[Row]) -> None:
        self._cursors |= {(row["outlet"], row["feed_url"]): row for row in rows}

    def _feed_cursors(self) -> Mapping[str, list[FeedCursor]]:
        cursors: dict[str, list[FeedCursor]] = {}
        for row in self._read_cursors():
            if not _is_robots(row):
                cursors.setdefault(row["outlet"], []).append(FeedCursor.from_row(row))
        return cursors

    def _read_recorded(self, run_ids: Sequence[str]) -> list[Row]:
        return list(run_query(self._run.lake, "recorded_inputs", run_ids=list(run_ids)).to_pylist())

    def _read_cursors(self) -> list[Row]:
        """The cursors in the lake, and those of this run in their place."""
        rows = run_query(self._run.lake, "feed_cursors").to_pylist()
        stored = {(row["outlet"], row["feed_url"]): row for row in rows}
        return list({**stored, **self._cursors}.values())


class OutletHarvest(Harvest):
    """The new and edited pages of outlets. An outlet that another run is following is left out."""

    def __init__(self, run: Run, timekeeping: Timekeeping, outlets: Sequence[Outlet]) -> None:
        super().__init__(run, timekeeping)
        self._outlets = outlets
        self._locks = self._held.enter_context(OutletLocks(run.lake.location))
        self._hosts = self._held.enter_context(HostLocks(run.lake.location))

    def report(self) -> IngestReport:
        """The report of the run, which is over."""
        report, asked = report_run(self._run), list(self._asked.values())
        values = {f.name: getattr(report, f.name) for f in fields(report)} | {"fetches": self.fetches}
        return IngestReport(
            **values,
            followed_count=sum(map(is_followed, asked)),
            troubles=tell_troubles(asked),
            left_out=self._left_out,
            waiting_count=count_waiting(asked),
        )

    def _prepare(self, pages: PageIntake) -> Pull:
        taken = [outlet for outlet in self._outlets if self._locks.take(outlet.key)]
        self._left_out += [outlet.key for outlet in self._outlets if outlet not in taken]
        cursors = self._feed_cursors()
        at_once = self._run.settings.fetch.outlets_side_by_side

        def pull(fetcher: Fetcher, expect: Expect) -> AsyncGenerator[Followed, None]:
            return follow(taken, fetcher, cursors, self._hosts, side_by_side=at_once, expect=expect)

        return pull

    def fill(self, acquisition: Acquisition, progress: Progress) -> bool:
        """See Harvest."""
        has_more = super().fill(acquisition, progress)
        if not has_more:
            self._drop_unfollowed()
        return has_more

    def _drop_unfollowed(self) -> None:
        """Note which listings are no longer followed, so that their troubles are not reported forever.

        Listings of an outlet that another run is following are left to that run.
        """
        outlets = {outlet.key: outlet for outlet in self._run.settings.outlets}
        for key, cursors in self._feed_cursors().items():
            outlet = outlets.get(key)
            followed = find_followed(outlet, cursors) if outlet else []
            dropped = [c for c in cursors if c.dropped_at is None and c not in followed]
            if dropped and self._locks.take(key):
                now = self._time.now()
                self._keep(replace(cursor, dropped_at=now).to_row() for cursor in dropped)


class ListHarvest(Harvest):
    """The pages of a list of addresses; `find_outlet` gives the outlet of an address."""

    def __init__(
        self,
        run: Run,
        timekeeping: Timekeeping,
        entries: Sequence[Announcement],
        find_outlet: Callable[[str], Outlet],
    ) -> None:
        super().__init__(run, timekeeping)
        self._entries, self._find_outlet = entries, find_outlet

    def _prepare(self, pages: PageIntake) -> Pull:
        wanted = [e for e in self._entries if ask_for_page(e, self._find_outlet(e.url)).url not in pages.refs]

        async def pull(fetcher: Fetcher, expect: Expect) -> AsyncGenerator[Followed, None]:
            for entry in wanted:
                expect(host_of_page(entry.url), 1)
            async with aclosing(fetch_listed(wanted, self._find_outlet, fetcher)) as items:
                async for item in items:
                    yield item

        return pull


def _is_robots(row: Row) -> bool:
    return bool(row["kind"] == "robots")
