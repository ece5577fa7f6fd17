"""The one recorded outcome that every input of a run gets, and the closed list of reasons for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.safety.writable import make_writable

Row = dict[str, Any]


class Outcome(StrEnum):
    """What became of an input; `inputs = sum of outcomes` holds for every finished run."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class Reason(StrEnum):
    """Why. Each reason belongs to exactly one outcome (`OUTCOME_OF`)."""

    # accepted
    NEW = "new"
    UPDATED = "updated"
    REPROCESSED = "reprocessed"
    # unchanged
    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"
    NOT_MODIFIED = "not_modified"
    # duplicate
    SAME_ARTICLE_IN_RUN = "same_article_in_run"
    OLDER_CAPTURE = "older_capture"
    # rejected: the input was read and is not an article
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    UNSUPPORTED_TYPE = "unsupported_type"
    BAD_ENCODING = "bad_encoding"
    BAD_RECORD = "bad_record"
    NO_BODY = "no_body"
    TOO_SHORT = "too_short"
    PAYWALL = "paywall"
    CONSENT_PAGE = "consent_page"
    JAVASCRIPT_REQUIRED = "javascript_required"
    ERROR_PAGE = "error_page"
    BOT_CHECK = "bot_check"
    LINK_LIST = "link_list"
    HTTP_STATUS = "http_status"
    ROBOTS_FORBID = "robots_forbid"
    FORBIDDEN_ADDRESS = "forbidden_address"
    LINK_OUTSIDE = "link_outside"
    SPECIAL_FILE = "special_file"
    NOT_WANTED = "not_wanted"
    # quarantined: it could not be judged; `backfill --only failed` and the next load try again
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    SYMLINK_LOOP = "symlink_loop"
    BROKEN_ARCHIVE = "broken_archive"
    COMPRESSION_BOMB = "compression_bomb"
    TIMED_OUT = "timed_out"
    WORKER_DIED = "worker_died"
    STAGE_ERROR = "stage_error"
    FETCH_FAILED = "fetch_failed"


_REASONS_BY_OUTCOME = {
    Outcome.ACCEPTED: (Reason.NEW, Reason.UPDATED, Reason.REPROCESSED),
    Outcome.UNCHANGED: (Reason.SAME_BYTES, Reason.SAME_TEXT, Reason.NOT_MODIFIED),
    Outcome.DUPLICATE: (Reason.SAME_ARTICLE_IN_RUN, Reason.OLDER_CAPTURE),
    Outcome.QUARANTINED: (
        Reason.UNREADABLE,
        Reason.VANISHED,
        Reason.SYMLINK_LOOP,
        Reason.BROKEN_ARCHIVE,
        Reason.COMPRESSION_BOMB,
        Reason.TIMED_OUT,
        Reason.WORKER_DIED,
        Reason.STAGE_ERROR,
        Reason.FETCH_FAILED,
    ),
}
_NAMED = {reason: outcome for outcome, reasons in _REASONS_BY_OUTCOME.items() for reason in reasons}
OUTCOME_OF = {reason: _NAMED.get(reason, Outcome.REJECTED) for reason in Reason}


@dataclass(frozen=True, slots=True)
class InputOutcome:
    """One input's outcome: a row of `outcomes` less the run.

    `input_ref` names the input to its user (a path, `path#line`, a URL). `capture_id` is None when
    nothing could be archived, `article_id` when no article came of it.
    """

    input_ref: str
    reason: Reason
    stage: str
    capture_id: str | None = None
    article_id: str | None = None
    detail: str | None = None

    def __post_init__(self) -> None:
        """Neither name nor detail holds what cannot be written."""
        for name in ("input_ref", "detail"):
            object.__setattr__(self, name, make_writable(getattr(self, name)))

    @property
    def outcome(self) -> Outcome:
        """The outcome that the reason belongs to."""
        return OUTCOME_OF[self.reason]

    def to_row(self, run_id: str) -> Row:
        """The row of table `outcomes`."""
        return {
            "run_id": run_id,
            "input_ref": self.input_ref,
            "capture_id": self.capture_id,
            "article_id": self.article_id,
            "outcome": self.outcome.value,
            "reason": self.reason.value,
            "detail": self.detail,
            "stage": self.stage,
        }


@dataclass(slots=True)
class StageResult:
    """What a stage gives back: rows by table name, and the outcomes it decided."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    outcomes: list[InputOutcome] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Append one row to a table's rows."""
        self.rows.setdefault(table, []).append(row)

    def extend(self, other: StageResult) -> None:
        """Append another result's rows and outcomes to this one."""
        for table, rows in other.rows.items():
            self.rows.setdefault(table, []).extend(rows)
        self.outcomes.extend(other.outcomes)
