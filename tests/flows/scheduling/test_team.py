"""The topology of docker-compose.yml as processes: PostgreSQL, S3, a Prefect server and a worker."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import psycopg
import pytest
from kills import COPYDESK
from lakes import ask, find_bad_checks
from processes import running, wait_for
from tiny_outlet import serving_outlet

from core.settings import Settings
from flows.scheduling.server import QUIET
from tests.servers import find_postgres, free_port

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(900)]

REPOSITORY = Path(__file__).resolve().parents[3]
PREFECT = str(Path(sys.executable).with_name("prefect"))
PATIENCE = 240.0
CONFIG = """
[fetch]
open_hosts = ["127.0.0.1"]
[engine]
workers = 1
[[outlets]]
key = "gullcliff-times"
feeds = ["{url}/rss.xml"]
schedule = "1h"
limits = {{ delay_seconds = 0.05 }}
"""


@pytest.fixture
def databases(own_postgres: str) -> dict[str, str]:
    """Passwords of the users that deploy/create-databases.sh makes; host and port in PGHOST, PGPORT."""
    words = {name: secrets.token_hex(8) for name in ("postgres", "prefect", "lake", "lake_reader")}
    server = urlsplit(own_postgres)
    with psycopg.connect(f"{own_postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE ROLE postgres SUPERUSER LOGIN PASSWORD '{words['postgres']}'".encode())
    subprocess.run(
        ["sh", str(REPOSITORY / "deploy" / "create-databases.sh")],
        env={
            "PATH": f"{find_postgres()}:{os.environ['PATH']}",
            "PGHOST": str(server.hostname),
            "PGPORT": str(server.port),
            "PGPASSWORD": words["postgres"],
            "PREFECT_DB_PASSWORD": words["prefect"],
            "LAKE_DB_PASSWORD": words["lake"],
            "LAKE_READER_PASSWORD": words["lake_reader"],
        },
        check=True,
        capture_output=True,
    )
    return {**words, "address": f"{server.hostname}:{server.port}"}


class Server:
    """Asks the Prefect server as its UI does, with the password."""

    def __init__(self, port: int, auth: str) -> None:
        user, _, password = auth.partition(":")
        self.url = f"http://127.0.0.1:{port}/api"
        self._client = httpx.Client(base_url=self.url, auth=(user, password), timeout=30)

    def log_in(self) -> None:
        """Take the token that goes with all that changes something."""
        answer = self._client.get("/csrf-token", params={"client": "test"}).raise_for_status()
        self._client.headers.update(
            {"Prefect-Csrf-Client": "test", "Prefect-Csrf-Token": answer.json()["token"]}
        )

    def ask(self, path: str, **question: Any) -> Any:
        answer = self._client.post(path, json=question)
        answer.raise_for_status()
        return answer.json()

    def is_up(self) -> bool:
        try:
            return self._client.get("/health").is_success
        except httpx.HTTPError:
            return False

    def deployment(self, flow: str) -> dict[str, Any]:
        found = self.ask("/deployments/filter", flows={"name": {"any_": [flow]}})
        assert len(found) == 1
        return dict(found[0])

    def run(self, flow: str, **parameters: object) -> str:
        made = self.ask(f"/deployments/{self.deployment(flow)['id']}/create_flow_run", parameters=parameters)
        return str(made["id"])

    def wait_for_end(self, run_id: str) -> str:
        def find() -> str | None:
            (run,) = self.ask("/flow_runs/filter", flow_runs={"id": {"any_": [run_id]}})
            return run["state_type"] if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED") else None

        return wait_for(find, PATIENCE, "end of the run")

    def close(self) -> None:
        self._client.close()


def make_environment(folder: Path, databases: dict[str, str], s3_url: str) -> dict[str, str]:
    """The environment of docker-compose.yml's services, on loopback."""
    port = free_port()
    return {
        **os.environ,
        **QUIET,
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://prefect:{databases['prefect']}@"
        f"{databases['address']}/prefect",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_AUTH_STRING": f"desk:{secrets.token_hex(8)}",
        "PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{port}",
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_WORKER_WEBSERVER_PORT": str(free_port()),
        "COPYDESK_CONFIG": str(folder / "copydesk.toml"),
        "COPYDESK_LAKE": str(folder / "lake"),
        "COPYDESK_CATALOG_URL": f"postgresql://lake@{databases['address']}/lake",
        "COPYDESK_DATA_URL": s3_url,
        "PGPASSWORD": databases["lake"],
    }


