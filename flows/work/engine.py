"""Engines carry batches: they map a batch function over references, whatever happens to a worker.

The contract is the same for every engine. Each reference comes back exactly once: as `Done` with what the function
returned, or, if it holds one input, as `Failed` with the reason. A batch whose worker dies, hangs or raises is
halved until the one guilty input is found (flows.work.halving); the rest goes on. A single input whose worker died
is tried once more, because the worker can have been killed from outside. The function must be idempotent: an engine
can run it twice for one reference.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeGuard

from core.errors import ConfigError, TransientError
from core.outcomes import Reason
from core.settings import EngineSettings
from flows.work.batches import BatchRef
from flows.work.self_test import InputError

if TYPE_CHECKING:
    from pebble import ProcessExpired

BatchFunction = Callable[[BatchRef], str]


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that was worked: `part` is what the function returned, the folder of its rows."""

    ref: BatchRef
    part: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A single input that cannot be worked: it killed its worker, took too long or raised."""

    ref: BatchRef
    reason: Reason
    detail: str

    @classmethod
    def of(cls, ref: BatchRef, error: BaseException) -> Failed:
        """The failure of a single input that raised the error. Raises what describe_failure raises."""
        return cls(ref, *describe_failure(error))


class WorkerDiedError(Exception):
    """A worker died each time it worked the batch."""


class Engine(Protocol):
    """Maps a batch function over references, lazily, in order of completion."""

    def run(self, function: BatchFunction, refs: Iterable[BatchRef]) -> Iterator[Done | Failed]:
        """Yield one result per input range; `refs` is drawn only as fast as batches are worked."""
        ...


def count_workers(settings: EngineSettings) -> int:
    """The processes of a local engine."""
    return settings.workers or os.cpu_count() or 1


def was_killed(error: BaseException) -> bool:
    """Whether the worker died of anything but its own CPU limit."""
    return _has_died(error) and abs(error.exitcode) != signal.SIGXCPU


def _has_died(error: BaseException) -> TypeGuard[ProcessExpired]:
    from pebble import ProcessExpired  # loaded here: a load that finds nothing new starts without it

    return isinstance(error, ProcessExpired)


def describe_failure(error: BaseException) -> tuple[Reason, str]:
    """Why a batch of one input failed, as the reason and detail of its outcome.

    Raises for errors that no input causes: the error of a run as it is (the archive cannot be reached, credentials
    are refused), TransientError for a full disk, a file that cannot be written or a broken installation.
    """
    if isinstance(error, ConfigError | TransientError):
        raise error
    if isinstance(error, TimeoutError):
        return Reason.TIMED_OUT, f"took longer than {error.args[1]:.0f} s" if len(
            error.args
        ) > 1 else "took too long"
    if was_killed(error):
        return Reason.WORKER_DIED, f"its worker died each time it was tried: {error}"
    if isinstance(error, WorkerDiedError):
        return Reason.WORKER_DIED, "its worker died each time it was tried"
    if _has_died(error):
        return Reason.TIMED_OUT, "took more CPU time than a batch can have"
    if isinstance(error, InputError):
        return Reason.STAGE_ERROR, str(error)
    if isinstance(error, OSError | ImportError):
        raise TransientError(f"cannot work the batches: {type(error).__name__}: {error}") from error
    return Reason.STAGE_ERROR, f"{type(error).__name__}: {error}"
