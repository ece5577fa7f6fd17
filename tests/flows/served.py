"""What a served schedule's own Prefect server says of it, asked as its UI asks."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from flows.scheduling.server_note import LocalServer

_SECONDS = 30


class Asked:
    """A server that is asked with its password, and with the token that its UI sends."""

    def __init__(self, server: LocalServer) -> None:
        self.server, self.url = server, server.url
        self.login = {"Authorization": "Basic " + base64.b64encode(server.auth.encode()).decode()}
        asked = httpx.get(
            f"{self.url}/csrf-token", params={"client": "test"}, headers=self.login, timeout=_SECONDS
        )
        self.token = {
            "Prefect-Csrf-Client": "test",
            "Prefect-Csrf-Token": str(asked.raise_for_status().json()["token"]),
        }

    def get(self, path: str) -> Any:
        """What it answers; None while it is busy."""
        return read(httpx.get(f"{self.url}{path}", headers=self.login, timeout=_SECONDS))

    def post(self, path: str, asked: dict[str, Any]) -> Any:
        """What it answers; None while it is busy."""
        headers = {**self.login, **self.token}
        return read(httpx.post(f"{self.url}{path}", json=asked, headers=headers, timeout=_SECONDS))


def find_api(log: Path) -> Asked | None:
    """The server, found and logged in to by what is printed, once it is printed."""
    found = re.findall(r"Prefect UI: (http://127\.0\.0\.1:\d+)\n.*open (file://\S+) in", log.read_text())
    if not found:
        return None
    ui, page = found[-1]
    link = re.search(r'href="([^"#]+)#([^"]+)"', Path(unquote(urlsplit(page).path)).read_text())
    assert link
    assert link[1].startswith(f"{ui}/")
    return Asked(LocalServer(int(ui.rpartition(":")[2]), link[2]))


def find_deployment(api: Asked, flow: str = "ingest") -> str | None:
    """The id of the flow's deployment, once it is there."""
    found = api.post("/deployments/filter", {"flows": {"name": {"any_": [flow]}}})
    return str(found[0]["id"]) if found else None


def find_runs(api: Asked) -> list[str]:
    """The ids of ingests that are due already."""
    wanted = {"name": {"any_": ["ingest"]}}
    before = {"expected_start_time": {"before_": datetime.now(UTC).isoformat()}}
    found = api.post("/flow_runs/filter", {"flows": wanted, "flow_runs": before})
    return [str(run["id"]) for run in found or ()]


def start_run(api: Asked, deployment: str) -> str | None:
    """The id of a new run, once the server has made it."""
    made = api.post(f"/deployments/{deployment}/create_flow_run", {})
    return str(made["id"]) if made else None


def find_end(api: Asked, run_id: str) -> str | None:
    """The state in which the run ended, once it has."""
    run = api.get(f"/flow_runs/{run_id}")
    return run["state_type"] if run and run["state_type"] in ("COMPLETED", "FAILED", "CRASHED") else None


def read(answer: httpx.Response) -> Any:
    """What the server answers; None while its database is busy (503), as its clients understand it."""
    return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer.raise_for_status().json()
