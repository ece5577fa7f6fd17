"""Stopped work says what is kept and how to resume."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cli.console.terminal import say_text
from flows.scheduling.interrupts import terminating_as_interrupt

EXIT_CODE = 130


@contextmanager
def stoppable(what_is_kept: str) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the work in order; `what_is_kept` is then printed on stderr and the exit code is 130."""
    try:
        with terminating_as_interrupt():
            yield
    except KeyboardInterrupt:
        say_text(f"Stopped. {what_is_kept}", err=True)
        raise SystemExit(EXIT_CODE) from None
