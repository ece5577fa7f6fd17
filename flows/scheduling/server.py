"""A Prefect server of our own, beside the lake, for as long as we serve."""

from __future__ import annotations

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
from filelock import FileLock, Timeout

from core.errors import ConfigError, TransientError
from flows.scheduling.server_note import (
    LocalServer,
    has_ended,
    login_page,
    make_password,
    read_note,
    remove_note,
    write_note,
)

DEFAULT_PORT = 4207  # Prefect's own servers listen on 4200
_START_SECONDS = 300.0  # on a machine with much else to do
_STOP_SECONDS = 15.0
_DYING_SECONDS = 2.0
_NOT_ITS_OWN = ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_BASE_PATH")
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
def local_server(home: Path, port: int | None = None) -> Iterator[LocalServer]:
    """A server whose database is in `home`, on 127.0.0.1 only, and protected by a password.

    It ends with us. A server that a crashed Copydesk process left behind is taken over; ConfigError when its
    process lives. If the server has ended, a TransientError of the work beside it is reported as the server's end.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _hold(home), _running_server(home, port) as server:
        yield server


def is_server_alive(home: Path) -> bool:
    """Whether the server whose database is in `home` still has its process."""
    note = read_note(home)
    return note is not None and note.find_process() is not None


@contextmanager
def _hold(home: Path) -> Iterator[None]:
    """Hold the home as long as this process lives."""
    lock = FileLock(home / "serve.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        note = read_note(home)
        shown = f"; its Prefect UI is at {note.server.ui_url}, {login_page(home)} logs in" if note else ""
        raise ConfigError(
            f"`copydesk serve` is already running for this lake{shown}; stop that one first"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _running_server(home: Path, port: int | None) -> Iterator[LocalServer]:
    process, server = _take_over(home) or _start(home, port)
    try:
        _wait_until_healthy(process, server.url, home)
        with _explained_end(process, home):
            yield server
    finally:
        _stop(process)
        remove_note(home)


def _take_over(home: Path) -> tuple[psutil.Process, LocalServer] | None:
    """The server that a crashed process left behind; one of an earlier release, without a password, is ended."""
    note = read_note(home)
    process = note.find_process() if note else None
    if note is None or process is None:
        return None
    if note.server.auth:
        return process, note.server
    _stop(process)
    return None


@contextmanager
def _explained_end(process: psutil.Process, home: Path) -> Iterator[None]:
    """Explain a TransientError by the end of the server, if the server has ended."""
    try:
        yield
    except TransientError as error:
        if not _ends_soon(process):
            raise
        raise TransientError(
            f"the Prefect server ended unexpectedly; see {home / 'server.log'} and start `copydesk serve` again"
        ) from error


def _listen(port: int | None) -> socket.socket:
    """The given port; without one DEFAULT_PORT, so that the address can be bookmarked, or any if that is taken."""
    try:
        return socket.create_server(("127.0.0.1", DEFAULT_PORT if port is None else port))
    except OSError as error:
        if port is None:
            return socket.create_server(("127.0.0.1", 0))
        raise ConfigError(
            f"cannot listen on port {port} of 127.0.0.1: {error.strerror}; give another --port"
        ) from error


def _start(home: Path, port: int | None) -> tuple[psutil.Process, LocalServer]:
    with _listen(port) as listening, (home / "server.log").open("ab") as log:
        server = LocalServer(listening.getsockname()[1], make_password())
        # -P: a folder `flows` in the current folder is not ours.
        command = [sys.executable, "-P", "-m", "flows.scheduling.server_process", str(listening.fileno())]
        # A session of its own: Ctrl-C in our terminal is for us, and we end the server in order.
        started = subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            env=_make_environment(home, server),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[listening.fileno()],
        )
    process = psutil.Process(started.pid)
    write_note(home, process, server)
    return process, server


def _make_environment(home: Path, server: LocalServer) -> dict[str, str]:
    """The server's own environment. It sets the names with the highest priority, so that no other name overrides them."""
    guards = {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_SERVER_API_AUTH_STRING": server.auth,
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": server.ui_url,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_UI_API_URL": server.url,  # else the UI asks port 4200
    }
    known = {name: value for name, value in os.environ.items() if name not in _NOT_ITS_OWN}
    return {**known, **QUIET, **guards}


def _ends_soon(process: psutil.Process) -> bool:
    """Whether the process has ended or is about to: a dying server drops its connections first."""
    deadline = time.monotonic() + _DYING_SECONDS
    while not has_ended(process) and time.monotonic() < deadline:
        time.sleep(0.1)
    return has_ended(process)


def _wait_until_healthy(process: psutil.Process, url: str, home: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if has_ended(process):
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
