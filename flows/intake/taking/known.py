"""What is known of an input before it is worked: in this run, and in the lake."""

from __future__ import annotations

from collections.abc import Sequence

from core.captures import Capture
from core.outcomes import InputOutcome, Reason, Row
from flows.intake.taking.items import Taken
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query


class SeenCaptures:
    """The captures that a run has taken."""

    def __init__(self) -> None:
        # Numbers, not strings: a run can hold a million of them.
        self._seen: set[int] = set()

    def is_first(self, capture_id: str) -> bool:
        """Whether the capture comes for the first time; from now on it is known."""
        number = int(capture_id[:16], 16)
        is_first = number not in self._seen
        self._seen.add(number)
        return is_first


def find_known(lake: Lake, taken: Sequence[Taken], digests: Sequence[str]) -> dict[str, Row]:
    """What the lake knows of these bytes at these addresses: the last outcome, by our capture_id."""
    if not taken:
        return {}
    answer = run_query(
        lake,
        "known_captures",
        capture_ids=[item.capture.capture_id for item in taken],
        urls=[item.capture.url for item in taken],
        digests=list(digests),
        fetched_at=[item.capture.fetched_at.isoformat() for item in taken],
    )
    return {row["capture_id"]: row for row in answer.to_pylist()}


def make_repeated(capture: Capture) -> InputOutcome:
    """The outcome of an input that the run has taken before."""
    detail = "the same bytes came from the same address before, in this run"
    return InputOutcome(
        capture.input_ref, Reason.SAME_ARTICLE_IN_RUN, "acquire", capture.capture_id, detail=detail
    )


def make_unchanged(capture: Capture, known: Row) -> InputOutcome:
    """The outcome of bytes that the lake knows. What was rejected stays so, with its reason; the rest is unchanged."""
    is_rejected = known["outcome"] == "rejected"
    return InputOutcome(
        capture.input_ref,
        Reason(known["reason"]) if is_rejected else Reason.SAME_BYTES,
        "acquire",
        known["known_capture_id"],
        known["article_id"],
        known["detail"] if is_rejected else None,
    )
