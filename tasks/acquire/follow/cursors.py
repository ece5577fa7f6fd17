"""How far each feed, sitemap and section page has been read, so that no page is requested twice or missed."""
# Why: see docs/decisions.md, "A cursor also remembers the pages still to fetch".

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self

from core.outcomes import Row
from core.outlets import Outlet
from tasks.acquire.base.announcements import Announcement, Listing
from tasks.acquire.follow.notes import read_entry_note
from tasks.acquire.follow.page_results import End, PageResult
from tasks.acquire.follow.seen_entries import OVERLAP, Requested, SeenEntry, Waits, note_entries
from tasks.acquire.web.fetched import Fetched

_NO_COLUMNS = ("seen", "was_read")  # `seen` is one, in another form
_UNDATED = datetime.min.replace(tzinfo=UTC)
# After this many failures at its new address, a feed that moved for good is requested at its old one every other time.
MOVED_FAILURES = 3


@dataclass(frozen=True, slots=True)
class FeedCursor:
    """A row of `feed_cursors`; `seen` is its column of that name, by `Announcement.key`. `was_read`, in memory
    only: the last request read it, at least in part, or found it unchanged.

    `etag` and `last_modified` are kept only when every entry is done, or was refused and is remembered, so
    that what is left is not hidden behind a 304 the next time.
    """

    outlet: str
    feed_url: str
    kind: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    high_water_at: datetime | None = None
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    status_code: int | None = None
    failure_count: int = 0
    problem: str | None = None
    moved_to_url: str | None = None
    entry_count: int | None = None
    dropped_at: datetime | None = None
    seen: Mapping[str, SeenEntry] = field(default_factory=dict)
    was_read: bool = field(default=False, compare=False)

    @property
    def address(self) -> str:
        """The address to request: the permanent new address of the feed, else its own. While the new address fails, the old one
        is tried every other time."""
        is_lost = self.failure_count >= MOVED_FAILURES and self.failure_count % 2 == MOVED_FAILURES % 2
        return self.feed_url if is_lost else self.moved_to_url or self.feed_url

    def to_row(self) -> Row:
        """The row of `feed_cursors`."""
        row = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _NO_COLUMNS}
        entries = {key: entry.to_list() for key, entry in sorted(self.seen.items())}
        return row | {"seen": json.dumps(entries, separators=(",", ":"), ensure_ascii=False)}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The cursor that a row of `feed_cursors` holds."""
        entries = json.loads(row.get("seen") or "{}")
        values: dict[str, Any] = {f.name: row.get(f.name) for f in fields(cls) if f.name not in _NO_COLUMNS}
        values["failure_count"] = values["failure_count"] or 0
        return cls(**values, seen={key: SeenEntry.from_list(entry) for key, entry in entries.items()})


def choose_fresh(
    cursor: FeedCursor, entries: Iterable[Announcement], seen_elsewhere: Collection[str], now: datetime
) -> list[Announcement]:
    """The entries whose page should be fetched: new ones, edited ones, and those that failed before.

    An entry that another listing of the outlet has seen is not new, and neither is one that is dated
    further behind the newest than OVERLAP: it was here before and is forgotten.
    """
    oldest = cursor.high_water_at - OVERLAP if cursor.high_water_at else _UNDATED

    def is_fresh(entry: Announcement) -> bool:
        seen = cursor.seen.get(entry.key)
        if seen is not None and (seen.marker or entry.key not in seen_elsewhere):
            return seen.wants(entry, now)
        moment = entry.modified_at or entry.published_at
        return entry.key not in seen_elsewhere and (moment is None or moment >= oldest)

    return [entry for entry in entries if is_fresh(entry)]


def find_waiting(cursor: FeedCursor, seen_elsewhere: Collection[str], now: datetime) -> list[Announcement]:
    """The remembered entries that are due to be fetched again, whether or not the listing still has them."""
    waiting = (
        seen.waiting(now) for key, seen in cursor.seen.items() if seen.marker or key not in seen_elsewhere
    )
    return [entry for entry in waiting if entry is not None]


def find_due(cursor: FeedCursor, waits: Waits, now: datetime) -> list[Announcement]:
    """The pages that were fetched before and are due to be fetched again, although no listing announces an edit."""
    due = (seen for key, seen in cursor.seen.items() if seen.is_due(waits, now)) if waits else ()
    return [read_entry_note(seen.note) for seen in due]


def advance_cursor(
    cursor: FeedCursor,
    answer: Fetched,
    listing: Listing,
    requested: Requested,
    *,
    keeps_validators: bool = True,
    has_notes: bool = True,
) -> FeedCursor:
    """The cursor after its listing was read.

    A listing that was read only in part counts as a failure, since entries of it can be lost.
    """
    digest = sha256(answer.body).hexdigest()
    today = answer.fetched_at.date().isoformat()
    seen = note_entries(cursor.seen, listing.announcements, today, requested, has_notes=has_notes)
    is_settled = all(_is_settled(requested.results.get(key), seen[key]) for key in requested.fresh)
    is_complete = keeps_validators and listing.problem is None and is_settled
    return FeedCursor(
        outlet=cursor.outlet,
        feed_url=cursor.feed_url,
        kind=cursor.kind,
        etag=answer.headers.get("etag") if is_complete else None,
        last_modified=answer.headers.get("last-modified") if is_complete else None,
        body_sha256=digest,
        high_water_at=_newest(cursor, listing, answer.fetched_at),
        checked_at=answer.fetched_at,
        changed_at=cursor.changed_at if digest == cursor.body_sha256 else answer.fetched_at,
        status_code=answer.status_code,
        failure_count=cursor.failure_count + 1 if listing.problem else 0,
        problem=listing.problem,
        moved_to_url=_find_move(cursor, answer),
        entry_count=len(listing.announcements) + len(listing.children),
        seen=seen,
        was_read=True,
    )


def _is_settled(result: PageResult | None, entry: SeenEntry) -> bool:
    """Whether an entry is done, or will be tried again without reading its listing."""
    return result is not None and result.end is not End.FAILED and bool(entry.marker or entry.note)


def advance_waiting(cursor: FeedCursor, today: str, requested: Requested) -> FeedCursor:
    """The cursor of a listing that was not read, after its remembered entries were tried again."""
    return replace(cursor, seen=note_entries(cursor.seen, None, today, requested))


def note_failure(cursor: FeedCursor, answer: Fetched) -> FeedCursor:
    """The cursor after its listing could not be read: one more failure, with its reason. Nothing is forgotten."""
    return replace(
        cursor,
        checked_at=answer.fetched_at,
        status_code=answer.status_code,
        failure_count=cursor.failure_count + 1,
        problem=answer.detail,
        dropped_at=None,
        was_read=False,
    )


def note_unchanged(cursor: FeedCursor, answer: Fetched) -> FeedCursor:
    """The cursor after a 304."""
    return replace(
        cursor,
        checked_at=answer.fetched_at,
        status_code=answer.status_code,
        failure_count=0,
        problem=None,
        moved_to_url=_find_move(cursor, answer),
        dropped_at=None,
        was_read=True,
    )


def _find_move(cursor: FeedCursor, answer: Fetched) -> str | None:
    """The address to which the listing moved permanently; empty if it answers at its own address again."""
    return answer.moved_to or (cursor.moved_to_url if answer.ask.url != cursor.feed_url else None)


def _newest(cursor: FeedCursor, listing: Listing, now: datetime) -> datetime | None:
    """The newest time announced so far, without times in the future."""
    moments = [entry.modified_at or entry.published_at for entry in listing.announcements]
    known = (moment for moment in (cursor.high_water_at, *moments) if moment is not None and moment <= now)
    return max(known, default=None)


def find_followed(outlet: Outlet, cursors: Collection[FeedCursor]) -> list[FeedCursor]:
    """The cursors of an outlet's listings, and of the sitemaps that its indexes list."""
    urls = {*outlet.feeds, *outlet.sitemaps, *outlet.sections}
    followed: dict[str, FeedCursor] = {}
    while found := [c for c in cursors if c.feed_url in urls and c.feed_url not in followed]:
        followed |= {cursor.feed_url: cursor for cursor in found}
        keys = {key for cursor in found if cursor.kind == "sitemap" for key in cursor.seen}
        urls |= {c.feed_url for c in cursors if c.kind == "sitemap" and Announcement(c.feed_url).key in keys}
    return list(followed.values())
