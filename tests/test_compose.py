"""docker-compose.yml: valid, closed to the outside, pinned, and without a secret in it."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
COMPOSE = REPOSITORY / "docker-compose.yml"
SECRET_NAMES = re.compile(r"PASSWORD|SECRET|ACCESS_KEY|AUTH|MC_HOST", re.IGNORECASE)
PINNED = re.compile(r":v?\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$")
RUNS_ONCE = {"bucket", "reader"}


def read_services() -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
    return services


def read_config(environment: Path) -> subprocess.CompletedProcess[str]:
    """The compose file as docker-compose reads it with that environment."""
    program = shutil.which("docker-compose")
    if program is None:
        pytest.skip("no docker-compose here: `apt-get install docker-compose`")
    command = [program, "-f", str(COMPOSE), "--env-file", str(environment), "config", "-q"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_file_is_valid_compose_once_the_environment_is_filled(tmp_path: Path) -> None:
    sample = (REPOSITORY / ".env.example").read_text()
    filled = tmp_path / ".env"
    filled.write_text(re.sub(r"=$", "=desk:chosen", sample, flags=re.MULTILINE))
    done = read_config(filled)
    assert done.returncode == 0, done.stderr


def test_nothing_starts_with_passwords_that_everybody_knows() -> None:
    sample = (REPOSITORY / ".env.example").read_text()
    for name in re.findall(r"^(\w*(?:PASSWORD|SECRET_KEY|AUTH))=", sample, flags=re.MULTILINE):
        assert re.search(rf"^{name}=$", sample, flags=re.MULTILINE)
        assert f"${{{name}:?" in COMPOSE.read_text()  # compose refuses an empty one
    assert read_config(REPOSITORY / ".env.example").returncode != 0


def test_every_variable_that_it_asks_for_is_in_the_sample_environment() -> None:
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE.read_text()))
    sample = (REPOSITORY / ".env.example").read_text()
    assert asked == set(re.findall(r"^([A-Z0-9_]+)=", sample, flags=re.MULTILINE))


def test_ports_are_open_on_this_machine_only() -> None:
    ports = [port for service in read_services().values() for port in service.get("ports", [])]
    assert ports
    assert [port for port in ports if not str(port).startswith("127.0.0.1:")] == []


def test_every_image_is_pinned_to_a_release_and_its_digest() -> None:
    images = {service["image"] for service in read_services().values()}
    unpinned = [image for image in images if not PINNED.search(image)]
    assert unpinned == ["copydesk:local"]  # built here, from a Dockerfile that pins what it builds on
    bases = re.findall(r"^FROM (\S+)", (REPOSITORY / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert bases
    assert [base for base in bases if not PINNED.search(base)] == []
    assert len(set(bases)) == 1


def test_no_secret_stands_in_it() -> None:
    for name, service in read_services().items():
        for variable, value in (service.get("environment") or {}).items():
            if SECRET_NAMES.search(variable):
                rest = re.sub(r"\$\{[^}]*\}", "", str(value))
                assert not re.search(r"[^:/@\w.]|\w{16}", rest), f"{name}: {variable}"
                assert "${" in str(value), f"{name}: {variable} is a literal"


def test_a_password_may_hold_any_character_since_none_is_part_of_an_address() -> None:
    """And Prefect, which makes an address of its parts, quotes them."""
    for name, service in read_services().items():
        for variable, value in (service.get("environment") or {}).items():
            assert "://" not in str(value) or "${" not in str(value), f"{name}: {variable}"
    given = read_services()["prefect"]["environment"]
    parts = {key: value for key, value in given.items() if key.startswith("PREFECT_SERVER_DATABASE_")}
    environment = {**os.environ, **parts, "PREFECT_SERVER_DATABASE_PASSWORD": "p@ss/w:rd#"}
    show = (
        "from prefect.settings import get_current_settings as get\n"
        "print(get().server.database.connection_url.get_secret_value())"
    )
    done = subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "postgresql+asyncpg://prefect:p%40ss%2Fw%3Ard%23@postgres:5432/prefect"


def test_leases_of_places_lie_on_a_volume_and_the_worker_has_time_to_end() -> None:
    services = read_services()
    server = services["prefect"]
    kept_by = importlib.import_module(server["environment"]["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"])
    home = Path(server["environment"]["PREFECT_HOME"])
    assert kept_by.ConcurrencyLeaseStorage(home / "leases").storage_path == home / "leases"  # takes a folder
    assert [mount for mount in server["volumes"] if home.is_relative_to(mount.partition(":")[2])]
    assert services["worker"]["stop_grace_period"] == "5m"
    assert services["worker"]["init"] is True


def test_every_service_is_watched_and_comes_back() -> None:
    for name, service in read_services().items():
        assert service["restart"] == ("no" if name in RUNS_ONCE else "unless-stopped")
        assert name in RUNS_ONCE or "healthcheck" in service, f"{name} has no health check"


def test_what_has_to_last_lies_on_named_volumes() -> None:
    named = yaml.safe_load(COMPOSE.read_text())["volumes"]
    mounts = [mount for service in read_services().values() for mount in service.get("volumes", [])]
    sources = {mount.split(":")[0] for mount in mounts}
    assert {"postgres", "prefect", "objects", "work", "backups"} == set(named) <= sources
    bound = [mount for mount in mounts if mount.startswith(".")]
    assert [mount for mount in bound if not mount.endswith(":ro")] == []


def test_the_container_runs_as_a_user_without_rights() -> None:
    users = re.findall(r"^USER (\S+)", (REPOSITORY / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert users == ["copydesk"]


def test_postgresql_has_the_releases_of_its_line_that_mend_what_is_known() -> None:
    major, minor = re.findall(r"^postgres:(\d+)\.(\d+)", read_services()["postgres"]["image"])[0]
    assert (int(major), int(minor)) >= (15, 19)
    assert int(major) == 15, "the image of Copydesk has pg_dump 15 of Debian 12"


def test_pages_of_other_sites_are_refused_by_the_team_server() -> None:
    service = read_services()["prefect"]
    given, (port,) = service["environment"], service["ports"]
    address = f"http://{port.rpartition(':')[0]}"
    show = (
        "from prefect.settings import get_current_settings as get\n"
        "server = get().server\n"
        "print(server.api.cors_allowed_origins, server.ui.api_url, server.api.csrf_protection_enabled, server.api.auth_string)"
    )
    environment = {**os.environ, **{key: value for key, value in given.items() if "${" not in value}}
    environment |= {"PREFECT_SERVER_API_AUTH_STRING": "desk:of-a-test", "PREFECT_HOME": os.devnull + "-none"}
    done = subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [address, f"{address}/api", "True", "**********"]
    assert "PREFECT_AUTH" in given["PREFECT_SERVER_API_AUTH_STRING"]


def test_the_bucket_is_made_once(s3_url: str) -> None:
    script = REPOSITORY / read_services()["bucket"]["volumes"][0].split(":")[0]
    made = [
        subprocess.run(
            [sys.executable, str(script), "newsroom"], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert made == ["newsroom: made\n", "newsroom: there already\n"]
