"""The same flows as Prefect runs, on a server of our own: seen there, and with the same tables."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from kills import COPYDESK
from lakes import read_tables
from served import Asked
from tiny_outlet import serving_outlet

from core.settings import Settings
from flows.load import load_files
from flows.scheduling.server import local_server
from flows.scheduling.server_note import LocalServer
from tests.readme_blocks import REPOSITORY
from tests.servers import free_port

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """A Prefect server on loopback."""
    with local_server(tmp_path_factory.mktemp("prefect")) as started:
        yield Asked(started)


def configured(server: LocalServer) -> dict[str, str]:
    """The environment with a Prefect server."""
    return {**os.environ, **server.environment, "PREFECT_LOGGING_LEVEL": "WARNING"}


def run_verb(server: LocalServer, *words: str) -> subprocess.CompletedProcess[str]:
    """A verb in a process of its own, with a Prefect server configured."""
    command = [COPYDESK, *words]
    return subprocess.run(command, env=configured(server), capture_output=True, text=True, check=False)


def find_runs(api: Asked, flow: str) -> list[dict[str, str]]:
    """The runs of a flow that the server knows."""
    found: list[dict[str, str]] = api.post("/flow_runs/filter", {"flows": {"name": {"any_": [flow]}}})
    return found


def test_a_load_is_a_run_on_the_server_and_lands_the_same_tables(
    api: Asked, tmp_path: Path, articles: Path, settings: Settings
) -> None:
    load_files(settings, [articles])
    done = run_verb(
        api.server, "load", str(articles), "--lake", str(tmp_path / "other"), "--engine", "inline", "--json"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["outcomes"] == {"accepted": 3}
    runs = find_runs(api, "load")
    assert [run["state_type"] for run in runs] == ["COMPLETED"]
    tasks = api.post("/task_runs/filter", {"flow_runs": {"id": {"any_": [runs[0]["id"]]}}})
    assert sorted(task["name"].rpartition("-")[0] for task in tasks) == [
        "acquire",
        "check",
        "process",
        "stories",
    ]
    assert read_tables(tmp_path / "other") == read_tables(settings.lake)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_load_that_is_stopped_is_seen_as_crashed_and_the_same_command_ends_it(
    api: Asked, tmp_path: Path, number: signal.Signals
) -> None:
    words = ("load", str(REPOSITORY / "examples" / "outlets"), "--lake", str(tmp_path / "lake"))
    known = {run["id"] for run in find_runs(api, "load")}
    process = subprocess.Popen(
        [COPYDESK, *words],
        env=configured(api.server),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    next(line for line in process.stderr if line.startswith("Archiving: 36 in"))
    process.send_signal(number)
    assert "the same command goes on where it was" in process.communicate(timeout=120)[1]
    assert process.returncode == 130
    (stopped,) = [run for run in find_runs(api, "load") if run["id"] not in known]
    assert stopped["state_type"] == "CRASHED"
    done = run_verb(api.server, *words, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["outcomes"]["accepted"] == 33


def test_an_ingest_tells_its_progress_and_what_was_asked_as_artifacts(api: Asked, tmp_path: Path) -> None:
    with serving_outlet() as outlet:
        (tmp_path / "copydesk.toml").write_text(
            '[engine]\nname = "inline"\n[fetch]\nopen_hosts = ["127.0.0.1"]\n[[outlets]]\nkey = "gullcliff"\n'
            f'feeds = ["{outlet}/rss.xml"]\nlimits = {{ delay_seconds = 0.05 }}\n'
        )
        places = ("--config", str(tmp_path / "copydesk.toml"), "--lake", str(tmp_path / "lake"))
        done = run_verb(api.server, "run", *places)
    assert done.returncode == 0, done.stderr
    (run,) = find_runs(api, "ingest")
    query = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    found = api.post("/artifacts/filter", query)
    artifacts = {artifact["key"]: artifact for artifact in found}
    assert {"fetch-progress", "fetches", "outcomes"} <= artifacts.keys()
    assert artifacts["fetch-progress"]["data"] == 100.0
    assert artifacts["fetch-progress"]["description"] == "fetch: 2 of 2"
    (row,) = json.loads(artifacts["fetches"]["data"])
    asked = {name: row[name] for name in ("outlet", "host", "request_count", "ok_count", "failed_count")}
    # robots.txt, which is not there and need not be, the feed and two pages
    assert asked == {
        "outlet": "gullcliff",
        "host": "127.0.0.1",
        "request_count": 4,
        "ok_count": 3,
        "failed_count": 0,
    }


def test_a_failing_flow_fails_on_the_server_and_keeps_its_exit_code(api: Asked, tmp_path: Path) -> None:
    done = run_verb(api.server, "load", str(tmp_path / "nowhere"), "--lake", str(tmp_path / "lake"))
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_a_server_that_is_away_is_worth_another_try(tmp_path: Path, articles: Path) -> None:
    done = run_verb(
        LocalServer(free_port(), "desk:unknown"), "load", str(articles), "--lake", str(tmp_path / "lake")
    )
    assert done.returncode == 3
    assert "the Prefect server at http://127.0.0.1:" in done.stderr
    assert "cannot be reached" in done.stderr


def test_deploying_twice_leaves_one_deployment_per_flow(api: Asked, tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text(
        '[[outlets]]\nkey = "harbour"\nfeeds = ["https://harbour.example/rss"]\nschedule = "20m"\n'
    )
    for _ in range(2):
        done = run_verb(api.server, "deploy", "--config", str(tmp_path / "copydesk.toml"))
        assert done.returncode == 0, done.stderr
    found = api.post("/deployments/filter", {})
    assert sorted(deployment["entrypoint"].rpartition(":")[2] for deployment in found) == [
        "backfill",
        "ingest",
        "maintain",
        "stories",
    ]
    (ingest,) = [d for d in found if d["entrypoint"].endswith("ingest")]
    assert [schedule["schedule"]["interval"] for schedule in ingest["schedules"]] == [1200.0]
    (backfill,) = [d for d in found if d["entrypoint"].endswith("backfill")]
    assert backfill["parameter_openapi_schema"]["properties"]["only"]["enum"] == [
        "stale",
        "failed",
        "missing",
        "all",
    ]


def test_a_server_left_by_a_crash_is_taken_over_and_ended(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib; from flows.scheduling.server import local_server\n"
        "with local_server(pathlib.Path(sys.argv[1])): os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    orphan = json.loads((tmp_path / "server.json").read_text())
    assert psutil.pid_exists(orphan["pid"])
    with local_server(tmp_path) as server:
        assert (server.port, server.auth) == (orphan["port"], orphan["auth"])
        Asked(server)
    assert (
        not psutil.pid_exists(orphan["pid"]) or psutil.Process(orphan["pid"]).status() == psutil.STATUS_ZOMBIE
    )