def run_verb(environment: dict[str, str], *words: str, on_server: bool = False) -> str:
    """A verb as somebody on the same machine calls it, seen by the Prefect server or not; what it prints."""
    quiet = {key: value for key, value in environment.items() if key != "PREFECT_API_URL"}
    used = environment if on_server else quiet
    done = subprocess.run([COPYDESK, *words], env=used, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_team_ingests_asks_and_works_again(
    tmp_path: Path, databases: dict[str, str], s3_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = make_environment(tmp_path, databases, s3_url)
    auth = environment["PREFECT_SERVER_API_AUTH_STRING"]
    server = Server(int(environment["PREFECT_SERVER_API_PORT"]), auth)
    start = [PREFECT, "server", "start", "--host", "127.0.0.1"]
    work = [PREFECT, "worker", "start", "--pool", "copydesk", "--with-healthcheck"]
    asking = {**environment, "PREFECT_API_AUTH_STRING": auth}
    with serving_outlet() as outlet, running(start, environment, tmp_path / "server.log", tmp_path):
        (tmp_path / "copydesk.toml").write_text(CONFIG.format(url=outlet))
        wait_for(server.is_up, PATIENCE, "Prefect server")
        server.log_in()
        assert httpx.post(f"{server.url}/flows/filter", json={}).status_code == 403
        assert httpx.get(f"{server.url}/admin/settings").status_code == 401
        run_verb(asking, "deploy", "--pool", "copydesk", on_server=True)
        assert server.deployment("ingest")["schedules"][0]["schedule"]["interval"] == 3600
        with running(work, asking, tmp_path / "worker.log", tmp_path):
            first = server.run("ingest", outlets=["gullcliff-times"])
            assert server.wait_for_end(first) == "COMPLETED"
            again = server.run("backfill", stage="extract", outlets=["gullcliff-times"])
            beside = run_verb(environment, "sql", "select count(*) from articles", "--format", "csv")
            assert beside.split() == ["count_star()", "2"]
            assert server.wait_for_end(again) == "COMPLETED"
            run_verb(asking, "run", on_server=True)
            assert "completed: 1 of 1 chunk," in run_verb(
                asking, "backfill", "--stage", "extract", on_server=True
            )
            assert run_verb(asking, "backfill", "list").count("completed") == 2
            port = environment["PREFECT_WORKER_WEBSERVER_PORT"]
            assert httpx.get(f"http://127.0.0.1:{port}/health").is_success
    server.close()
    monkeypatch.setenv("PGPASSWORD", databases["lake"])
    settings = Settings(
        lake=tmp_path / "lake", catalog_url=environment["COPYDESK_CATALOG_URL"], data_url=s3_url
    )
    check_lake(settings, tmp_path, databases["lake"])


def check_lake(settings: Settings, folder: Path, password: str) -> None:
    """What the runs left, and that no log tells a password."""
    assert ask(settings, "SELECT flow, state, count(*) FROM runs GROUP BY ALL ORDER BY ALL") == [
        ("backfill", "completed", 2),
        ("ingest", "completed", 2),
    ]
    assert ask(settings, "SELECT title FROM articles ORDER BY title") == [
        ("Library keeps its Sunday hours",),
        ("Pier at Gullcliff opens again after storm",),
    ]
    assert find_bad_checks(settings) == []
    logs = "".join(file.read_text(errors="replace") for file in folder.glob("*.log"))
    assert "Traceback" not in logs
    assert not [secret for secret in (unquote(password), "desk-secret-key") if secret in logs]
