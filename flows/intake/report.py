"""What an ingest tells of the listings it followed, beside the outcomes of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.runs.run import RunReport
from tasks.acquire.follow.cursors import FeedCursor


@dataclass(frozen=True, slots=True)
class IngestReport(RunReport):
    """The report of an ingest. `troubles` are the listings that could not be read, or not to their end.

    `followed_count` counts those that could be read, `left_out` names outlets that another run follows, and
    `waiting_count` pages that were announced and are still to be had.
    """

    followed_count: int = 0
    troubles: Sequence[Mapping[str, Any]] = ()
    left_out: Sequence[str] = ()
    waiting_count: int = 0

    @property
    def has_followed_nothing(self) -> bool:
        """Whether the run can have learnt nothing at all."""
        return not self.followed_count

    def describe(self) -> Mapping[str, Any]:
        """What it tells beside outcomes and requests, for JSON."""
        return {
            "followed_count": self.followed_count,
            "troubles": list(self.troubles),
            "left_out": list(self.left_out),
            "waiting_count": self.waiting_count,
        }


def is_followed(cursor: FeedCursor) -> bool:
    """Whether the listing could be read when it was asked for last, be it in part."""
    return cursor.was_read and (cursor.problem is None or bool(cursor.entry_count))


def tell_troubles(cursors: Iterable[FeedCursor]) -> list[Mapping[str, Any]]:
    """The listings that have a problem, with how often in a row they could not be read."""
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
    """How many pages are remembered as still to be had, each once."""
    return len({(c.outlet, key) for c in cursors for key, entry in c.seen.items() if entry.note})
