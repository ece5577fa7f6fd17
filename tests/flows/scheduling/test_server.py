"""The server beside the lake is one process's at a time, and whoever serves knows when it is gone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from core.errors import ConfigError, TransientError
from flows.scheduling.server import is_server_alive, local_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that the note in the home names as the server."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    note_server(tmp_path, process, 4711)
    yield process
    process.kill()
    process.communicate()


def test_a_second_serve_is_told_where_the_first_is_and_leaves_its_server_alone(
    tmp_path: Path, server: subprocess.Popen[bytes]
) -> None:
    with (
        FileLock(tmp_path / "serve.lock"),
        pytest.raises(ConfigError, match=r"already running for this lake; its Prefect UI .*:4711"),
        local_server(tmp_path),
    ):
        pass
    assert server.poll() is None
    assert is_server_alive(tmp_path)


def test_a_server_that_died_is_not_alive_though_nobody_has_waited_for_it(
    tmp_path: Path, server: subprocess.Popen[bytes]
) -> None:
    server.kill()
    os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)  # dead, and a zombie still
    assert not is_server_alive(tmp_path)


def test_another_process_with_the_number_of_the_server_is_not_the_server(
    tmp_path: Path, server: subprocess.Popen[bytes]
) -> None:
    note = tmp_path / "server.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "created": 1.0}))
    assert not is_server_alive(tmp_path)


def test_work_that_cannot_reach_a_server_that_died_is_told_so(tmp_path: Path) -> None:
    with healthy_server(tmp_path) as server:
        log = tmp_path / "server.log"
        with pytest.raises(TransientError, match=rf"ended unexpectedly; see {log}"), local_server(tmp_path):
            server.kill()
            raise TransientError("the server is away")


def test_other_trouble_beside_a_server_that_lives_is_told_as_it_is(tmp_path: Path) -> None:
    with (
        healthy_server(tmp_path),
        pytest.raises(TransientError, match="the store is away"),
        local_server(tmp_path),
    ):
        raise TransientError("the store is away")


@contextmanager
def healthy_server(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that the note in the home names as the server, and that says that it is well."""
    (home / "api").mkdir()
    (home / "api" / "health").write_text("true")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "http.server",
        str(port),
        "--bind",
        "127.0.0.1",
        "--directory",
        str(home),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        note_server(home, process, port)
        try:
            yield process
        finally:
            process.kill()


def note_server(home: Path, process: subprocess.Popen[bytes], port: int) -> None:
    """Write the note that names the process as the server."""
    note = {"pid": process.pid, "created": psutil.Process(process.pid).create_time(), "port": port}
    (home / "server.json").write_text(json.dumps({**note, "auth": "copydesk:of-a-test"}))
