"""Batches on this machine: a pool of processes that survives its workers, or this process alone."""

from __future__ import annotations

import math
import os
import resource
import signal
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, resource_tracker

from pebble import ProcessPool

from core.settings import EngineSettings
from flows.batches import BatchRef
from flows.engine import BatchFunction, Done, Failed, describe_failure, was_killed


class InlineEngine:
    """Works batches in this process: for one small input, tests and debugging. It cannot survive a crash."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        """See Engine."""
        for ref in refs:
            yield from self._run_one(function, ref)

    def _run_one(self, function: BatchFunction, ref: BatchRef) -> Iterator[Done | Failed]:
        try:
            yield Done(ref, function(ref))
        except Exception as error:
            if ref.count == 1:
                yield Failed(ref, *describe_failure(error))
                return
            for half in ref.split():
                yield from self._run_one(function, half)


class LocalEngine:
    """A pool of processes on this machine that survives a dying worker and keeps a time limit per batch."""

    def __init__(self, settings: EngineSettings, preload: str | None = None) -> None:
        self._settings = settings
        self._preload = [preload] if preload else []
        self._second_chances: set[str] = set()
        self.worker_count = settings.workers or os.cpu_count() or 1

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        """See Engine."""
        waiting = iter(refs)
        running: dict[Future[str], BatchRef] = {}
        pool = self._make_pool()
        try:
            for ref in waiting:
                self._schedule(pool, function, ref, running)
                if len(running) >= self.worker_count * 3:
                    yield from self._collect(pool, function, running)
            while running:
                yield from self._collect(pool, function, running)
            pool.close()
        finally:
            pool.stop()
            pool.join()

    def _make_pool(self) -> ProcessPool:
        # One thread per worker: the batches already fill the cores.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        # A fork server that has loaded the stages once: workers start in milliseconds and share its memory.
        context = get_context("forkserver")
        context.set_forkserver_preload(self._preload)
        resource_tracker.ensure_running()  # beforehand, since it lets signals through again when it starts
        with _holding(signal.SIGINT):  # for good: it is ours to stop the workers, and not the terminal's
            forkserver.ensure_running()
        pool = ProcessPool(
            max_workers=self.worker_count, max_tasks=self._settings.max_tasks_per_worker, context=context
        )
        # Asking starts the workers; one that is half started would complain of our end.
        with _holding(signal.SIGINT, signal.SIGTERM):
            assert pool.active
        return pool

    def _schedule(
        self, pool: ProcessPool, function: BatchFunction, ref: BatchRef, running: dict[Future[str], BatchRef]
    ) -> None:
        settings = self._settings
        cpu_seconds = settings.base_seconds + ref.count * settings.seconds_per_input
        # On a busy machine a batch may wait long for its turn; only what sleeps is left to the clock.
        wall_seconds = cpu_seconds * settings.wall_factor
        future = pool.schedule(run_limited, args=(function, ref, cpu_seconds), timeout=wall_seconds)
        running[future] = ref

    def _collect(
        self, pool: ProcessPool, function: BatchFunction, running: dict[Future[str], BatchRef]
    ) -> Iterator[Done | Failed]:
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            ref = running.pop(future)
            error = future.exception()
            if error is None:
                yield Done(ref, future.result())
            elif ref.count > 1:
                for half in ref.split():
                    self._schedule(pool, function, half, running)
            elif was_killed(error) and ref.key not in self._second_chances:
                self._second_chances.add(ref.key)
                self._schedule(pool, function, ref, running)
            else:
                yield Failed(ref, *describe_failure(error))


@contextmanager
def _holding(*signals: signal.Signals) -> Iterator[None]:
    """These signals wait until the block is over; processes that it starts never get them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_limited(function: BatchFunction, ref: BatchRef, cpu_seconds: float) -> str:
    """Run the function on the batch; the kernel ends this process once it has used so much CPU time.

    That works in the middle of C code too, where no exception can be raised.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + cpu_seconds), hard))
    return function(ref)
