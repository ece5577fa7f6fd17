"""Runs side by side: who is dead is told from who has just ended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lakes import ask
from prefect.exceptions import TerminationSignal

from core.errors import TransientError
from core.settings import Settings
from flows.intake.leftovers import write_cursors
from flows.runs import run as runs
from flows.runs.run import is_alive, open_run
from warehouse.upkeep.staging import ALIVE_LOCK

STATES = "SELECT run_id, state FROM runs"
PROBLEMS = "SELECT run_id, problem FROM runs"


def test_a_run_that_a_crash_left_is_set_to_failed_by_the_next(tmp_path: Path) -> None:
    settings = Settings(lake=tmp_path / "lake")
    crashed = open_run(settings, "load", {})
    run = crashed.__enter__()
    shutil.rmtree(run.folder)  # as if it had died long ago
    with open_run(settings, "load", {}):
        assert dict(ask(settings, STATES))[run.run_id] == "failed"
        assert "its process was gone" in dict(ask(settings, PROBLEMS))[run.run_id]
    crashed.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("error", "state", "problem"),
    [
        (TransientError("the disk is full"), "failed", "the disk is full"),
        (ValueError("secret"), "failed", "ValueError; the log says more"),
        (PermissionError(13, "Permission denied", "/x"), "failed", "/x: Permission denied; give the user"),
        (KeyboardInterrupt(), "stopped", None),
        (TerminationSignal(15), "stopped", None),  # what Prefect raises in a run that is cancelled
    ],
)
def test_a_run_records_how_it_ended_and_why(
    settings: Settings, error: BaseException, state: str, problem: str | None
) -> None:
    with pytest.raises((Exception, KeyboardInterrupt, TerminationSignal)), open_run(settings, "load", {}):
        raise error
    ((_, found),) = ask(settings, STATES)
    ((_, why),) = ask(settings, PROBLEMS)
    assert found == state
    assert why is None if problem is None else why.startswith(problem)


def test_a_run_that_ends_while_another_begins_stays_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(lake=tmp_path / "lake")
    ending = open_run(settings, "load", {})
    first = ending.__enter__()

    def end_first(folder: Path) -> bool:
        if folder.name == first.run_id:
            ending.__exit__(None, None, None)
        return is_alive(folder)

    monkeypatch.setattr(runs, "is_alive", end_first)
    with open_run(settings, "load", {}):
        assert dict(ask(settings, STATES))[first.run_id] == "completed"


@pytest.mark.parametrize("flow", ["ingest", "load"])
def test_what_a_dead_run_fetched_stays_for_the_next_and_other_leavings_go(tmp_path: Path, flow: str) -> None:
    settings = Settings(lake=tmp_path / "lake")
    dead = [open_run(settings, flow, {}) for _ in range(2)]
    fetched, other = (run.__enter__() for run in dead)
    write_cursors(fetched, [])
    other.folder.joinpath("staged-00000.parquet").touch()
    for run in (fetched, other):
        run.folder.joinpath(ALIVE_LOCK).unlink()  # as if their processes had died
    with open_run(settings, "load", {}):
        assert (fetched.folder.is_dir(), other.folder.is_dir()) == (True, False)
        states = dict(ask(settings, STATES))
        assert {states[run.run_id] for run in (fetched, other)} == {"failed"}
    for run in dead:
        run.__exit__(None, None, None)
