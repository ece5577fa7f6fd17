"""What a run shows in Prefect's UI: a progress artifact while it runs, tables once it is over."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
from prefect.artifacts import (
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.exceptions import PrefectException
from prefect.logging import get_run_logger

from core.safety.logs import get_log
from core.safety.visible import show_text
from flows.runs.run import RunReport
from flows.runs.steps import NoProgress, Progress

_EVERY_SECONDS = 3.0
_log = get_log()


class PrefectProgress:
    """A progress artifact for each step of a run, renewed every few seconds; also reports to `also`.

    A server that does not answer costs the artifact and never the run.
    """

    def __init__(self, also: Progress | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._also, self._clock = also or NoProgress(), clock
        self._step, self._done, self._total = "", 0, 0
        self._artifact: UUID | None = None
        self._told_at = float("-inf")

    def start(self, step: str, total: int | None = None) -> None:
        """See Progress."""
        self.finish()
        self._step, self._done, self._total = step, 0, total or 0
        self._also.start(step, total)

    def expect(self, part: str, count: int) -> None:
        """See Progress."""
        self._total += count
        self._also.expect(part, count)

    def advance(self, count: int, part: str | None = None) -> None:
        """See Progress."""
        self._done += count
        self._also.advance(count, part)
        if self._total and self._clock() - self._told_at >= _EVERY_SECONDS:
            self._tell()

    def finish(self) -> None:
        """Complete the artifact of the step, which is over."""
        if self._artifact is not None:
            self._total = self._done
            self._tell()
        self._artifact = None
        self._told_at = float("-inf")

    def _tell(self) -> None:
        self._told_at = self._clock()
        percent = min(100.0, 100.0 * self._done / self._total) if self._total else 100.0
        words = f"{self._step}: {self._done:,} of {self._total:,}"
        # `_sync`: inside an event loop Prefect would give back a coroutine.
        try:
            if self._artifact is None:
                made: Any = create_progress_artifact(
                    percent,
                    key=f"{self._step}-progress",
                    description=words,
                    _sync=True,  # type: ignore[call-arg]
                )
                self._artifact = made
            else:
                update_progress_artifact(self._artifact, percent, description=words, _sync=True)  # type: ignore[call-arg]
        except (httpx.HTTPError, PrefectException) as error:
            _log.warning("no progress artifact: %s", error)
            self._told_at = float("inf")


def tell_report(report: RunReport) -> str:
    """The run in one line: its id, state, seconds and outcomes."""
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.counts.items()))
    return f"run {report.run_id} {report.state} in {report.seconds:.1f} s: {counts or 'no input'}"


def tell_failed_requests(report: RunReport) -> list[str]:
    """A line about the requests that failed, if any did: how many of how many, at which outlets, and why."""
    failed = [row for row in report.fetches if row["failed_count"]]
    if not failed:
        return []
    reasons: Counter[str] = Counter()
    for row in failed:
        reasons.update(json.loads(row["failures"] or "{}"))
    total = sum(row["request_count"] for row in report.fetches)
    why = ", ".join(f"{reason}: {count}" for reason, count in reasons.most_common())
    outlets = ", ".join(sorted({row["outlet"] for row in failed}))
    count = sum(row["failed_count"] for row in failed)
    return [f"{count} of {total} requests failed ({why}) at {outlets}; `copydesk status` says more"]


def publish_report(report: RunReport) -> None:
    """Log counts and reasons, and publish the outcomes and, for an ingest, the requests to each host as artifacts of the run."""
    rows = [{"outcome": o, "reason": r, "inputs": n} for (o, r), n in sorted(report.reasons.items())]
    lines = [
        tell_report(report),
        *(f"{row['inputs']} {row['outcome']}: {row['reason']}" for row in rows),
        *report.hints,
    ]
    for line in lines:
        get_run_logger().info("%s", show_text(line))
    for line in tell_failed_requests(report):
        get_run_logger().warning("%s", show_text(line))
    if rows:
        create_table_artifact(rows, key="outcomes", description=f"Run {report.run_id}")
    if report.fetches:
        fetches = [{name: row[name] for name in row if name != "run_id"} for row in report.fetches]
        create_table_artifact(fetches, key="fetches", description=f"Run {report.run_id}: requests")
