"""Runs side by side: who is dead is told from who has just ended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lakes import ask

from core.outcomes import Row
from core.settings import Settings
from flows.runs import run as runs
from flows.runs.run import Run, open_run

STATES = "SELECT run_id, state FROM runs"


def test_a_run_that_a_crash_left_is_set_to_failed_by_the_next(tmp_path: Path) -> None:
    settings = Settings(lake=tmp_path / "lake")
    crashed = open_run(settings, "load", {})
    run = crashed.__enter__()
    shutil.rmtree(run.folder)  # as if it had died long ago
    with open_run(settings, "load", {}):
        assert dict(ask(settings, STATES))[run.run_id] == "failed"
    crashed.__exit__(None, None, None)


def test_a_run_that_ends_while_another_begins_stays_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(lake=tmp_path / "lake")
    ending = open_run(settings, "load", {})
    first = ending.__enter__()
    look = runs._may_live

    def end_first(run: Run, row: Row) -> bool:
        if row["run_id"] == first.run_id:
            ending.__exit__(None, None, None)
        return look(run, row)

    monkeypatch.setattr(runs, "_may_live", end_first)
    with open_run(settings, "load", {}):
        assert dict(ask(settings, STATES))[first.run_id] == "completed"
