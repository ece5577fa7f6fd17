"""A load that is killed loses nothing: loading again gives what an undisturbed load gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from kills import load_and_kill, load_to_the_end
from lakes import ask, read_tables

from core.settings import Settings
from flows.archive import verify
from warehouse.asking.checks import run_checks
from warehouse.catalog.open import open_lake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("workers_from", ["1000", "0"], ids=["coordinator archives", "workers archive"])
def test_a_load_killed_at_any_moment_is_completed_by_the_next(
    workers_from: str, tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_ARCHIVE__WORKERS_FROM", workers_from)
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    seconds = load_to_the_end(articles, undisturbed, "--workers", "2")
    # Early (making the lake, archiving), in the middle (working) and late (landing, grouping).
    hits = [load_and_kill(articles, killed, seconds * share, "--workers", "2") for share in (0.3, 0.6, 0.8)]
    load_to_the_end(articles, killed, "--workers", "2")
    assert any(hits), "no load was still at work when it was to be killed"
    assert read_tables(killed) == read_tables(undisturbed)
    with open_lake(Settings(lake=killed), read_only=True) as lake:
        assert [result for result in run_checks(lake) if not result.is_good] == []
    assert ask(killed, "SELECT count(*) FROM runs WHERE state = 'running'") == [(0,)]
    journals = list((killed / "archive").glob("*.journal"))
    assert journals == []
    assert verify(Settings(lake=killed)) == []
