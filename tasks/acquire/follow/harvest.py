"""One outlet followed: its listings read, its new and edited pages fetched, its cursors moved on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from core.outcomes import InputOutcome, Reason
from core.outlets import Outlet
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.links import WantedAddresses
from tasks.acquire.base.options import STAGE
from tasks.acquire.follow.cursors import FeedCursor
from tasks.acquire.follow.listing_reader import Elapsed, ListingReader, newest_first
from tasks.acquire.follow.listing_states import ListingState
from tasks.acquire.follow.page_results import DONE, PageResult, judge_answer
from tasks.acquire.follow.seen_entries import SeenEntry
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.pages import FetchedPage, ask_for_page, make_page

CHECKPOINT_PAGES = 25


HarvestItem = FetchedPage | InputOutcome | FeedCursor
Emit = Callable[[HarvestItem], Awaitable[None]]
"""Takes what was harvested. A cursor covers all that was emitted before it: land it with that or later."""
Expect = Callable[[str, int], None]
"""Told, before an outlet's pages are fetched, how many of a host will be asked for; for progress."""
Guard = Callable[[Outlet, Coroutine[Any, Any, None]], Awaitable[None]]
"""Awaits the harvest of an outlet; what it does not raise costs that outlet alone."""


def _expect_silently(host: str, count: int) -> None:
    """Nobody looks."""


async def _guard_nothing(_: Outlet, harvest: Coroutine[Any, Any, None]) -> None:
    """An error in one outlet ends the harvest of all."""
    await harvest


async def harvest_outlet(
    outlet: Outlet,
    fetcher: Fetcher,
    cursors: Sequence[FeedCursor],
    emit: Emit,
    expect: Expect = _expect_silently,
) -> None:
    """Emit the outlet's new and edited pages, an outcome for each page that gave none, and its cursors.

    At most `limits.max_articles` pages are asked for, the newest first, and none after `limits.max_seconds`;
    what is left over stays for the next run, and so do pages whose fetching failed, up to MAX_FAILURES times,
    and those that were refused, which are tried again after REFUSAL_WAITS. A page that was had before is asked
    for only when its listing tells of an edit, and then only if it has changed.
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
        self._elapsed = Elapsed()
        self._reader = ListingReader(outlet, fetcher, cursors, self._elapsed)
        self._wanted = WantedAddresses(outlet)
        self._known = _find_known(cursors.values())
        self._states: list[ListingState] = []

    async def read_listings(self) -> None:
        self._states = await self._reader.read()
        for cursor in self._reader.changed:
            await self._emit(cursor)

    async def choose_pages(self) -> list[Announcement]:
        """The pages to be fetched in this run; those that are not wanted have got their outcome."""
        chosen = []
        for entry in self._candidates():
            if why := self._wanted.judge(entry.url):
                await self._emit(InputOutcome(entry.url, Reason.NOT_WANTED, STAGE, detail=why))
                self._note(entry.key, DONE)
            else:
                chosen.append(entry)
        return chosen[: self._outlet.limits.max_articles]

    async def fetch_pages(self, entries: Sequence[Announcement]) -> None:
        """Fetch the pages and emit what came of them, and the cursors every now and then.

        Once the outlet has had its time, what is left waits for the next run.
        """
        for count, entry in enumerate(entries, 1):
            if self._elapsed.seconds >= self._outlet.limits.max_seconds:
                break
            if result := await self._fetch_page(entry):
                self._note(entry.key, result)
            if count % CHECKPOINT_PAGES == 0:
                await self._emit_cursors()
        await self._emit_cursors()

    def _candidates(self) -> list[Announcement]:
        """The fresh entries, each once: as the first listing that has it announces it, feeds first.

        Those that could not be had before come last, so that they keep no new page from being fetched.
        """
        found: dict[str, Announcement] = {}
        tried: set[str] = set()
        for state in self._states:
            if not state.is_index:
                found = {**state.fresh, **found}
                tried |= {key for key in state.fresh if state.has_tried(key)}
        return sorted(newest_first(found.values()), key=lambda entry: entry.key in tried)

    def _note(self, key: str, result: PageResult) -> None:
        for state in self._states:
            state.note(key, result)

    async def _emit_cursors(self) -> None:
        for state in self._states:
            if cursor := state.advance_if_moved(self._elapsed.now):
                await self._emit(cursor)

    async def _fetch_page(self, entry: Announcement) -> PageResult | None:
        """Fetch and emit one page; one that was had before only if it has changed since.

        None when its host was not asked, because it wants to be left alone for now: the page is left over.
        """
        known = self._known.get(entry.key)
        ask = ask_for_page(entry, self._outlet)
        if known is not None and known.marker:
            ask = replace(ask, etag=known.etag or None, last_modified=known.last_modified or None)
        answer = await self._fetcher.fetch(ask)
        self._elapsed.note(answer)
        if answer.reason is Reason.FETCH_FAILED and not answer.request_count:
            return None
        is_still_forbidden = known is not None and known.refused_by == Reason.ROBOTS_FORBID.value
        if not (
            is_still_forbidden and answer.reason is Reason.ROBOTS_FORBID
        ):  # nothing was asked, nothing is new
            await self._emit(make_page(self._outlet, entry, answer))
        return judge_answer(answer)


def _find_known(cursors: Iterable[FeedCursor]) -> dict[str, SeenEntry]:
    """The pages that were had before, with their validators where they gave some, and those refused."""
    known: dict[str, SeenEntry] = {}
    for cursor in cursors:
        for key, entry in cursor.seen.items():
            if (entry.marker or entry.refusals) and (key not in known or entry.etag or entry.last_modified):
                known[key] = entry
    return known


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
