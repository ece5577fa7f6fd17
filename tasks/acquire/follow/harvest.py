"""Follow one outlet: read its listings, fetch its new and edited pages, advance its cursors."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
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
"""What an outlet gives. A cursor covers every item before it: land it with them or later."""
Expect = Callable[[str, int], None]
"""Called with the number of pages about to be requested from a host, to show progress."""


def _expect_silently(host: str, count: int) -> None:
    """Show nothing."""


async def harvest_outlet(
    outlet: Outlet, fetcher: Fetcher, cursors: Sequence[FeedCursor], expect: Expect = _expect_silently
) -> AsyncGenerator[HarvestItem, None]:
    """The outlet's new and edited pages, an outcome for each page that failed, and its cursors.

    At most `limits.max_articles` pages are requested, the newest first, and no page after `limits.max_seconds`;
    the rest stays for the next run, and so do pages whose fetching failed, up to MAX_FAILURES times,
    and pages that were refused, which are tried again after REFUSAL_WAITS. A page that was fetched before is
    requested only when its listing announces an edit, and then conditionally.
    """
    harvest = _Harvest(outlet, fetcher, {cursor.feed_url: cursor for cursor in cursors})
    for cursor in await harvest.read_listings():
        yield cursor
    entries, unwanted = harvest.choose_pages()
    for outcome in unwanted:
        yield outcome
    for host, count in Counter(host_of_page(entry.url) for entry in entries).items():
        expect(host, count)
    async with aclosing(harvest.fetch_pages(entries)) as items:
        async for item in items:
            yield item


def host_of_page(url: str) -> str:
    """The host of a page's address, as progress and tallies name it."""
    return urlsplit(url).hostname or ""


class _Harvest:
    def __init__(self, outlet: Outlet, fetcher: Fetcher, cursors: Mapping[str, FeedCursor]) -> None:
        self._outlet, self._fetcher = outlet, fetcher
        self._elapsed = Elapsed()
        self._reader = ListingReader(outlet, fetcher, cursors, self._elapsed)
        self._wanted = WantedAddresses(outlet)
        self._known = _find_known(cursors.values())
        self._states: list[ListingState] = []

    async def read_listings(self) -> Sequence[FeedCursor]:
        """Read the outlet's listings; the cursors that changed."""
        self._states = await self._reader.read()
        return self._reader.changed

    def choose_pages(self) -> tuple[list[Announcement], list[InputOutcome]]:
        """The pages to fetch in this run, and the outcomes of pages that are not wanted."""
        chosen, unwanted = [], []
        for entry in self._candidates():
            if why := self._wanted.judge(entry.url):
                unwanted.append(InputOutcome(entry.url, Reason.NOT_WANTED, STAGE, detail=why))
                self._note(entry.key, DONE)
            else:
                chosen.append(entry)
        return chosen[: self._outlet.limits.max_articles], unwanted

    async def fetch_pages(self, entries: Sequence[Announcement]) -> AsyncGenerator[HarvestItem, None]:
        """The pages or their outcomes, and the cursors every CHECKPOINT_PAGES pages and at the end.

        When the outlet's time is over, the rest waits for the next run.
        """
        for count, entry in enumerate(entries, 1):
            if self._elapsed.seconds >= self._outlet.limits.max_seconds:
                break
            item, result = await self._fetch_page(entry)
            if item is not None:
                yield item
            if result is not None:
                self._note(entry.key, result)
            if count % CHECKPOINT_PAGES == 0:
                for cursor in self._advance_cursors():
                    yield cursor
        for cursor in self._advance_cursors():
            yield cursor

    def _candidates(self) -> list[Announcement]:
        """The fresh entries, each once: as the first listing that has it announces it, feeds first.

        Pages that failed before come last, so that they do not hold up new ones.
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

    def _advance_cursors(self) -> Iterator[FeedCursor]:
        for state in self._states:
            if cursor := state.advance_if_moved(self._elapsed.now):
                yield cursor

    async def _fetch_page(
        self, entry: Announcement
    ) -> tuple[FetchedPage | InputOutcome | None, PageResult | None]:
        """One page and what to note of it; a page that was fetched before only if it has changed since.

        There is nothing to note if no request was made because the host wants to be left alone for now. The page then waits
        for the next run.
        """
        known = self._known.get(entry.key)
        ask = ask_for_page(entry, self._outlet)
        if known is not None and known.marker:
            ask = replace(ask, etag=known.etag or None, last_modified=known.last_modified or None)
        answer = await self._fetcher.fetch(ask)
        self._elapsed.note(answer)
        if answer.reason is Reason.FETCH_FAILED and not answer.request_count:
            return None, None
        is_still_forbidden = known is not None and known.refused_by == Reason.ROBOTS_FORBID.value
        if is_still_forbidden and answer.reason is Reason.ROBOTS_FORBID:
            return None, judge_answer(answer)  # no request was made, and nothing is new
        return make_page(self._outlet, entry, answer), judge_answer(answer)


def _find_known(cursors: Iterable[FeedCursor]) -> dict[str, SeenEntry]:
    """The pages that were fetched before, with their validators if they gave any, and those that were refused."""
    known: dict[str, SeenEntry] = {}
    for cursor in cursors:
        for key, entry in cursor.seen.items():
            if (entry.marker or entry.refusals) and (key not in known or entry.etag or entry.last_modified):
                known[key] = entry
    return known
