"""Batches on this machine: a pool of processes that survives its workers, or this process alone."""

from __future__ import annotations

import math
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver, get_context, resource_tracker

from pebble import ProcessPool

from core.errors import TransientError
from core.settings import EngineSettings
from flows.work.batches import BatchRef
from flows.work.engine import BatchFunction, Done, Failed, count_workers, was_killed
from flows.work.halving import halve, work_halving
from flows.work.memory import give_back_memory

# How often to look at a pool while no batch comes back: a broken pool can fail to report any of them.
_LOOK_SECONDS = 1.0
# Pools in a row that can break without a result before we give up; one can be bad luck.
_MOST_BREAKS = 3


class InlineEngine:
    """Works batches in this process, for small inputs, tests and debugging. It does not survive a crash."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        """See Engine."""
        for ref in refs:
            for part, result in work_halving(function, ref):
                yield Failed.of(part, result) if isinstance(result, Exception) else Done(part, result)


# A worker is replaced after this many batches, which frees the memory that its libraries keep.
BATCHES_OF_WORKER = 200


class LocalEngine:
    """A pool of processes on this machine that survives a dying worker and keeps a time limit per batch."""

    def __init__(
        self, settings: EngineSettings, preload: Sequence[str] = (), most_batches: int = BATCHES_OF_WORKER
    ) -> None:
        self._most_batches = most_batches
        self._settings = settings
        self._preload = list(preload)
        self._second_chances: set[str] = set()
        self.worker_count = count_workers(settings)

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        """See Engine. Raises TransientError when workers die again and again before they begin a batch."""
        work = _Work(function, iter(refs))
        breaks = 0
        while not work.is_done:
            try:
                for result in self._run_in_pool(work):
                    breaks = 0
                    yield result
            except BrokenProcessPool as error:
                breaks += 1
                if breaks == _MOST_BREAKS:
                    raise TransientError(
                        f"worker processes died before they began a batch, {breaks} times in a row; check that memory is "
                        "not short, or set a smaller engine.workers"
                    ) from error
                work.take_back()

    def _run_in_pool(self, work: _Work) -> Iterator[Done | Failed]:
        """Results until the work is done.

        Raises BrokenProcessPool if this pool can do no more: for example, a worker died while it took a batch, and
        the guilty batch cannot be known.
        """
        pool = self._make_pool()
        try:
            while self._fill(pool, work):
                yield from self._collect(work)
                if not pool.active:
                    raise BrokenProcessPool("a thread of the pool has ended")
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
        resource_tracker.ensure_running()  # first, because it unblocks signals when it starts
        with _holding(signal.SIGINT):  # for good: we stop the workers, and not the terminal
            forkserver.ensure_running()
        pool = ProcessPool(max_workers=self.worker_count, max_tasks=self._most_batches, context=context)
        # `active` starts the workers; a half-started one would print a traceback if a signal ended us now.
        with _holding(signal.SIGINT, signal.SIGTERM):
            assert pool.active
        return pool

    def _fill(self, pool: ProcessPool, work: _Work) -> bool:
        """Give the workers enough to keep them busy. Returns whether any batch is running."""
        while len(work.running) < self.worker_count * 3 and (ref := work.find_next()):
            try:
                work.running[self._schedule(pool, work.function, ref)] = ref
            except RuntimeError as error:  # the pool has broken
                work.waiting.appendleft(ref)
                raise BrokenProcessPool(str(error)) from error
        return bool(work.running)

    def _schedule(self, pool: ProcessPool, function: BatchFunction, ref: BatchRef) -> Future[str]:
        settings = self._settings
        cpu_seconds = settings.batch_seconds(ref.count * ref.weight)
        # On a busy machine a batch can wait long for its turn; the clock is only for batches that sleep.
        wall_seconds = cpu_seconds * settings.patience
        future: Future[str] = pool.schedule(
            run_limited, args=(function, ref, cpu_seconds), timeout=wall_seconds
        )
        return future

    def _collect(self, work: _Work) -> Iterator[Done | Failed]:
        finished, _ = wait(work.running, _LOOK_SECONDS, return_when=FIRST_COMPLETED)
        for future in finished:
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                continue  # it goes to the next pool with all others
            ref = work.running.pop(future)
            if error is None:
                yield Done(ref, future.result())
            elif halves := halve(ref):
                work.waiting.extend(halves)
            elif was_killed(error) and ref.key not in self._second_chances:
                self._second_chances.add(ref.key)
                work.waiting.append(ref)
            else:
                yield Failed.of(ref, error)


@dataclass(slots=True)
class _Work:
    """References still to come, waiting to be worked again, and being worked."""

    function: BatchFunction
    coming: Iterator[BatchRef]
    waiting: deque[BatchRef] = field(default_factory=deque)
    running: dict[Future[str], BatchRef] = field(default_factory=dict)
    is_drawn: bool = False

    @property
    def is_done(self) -> bool:
        """Whether every reference came back."""
        return self.is_drawn and not self.waiting and not self.running

    def find_next(self) -> BatchRef | None:
        """The next one to work, or None."""
        if self.waiting:
            return self.waiting.popleft()
        ref = next(self.coming, None)
        self.is_drawn = ref is None
        return ref

    def take_back(self) -> None:
        """Let the batches of a broken pool wait for the next pool."""
        self.waiting.extendleft(reversed(self.running.values()))
        self.running.clear()


@contextmanager
def _holding(*signals: signal.Signals) -> Iterator[None]:
    """Block the signals until the block ends; processes started in it never get them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_limited(function: BatchFunction, ref: BatchRef, cpu_seconds: float) -> str:
    """Run the function on the batch; the kernel ends this process if it uses more CPU time than that.

    The limit also holds inside C code, where no exception can be raised.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + cpu_seconds), hard))
    try:
        return function(ref)
    finally:
        give_back_memory()  # a quarter of what a worker has of its own after a batch
