"""What a cursor remembers of each entry of its listing: what was fetched, and what is still to fetch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

from tasks.acquire.base.announcements import Announcement, is_same_edit
from tasks.acquire.follow.notes import note_announcement, noted_time, read_entry_note
from tasks.acquire.follow.page_results import REFUSAL_WAITS, End, PageResult

# An entry that has left its listing is remembered for this long, and a new entry dated further behind the newest is
# not taken: within this window, late and repeated entries can be distinguished.
OVERLAP = timedelta(days=7)
MAX_FAILURES = 50  # a day of half-hourly runs: a host that is down for less loses nothing
# Entries to fetch whose announcement is remembered, the newest first; the rest of a longer listing is read from it
# again.
MAX_NOTES = 2_000
Waits = Sequence[timedelta]  # the times after a first fetch at which a page is fetched again
_PLAIN = 3  # fields that are in a row as they are; the others in an object, where they say something


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry that was listed. `marker` is that of the edit last fetched ("" for none), `listed_on` the day
    it was listed last, `failure_count` how often in a row its page could not be fetched.

    `refused_by` and `asked_at` are of the last of `refusals`, the validators are the page's own, and
    `note` is what was announced of a page that is still to fetch, or to fetch again: `first_at` is the time of its first
    fetch, `rechecks` how many of the outlet's times for another are over.
    """

    marker: str
    listed_on: str
    failure_count: int = 0
    refusals: int = 0
    refused_by: str = ""
    asked_at: str = ""
    etag: str = ""
    last_modified: str = ""
    first_at: str = ""
    rechecks: int = 0
    note: Mapping[str, Any] = field(default_factory=dict)

    def to_list(self) -> list[Any]:
        """Its form in the row of a cursor."""
        values = asdict(self)
        plain = [values.pop(name) for name in ("marker", "listed_on", "failure_count")]
        rest = {name: value for name, value in values.items() if value}
        return [*plain, rest] if rest else plain

    @classmethod
    def from_list(cls, values: list[Any]) -> Self:
        """The entry that `to_list` wrote."""
        rest: dict[str, Any] = values[_PLAIN] if len(values) > _PLAIN else {}
        return cls(*values[:_PLAIN], **rest)

    def wants(self, entry: Announcement, now: datetime) -> bool:
        """Whether to request the entry's page: it is new, edited, or failed before and due again."""
        if is_same_edit(self.marker, entry.marker) or self.failure_count >= MAX_FAILURES:
            return False
        if not self.refusals or not self.asked_at:
            return True
        return now >= datetime.fromisoformat(self.asked_at) + REFUSAL_WAITS[self.refusals - 1]

    def waiting(self, now: datetime) -> Announcement | None:
        """The announcement of the entry, if its page is still to fetch and due."""
        entry = read_entry_note(self.note) if self.note else None
        return entry if entry is not None and self.wants(entry, now) else None

    def is_due(self, waits: Waits, now: datetime) -> bool:
        """Whether it is time to fetch a page again that was fetched before."""
        if not self.note or not self.marker or self.failure_count >= MAX_FAILURES:
            return False
        return self._count_over(waits, now) > self.rechecks

    def _count_over(self, waits: Waits, now: datetime) -> int:
        """How many of the times for another fetch are over."""
        first_at = datetime.fromisoformat(self.first_at) if self.first_at else now
        return sum(now >= first_at + wait for wait in waits)

    def listed(self, entry: Announcement, today: str) -> SeenEntry:
        """The entry after it was listed once more."""
        is_same = bool(self.marker) and is_same_edit(self.marker, entry.marker)
        return replace(self, listed_on=today, marker=entry.marker if is_same else self.marker)

    def after(self, entry: Announcement, result: PageResult | None, waits: Waits = ()) -> SeenEntry:
        """The entry after a request for its page with this result, or without a request (None).

        `waits` are the outlet's times for another fetch.
        """
        if result is None:
            return replace(self, note=note_announcement(entry))
        if result.end is End.FAILED:
            count = self.failure_count + 1
            return replace(
                self, failure_count=count, note=note_announcement(entry) if count < MAX_FAILURES else {}
            )
        if result.end is End.REFUSED and self.refusals < len(REFUSAL_WAITS):
            asked_at = result.at.isoformat() if result.at else ""
            count, note = self.refusals + 1, note_announcement(entry)
            rechecks = self._count_over(waits, result.at) if self.first_at and result.at else self.rechecks
            return replace(
                self, refusals=count, refused_by=result.by, asked_at=asked_at, rechecks=rechecks, note=note
            )
        done = SeenEntry(entry.marker, self.listed_on, etag=result.etag, last_modified=result.last_modified)
        if not waits or result.at is None or result.by:
            return done
        return self._await_recheck(done, entry, result.at, waits)

    def _await_recheck(self, done: SeenEntry, entry: Announcement, at: datetime, waits: Waits) -> SeenEntry:
        """The entry of a page that was fetched at that time, with what another fetch needs if one is to come."""
        first_at = self.first_at or at.isoformat()
        over = replace(self, first_at=first_at)._count_over(waits, at)
        note = note_announcement(entry) if over < len(waits) else {}
        return replace(done, first_at=first_at, rechecks=over, note=note)


@dataclass(frozen=True, slots=True)
class Requested:
    """The pages of a listing in a run: the `fresh` entries to fetch and the results so far, by their keys, and the
    outlet's times for another fetch."""

    fresh: Mapping[str, Announcement]
    results: Mapping[str, PageResult]
    waits: Waits = ()


def note_entries(
    seen: Mapping[str, SeenEntry],
    listed: Iterable[Announcement] | None,
    today: str,
    requested: Requested,
    *,
    has_notes: bool = True,
) -> dict[str, SeenEntry]:
    """What is remembered after a run: entries listed within the window, and entries still to fetch.

    `listed` is what the listing has now, None when it was not read: then nothing is forgotten. The
    entries of an index of sitemaps have no notes: they are read as long as it lists them.
    """
    oldest = (datetime.fromisoformat(today) - OVERLAP).date().isoformat()
    kept = {
        key: entry
        for key, entry in seen.items()
        if listed is None or entry.listed_on >= oldest or _is_left_over(entry, requested.waits)
    }
    for entry in listed or ():
        before = seen.get(entry.key) or SeenEntry("" if entry.key in requested.fresh else entry.marker, today)
        kept[entry.key] = before.listed(entry, today)
    for key, entry in requested.fresh.items():
        before = kept.get(key) or seen.get(key) or SeenEntry("", today)
        kept[key] = before.after(entry, requested.results.get(key), requested.waits)
    return _limit_notes(kept, MAX_NOTES if has_notes else 0)


def _is_left_over(entry: SeenEntry, waits: Waits) -> bool:
    """Whether the entry was never requested, or is to be again: then it is kept, however long ago it left its listing."""
    if not entry.note:
        return False
    return bool(waits) if entry.first_at else not (entry.failure_count or entry.refusals)


def _limit_notes(seen: dict[str, SeenEntry], count: int) -> dict[str, SeenEntry]:
    noted = [key for key, entry in seen.items() if entry.note]
    if len(noted) > count:
        noted.sort(key=lambda key: noted_time(seen[key].note), reverse=True)
        for key in noted[count:]:
            seen[key] = replace(seen[key], note={})
    return seen
