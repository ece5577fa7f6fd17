"""A machine that slept, or was off, does once what it missed, however often that came round meanwhile."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import psutil
import pytest
from kills import COPYDESK
from lakes import ask
from processes import running, wait_for
from served import Asked, find_api, find_end, find_runs
from tiny_outlet import serving_outlet

from core.settings import Settings
from warehouse.catalog.open import open_lake
from warehouse.catalog.transactions import write_transaction

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(900)]

# The shortest interval there is: a minute.
CONFIG = """
[engine]
name = "inline"
[fetch]
open_hosts = ["127.0.0.1"]
[schedules]
maintain = "never"
[[outlets]]
key = "gullcliff-times"
feeds = ["{url}/rss.xml"]
schedule = "{schedule}"
limits = {{ delay_seconds = 0.05 }}
"""
_SLEEP_SECONDS = 130  # two intervals


@pytest.fixture
def environment() -> dict[str, str]:
    """No Prefect server is configured."""
    known = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    return {**known, "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(lake=tmp_path / "lake")


@contextlib.contextmanager
def serving(
    folder: Path, schedule: str, environment: dict[str, str]
) -> Iterator[tuple[psutil.Process, Path]]:
    """`copydesk serve` and its log."""
    log = folder / "serve.log"
    log.unlink(missing_ok=True)
    with serving_outlet() as outlet:
        (folder / "desk.toml").write_text(CONFIG.format(url=outlet, schedule=schedule))
        with running([str(COPYDESK), "serve", "--config", "desk.toml"], environment, log, folder) as process:
            yield process, log


def await_first_run(log: Path) -> tuple[Asked, list[str]]:
    """The server and the ids of the runs that began by themselves, the first of them completed."""
    api = wait_for(lambda: find_api(log), 120, "UI")
    first = wait_for(lambda: find_runs(api), 60, "first run")
    assert wait_for(lambda: find_end(api, first[0]), 240, "end of the first run") == "COMPLETED"
    return api, first


def count_ingests(settings: Settings, since: datetime) -> int:
    """Ingests in the lake that began since then, over or at work."""
    return int(
        ask(settings, f"SELECT count(*) FROM runs WHERE flow = 'ingest' AND started_at >= '{since}'")[0][0]
    )


def put_to_sleep(process: psutil.Process, seconds: float) -> None:
    """Nothing of serve, its server and its runs gets any time for so long."""
    family = [process, *process.children(recursive=True)]
    for one in family:
        one.suspend()
    sleep(seconds)
    for one in family:
        one.resume()


def find_due(api: Asked, after: datetime, before: datetime) -> list[str]:
    """Ids of the ingests that were due between these times."""
    span = {"after_": after.isoformat(), "before_": before.isoformat()}
    asked = {"flows": {"name": {"any_": ["ingest"]}}, "flow_runs": {"expected_start_time": span}}
    (found,) = wait_for(lambda: ask_whole(api, asked), 60, "answer")
    return [str(run["id"]) for run in found]


def ask_whole(api: Asked, asked: dict[str, Any]) -> tuple[list[Any]] | None:
    """The runs that the server finds, an empty list too; None while it is busy."""
    found = api.post("/flow_runs/filter", asked)
    return None if found is None else (found,)


def test_intervals_that_a_sleeping_machine_missed_are_made_up_for_by_one_run(
    tmp_path: Path, environment: dict[str, str], settings: Settings
) -> None:
    with serving(tmp_path, "1m", environment) as (process, log):
        api, _ = await_first_run(log)
        asleep = datetime.now(UTC)
        put_to_sleep(process, _SLEEP_SECONDS)
        awake = datetime.now(UTC)
        missed = wait_for(lambda: find_due(api, asleep, awake), 60, "missed runs")
        assert len(missed) >= 2
        ends = [wait_for(lambda run=run: find_end(api, run), 240, "end of a missed run") for run in missed]
        assert set(ends) == {"COMPLETED"}
        later = find_due(api, awake, datetime.now(UTC))
        begun = count_ingests(settings, awake)
    assert 1 <= begun <= 1 + len(later), (
        f"{len(missed)} missed and {len(later)} due since gave {begun} ingests"
    )


def test_what_was_missed_while_serve_was_off_is_run_once(
    tmp_path: Path, environment: dict[str, str], settings: Settings
) -> None:
    with serving(tmp_path, "1h", environment) as (_, log):
        api, first = await_first_run(log)
    off = timedelta(hours=7)
    with open_lake(settings) as lake:
        earlier = f"UPDATE runs SET started_at = started_at - INTERVAL '{off.total_seconds()} seconds'"
        write_transaction(lake, "test", lambda: lake.connection.execute(earlier))
    started = datetime.now(UTC)
    with serving(tmp_path, "1h", environment) as (_, log):
        api = wait_for(lambda: find_api(log), 120, "UI")
        again = wait_for(lambda: set(find_runs(api)) - set(first), 120, "the one run that makes up for all")
        ends = [wait_for(lambda run=run: find_end(api, run), 240, "its end") for run in again]
        assert ends == ["COMPLETED"]
        sleep(15)  # time for more of them, were there any
        assert set(find_runs(api)) - set(first) == again
        assert count_ingests(settings, started) == 1
        assert log.read_text().count("overdue, begins now: gullcliff-times") == 1
