"""One outlet followed: its listings read, its new and edited pages fetched, its cursors moved on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from core.outcomes import InputOutcome, Reason
from core.outlets import Outlet
from tasks.acquire.announcements import Announcement, Listing
from tasks.acquire.cursors import FeedCursor, advance_cursor, choose_fresh, note_failure, note_unchanged
from tasks.acquire.fetch import Fetcher
from tasks.acquire.fetched import LISTING_TYPES, Ask, Fetched
from tasks.acquire.links import WantedAddresses
from tasks.acquire.options import STAGE
from tasks.acquire.survey import parse_listing
from tasks.acquire.web_pages import FetchedPage, ask_for_page, make_page

MAX_CHILD_SITEMAPS = 50
CHECKPOINT_PAGES = 25


HarvestItem = FetchedPage | InputOutcome | FeedCursor
_MAY_PASS = frozenset({Reason.FETCH_FAILED, Reason.TIMED_OUT})
Emit = Callable[[HarvestItem], Awaitable[None]]
"""Takes what was harvested. A cursor covers all that was emitted before it: land it with that or later."""
Expect = Callable[[str, int], None]
"""Told, before an outlet's pages are fetched, how many of a host will be asked for; for progress."""
Guard = Callable[[Outlet, Awaitable[None]], Awaitable[None]]
"""Awaits the harvest of an outlet; what it does not raise costs that outlet alone."""


def _expect_silently(host: str, count: int) -> None:
    """Nobody looks."""


async def _guard_nothing(_: Outlet, harvest: Awaitable[None]) -> None:
    """An error in one outlet ends the harvest of all."""
    await harvest


@dataclass(slots=True)
class _ListingState:
    """A listing that was read in this run, and what became of its fresh entries so far."""

    cursor: FeedCursor
    answer: Fetched
    listing: Listing
    fresh: dict[str, Announcement] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    has_undated_children: bool = False
    is_of_articles: bool = False

    def note(self, key: str, *, is_done: bool) -> None:
        if key in self.fresh:
            (self.done if is_done else self.failed).add(key)

    def advance(self) -> FeedCursor:
        return advance_cursor(
            self.cursor,
            self.answer,
            self.listing,
            fresh=self.fresh,
            done=self.done,
            failed=self.failed,
            keeps_validators=not self.has_undated_children,
        )


async def harvest_outlet(
    outlet: Outlet,
    fetcher: Fetcher,
    cursors: Sequence[FeedCursor],
    emit: Emit,
    expect: Expect = _expect_silently,
) -> None:
    """Emit the outlet's new and edited pages, an outcome for each page that gave none, and its cursors.

    At most `limits.max_articles` pages are asked for, the newest first; what is left over stays fresh
    for the next run, and so do pages whose fetching failed, up to MAX_FAILURES times.
    """
    harvest = _Harvest(outlet, fetcher, {cursor.feed_url: cursor for cursor in cursors}, emit)
    await harvest.read_listings()
    entries = await harvest.choose_pages()
    for host, count in Counter(host_of_page(entry.url) for entry in entries).items():
        expect(host, count)
    await harvest.fetch_pages(entries)


def host_of_page(url: str) -> str:
    """The host of a page's address, as progress and tallies name it."""
    return urlsplit(url).hostname or ""


