"""Text from outside parsed in separate processes, with the time limit of a batch and a memory limit."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from core.errors import ConfigError, TransientError
from core.settings import EngineSettings
from flows.intake.parse_worker import LENGTH, Call, CallAnswer
from tasks.acquire.base.parsing import Parser, UnparsableError

P = ParamSpec("P")
T = TypeVar("T")
# A text that takes all its time holds up only a second one of its kind.
_WORKERS = 2
MEMORY_BYTES = 1_500_000_000
_START = "from flows.intake.parse_worker import main; main({parent}, {memory_bytes})"
_FOLDER = Path(__file__).resolve().parent
_DYING_SECONDS = 10.0
_TRIES = 2  # the worker can have been killed from outside


class ParseWorkers(Parser):
    """Processes that parse, started on demand; use it in an `async with` block.

    A worker that takes too long is killed, and the next call gets a new one. No worker outlives the block, or this
    process if it is killed.
    """

    def __init__(
        self, settings: EngineSettings, memory_bytes: int = MEMORY_BYTES, most_calls: int = 200
    ) -> None:
        self._cpu_seconds = settings.page_seconds
        self._wall_seconds = settings.page_seconds * settings.patience
        self._most_calls = most_calls
        self._memory_bytes = memory_bytes
        self._places = asyncio.Semaphore(_WORKERS)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in [*self._idle, *self._busy]:
            await worker.end()
        self._idle = []

    async def parse(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Parser."""
        frame = pickle.dumps(
            Call(function, args, kwargs, self._cpu_seconds), protocol=pickle.HIGHEST_PROTOCOL
        )
        async with self._places:
            answer = await self._ask(frame)
        if answer.mistake is not None:
            raise ConfigError(answer.mistake)
        if answer.failure is not None:
            raise UnparsableError(answer.failure)
        value: T = answer.value
        return value

    async def _ask(self, frame: bytes) -> CallAnswer:
        for _ in range(_TRIES):
            worker = self._idle.pop() if self._idle else await _start_worker(self._memory_bytes)
            self._busy.add(worker)
            try:
                answer = await self._ask_worker(worker, frame)
            finally:
                self._busy.discard(worker)
                if worker not in self._idle:
                    await worker.end()
            if answer is not None:
                return answer
        return CallAnswer(
            failure=f"the process that reads it died each time it was tried: {worker.describe_end()}"
        )

    async def _ask_worker(self, worker: _Worker, frame: bytes) -> CallAnswer | None:
        """The worker's answer, or None if it can have been killed from outside. A sound worker becomes idle."""
        try:
            answer = await asyncio.wait_for(worker.ask(frame), self._wall_seconds)
        except TimeoutError:
            return CallAnswer(failure=f"reading it takes longer than {self._wall_seconds:.0f} s")
        except (EOFError, ConnectionError):
            await worker.wait_for_end()
            is_slow = worker.process.returncode == -signal.SIGXCPU
            spent = f"reading it takes more than {self._cpu_seconds:.0f} s of CPU time"
            return CallAnswer(failure=spent) if is_slow else None
        if not answer.is_spent and worker.call_count < self._most_calls:
            self._idle.append(worker)
        return answer


class _Worker:
    """One process that parses."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.call_count = 0

    async def ask(self, frame: bytes) -> CallAnswer:
        """Its answer to a call. Raises EOFError or ConnectionError if it dies over the call."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.call_count += 1
        self.process.stdin.write(LENGTH.pack(len(frame)))
        self.process.stdin.write(frame)
        await self.process.stdin.drain()
        (length,) = LENGTH.unpack(await self.process.stdout.readexactly(LENGTH.size))
        answer: CallAnswer = pickle.loads(await self.process.stdout.readexactly(length))  # noqa: S301  (of our own)
        return answer

    async def wait_for_end(self) -> None:
        """Wait until it has ended. Killing a dying process would hide what it died of."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), _DYING_SECONDS)

    async def end(self) -> None:
        """Kill the process if it lives, and wait until it is gone."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.kill()
        await self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()

    def describe_end(self) -> str:
        """How it ended: its signal or exit code."""
        code = self.process.returncode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


async def _start_worker(memory_bytes: int) -> _Worker:
    """A new process that imports our modules, outside our terminal's group: on Ctrl-C we end it ourselves."""
    command = _START.format(parent=os.getpid(), memory_bytes=memory_bytes)
    # Prefect puts the folder of a deployment's flow on the path, where `selectors` is ours and not Python's.
    path = os.pathsep.join(place for place in sys.path if place and Path(place).resolve() != _FOLDER)
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            command,
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
    except OSError as error:
        raise TransientError(f"could not start a process to read listings: {error.strerror}") from error
    return _Worker(process)
