"""The process that parses text from outside: it can be killed without losing anything else.

It reads frames (eight bytes of length, then a pickled call) from its standard input and writes one frame for each to
its standard output. It imports nothing large; a call loads what it needs.
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
    """A function to call, and the CPU time it can take."""

    function: Callable[..., Any]
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """The result of a call: its value, the ConfigError that it raised, or the reason why it failed, in one line.

    A worker that `is_spent` has fragmented memory and should get no more calls.
    """

    value: Any = None
    mistake: str | None = None
    failure: str | None = None
    is_spent: bool = False


def main(parent: int, memory_bytes: int) -> None:
    """Answer calls until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    _die_with(parent)
    with suppress(ValueError, OSError):  # the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output that a library prints must not get between the frames
    while frame := _read_frame(sys.stdin.buffer):
        answer = _answer(frame)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _die_with(parent: int) -> None:
    """On Linux the kernel kills us with our parent; elsewhere we end after the current call, when our input ends."""
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
        return pickle.dumps(CallAnswer(failure="it takes more memory than a listing can have", is_spent=True))


def _call(call: Call) -> CallAnswer:
    """Call the function. The kernel ends this process if the call uses up its CPU time, even inside C code."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time() + call.cpu_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    try:
        return CallAnswer(call.function(*call.args, **call.kwargs))
    except ConfigError as error:
        return CallAnswer(mistake=str(error))
    except MemoryError:
        raise
    except RecursionError:
        return CallAnswer(failure="it is nested too deeply")
    except Exception as error:
        return CallAnswer(failure=f"internal error: {type(error).__name__}: {error}"[:500])
