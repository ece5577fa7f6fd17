"""Work stopped by Ctrl-C or SIGTERM says what stands, how it goes on, and ends with 130."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner, Result
from processes import wait_for

from cli.main import copydesk
from core.settings import EngineSettings, Settings
from flows import recipe
from flows.backfill import work as backfill
from flows.backfill.report import list_backfills
from tests.cli.command import COPYDESK
from tests.readme_blocks import REPOSITORY
from warehouse.catalog.open import open_lake
from warehouse.catalog.transactions import write_transaction


@pytest.fixture(autouse=True)
def _inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works its batches in this process."""
    monkeypatch.setenv("COPYDESK_ENGINE__NAME", "inline")


def stop_with(number: signal.Signals) -> Callable[..., None]:
    return lambda *_args, **_more: os.kill(os.getpid(), number)


def call(*words: str, lake: Path) -> Result:
    return CliRunner().invoke(copydesk, [*words, "--lake", str(lake)])


@pytest.mark.slow  # whole backfills
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_backfill_prints_the_line_that_resumes_it(
    own_lake: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(backfill.STAGE_WORK, "extract", stop_with(number))
        stopped = call("backfill", "--stage", "extract", "--chunk-size", "2", lake=own_lake)
    assert stopped.exit_code == 130
    (known,) = list_backfills(Settings(lake=own_lake))
    assert known["state"] == "paused"
    (line,) = re.findall(r"^  copydesk (backfill resume .*)$", stopped.stderr, re.MULTILINE)
    assert line == f"backfill resume {known['backfill_id']} --lake={own_lake}"
    resumed = CliRunner().invoke(copydesk, line.split())
    assert resumed.exit_code == 0, resumed.output
    assert f"Backfill {known['backfill_id']} completed: 2 of 2 chunks" in resumed.output


def test_a_backfill_stopped_again_while_it_is_resumed_prints_the_line_again(
    own_lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(lake=own_lake, engine=EngineSettings(name="inline"))
    backfill_id = backfill.begin_backfill(settings, backfill.BackfillRequest(stage="extract"))
    monkeypatch.setitem(backfill.STAGE_WORK, "extract", stop_with(signal.SIGINT))
    stopped = call("backfill", "resume", backfill_id, lake=own_lake)
    assert stopped.exit_code == 130
    assert f"copydesk backfill resume {backfill_id} --lake={own_lake}" in stopped.stderr


def test_a_backfill_that_fails_prints_the_line_too(own_lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.errors import TransientError

    def fail(*_: object) -> None:
        raise TransientError("the archive is away")

    monkeypatch.setitem(backfill.STAGE_WORK, "extract", fail)
    failed = call("backfill", "--stage", "extract", lake=own_lake)
    assert isinstance(failed.exception, TransientError)
    assert re.search(r"Resume it with:\n  copydesk backfill resume \S+ --lake=", failed.stderr)


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_a_stopped_load_says_that_the_same_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Fair at Lowmarsh\n\n" + "The fair at Lowmarsh sold 300 cakes on its second day. " * 6)
    words = ("load", str(note), "--engine", "inline")
    with monkeypatch.context() as patch:
        patch.setattr(recipe, "process_and_land", stop_with(number))
        stopped = call(*words, lake=tmp_path / "lake")
    assert stopped.exit_code == 130
    assert "Stopped. What has landed stays; the same command goes on" in stopped.stderr
    with open_lake(Settings(lake=tmp_path / "lake"), read_only=True) as lake:
        assert lake.execute("SELECT state FROM runs").fetchall() == [("stopped",)]
    again = call(*words, lake=tmp_path / "lake")
    assert again.exit_code == 0 and "accepted" in again.output


def test_a_stopped_run_says_that_the_same_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.ingest.ingest_outlets", stop_with(signal.SIGTERM))
    stopped = call("run", lake=tmp_path / "lake")
    assert stopped.exit_code == 130
    assert "what was fetched is archived; the same command lands it and goes on" in stopped.stderr


def test_a_stop_in_the_middle_of_a_statement_ends_the_statement_and_rolls_back(own_lake: Path) -> None:
    long = "INSERT INTO line_statistics SELECT a::VARCHAR, '', '', 0, 0, 0, NULL, NULL FROM range(1e12::BIGINT) r(a) WHERE hash(a) = 1"
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    timer = threading.Timer(0.5, stop_with(signal.SIGTERM))
    try:
        with open_lake(Settings(lake=own_lake)) as lake:
            timer.start()
            with pytest.raises(KeyboardInterrupt):
                write_transaction(lake, "test", lambda: lake.connection.execute(long))
            assert lake.execute("SELECT count(*) > 0 FROM articles").fetchall() == [(True,)]
    finally:
        timer.join()
        signal.signal(signal.SIGTERM, before)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_load_with_workers_that_is_stopped_says_so_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """The terminal sends SIGINT to the workers and to their server as well; here while that is starting."""
    monkeypatch.delenv("COPYDESK_ENGINE__NAME")
    command = [
        str(COPYDESK),
        "load",
        str(REPOSITORY / "examples" / "outlets"),
        "--lake",
        str(tmp_path / "lake"),
    ]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    begun = process.stderr.readline()
    assert begun.startswith("Archiving: 36 in")
    wait_for(lambda: psutil.Process(process.pid).children(recursive=True), 60, "process of its own")
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    said = process.communicate(timeout=240)[1].splitlines()
    assert process.returncode == 130
    assert [line.split(":")[0] for line in said] == [
        "Cleaning and extracting",
        "Stopped. What has landed stays; the same command goes on where it was.",
    ]
