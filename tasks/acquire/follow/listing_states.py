"""The state of a listing during a run: what was read of it, and the results of its pages so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from tasks.acquire.base.announcements import Announcement, Listing, is_same_edit
from tasks.acquire.follow.cursors import (
    FeedCursor,
    advance_cursor,
    advance_waiting,
    choose_fresh,
    find_due,
    find_waiting,
)
from tasks.acquire.follow.page_results import DONE, End, PageResult
from tasks.acquire.follow.seen_entries import MAX_NOTES, Requested, Waits
from tasks.acquire.web.fetched import Fetched


@dataclass(slots=True)
class ListingState:
    """A listing of an outlet. `answer` is None if it was not read; then only its remembered pages are tried.

    `waits` are the outlet's times for another fetch of a page. An index of sitemaps announces no pages: its `fresh` entries are the sitemaps that are new or modified,
    and `children` holds those of them that could be read, by their keys.
    """

    cursor: FeedCursor
    answer: Fetched | None = None
    listing: Listing = field(default_factory=Listing)
    fresh: dict[str, Announcement] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)
    children: dict[str, ListingState | None] = field(default_factory=dict)
    waits: Waits = ()
    is_index: bool = False
    has_undated_children: bool = False
    _emitted_count: int = -1

    def choose(self, seen_elsewhere: Collection[str], now: datetime) -> None:
        """Find the pages to fetch: listed ones and remembered ones."""
        if self.is_index:
            return
        due = find_due(self.cursor, self.waits, now)
        waiting = find_waiting(self.cursor, seen_elsewhere, now)
        listed = choose_fresh(self.cursor, self.listing.announcements, seen_elsewhere, now)
        self.fresh = {entry.key: entry for entry in (*due, *waiting, *listed)}

    def note(self, key: str, result: PageResult) -> None:
        """Record the result of a page, if this listing wanted it."""
        if key in self.fresh and not self.is_index:
            self.results[key] = result

    def has_tried(self, key: str) -> bool:
        """Whether the page was requested in an earlier run: it failed, or is fetched again."""
        seen, entry = self.cursor.seen.get(key), self.fresh.get(key)
        if seen is None or entry is None:
            return False
        return bool(seen.failure_count or seen.refusals) or is_same_edit(seen.marker, entry.marker)

    @property
    def is_done(self) -> bool:
        """Whether the listing need not be read again to find its remaining pages."""
        if self.is_index:
            return not self.has_undated_children and self._done_children().keys() >= self.fresh.keys()
        open_count = sum(not self._has_ended(key) for key in self.fresh)
        noted_count = sum(
            bool(entry.note) for key, entry in self.cursor.seen.items() if key not in self.fresh
        )
        return open_count + noted_count <= MAX_NOTES

    def _has_ended(self, key: str) -> bool:
        result = self.results.get(key)
        return result is not None and result.end is End.DONE

    def _done_children(self) -> dict[str, PageResult]:
        return {key: DONE for key, child in self.children.items() if child is None or child.is_done}

    def advance(self, now: datetime) -> FeedCursor:
        """The cursor with the results so far."""
        results = self._done_children() if self.is_index else self.results
        requested = Requested(self.fresh, results, self.waits)
        if self.answer is None:
            return advance_waiting(self.cursor, now.date().isoformat(), requested)
        return advance_cursor(
            self.cursor,
            self.answer,
            self.listing,
            requested,
            keeps_validators=not self.has_undated_children,
            has_notes=not self.is_index,
        )

    def advance_if_moved(self, now: datetime) -> FeedCursor | None:
        """The cursor if it changed since the last call, else None."""
        count = len(self.results)
        if count == self._emitted_count and not self.is_index:
            return None
        self._emitted_count = count
        return self.advance(now)


def unite_entries(listing: Listing) -> Listing:
    """The listing with each page once, as first announced, since the newest usually comes first."""
    entries: dict[str, Announcement] = {}
    for entry in listing.announcements:
        entries.setdefault(entry.key, entry)
    return replace(listing, announcements=tuple(entries.values()))
