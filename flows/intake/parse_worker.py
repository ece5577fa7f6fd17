"""The process that parses what came from outside: it can be killed, and nothing else is lost with it.

It reads frames (eight bytes of length, then a pickled call) from its standard input and writes one frame for each to
its standard output. It imports nothing that is large; what a call needs is loaded when it comes.
"""

from __future__ import annotations

import ctypes
import gc
import math
import os
import pickle
import resource
import signal
import struct
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from core.errors import ConfigError

LENGTH = struct.Struct(">Q")
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Call:
    """A function to call, and how much CPU time it may take."""

    function: Callable[..., Any]
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gave: its value, the ConfigError that it raised, or in one line why it failed.

    A worker that is spent has memory in pieces: it should be given no more.
    """

    value: Any = None
    mistake: str | None = None
    failure: str | None = None
    is_spent: bool = False


def main(parent: int, memory_bytes: int) -> None:
    """Answer calls until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the parent's to end us
    _die_with(parent)
    with suppress(ValueError, OSError):  # where the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the frames
    while frame := _read_frame(sys.stdin.buffer):
        answer = _answer(frame)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _die_with(parent: int) -> None:
    """On Linux the kernel kills us with our parent; elsewhere our input ends, which we see after the call at hand."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _read_frame(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _answer(frame: bytes) -> bytes:
    try:
        answer = _call(pickle.loads(frame))  # noqa: S301  (our parent wrote it)
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        gc.collect()
        return pickle.dumps(Answer(failure="it takes more memory than a listing may", is_spent=True))


def _call(call: Call) -> Answer:
    """The kernel ends this process when the call has used its CPU time, in the middle of C code too."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time() + call.cpu_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    try:
        return Answer(call.function(*call.args, **call.kwargs))
    except ConfigError as error:
        return Answer(mistake=str(error))
    except MemoryError:
        raise
    except RecursionError:
        return Answer(failure="it is nested too deeply")
    except Exception as error:
        return Answer(failure=f"internal error: {type(error).__name__}: {error}"[:500])
