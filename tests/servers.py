"""PostgreSQL and an S3 stand-in on loopback, for the tests of server lakes."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

PASSWORD = "p'ss wörd=" + secrets.token_hex(6)


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server with its data in `folder`; gives its URL (no database) with password."""
    binaries = find_postgres()
    as_user = _drop_root(folder)
    password_file = folder / "password"
    password_file.write_text(PASSWORD)
    password_file.chmod(0o644)
    data, port = folder / "data", free_port()
    initdb = [binaries / "initdb", "-D", data, "-U", "desk", "-A", "scram-sha-256", "--pwfile", password_file]
    subprocess.run([*as_user, *map(str, initdb), "-E", "UTF8", "--no-sync"], check=True, capture_output=True)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    pg_ctl = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "300"]
    log = str(folder / "log")
    subprocess.run([*pg_ctl, "-o", options, "-l", log, "start"], check=True, capture_output=True)
    try:
        yield f"postgresql://desk:{_quote(PASSWORD)}@127.0.0.1:{port}"
    finally:
        subprocess.run([*pg_ctl, "-m", "immediate", "stop"], check=False, capture_output=True)


def restart_postgres(folder: Path, mode: str) -> None:
    """Restart the server whose data lie in `folder`: mode `fast` ends the sessions, `immediate` is a crash."""
    pg_ctl = [
        *_drop_root(folder),
        str(find_postgres() / "pg_ctl"),
        "-D",
        str(folder / "data"),
        "-w",
        "-t",
        "300",
    ]
    log = str(folder / "log")
    subprocess.run([*pg_ctl, "-m", mode, "-l", log, "restart"], check=True, capture_output=True)


def create_database(server: str) -> str:
    """A fresh database on the server; gives its URL."""
    name = "lake_" + secrets.token_hex(4)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}"


def find_postgres() -> Path:
    """The folder of PostgreSQL's programs, or a skip that says how to get them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("no PostgreSQL here: `apt-get install postgresql` (or put initdb on PATH)")
    return found[-1].parent if found else Path(str(on_path)).parent


def free_port() -> int:
    """A TCP port of loopback that nobody listens on, below those that connections of others are given."""
    for port in secrets.SystemRandom().sample(range(22_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def _drop_root(folder: Path) -> list[str]:
    """The command's beginning that runs PostgreSQL as another user, for root may not run it."""
    if os.geteuid() != 0:
        return []
    runuser = shutil.which("runuser")
    if runuser is None:
        pytest.skip("PostgreSQL does not run as root, and there is no runuser here")
    shutil.chown(folder, "postgres")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    return [runuser, "-u", "postgres", "--"]


def _quote(password: str) -> str:
    from urllib.parse import quote

    return quote(password, safe="")
