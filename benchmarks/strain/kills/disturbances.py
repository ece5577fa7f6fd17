"""What can go wrong under a load, each as a scene: the servers it needs, and the blow at some moment of the load."""

from __future__ import annotations

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psutil

from core.settings import Settings
from flows.scheduling.server import QUIET
from flows.scheduling.server_note import make_password
from tests.servers import create_database, free_port, restart_postgres, running_postgres

Process = subprocess.Popen[bytes]
_BUCKET = "rounds"
_START_SECONDS = 120.0


@dataclass(slots=True)
class Scene:
    """Where a round's loads run: `blow` strikes one, and says what it did, or None when it came too late."""

    name: str
    blow: Callable[[Process, float, random.Random], str | None]
    environment: dict[str, str] = field(default_factory=dict)
    place: Callable[[Path], Settings] = lambda lake: Settings(lake=lake)
    # Where storage or Prefect is struck, the batches need not be worked anew for every lake.
    has_parts: bool = True

    def settings(self, lake: Path) -> Settings:
        """The settings of a new lake; its place is in the environment of the loads from now on."""
        settings = self.place(lake)
        for variable, value in (
            ("COPYDESK_CATALOG_URL", settings.catalog_url),
            ("COPYDESK_DATA_URL", settings.data_url),
        ):
            if value:
                self.environment[variable] = value
        return settings


@contextmanager
def workers_killed(_folder: Path) -> Iterator[Scene]:
    """Worker processes of the local engine end by kill -9, one to three of them."""

    def kill_some(process: Process, seconds: float, chance: random.Random) -> str | None:
        hits = 0
        for _ in range(chance.randint(1, 3)):
            workers = wait_for(lambda: find_workers(process), process)
            if not workers or not wait_out(process, chance.uniform(0.0, seconds / 4)):
                break
            for worker in find_workers(process)[:1]:
                with suppress(psutil.NoSuchProcess):
                    worker.kill()
                    hits += 1
        return f"{hits} workers killed" if hits else None

    yield Scene("worker", kill_some, has_parts=False)


def find_workers(process: Process) -> list[psutil.Process]:
    """The pool's processes: children of the fork server, itself a child of the load."""
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(process.pid).children()
        return [worker for child in children for worker in child.children()]
    return []


@contextmanager
def dask_worker_killed(_folder: Path) -> Iterator[Scene]:
    """A worker process of a local Dask cluster ends by kill -9."""

    def kill_one(process: Process, seconds: float, chance: random.Random) -> str | None:
        wait_for(lambda: find_dask_workers(process), process)
        wait_out(process, chance.uniform(0.0, seconds / 2))
        for worker in find_dask_workers(process)[:1]:
            with suppress(psutil.NoSuchProcess):
                worker.kill()
                return "a worker of Dask killed"
        return None

    yield Scene("dask-worker", kill_one, {"COPYDESK_ENGINE__NAME": "dask"}, has_parts=False)


@contextmanager
def dask_flow_killed(folder: Path) -> Iterator[Scene]:
    """A load with a Dask cluster of its own ends by kill -9, with all its processes."""
    with flow_killed(folder) as scene:
        scene.name = "dask-flow"
        scene.environment["COPYDESK_ENGINE__NAME"] = "dask"
        yield scene


def find_dask_workers(process: Process) -> list[psutil.Process]:
    """The processes that the load has spawned for Dask; they are its children."""
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(process.pid).children()
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]
    return []


@contextmanager
def flow_killed(_folder: Path) -> Iterator[Scene]:
    """The load with all its processes ends by kill -9."""

    def kill_all(process: Process, seconds: float, chance: random.Random) -> str | None:
        moment = seconds * chance.uniform(0.1, 0.95)
        if not wait_out(process, moment):
            return None
        os.killpg(process.pid, signal.SIGKILL)
        return f"killed at {moment:.1f} s"

    yield Scene("flow", kill_all, has_parts=False)


