"""A Prefect server of our own, beside the lake, for as long as we serve."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from core.errors import TransientError

_START_SECONDS = 90.0
_STOP_SECONDS = 15.0
# Nothing phones home, and the recorders write in batches: it costs the server a third less.
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
}


@contextmanager
def local_server(home: Path, port: int | None = None) -> Iterator[str]:
    """The API's URL of a server whose database lies in `home`; on 127.0.0.1 only.

    A server that a crashed process of ours left behind is taken over. It ends with us.
    """
    home.mkdir(parents=True, exist_ok=True)
    note = home / "server.json"
    process = _find_orphan(note)
    if process is None:
        port = port or _free_port()
        process = _start(home, port, note)
    url = f"http://127.0.0.1:{json.loads(note.read_text())['port']}/api"
    try:
        _wait_until_healthy(process, url, home)
        yield url
    finally:
        _stop(process)
        note.unlink(missing_ok=True)


def _start(home: Path, port: int, note: Path) -> psutil.Process:
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, **QUIET, "PREFECT_HOME": str(home.resolve())}
    environment.pop("PREFECT_API_URL", None)
    with (home / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C in our terminal is for us, and we end the server in order.
        started = subprocess.Popen(  # noqa: S603 - our own interpreter
            command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
    process = psutil.Process(started.pid)
    note.write_text(json.dumps({"pid": process.pid, "created": process.create_time(), "port": port}))
    return process


def _find_orphan(note: Path) -> psutil.Process | None:
    """The server that the note names, if that very process still lives."""
    try:
        noted = json.loads(note.read_text())
        process = psutil.Process(noted["pid"])
    except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
        return None
    return process if process.is_running() and process.create_time() == noted["created"] else None


def _wait_until_healthy(process: psutil.Process, url: str, home: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            raise TransientError(f"the Prefect server ended while it started; see {home / 'server.log'}")
        try:
            if httpx.get(f"{url}/health", timeout=2.0).is_success:
                return
        except httpx.HTTPError:
            pass  # it is not up yet
        time.sleep(0.3)
    raise TransientError(
        f"the Prefect server did not answer in {_START_SECONDS:.0f} s; see {home / 'server.log'}"
    )


def _stop(process: psutil.Process) -> None:
    """End the server and its children, in order, then by force."""
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    process.send_signal(signal.SIGTERM)
    _, alive = psutil.wait_procs(family, timeout=_STOP_SECONDS)
    for straggler in alive:
        straggler.kill()
    psutil.wait_procs(alive, timeout=5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
