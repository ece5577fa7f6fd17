"""A run: its row, its folder of staged work, and its recorded end, even after an error."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

from core.errors import ConfigError, CopydeskError, explain_refusal
from core.outcomes import Row
from core.safety.logs import get_log
from core.settings import Settings
from core.versions import code_version
from flows.runs.notices import tell_failure, tell_reason
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import begin_run, record_run
from warehouse.upkeep.staging import ALIVE_LOCK, is_held

_log = get_log()
_LONGEST_RUN = timedelta(days=1)
_CRASHED = "its process was gone before the end: a crash, a kill or a power cut"
CURSOR_FILES = "cursors-*.parquet"  # in the folder of a run that fetches


@dataclass(slots=True)
class Run:
    """One run of a flow on an open lake, with the counts of what it has landed so far."""

    lake: Lake
    settings: Settings
    run_id: str
    flow: str
    parameters: Mapping[str, Any]
    started_at: datetime
    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    snapshot_id: int | None = None
    state: str = "running"
    problem: str | None = None

    @property
    def parts_folder(self) -> Path:
        """The folder of the batches' parts; all runs share it, so that a resumed run finds them."""
        return self.settings.staging / "parts"

    def to_row(self) -> Row:
        """The row of table `runs`; landing fills its counts in the same transaction."""
        finished = None if self.state == "running" else datetime.now(UTC)
        return {
            "run_id": self.run_id,
            "flow": self.flow,
            "parameters": json.dumps(self.parameters, default=str, sort_keys=True),
            "code_version": code_version(),
            "started_at": self.started_at,
            "finished_at": finished,
            "state": self.state,
            "input_count": 0,
            "accepted_count": 0,
            "snapshot_id": self.snapshot_id,
            "seconds": (finished - self.started_at).total_seconds() if finished else None,
            "problem": self.problem,
        }

    def count(self, reasons: Mapping[tuple[str, str], int]) -> None:
        """Add a landing's counts, by outcome and reason."""
        for (outcome, reason), number in reasons.items():
            self.counts[outcome] = self.counts.get(outcome, 0) + number
            self.reasons[outcome, reason] = self.reasons.get((outcome, reason), 0) + number


@dataclass(frozen=True, slots=True)
class RunReport:
    """The result of a finished run; `fetches` holds the rows of that table, `hints` holds lines for the user."""

    run_id: str
    flow: str
    state: str
    counts: Mapping[str, int]
    reasons: Mapping[tuple[str, str], int]
    seconds: float
    fetches: Sequence[Row] = ()
    hints: Sequence[str] = ()


@contextmanager
def open_run(settings: Settings, flow: str, parameters: Mapping[str, Any]) -> Iterator[Run]:
    """Open a lake for writing and a run on it; the end of the run is recorded, failed or not.

    Runs that a crash left in state `running` are set to `failed` first. Failures are reported to the recipients in
    [notices]. A full disk raises TransientError: the lake stays as the last landing left it. A file that the user has no
    right to raises ConfigError.
    """
    try:
        with _begin_run(settings, flow, parameters) as run:
            yield run
    except Exception as error:
        explained = explain_system_fault(error, settings)
        tell_failure(settings, flow, explained)
        if explained is error:
            raise
        raise explained from error


@contextmanager
def _begin_run(settings: Settings, flow: str, parameters: Mapping[str, Any]) -> Iterator[Run]:
    started_at = datetime.now(UTC)
    run_id = f"{started_at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    folder = settings.staging / "runs" / run_id
    with open_lake(settings, create=True) as lake:
        folder.mkdir(parents=True)
        with FileLock(folder / ALIVE_LOCK):
            run = Run(lake, settings, run_id, flow, parameters, started_at, folder)
            close_crashed_runs(lake, settings)
            begin_run(lake, run.to_row())
            _log.info("run %s begins: %s on %s", run_id, flow, settings.lake)
            try:
                yield run
            except BaseException as error:
                # Ctrl-C, and what Prefect raises for a run that is cancelled, are not Exceptions.
                run.state = "failed" if isinstance(error, Exception) else "stopped"
                if isinstance(error, Exception):
                    run.problem = tell_reason(explain_system_fault(error, settings))
                _log.info("run %s %s", run_id, run.state)
                _record_failure(run)
                raise
            run.state = "completed"
            record_run(lake, run.to_row())
            counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(run.counts.items()))
            _log.info("run %s completed: %s", run_id, counts or "no input")
            # Before the lock is released: else another run could take what has landed for leftovers.
            shutil.rmtree(folder, ignore_errors=True)


def _record_failure(run: Run) -> None:
    """Record the end of a failed run if possible: the cause of the failure (a full disk) can also prevent that."""
    try:
        record_run(run.lake, run.to_row())
    except CopydeskError as error:
        _log.warning(
            "the end of run %s could not be recorded; the next run records it: %s", run.run_id, error
        )


def explain_system_fault(error: Exception, settings: Settings) -> Exception:
    """The error of a run if the system refused room or a right to a file, else the error itself."""
    explained = explain_refusal(error, f"the disk of {settings.lake.absolute()}")
    has_better_words = isinstance(error, CopydeskError) and isinstance(explained, ConfigError)
    return error if explained is None or has_better_words else explained


def report_run(run: Run) -> RunReport:
    """The report of a run that is over."""
    seconds = (datetime.now(UTC) - run.started_at).total_seconds()
    return RunReport(run.run_id, run.flow, run.state, dict(run.counts), dict(run.reasons), seconds)


def close_crashed_runs(lake: Lake, settings: Settings) -> None:
    """Set runs in state `running` whose process is gone to `failed`.

    The runs are read twice: a run that ended between the first reading and the look at its lock recorded its end
    before it released the lock.
    """
    folders = settings.staging / "runs"
    gone = {row["run_id"] for row in _read_running(lake) if not _may_live(settings, row)}
    for row in _read_running(lake) if gone else ():
        if row["run_id"] not in gone:
            continue
        ended = {"state": "failed", "finished_at": None, "seconds": None, "problem": _CRASHED}
        record_run(lake, {**row, **ended})
        if not has_leftovers(folders / row["run_id"]):
            shutil.rmtree(folders / row["run_id"], ignore_errors=True)


def _read_running(lake: Lake) -> list[Row]:
    return list(run_query(lake, "running_runs").to_pylist())


def _may_live(settings: Settings, row: Row) -> bool:
    folder = settings.staging / "runs" / row["run_id"]
    if folder.is_dir():
        return is_alive(folder)
    # With a server catalog the run can be at work on another machine, which has its own staging folder.
    return settings.catalog_url is not None and datetime.now(UTC) - row["started_at"] < _LONGEST_RUN


def has_leftovers(folder: Path) -> bool:
    """Whether a dead run's folder holds pages that the next run that fetches must land (flows.intake.leftovers)."""
    return any(folder.glob(CURSOR_FILES))


def is_alive(folder: Path) -> bool:
    """Whether the run that owns the folder still has its process."""
    return is_held(folder / ALIVE_LOCK)
