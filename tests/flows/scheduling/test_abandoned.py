"""A flow run whose process is gone is told from one at work, and from one of another machine."""

from __future__ import annotations

from uuid import uuid4

import pytest
from filelock import FileLock

from core.settings import Settings
from flows.scheduling import abandoned as abandoned_runs
from flows.scheduling.abandoned import hold_flow_run, is_abandoned


def test_a_flow_run_is_at_work_as_long_as_its_process_lives(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = uuid4()
    held: list[FileLock] = []
    monkeypatch.setattr(abandoned_runs.flow_run, "get_id", lambda: str(run_id), raising=False)
    hold_flow_run(settings, held)
    assert not is_abandoned(settings, run_id, has_own=True)
    assert not is_abandoned(settings, run_id, has_own=False)


def test_a_lock_that_nobody_holds_is_of_a_process_that_is_gone(settings: Settings) -> None:
    lock = settings.staging / "flow_runs" / f"{(run_id := uuid4())}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    assert is_abandoned(settings, run_id, has_own=False)


def test_without_a_lock_a_run_is_gone_on_our_own_server_and_somebody_elses_on_any_other(
    settings: Settings,
) -> None:
    assert is_abandoned(settings, uuid4(), has_own=True)
    assert not is_abandoned(settings, uuid4(), has_own=False)


def test_outside_of_a_flow_run_nothing_is_held(settings: Settings) -> None:
    hold_flow_run(settings)
    assert not settings.staging.exists()
