"""An outlet's listings read: feeds, sitemaps, indexes of sitemaps however nested, and section pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.outcomes import Reason
from core.outlets import Outlet
from tasks.acquire.base.announcements import Announcement, Listing
from tasks.acquire.base.parsing import UnparsableError
from tasks.acquire.follow.cursors import FeedCursor, choose_fresh, find_followed, note_failure, note_unchanged
from tasks.acquire.follow.listing_states import ListingState, unite_entries
from tasks.acquire.follow.survey import parse_listing
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.fetched import LISTING_TYPES, Ask, Fetched

MAX_CHILD_SITEMAPS = 50  # of an index in one run, and as many again without a time
MAX_SITEMAPS = 200  # below all indexes of an outlet in one run
MAX_DEPTH = 3  # sitemaps.org has no index in an index; they occur all the same
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Elapsed:
    """The time that an outlet has taken so far, from its first answer to its last."""

    began_at: datetime | None = None
    now: datetime = _OLDEST

    def note(self, answer: Fetched) -> None:
        """An answer came."""
        self.began_at = self.began_at or answer.fetched_at
        self.now = max(self.now, answer.fetched_at)

    @property
    def seconds(self) -> float:
        """From the first answer to the last."""
        return (self.now - self.began_at).total_seconds() if self.began_at else 0.0


class ListingReader:
    """Reads the listings of one outlet. `changed` are cursors of listings that have no state: land them."""

    def __init__(
        self, outlet: Outlet, fetcher: Fetcher, cursors: Mapping[str, FeedCursor], elapsed: Elapsed
    ) -> None:
        self._outlet, self._fetcher, self._elapsed = outlet, fetcher, elapsed
        self._cursors = dict(cursors)
        self._states: dict[str, ListingState] = {}
        self._asked: dict[str, bool] = {}  # whether it could be read
        self._child_count = 0
        self.changed: list[FeedCursor] = []

    async def read(self) -> list[ListingState]:
        """Every listing that was read, and every listing that remembers pages to fetch; children first."""
        outlet = self._outlet
        places = (("feed", outlet.feeds), ("sitemap", outlet.sitemaps), ("section", outlet.sections))
        for kind, urls in places:
            for url in urls:
                await self._read(kind, url, depth=0)
        known = self._cursors.values()
        seen = {key for cursor in known for key, entry in cursor.seen.items() if entry.marker}
        states = [*self._states.values(), *self._remembering()]
        for state in states:
            state.choose(seen, self._elapsed.now)
        return [state for state in states if state.answer or state.fresh]

    def _remembering(self) -> Iterable[ListingState]:
        """The states of listings that were not read, because they are unchanged or not due."""
        for cursor in find_followed(self._outlet, self._cursors.values()):
            if cursor.feed_url not in self._states and self._asked.get(cursor.feed_url, True):
                yield ListingState(cursor, waits=self._outlet.recheck_waits)

    async def _read(self, kind: str, url: str, *, depth: int) -> bool:
        """Read a listing and what has changed below it. False if it could not be read."""
        if url in self._asked:
            return self._asked[url]
        cursor = self._cursors.get(url) or FeedCursor(self._outlet.key, url, kind)
        cursor = replace(cursor, kind=kind)
        answer = await self._fetcher.fetch(_ask_for_listing(self._outlet, cursor))
        self._elapsed.note(answer)
        self._asked[url] = answer.reason in (None, Reason.NOT_MODIFIED)
        if answer.reason is not None:
            is_unchanged = answer.reason is Reason.NOT_MODIFIED
            self._change(note_unchanged(cursor, answer) if is_unchanged else note_failure(cursor, answer))
            return self._asked[url]
        try:
            listing = await parse_listing(kind, answer, self._outlet, self._fetcher.parser)
        except UnparsableError as error:
            self._asked[url] = False
            self._change(note_failure(cursor, replace(answer, detail=str(error))))
            return False
        state = ListingState(cursor, answer, unite_entries(listing), waits=self._outlet.recheck_waits)
        if listing.children:
            await self._read_index(state, depth)
        self._states[url] = (
            state  # after its children: a cursor must not mention sitemaps that are not landed
        )
        return True

    def _change(self, cursor: FeedCursor) -> None:
        self._cursors[cursor.feed_url] = cursor
        self.changed.append(cursor)

    async def _read_index(self, state: ListingState, depth: int) -> None:
        """Read the new and modified sitemaps of an index, the last modified first.

        A sitemap without a time is requested to find out, the one requested longest ago first; the index is then always
        requested without validators.
        """
        children = [Announcement(url, modified_at=moment) for url, moment in state.listing.children]
        dated = [entry for entry in children if entry.modified_at]
        undated = [entry for entry in children if not entry.modified_at]
        problem = state.listing.problem
        if depth >= MAX_DEPTH:
            problem, dated, undated = f"indexes of sitemaps are nested more than {MAX_DEPTH} deep", [], []
        # Pages beside sitemaps are no news of an index, by sitemaps.org; an index that has them is read as one.
        state.listing = Listing(tuple(children), problem=problem)
        state.is_index, state.has_undated_children = True, bool(undated)
        unlimited = replace(state.cursor, high_water_at=None)
        fresh = newest_first(choose_fresh(unlimited, dated, (), self._elapsed.now))
        state.fresh = {entry.key: entry for entry in fresh}
        undated.sort(key=self._checked_at)
        for entry in (*fresh[:MAX_CHILD_SITEMAPS], *undated[:MAX_CHILD_SITEMAPS]):
            if self._may_go_on() and await self._read("sitemap", entry.url, depth=depth + 1):
                state.children[entry.key] = self._states.get(entry.url)

    def _may_go_on(self) -> bool:
        self._child_count += 1
        return self._child_count <= MAX_SITEMAPS and self._elapsed.seconds < self._outlet.limits.max_seconds

    def _checked_at(self, entry: Announcement) -> datetime:
        cursor = self._cursors.get(entry.url)
        return (cursor.checked_at if cursor else None) or _OLDEST


def _ask_for_listing(outlet: Outlet, cursor: FeedCursor) -> Ask:
    limits = outlet.limits
    return Ask(
        cursor.address,
        delay_seconds=limits.delay_seconds,
        max_bytes=limits.max_bytes,
        timeout_seconds=limits.timeout_seconds,
        types=LISTING_TYPES,
        etag=cursor.etag,
        last_modified=cursor.last_modified,
        outlet=outlet.key,
    )


def newest_first(entries: Iterable[Announcement]) -> Sequence[Announcement]:
    """The entries by time, those without a time last, equal ones by address, so that each run has the same order."""
    ordered = sorted(entries, key=lambda entry: entry.url)
    return sorted(ordered, key=lambda entry: entry.modified_at or entry.published_at or _OLDEST, reverse=True)
