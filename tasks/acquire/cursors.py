"""How far each feed, sitemap and section page has been followed, so that nothing is asked for twice or missed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Self

from core.outcomes import Row
from tasks.acquire.announcements import Announcement, Listing
from tasks.acquire.fetched import Fetched

# An entry that has left its listing is remembered for so long, and one that enters it dated further behind
# the newest is not taken: entries that come late, or twice, are told apart within this window.
OVERLAP = timedelta(days=7)
MAX_FAILURES = 50  # a day of half-hourly runs: a host that is down for less loses nothing
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry that was listed: the marker of the edit last fetched ("" for none), the day it was listed last,
    and how often in a row its page could not be had."""

    marker: str
    listed_on: str
    failure_count: int = 0

    def wants(self, entry: Announcement) -> bool:
        """Whether the entry's page is still to be fetched, or fetched again because it was edited."""
        return self.marker != entry.marker and self.failure_count < MAX_FAILURES


@dataclass(frozen=True, slots=True)
class FeedCursor:
    """A row of `feed_cursors`; `seen` is its column of that name, by `Announcement.key`.

    `etag` and `last_modified` are kept only when every entry is done, so that what is left is not
    hidden behind a 304 the next time.
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
    seen: Mapping[str, SeenEntry] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """What to ask for: where the feed has moved to for good, else its own address."""
        return self.moved_to_url or self.feed_url

    def to_row(self) -> Row:
        """The row of `feed_cursors`."""
        row = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "seen"}
        entries = {key: list(asdict(entry).values()) for key, entry in sorted(self.seen.items())}
        return row | {"seen": json.dumps(entries, separators=(",", ":"))}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The cursor that a row of `feed_cursors` holds."""
        entries = json.loads(row.get("seen") or "{}")
        values: dict[str, Any] = {f.name: row.get(f.name) for f in fields(cls) if f.name != "seen"}
        values["failure_count"] = values["failure_count"] or 0
        return cls(**values, seen={key: SeenEntry(*entry) for key, entry in entries.items()})


def choose_fresh(
    cursor: FeedCursor, entries: Iterable[Announcement], seen_elsewhere: Collection[str]
) -> list[Announcement]:
    """The entries whose page is to be fetched: new ones, edited ones, and those that failed before.

    An entry that another listing of the outlet has seen is not new, and neither is one that is dated
    further behind the newest than OVERLAP: it was here before and is forgotten.
    """
    oldest = cursor.high_water_at - OVERLAP if cursor.high_water_at else _UNDATED
    return [
        entry for entry in entries if _is_fresh(cursor.seen.get(entry.key), entry, oldest, seen_elsewhere)
    ]


def _is_fresh(
    seen: SeenEntry | None, entry: Announcement, oldest: datetime, seen_elsewhere: Collection[str]
) -> bool:
    if seen is not None:
        return seen.wants(entry)
    if entry.key in seen_elsewhere:
        return False
    moment = entry.modified_at or entry.published_at
    return moment is None or moment >= oldest


def advance_cursor(
    cursor: FeedCursor,
    answer: Fetched,
    listing: Listing,
    *,
    fresh: Collection[str],
    done: Collection[str],
    failed: Collection[str],
    keeps_validators: bool = True,
) -> FeedCursor:
    """The cursor after its listing was read; of the `fresh` keys, `done` and `failed` ones were asked for."""
    is_complete = keeps_validators and listing.problem is None and all(key in done for key in fresh)
    digest = sha256(answer.body).hexdigest()
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
        problem=listing.problem,
        moved_to_url=answer.moved_to or cursor.moved_to_url,
        entry_count=len(listing.announcements) + len(listing.children),
        seen=_note_entries(cursor, listing, answer.fetched_at.date(), fresh, done, failed),
    )


def note_failure(cursor: FeedCursor, answer: Fetched) -> FeedCursor:
    """The cursor after its listing could not be read: one failure more, and why; nothing is forgotten."""
    return replace(
        cursor,
        checked_at=answer.fetched_at,
        status_code=answer.status_code,
        failure_count=cursor.failure_count + 1,
        problem=answer.detail,
    )


def note_unchanged(cursor: FeedCursor, answer: Fetched) -> FeedCursor:
    """The cursor after a 304."""
    return replace(
        cursor, checked_at=answer.fetched_at, status_code=answer.status_code, failure_count=0, problem=None
    )


def _note_entries(
    cursor: FeedCursor,
    listing: Listing,
    today: date,
    fresh: Collection[str],
    done: Collection[str],
    failed: Collection[str],
) -> dict[str, SeenEntry]:
    """What is remembered: what was listed within the window, and what is listed now and was asked for."""
    day, oldest = today.isoformat(), (today - OVERLAP).isoformat()
    seen = {key: entry for key, entry in cursor.seen.items() if entry.listed_on >= oldest}
    for entry in listing.announcements:
        before = cursor.seen.get(entry.key)
        if entry.key in done:
            seen[entry.key] = SeenEntry(entry.marker, day)
        elif entry.key in failed:
            count = before.failure_count if before else 0
            seen[entry.key] = SeenEntry(before.marker if before else "", day, count + 1)
        elif before:
            seen[entry.key] = replace(before, listed_on=day)
        elif entry.key not in fresh:
            seen[entry.key] = SeenEntry(entry.marker, day)
    return seen


def _newest(cursor: FeedCursor, listing: Listing, now: datetime) -> datetime | None:
    """The newest time announced so far; what is dated in the future does not count."""
    moments = [entry.modified_at or entry.published_at for entry in listing.announcements]
    known = (moment for moment in (cursor.high_water_at, *moments) if moment is not None and moment <= now)
    return max(known, default=None)
