"""What a run says at its end in the log of Prefect."""

from __future__ import annotations

import json

from flows.runs.run import RunReport
from flows.scheduling.artifacts import tell_failed_requests


def _requests(outlet: str, requests: int, **failures: int) -> dict[str, object]:
    return {
        "outlet": outlet,
        "request_count": requests,
        "failed_count": sum(failures.values()),
        "failures": json.dumps(failures) if failures else None,
    }


def _report(*fetches: dict[str, object]) -> RunReport:
    return RunReport("r1", "ingest", "completed", {}, {}, 1.0, fetches)


def test_a_run_whose_requests_failed_says_how_many_where_and_why() -> None:
    report = _report(
        _requests("post", 5, fetch_failed=4),
        _requests("ash", 2, fetch_failed=1, empty=1),
        _requests("dale", 3),
    )
    assert tell_failed_requests(report) == [
        "6 of 10 requests failed (fetch_failed: 5, empty: 1) at ash, post; `copydesk status` says more"
    ]


def test_a_run_without_failures_says_nothing_of_requests() -> None:
    assert tell_failed_requests(_report(_requests("dale", 3))) == tell_failed_requests(_report()) == []