class _Harvest:
    def __init__(
        self, outlet: Outlet, fetcher: Fetcher, cursors: Mapping[str, FeedCursor], emit: Emit
    ) -> None:
        self._outlet, self._fetcher, self._emit = outlet, fetcher, emit
        self._cursors = cursors
        self._wanted = WantedAddresses(outlet)
        self._states: list[_ListingState] = []

    async def read_listings(self) -> None:
        for kind, urls in self._listing_urls():
            for url in urls:
                await self._read_listing(kind, url)
        seen = {
            key for cursor in self._cursors.values() for key, entry in cursor.seen.items() if entry.marker
        }
        for state in self._states:
            if state.is_of_articles:
                fresh = choose_fresh(state.cursor, state.listing.announcements, seen)
                state.fresh = {entry.key: entry for entry in fresh}

    async def choose_pages(self) -> list[Announcement]:
        """The pages to be fetched in this run; those that are not wanted have got their outcome."""
        chosen = []
        for entry in self._candidates():
            if why := self._wanted.judge(entry.url):
                await self._emit(InputOutcome(entry.url, Reason.NOT_WANTED, STAGE, detail=why))
                self._note(entry.key, is_done=True)
            else:
                chosen.append(entry)
        return chosen[: self._outlet.limits.max_articles]

    async def fetch_pages(self, entries: Sequence[Announcement]) -> None:
        """Fetch the pages and emit what came of them, and the cursors every now and then."""
        for count, entry in enumerate(entries, 1):
            self._note(entry.key, is_done=await self._fetch_page(entry))
            if count % CHECKPOINT_PAGES == 0:
                await self._emit_cursors()
        await self._emit_cursors()

    def _candidates(self) -> list[Announcement]:
        """The fresh entries, each once: as the first listing that has it announces it, feeds first."""
        found: dict[str, Announcement] = {}
        for state in self._states:
            if state.is_of_articles:
                found = {**state.fresh, **found}
        return _newest_first(found.values())

    def _note(self, key: str, *, is_done: bool) -> None:
        for state in self._states:
            state.note(key, is_done=is_done)

    async def _emit_cursors(self) -> None:
        for state in self._states:
            await self._emit(state.advance())

    async def _fetch_page(self, entry: Announcement) -> bool:
        """Fetch and emit one page; false when it may be had another time."""
        answer = await self._fetcher.fetch(ask_for_page(entry, self._outlet))
        await self._emit(make_page(self._outlet, entry, answer))
        return answer.reason not in _MAY_PASS

    def _listing_urls(self) -> list[tuple[str, tuple[str, ...]]]:
        outlet = self._outlet
        return [("feed", outlet.feeds), ("sitemap", outlet.sitemaps), ("section", outlet.sections)]

    async def _read_listing(self, kind: str, url: str, *, is_child: bool = False) -> bool:
        """Read a listing and, of a sitemap index, what has changed below; false when it could not be read."""
        cursor = self._cursors.get(url) or FeedCursor(self._outlet.key, url, kind)
        limits = self._outlet.limits
        answer = await self._fetcher.fetch(
            Ask(
                cursor.address,
                delay_seconds=limits.delay_seconds,
                max_bytes=limits.max_bytes,
                timeout_seconds=limits.timeout_seconds,
                types=LISTING_TYPES,
                etag=cursor.etag,
                last_modified=cursor.last_modified,
                outlet=self._outlet.key,
            )
        )
        if answer.reason is Reason.NOT_MODIFIED:
            await self._emit(note_unchanged(cursor, answer))
            return True
        if answer.reason is not None:
            await self._emit(note_failure(cursor, answer))
            return False
        listing = parse_listing(kind, answer, self._outlet)
        state = _ListingState(cursor, answer, listing)
        self._states.append(state)
        if listing.children and not is_child:
            await self._read_children(state)
        else:
            state.is_of_articles = True
        return True

    async def _read_children(self, state: _ListingState) -> None:
        """Read the sitemaps of an index that are new or modified, those modified last first.

        Of one without a time only asking tells; then the index itself may not be answered by a 304.
        """
        dated = [Announcement(url, modified_at=moment) for url, moment in state.listing.children if moment]
        undated = [url for url, moment in state.listing.children if not moment]
        state.listing = Listing(tuple(dated), problem=state.listing.problem)
        state.has_undated_children = bool(undated)
        fresh = _newest_first(choose_fresh(replace(state.cursor, high_water_at=None), dated, ()))
        state.fresh = {entry.key: entry for entry in fresh}
        for entry in fresh[:MAX_CHILD_SITEMAPS]:
            state.note(entry.key, is_done=await self._read_listing("sitemap", entry.url, is_child=True))
        for url in undated[:MAX_CHILD_SITEMAPS]:
            await self._read_listing("sitemap", url, is_child=True)


def _newest_first(entries: Iterable[Announcement]) -> list[Announcement]:
    """By their times, those without one last; equal ones by address, so that each run has the same order."""
    oldest = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(entries, key=lambda entry: entry.url)
    return sorted(ordered, key=lambda entry: entry.modified_at or entry.published_at or oldest, reverse=True)


async def harvest_outlets(
    outlets: Sequence[Outlet],
    fetcher: Fetcher,
    cursors: Mapping[str, Sequence[FeedCursor]],
    emit: Emit,
    *,
    side_by_side: int = 100,
    expect: Expect = _expect_silently,
    guard: Guard = _guard_nothing,
) -> None:
    """Harvest outlets side by side, at most so many at once; `cursors` by outlet key. See harvest_outlet."""
    slots = asyncio.Semaphore(side_by_side)

    async def harvest(outlet: Outlet) -> None:
        async with slots:
            await guard(outlet, harvest_outlet(outlet, fetcher, cursors.get(outlet.key, ()), emit, expect))

    async with asyncio.TaskGroup() as group:
        for outlet in outlets:
            group.create_task(harvest(outlet))
