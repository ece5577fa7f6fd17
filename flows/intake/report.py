"""What an ingest reports beside the outcomes of pages: its listings, and the requests to each host."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.outcomes import Row
from flows.runs.run import RunReport
from tasks.acquire.follow.cursors import FeedCursor
from tasks.acquire.web.exchange import REDIRECTS

_OTHER_COUNTS = ("requests", "bytes", "no_robots")


@dataclass(frozen=True, slots=True)
class IngestReport(RunReport):
    """The report of an ingest.

    `followed_count` counts the listings that could be read, `troubles` holds those that could not, or not to their
    end. `left_out` names outlets that another run was following. `waiting_count` counts pages that were announced and
    wait for a later run.
    """

    followed_count: int = 0
    troubles: Sequence[Mapping[str, Any]] = ()
    left_out: Sequence[str] = ()
    waiting_count: int = 0

    @property
    def has_followed_nothing(self) -> bool:
        """Whether the run could read no listing at all."""
        return not self.followed_count

    def describe(self) -> Mapping[str, Any]:
        """What it reports beside outcomes and requests, for JSON."""
        return {
            "followed_count": self.followed_count,
            "troubles": list(self.troubles),
            "left_out": list(self.left_out),
            "waiting_count": self.waiting_count,
        }


def is_followed(cursor: FeedCursor) -> bool:
    """Whether the listing could be read, at least in part, when it was last requested."""
    return cursor.was_read and (cursor.problem is None or bool(cursor.entry_count))


def tell_troubles(cursors: Iterable[FeedCursor]) -> list[Mapping[str, Any]]:
    """The listings with a problem, and how often in a row each could not be read."""
    return [
        {
            "outlet": cursor.outlet,
            "listing": cursor.feed_url,
            "problem": cursor.problem or "no answer",
            "failures_in_a_row": cursor.failure_count,
        }
        for cursor in sorted(cursors, key=lambda cursor: (cursor.outlet, cursor.feed_url))
        if cursor.problem or cursor.failure_count
    ]


def count_waiting(cursors: Iterable[FeedCursor]) -> int:
    """The number of announced pages that wait for a later run, each counted once."""
    return len({(c.outlet, key) for c in cursors for key, entry in c.seen.items() if entry.note})


def fetch_rows(run_id: str, tally: Mapping[tuple[str, str], Mapping[str, int]]) -> list[Row]:
    """A fetcher's tally as rows of table `fetches`."""
    return [_fetch_row(run_id, *key, counts) for key, counts in sorted(tally.items())]


def _fetch_row(run_id: str, outlet: str, host: str, counts: Mapping[str, int]) -> Row:
    ends = {end: count for end, count in sorted(counts.items()) if end not in _OTHER_COUNTS}
    ok = sum(count for end, count in ends.items() if end.isdigit() and 200 <= int(end) < 300)
    moved = sum(count for end, count in ends.items() if end.isdigit() and int(end) in REDIRECTS)
    failures = {
        end: count
        for end, count in ends.items()
        if not (end.isdigit() and (200 <= int(end) < 300 or int(end) == 304 or int(end) in REDIRECTS))
    }
    return {
        "run_id": run_id,
        "outlet": outlet,
        "host": host,
        "request_count": counts.get("requests", 0),
        "ok_count": ok,
        "not_modified_count": ends.get("304", 0),
        "redirect_count": moved,
        "failed_count": sum(failures.values()),
        "failures": json.dumps(failures) if failures else None,
        "byte_count": counts.get("bytes", 0),
    }