@contextmanager
def server_killed(folder: Path) -> Iterator[Scene]:
    """The Prefect server under the load ends by kill -9, and is started again two seconds later."""
    server = PrefectServer(folder / "prefect", free_port())
    server.start()

    def kill_server(process: Process, seconds: float, chance: random.Random) -> str | None:
        moment = seconds * chance.uniform(0.1, 0.95)
        if not wait_out(process, moment):
            return None
        server.kill()
        time.sleep(chance.uniform(0.0, 2.0))
        server.start()
        return f"server killed at {moment:.1f} s"

    environment = {
        "PREFECT_API_URL": server.url,
        "PREFECT_API_AUTH_STRING": server.auth,
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    try:
        yield Scene("server", kill_server, environment)
    finally:
        server.kill()


class PrefectServer:
    """A Prefect server on loopback that can be killed and started again at the same port."""

    def __init__(self, home: Path, port: int) -> None:
        home.mkdir()
        self.home, self.port = home, port
        self.url, self.auth = f"http://127.0.0.1:{port}/api", make_password()
        self._process: Process | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        import httpx

        secret = {"PREFECT_SERVER_API_AUTH_STRING": self.auth}
        environment = {**os.environ, **QUIET, **secret, "PREFECT_HOME": str(self.home)}
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/health", timeout=2.0).is_success:
                    return
            time.sleep(0.2)
        raise AssertionError(f"no Prefect server within {_START_SECONDS:.0f} s")

    def kill(self) -> None:
        """kill -9, with all its processes."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def postgres_restarted(folder: Path) -> Iterator[Scene]:
    """The catalog's PostgreSQL restarts at once, without waiting for sessions, half of the times while the load holds the gate."""
    import psycopg

    with server_lakes(folder) as (server, place):

        def is_landing() -> bool:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                row = connection.execute(held).fetchone()
                return bool(row and row[0])

        def restart(process: Process, seconds: float, chance: random.Random) -> str | None:
            # The gate is held five times or so: the run's begin, its landing, groups and end.
            if not wait_out(process, seconds * chance.uniform(0.2, 0.9)):
                return None
            if chance.random() < 0.5 and not wait_for(is_landing, process, pause=0.01):
                return None
            if not wait_out(process, chance.uniform(0.0, 0.4)):
                return None
            mode = chance.choice(["immediate", "fast"])
            restart_postgres(folder / "postgres", mode)
            return f"PostgreSQL restarted ({mode})"

        yield Scene("postgres", restart, place=place)


@contextmanager
def store_refusing(folder: Path) -> Iterator[Scene]:
    """The S3 stand-in answers 500 or 503 for a while."""
    with server_lakes(folder) as (_, place):

        def refuse(process: Process, seconds: float, chance: random.Random) -> str | None:
            moment, status = seconds * chance.uniform(0.1, 0.9), chance.choice([500, 503])
            if not wait_out(process, moment):
                return None
            before = Store.refused
            Store.status = status
            # A load outlives a short outage by asking again, and fails in a long one.
            wait_out(process, chance.choice([1.0, 5.0, 60.0]))
            Store.status = None
            return (
                f"{Store.refused - before} answers {status} from {moment:.1f} s on" * (Store.refused > before)
                or None
            )

        yield Scene("s3", refuse, place=place)


class Store:
    """moto's S3 behind a switch: while `status` is set, every request gets that answer."""

    status: int | None = None
    refused = 0

    def __init__(self) -> None:
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._inner = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if Store.status is None:
            return self._inner(environ, start_response)
        Store.refused += 1
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response(f"{Store.status} Refused", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]

    def stop(self) -> None:
        """Close the port."""
        self._server.shutdown()


@contextmanager
def server_lakes(folder: Path) -> Iterator[tuple[str, Callable[[Path], Settings]]]:
    """PostgreSQL's URL, and a function that makes a place for a new lake there and in a bucket."""
    import boto3
    from s3fs import S3FileSystem

    (folder / "postgres").mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres(folder / "postgres"))
        store = Store()
        stack.callback(store.stop)
        password = urlsplit(server).password or ""
        os.environ.update(
            PGPASSWORD=unquote(password),
            AWS_ACCESS_KEY_ID="desk",
            AWS_SECRET_ACCESS_KEY="desk",
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ENDPOINT_URL=store.url,
        )
        S3FileSystem.clear_instance_cache()  # those of an earlier scene ask a port that is closed
        boto3.client("s3").create_bucket(Bucket=_BUCKET)

        def place(lake: Path) -> Settings:
            catalog = create_database(server)
            data = f"s3://{_BUCKET}/{Path(catalog).name}"
            return Settings(lake=lake, catalog_url=catalog.replace(f":{password}@", "@"), data_url=data)

        yield server, place


@contextmanager
def on_servers(
    folder: Path, strike: Callable[[Path], AbstractContextManager[Scene]], name: str
) -> Iterator[Scene]:
    """The same blow, where catalog and data are on PostgreSQL and S3."""
    with server_lakes(folder) as (_, place), strike(folder) as scene:
        scene.name, scene.place = name, place
        yield scene


def wait_out(process: Process, seconds: float) -> bool:
    """Let the load go on for so long; whether it is still at work then."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def wait_for(find: Callable[[], Any], process: Process, pause: float = 0.05) -> Any:
    """What `find` gives as soon as it gives something; None when the load ends first."""
    while wait_out(process, pause):
        if found := find():
            return found
    return None


SCENES: dict[str, Callable[[Path], AbstractContextManager[Scene]]] = {
    "worker": workers_killed,
    "flow": flow_killed,
    "dask-worker": dask_worker_killed,
    "dask-flow": dask_flow_killed,
    "server": server_killed,
    "postgres": postgres_restarted,
    "s3": store_refusing,
    "server-worker": partial(on_servers, strike=workers_killed, name="server-worker"),
    "server-flow": partial(on_servers, strike=flow_killed, name="server-flow"),
}
