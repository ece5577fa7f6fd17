"""A run's progress as bars on a terminal, and as a line per step elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from cli.console.terminal import say
from core.safety.visible import show_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

_NAMES = {
    "acquire": "Archiving",
    "fetch": "Fetching and archiving",
    "process": "Cleaning and extracting",
    "stories": "Grouping into stories",
    "backfill": "Working again",
    "verify": "Reading back",
    "download": "Downloading",
}
MOST_PARTS = 10  # hosts that have a bar at a time; the others wait until one is done


class ProgressBar:
    """A bar per step, and below it one per host at work, on stderr; use as a context manager.

    Plain lines if stderr is not a terminal. Bars are drawn on `console` if it is given.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._step: str | None = None
        self._done, self._expected = 0, 0
        self._started = time.monotonic()
        self._console = console
        self._is_terminal = console is not None or sys.stderr.isatty()

    def __enter__(self) -> ProgressBar:
        if self._is_terminal:
            self._bar = _make_bar(self._console)
            self._parts = PartBars(self._bar)
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
        self._expected = total or 0
        if self._is_terminal:
            self._task = self._bar.add_task(show_line(_NAMES.get(step, step)), total=total)

    def expect(self, part: str, count: int) -> None:
        """`count` more inputs of a host are expected."""
        self._expected += count
        if self._is_terminal:
            self._bar.update(self._task, total=self._expected)
            self._parts.expect(part, count)

    def advance(self, count: int, part: str | None = None) -> None:
        """`count` more inputs are done."""
        self._done += count
        if self._is_terminal:
            self._bar.advance(self._task, count)
            if part is not None:
                self._parts.advance(part, count)

    def _end_step(self) -> None:
        if self._step and not self._is_terminal:
            seconds = time.monotonic() - self._started
            say(f"{_NAMES.get(self._step, self._step)}: {self._done} in {seconds:.1f} s", err=True)
        if self._step and self._is_terminal:
            self._parts.clear()
            self._bar.update(self._task, total=self._done, completed=self._done)
        self._step = None


class PartBars:
    """Bars of the parts of a step that are at work, at most MOST_PARTS at a time."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._counts: dict[str, list[int]] = {}  # part -> done, expected
        self._shown: dict[str, TaskID] = {}

    def expect(self, part: str, count: int) -> None:
        """`count` more inputs of the part are expected."""
        self._counts.setdefault(part, [0, 0])[1] += count
        self._show(part)

    def advance(self, part: str, count: int) -> None:
        """`count` more inputs of the part are done; a part that is done gives its place to another."""
        counts = self._counts.setdefault(part, [0, 0])
        counts[0] += count
        if part in self._shown:
            self._bar.update(self._shown[part], completed=counts[0])
        if counts[0] >= counts[1]:
            del self._counts[part]
            if part in self._shown:
                self._bar.remove_task(self._shown.pop(part))
                self._show(next((name for name in self._counts if name not in self._shown), None))

    def clear(self) -> None:
        """The step is over."""
        for task in self._shown.values():
            self._bar.remove_task(task)
        self._counts.clear()
        self._shown.clear()

    def _show(self, part: str | None) -> None:
        if part is None:
            return
        done, expected = self._counts[part]
        if part in self._shown:
            self._bar.update(self._shown[part], total=expected)
        elif len(self._shown) < MOST_PARTS:
            self._shown[part] = self._bar.add_task(f"  {show_line(part)}", total=expected, completed=done)


def _make_bar(console: Console | None) -> Progress:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
        console=console or Console(stderr=True),
    )
