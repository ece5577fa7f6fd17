"""What a served schedule's own Prefect server says of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx


def find_api(log: Path) -> str | None:
    """The address of the server's API, once it is printed."""
    found = re.findall(r"Prefect UI: (http://127\.0\.0\.1:\d+)", log.read_text())
    return f"{found[-1]}/api" if found else None


def find_deployment(url: str, flow: str = "ingest") -> str | None:
    """The id of the flow's deployment, once it is there."""
    found = read(httpx.post(f"{url}/deployments/filter", json={"flows": {"name": {"any_": [flow]}}}))
    return str(found[0]["id"]) if found else None


def find_runs(url: str) -> list[str]:
    """The ids of ingests that are due already."""
    wanted = {"name": {"any_": ["ingest"]}}
    before = {"expected_start_time": {"before_": datetime.now(UTC).isoformat()}}
    found = read(httpx.post(f"{url}/flow_runs/filter", json={"flows": wanted, "flow_runs": before}))
    return [str(run["id"]) for run in found or ()]


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
