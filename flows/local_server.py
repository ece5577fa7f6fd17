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
from typing import Any

import httpx
import psutil
from filelock import FileLock, Timeout

from core.errors import ConfigError, TransientError

_START_SECONDS = 90.0
_STOP_SECONDS = 15.0
_DYING_SECONDS = 2.0
_NOTE = "server.json"  # its process and port
# Nothing phones home, and the recorders write in batches: it costs the server a third less. Leases of
# concurrency slots outlive the server: one that is only in memory would be lost with it, its slot taken for good.
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


@contextmanager
def local_server(home: Path, port: int | None = None) -> Iterator[str]:
    """The API's URL of a server whose database lies in `home`; on 127.0.0.1 only.

    It ends with us. A server that a crashed process of ours left behind is taken over; ConfigError when its
    process lives. A TransientError of the work beside it is told as the server's own end where it has ended.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _hold(home), _running_server(home, port) as url:
        yield url


def is_server_alive(home: Path) -> bool:
    """Whether the server whose database lies in `home` still has its process."""
    process = _find_noted(home / _NOTE)
    return process is not None and not _has_ended(process)


@contextmanager
def _hold(home: Path) -> Iterator[None]:
    """The home is ours as long as we live."""
    lock = FileLock(home / "serve.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        port = _read_note(home / _NOTE).get("port")
        shown = f"; its Prefect UI is at http://127.0.0.1:{port}" if port else ""
        raise ConfigError(
            f"`copydesk serve` is at work for this lake already{shown}. End that one first"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _running_server(home: Path, port: int | None) -> Iterator[str]:
    note = home / _NOTE
    process = _find_noted(note)
    if process is None or _has_ended(process):
        process = _start(home, port or _free_port(), note)
    url = f"http://127.0.0.1:{_read_note(note)['port']}/api"
    try:
        _wait_until_healthy(process, url, home)
        with _explained_end(process, home):
            yield url
    finally:
        _stop(process)
        note.unlink(missing_ok=True)


@contextmanager
def _explained_end(process: psutil.Process, home: Path) -> Iterator[None]:
    """A server that is away for our work is told as ended, where it has."""
    try:
        yield
    except TransientError as error:
        if not _ends_soon(process):
            raise
        raise TransientError(
            f"the Prefect server has ended by itself; see {home / 'server.log'} and start `copydesk serve` again"
        ) from error


def _start(home: Path, port: int, note: Path) -> psutil.Process:
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    ui = {"PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{port}/api"}  # else the UI asks port 4200
    environment = {**os.environ, **QUIET, **ui, "PREFECT_HOME": str(home.resolve())}
    environment.pop("PREFECT_API_URL", None)
    with (home / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C in our terminal is for us, and we end the server in order.
        started = subprocess.Popen(  # noqa: S603 - our own interpreter
            command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
    process = psutil.Process(started.pid)
    note.write_text(json.dumps({"pid": process.pid, "created": process.create_time(), "port": port}))
    return process


def _find_noted(note: Path) -> psutil.Process | None:
    """The server that the note names, if that very process is still there."""
    noted = _read_note(note)
    try:
        process = psutil.Process(noted["pid"])
    except (KeyError, psutil.NoSuchProcess):
        return None
    return process if process.is_running() and process.create_time() == noted["created"] else None


def _read_note(note: Path) -> dict[str, Any]:
    try:
        noted = json.loads(note.read_text())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _has_ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _ends_soon(process: psutil.Process) -> bool:
    """Whether it has ended, or does in a moment: a dying server drops its connections before it is gone."""
    deadline = time.monotonic() + _DYING_SECONDS
    while not _has_ended(process) and time.monotonic() < deadline:
        time.sleep(0.1)
    return _has_ended(process)


def _wait_until_healthy(process: psutil.Process, url: str, home: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if _has_ended(process):
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
        process.send_signal(signal.SIGTERM)
    except psutil.NoSuchProcess:
        return
    _, alive = psutil.wait_procs(family, timeout=_STOP_SECONDS)
    for straggler in alive:
        straggler.kill()
    psutil.wait_procs(alive, timeout=5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
