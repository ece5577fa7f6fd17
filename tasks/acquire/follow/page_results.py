"""The result of requesting a page: whether it is done, and when to request it again if not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from core.outcomes import Reason
from tasks.acquire.web.fetched import Fetched

# A refusal can be temporary: a page that is not published yet, a block by mistake, a rule of robots.txt that is
# removed. The page is tried again after each of these waits, all within the days that entries are remembered.
REFUSAL_WAITS = (timedelta(hours=1), timedelta(days=1), timedelta(days=4))
_MAY_PASS = frozenset({Reason.FETCH_FAILED, Reason.TIMED_OUT})
_PASSING_STATUSES = frozenset({408, 425, 429})
_REFUSALS = frozenset({401, 403, 404, 451})  # 410 is meant forever (RFC 9110 15.5.11)


class End(Enum):
    """How a request for a page ended: done, failed for now, or refused, which can change."""

    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PageResult:
    """The result of a request. `by` is the status or reason where no page came; the validators are those of the page."""

    end: End
    at: datetime | None = None
    by: str = ""
    etag: str = ""
    last_modified: str = ""


DONE = PageResult(End.DONE)


def judge_answer(answer: Fetched) -> PageResult:
    """What an answer means for requesting the page again."""
    ask, status = answer.ask, answer.status_code or 0
    was_conditional = bool(ask.etag or ask.last_modified)
    if answer.reason in _MAY_PASS or (answer.reason is Reason.HTTP_STATUS and _is_passing(status)):
        return PageResult(End.FAILED, answer.fetched_at)
    if answer.reason is Reason.ROBOTS_FORBID:
        return PageResult(End.REFUSED, answer.fetched_at, Reason.ROBOTS_FORBID.value)
    if answer.reason is Reason.HTTP_STATUS and status in _REFUSALS:
        return PageResult(End.REFUSED, answer.fetched_at, str(status))
    if (
        answer.reason is Reason.NOT_MODIFIED and not was_conditional
    ):  # there is no earlier answer that it could refer to
        return PageResult(End.REFUSED, answer.fetched_at, str(status))
    if answer.reason not in (None, Reason.NOT_MODIFIED):
        return PageResult(End.DONE, answer.fetched_at, answer.reason.value)
    before = (ask.etag or "", ask.last_modified or "") if answer.reason else ("", "")
    etag = answer.headers.get("etag") or before[0]
    return PageResult(End.DONE, answer.fetched_at, "", etag, answer.headers.get("last-modified") or before[1])


def _is_passing(status: int) -> bool:
    return status >= 500 or status in _PASSING_STATUSES
