"""Batches on a Dask cluster: a local one for two or three more workers, the user's own for scale.

Parts and archive must be where every worker can reach them (a shared folder). If a worker dies, Dask runs its batch
again elsewhere; that is harmless, since batches are idempotent.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Worker, WorkerPlugin
from distributed import TimeoutError as DaskTimeout

from core.errors import TransientError
from core.safety.logs import show_codes
from core.settings import EngineSettings
from flows.work.batches import BatchRef
from flows.work.engine import BatchFunction, Done, Failed, WorkerDiedError
from flows.work.halving import halve

_POLL_SECONDS = 1.0
_COUNT_SECONDS = 5.0
# How often Dask tries a batch whose worker died before we halve the batch.
_ALLOWED_DEATHS = 1
# How often a cluster is started whose workers die meanwhile.
_MOST_STARTS = 3
# The loggers to which Dask gives handlers.
_LOGS = ("distributed", "bokeh", "tornado")


# By default the client asks every two seconds for a description of all workers. We do not use it.
_CONFIG = {
    "distributed.scheduler.allowed-failures": _ALLOWED_DEATHS,
    "distributed.client.scheduler-info-interval": "60s",
    "distributed.client.heartbeat": "20s",
}


@dataclass(slots=True)
class _Running:
    """Batches on the cluster, when each was submitted, and those that are over."""

    refs: dict[Future[str], BatchRef] = field(default_factory=dict)
    since: dict[Future[str], float] = field(default_factory=dict)
    over: SimpleQueue[Future[str]] = field(default_factory=SimpleQueue)

    def add(self, future: Future[str], ref: BatchRef) -> None:
        """Follow a batch. It says itself when it is over: to ask for it again and again costs time for as long as it takes."""
        self.refs[future] = ref
        self.since[future] = time.monotonic()
        future.add_done_callback(self.over.put)

    def find_over(self) -> list[Future[str]]:
        """Batches that are over; none if none ends within _POLL_SECONDS. One that was stopped says so a second time."""
        found: list[Future[str]] = []
        with suppress(Empty):
            found.append(self.over.get(timeout=_POLL_SECONDS))
            while True:
                found.append(self.over.get_nowait())
        return [future for future in found if future in self.refs]


def show_codes_of_dask() -> None:
    """Make Dask's own lines safe to look at: they repeat the errors of batches, which repeat pages."""
    for name in _LOGS:
        for handler in logging.getLogger(name).handlers:
            show_codes(handler)


class VisibleLogs(WorkerPlugin):
    """The same in each worker, those that join later included."""

    def setup(self, worker: Worker) -> None:
        """Called by Dask once in each worker."""
        show_codes_of_dask()


class DaskEngine:
    """Maps batches over the scheduler that settings name, or over a local cluster of processes."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        """See Engine. Raises TransientError if the scheduler cannot be reached."""
        with dask.config.set(_CONFIG):
            client = self._connect()
            show_codes_of_dask()
            try:
                client.register_plugin(VisibleLogs())
                yield from self._map(client, function, refs)
            finally:
                cluster = client.cluster
                client.close()
                if isinstance(cluster, LocalCluster):
                    cluster.close()

    def _connect(self) -> Client:
        if self._settings.scheduler is None:
            return Client(self._start_cluster())
        try:
            return Client(self._settings.scheduler, timeout=30)
        except (OSError, DaskTimeout) as error:
            raise TransientError(
                f"no Dask scheduler answers at {self._settings.scheduler}: {error}; start one with `dask scheduler`"
            ) from error

    def _start_cluster(self, attempt: int = 1) -> LocalCluster:
        """A cluster of this machine. Dask gives it up if a worker dies while it starts; then it is started again."""
        try:
            return LocalCluster(
                n_workers=self._settings.workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                worker_dashboard_address=None,
            )
        except RuntimeError as error:
            if attempt < _MOST_STARTS:
                return self._start_cluster(attempt + 1)
            raise TransientError(
                f"worker processes died while Dask started them, {attempt} times in a row; check that memory is not "
                "short, or set a smaller engine.workers"
            ) from error

    def _map(
        self, client: Client, function: BatchFunction, refs: Iterable[BatchRef]
    ) -> Iterator[Done | Failed]:
        client.wait_for_workers(1, timeout=120)
        running, threads = _Running(), _Threads(client)
        for ref in refs:
            self._submit(client, function, ref, running)
            while len(running.refs) >= 2 * max(1, threads.count()):
                yield from self._collect(client, function, running)
        while running.refs:
            yield from self._collect(client, function, running)

    def _submit(self, client: Client, function: BatchFunction, ref: BatchRef, running: _Running) -> None:
        # pure=False: a later run of this client can want the same batch again.
        future = client.submit(function, ref, pure=False)
        running.add(future, ref)

    def _collect(self, client: Client, function: BatchFunction, running: _Running) -> Iterator[Done | Failed]:
        finished = running.find_over() or self._stop_late(client, running)
        parts = _fetch_parts(client, finished)
        for future in finished:
            ref = running.refs.pop(future)
            running.since.pop(future)
            if future in parts:
                yield Done(ref, parts[future])
                continue
            error = _error_of(future)
            if error is None:
                yield Done(ref, future.result())
            elif halves := halve(ref):
                for half in halves:
                    self._submit(client, function, half, running)
            else:
                yield Failed.of(ref, error)

    def _stop_late(self, client: Client, running: _Running) -> list[Future[str]]:
        """Restart the workers of batches that are over their time limit; returns the futures of these batches."""
        # Two batches wait for each thread, so one can have waited for the whole time of another.
        now = time.monotonic()
        late = [
            future
            for future, ref in running.refs.items()
            if now - running.since[future] > 2 * self._limit(ref)
        ]
        if not late:
            return []
        keys = {future.key for future in late}
        workers = [worker for worker, tasks in client.processing().items() if keys & set(map(str, tasks))]
        for future in late:
            future.cancel(reason="over its time limit", msg="over its time limit")
        if workers:
            client.restart_workers(workers, timeout=60)
        return late

    def _limit(self, ref: BatchRef) -> float:
        settings = self._settings
        return settings.patience * settings.batch_seconds(ref.count * ref.weight)


class _Threads:
    """The cluster's threads, counted every five seconds at the most: each count is a question to the scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._count = 0
        self._since = -_COUNT_SECONDS

    def count(self) -> int:
        """How many threads the cluster had a moment ago."""
        if not self._count or time.monotonic() - self._since >= _COUNT_SECONDS:
            self._count = sum(self._client.nthreads().values())
            self._since = time.monotonic()
        return self._count


def _fetch_parts(client: Client, futures: Iterable[Future[str]]) -> dict[Future[str], str]:
    """The parts of finished batches, in one message. Empty if one was lost with its worker: each is then asked for alone."""
    good = [future for future in futures if future.status == "finished"]
    found = client.gather(good, errors="skip") if good else []
    return dict(zip(good, found, strict=True)) if len(found) == len(good) else {}


def _error_of(future: Future[str]) -> BaseException | None:
    if future.status == "cancelled":
        return TimeoutError("over its time limit")
    error: BaseException | None = future.exception()
    return WorkerDiedError() if isinstance(error, KilledWorker) else error
