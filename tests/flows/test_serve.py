"""`copydesk serve` starts a server of its own, makes the deployments, and takes all of it along when it ends."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from kills import COPYDESK
from processes import running, wait_for
from tiny_outlet import serving_outlet

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


def test_a_schedule_runs_with_one_command_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    environment["PYTHONUNBUFFERED"] = "1"
    log = tmp_path / "serve.log"
    with serving_outlet() as outlet:
        (tmp_path / "copydesk.toml").write_text(CONFIG.format(url=outlet))
        with running([str(COPYDESK), "serve"], environment, log, tmp_path):
            ui = wait_for(
                lambda: re.search(r"Prefect UI: (http://127\.0\.0\.1:\d+)", log.read_text()), 120, "UI"
            )
            url = f"{ui[1]}/api"
            deployment = wait_for(lambda: find_deployment(url), 120, "deployment")
            run_id = wait_for(lambda: start_run(url, deployment), 60, "flow run")
            assert wait_for(lambda: find_end(url, run_id), 240, "end of the run") == "COMPLETED"
    text = log.read_text()
    assert "every 1 hour: gullcliff-times" in text
    assert "All deployments have been paused" in text
    assert "Warning" not in text
    assert not (tmp_path / "lake" / "prefect" / "server.json").exists()


def find_deployment(url: str) -> str | None:
    """The id of the ingest deployment, once it is there."""
    found = read(httpx.post(f"{url}/deployments/filter", json={"flows": {"name": {"any_": ["ingest"]}}}))
    return str(found[0]["id"]) if found else None


def start_run(url: str, deployment: str) -> str | None:
    """The id of a new run, once the server has made it."""
    made = read(httpx.post(f"{url}/deployments/{deployment}/create_flow_run", json={}))
    return str(made["id"]) if made else None


def find_end(url: str, run_id: str) -> str | None:
    """The state in which the run ended, once it has."""
    run = read(httpx.get(f"{url}/flow_runs/{run_id}"))
    return run["state_type"] if run and run["state_type"] in ("COMPLETED", "FAILED", "CRASHED") else None


def read(answer: httpx.Response) -> Any:
    """What the server answers; None while its database is busy (503), as its clients understand it."""
    return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer.raise_for_status().json()
