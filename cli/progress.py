"""A run's progress as a bar on the terminal, or as a line per step where there is none."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

_NAMES = {
    "acquire": "Archiving",
    "process": "Cleaning and extracting",
    "group": "Grouping into stories",
    "backfill": "Working again",
    "verify": "Reading back",
}


class ProgressBar:
    """One bar per step, on stderr; use as a context manager. Plain lines when stderr is no terminal."""

    def __init__(self) -> None:
        self._step: str | None = None
        self._done = 0
        self._started = time.monotonic()
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> ProgressBar:
        if self._is_terminal:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_step()
        if self._is_terminal:
            self._bar.stop()

    def start(self, step: str, total: int | None = None) -> None:
        """A step begins."""
        self._end_step()
        self._step, self._done, self._started = step, 0, time.monotonic()
        if self._is_terminal:
            self._task = self._bar.add_task(_NAMES.get(step, step), total=total)

    def advance(self, count: int) -> None:
        """So many more inputs are done."""
        self._done += count
        if self._is_terminal:
            self._bar.advance(self._task, count)

    def _end_step(self) -> None:
        if self._step and not self._is_terminal:
            seconds = time.monotonic() - self._started
            click.echo(f"{_NAMES.get(self._step, self._step)}: {self._done} in {seconds:.1f} s", err=True)
        if self._step and self._is_terminal:
            self._bar.update(self._task, total=self._done, completed=self._done)
        self._step = None
