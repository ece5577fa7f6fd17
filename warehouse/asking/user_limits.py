"""Limits of a user's SQL: time, memory, disk and rows; a query over a limit ends with one line that says so."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

import duckdb

from core.errors import ConfigError
from warehouse.asking.process_memory import find_free_memory, limit_growth

if TYPE_CHECKING:
    from core.settings import Settings

_AGAIN_SECONDS = 0.2
_GRACE_SECONDS = 10.0
# The rest of what is free is for other programs; the rest of that is for what DuckDB does not count.
_SHARE_OF_FREE = 0.8
_SHARE_OF_DUCKDB = 0.75


class LimitError(ConfigError):
    """The query went over one of its limits."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Limits of one run of a user's SQL; None is DuckDB's own limit, and no limit for seconds and rows.

    `memory` and `spill` are DuckDB's texts, such as '1GB'; `seconds` counts while DuckDB works.
    A single call of a function cannot be interrupted (the distance of two texts of a megabyte, say):
    `ends_process` ends the whole process then, some seconds later. Nor does `memory` count what such a call
    allocates: `process_growth` is the number of bytes that the whole process can take from now on.
    """

    seconds: float | None = None
    memory: str | None = None
    spill: str | None = None
    rows: int | None = None
    ends_process: bool = False
    process_growth: int | None = None

    def memory_bytes(self) -> int:
        """The memory limit as a number, a gigabyte where DuckDB's own text is none of bytes."""
        digits = (self.memory or "").removesuffix("B")
        return int(digits) if digits.isdigit() else 1_000_000_000

    def apply(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Set the limits that DuckDB keeps, and that of the process."""
        if self.memory:
            connection.execute(f"SET memory_limit = '{self.memory}'")
        connection.execute(f"SET max_temp_directory_size = '{self.spill or _half_of_the_disk()}'")
        if self.process_growth is not None:
            limit_growth(self.process_growth)


# The owner has Ctrl-C, all memory and unlimited time; a page does not.
OWNER = QueryLimits()


def page_limits(settings: Settings) -> QueryLimits:
    """Limits of a question that a page, a watch or an assistant asks, as the settings say."""
    pages = settings.pages
    size = int(pages.memory_gigabytes * 1e9)
    return QueryLimits(seconds=pages.seconds, memory=f"{size}B", spill=f"{2 * size}B", rows=pages.rows)


def terminal_limits(seconds: float | None = None, gigabytes: float | None = None) -> QueryLimits:
    """Limits of the command `copydesk sql`: without `gigabytes`, it can take most of the memory that is free now."""
    size = int(gigabytes * 1e9 if gigabytes else find_free_memory() * _SHARE_OF_FREE)
    return QueryLimits(
        seconds=seconds, memory=f"{int(size * _SHARE_OF_DUCKDB)}B", ends_process=True, process_growth=size
    )


class _Interruptible(Protocol):
    def interrupt(self) -> None: ...


class Deadline:
    """The time left for a run. A thread interrupts what runs (a connection, or a lake) when it is over."""

    def __init__(self, running: _Interruptible, limits: QueryLimits) -> None:
        self._running = running
        self._limits = limits
        self._left = limits.seconds
        self._is_over = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time spent in here. Raises LimitError when no time is left."""
        self.check()
        if self._left is None:
            yield
            return
        began, is_done = time.monotonic(), Event()
        watch = Thread(target=self._watch, args=(self._left, is_done), daemon=True)
        watch.start()
        try:
            yield
        finally:
            is_done.set()
            watch.join()
            self._left -= time.monotonic() - began

    def check(self) -> None:
        """Raise LimitError when the time is over."""
        if self._is_over or (self._left is not None and self._left <= 0):
            raise LimitError(self._told)

    @property
    def _told(self) -> str:
        return (
            f"the query was stopped at its limit of {self._limits.seconds:g} s; ask for less, or allow more time"
            " (--timeout)"
        )

    def _watch(self, seconds: float, is_done: Event) -> None:
        if is_done.wait(seconds):
            return
        self._is_over = True
        ends_at = time.monotonic() + _GRACE_SECONDS
        while True:  # DuckDB forgets an interruption that comes just before a statement begins
            self._running.interrupt()
            if is_done.wait(_AGAIN_SECONDS):
                return
            if self._limits.ends_process and time.monotonic() > ends_at:
                os.write(sys.stderr.fileno(), f"copydesk: {self._told}\n".encode())
                os._exit(LimitError.exit_code)


def explain_memory(said: str) -> LimitError:
    """DuckDB's words about a limit of memory or disk, in one line that says what to do."""
    what = "disk space for what does not fit into memory" if "max_temp_directory_size" in said else "memory"
    return LimitError(
        f"the query needs more {what} than its limit; ask for fewer rows or columns, or sort less"
    )


def _half_of_the_disk() -> str:
    """Half of the free disk space: landing needs the rest."""
    place = Path(tempfile.gettempdir())
    return f"{max(shutil.disk_usage(place).free // 2, 1)}B"
