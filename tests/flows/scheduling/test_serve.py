"""`copydesk serve` starts a server of its own, makes the deployments, and takes all of it along when it ends."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil
import pytest
from kills import COPYDESK
from processes import running, wait_for
from served import find_api, find_deployment, find_end, find_runs, read, start_run
from tiny_outlet import serving_outlet

from core.settings import Settings
from flows.runs.run import open_run

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(600)]

CONFIG = """
[engine]
name = "inline"
[fetch]
open_hosts = ["127.0.0.1"]
[[outlets]]
key = "gullcliff-times"
feeds = ["{url}/rss.xml"]
schedule = "1h"
limits = {{ delay_seconds = 0.05 }}
"""


@pytest.fixture
def environment() -> dict[str, str]:
    """No Prefect server is configured."""
    known = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    return {**known, "PYTHONUNBUFFERED": "1"}


def test_a_schedule_runs_with_one_command_and_nothing_is_left_of_it(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    log = tmp_path / "serve.log"
    with serving_outlet() as outlet:
        (tmp_path / "desk.toml").write_text(CONFIG.format(url=outlet))
        with running([str(COPYDESK), "serve", "--config", "desk.toml"], environment, log, tmp_path) as serve:
            api = wait_for(lambda: find_api(log), 120, "UI")
            assert read(httpx.get(f"{api.server.ui_url}/ui-settings"))["api_url"] == api.url
            assert find_shown(serve, api.server.auth) == []
            second = subprocess.run(
                [COPYDESK, "serve", "--config", "desk.toml"],
                env=environment,
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            )
            assert second.returncode == 2
            assert (
                f"is already running for this lake; its Prefect UI is at {api.server.ui_url}, "
                in second.stderr
            )
            deployment = wait_for(lambda: find_deployment(api), 120, "deployment")
            first = wait_for(lambda: find_runs(api), 60, "first run, which begins by itself")
            assert wait_for(lambda: find_end(api, first[0]), 240, "end of the run") == "COMPLETED"
            run_id = wait_for(lambda: start_run(api, deployment), 60, "flow run")
            assert wait_for(lambda: find_end(api, run_id), 240, "end of the run") == "COMPLETED"
    text = log.read_text()
    assert "every 1 hour: gullcliff-times" in text
    assert "overdue, begins now: gullcliff-times" in text
    assert "All deployments have been paused" in text
    assert "Warning" not in text
    assert api.server.auth.partition(":")[2] not in text + (tmp_path / "lake/prefect/server.log").read_text()
    assert find_files_of(tmp_path, api.server.auth) == []


def test_a_server_that_dies_ends_serve_with_an_exit_code_and_a_line(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "copydesk.toml").write_text(CONFIG.format(url="http://127.0.0.1:9"))
    log = tmp_path / "serve.log"
    with running([str(COPYDESK), "serve"], environment, log, tmp_path) as serve:
        api = wait_for(lambda: find_api(log), 120, "UI")
        wait_for(lambda: find_deployment(api, "backfill"), 120, "the last deployment")
        kill_server(tmp_path)
        assert wait_for(lambda: find_exit_code(serve), 120, "end of serve") == "3"
    assert "the Prefect server ended unexpectedly" in log.read_text()


def test_a_run_cut_off_with_its_server_keeps_no_later_one_waiting(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    log, config = tmp_path / "serve.log", tmp_path / "copydesk.toml"
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes every question and answers none
        config.write_text(CONFIG.format(url=f"http://127.0.0.1:{silent.getsockname()[1]}"))
        with running([str(COPYDESK), "serve"], environment, log, tmp_path) as serve:
            api = wait_for(lambda: find_api(log), 120, "UI")
            wait_for(lambda: find_deployment(api), 120, "deployment")
            (cut_off,) = wait_for(lambda: find_runs(api), 60, "flow run")
            wait_for(lambda: list((tmp_path / "lake/staging/runs").glob("*/alive.lock")), 120, "run at work")
            kill_all(serve, tmp_path)
    log.unlink()
    with serving_outlet() as outlet:
        config.write_text(CONFIG.format(url=outlet))
        with running([str(COPYDESK), "serve"], environment, log, tmp_path):
            api = wait_for(lambda: find_api(log), 120, "UI")
            again = wait_for(lambda: set(find_runs(api)) - {cut_off}, 120, "run that does its work")
            assert (
                wait_for(lambda: find_end(api, again.copy().pop()), 240, "end of the next run") == "COMPLETED"
            )
            assert find_end(api, cut_off) == "CRASHED"
    assert "cut off by a crash and now marked as crashed" in log.read_text()


def test_a_run_that_outlived_its_serve_and_fails_is_repeated_at_once(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    log, settings = tmp_path / "serve.log", Settings(lake=tmp_path / "lake")
    with serving_outlet() as outlet:
        (tmp_path / "copydesk.toml").write_text(CONFIG.format(url=outlet))
        with ExitStack() as left:
            left.enter_context(pytest.raises(KeyboardInterrupt))
            left.enter_context(open_run(settings, "ingest", {"outlets": ["gullcliff-times"]}))
            serving = left.enter_context(ExitStack())
            serving.enter_context(running([str(COPYDESK), "serve"], environment, log, tmp_path))
            api = wait_for(lambda: find_api(log), 120, "UI")
            wait_for(lambda: find_deployment(api, "backfill"), 120, "the last deployment")
            assert find_runs(api) == [] and "overdue" not in log.read_text()
            still_serving = serving.pop_all()
            raise KeyboardInterrupt  # the run that was at work is cut off
        with still_serving:
            (again,) = wait_for(lambda: find_runs(api), 120, "run that does its work")
            assert wait_for(lambda: find_end(api, again), 240, "its end") == "COMPLETED"
    assert "overdue, begins now: gullcliff-times" in log.read_text()


def find_shown(serve: psutil.Process, secret: str) -> list[str]:
    """Command lines that show the password to every user of the machine."""
    family = [serve, *serve.children(recursive=True)]
    lines = [" ".join(process.cmdline()) for process in family]
    assert any("flows.scheduling.server_process" in line for line in lines)
    return [line for line in lines if secret.partition(":")[2] in line]


def find_files_of(folder: Path, secret: str) -> list[Path]:
    """Files below the folder that hold the password."""
    word = secret.partition(":")[2].encode()
    return [path for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]


def kill_all(serve: psutil.Process, folder: Path) -> None:
    """Kill serve, the server and the runs, as a power cut does."""
    family = serve.children(recursive=True)
    serve.kill()
    kill_server(folder)
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()


def kill_server(folder: Path) -> None:
    """Kill the server as a machine short of memory would."""
    process = psutil.Process(json.loads((folder / "lake" / "prefect" / "server.json").read_text())["pid"])
    for one in [*process.children(recursive=True), process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()


def find_exit_code(process: psutil.Process) -> str | None:
    """The exit code of a process of ours, once it has ended."""
    try:
        return str(process.wait(timeout=0))
    except psutil.TimeoutExpired:
        return None
