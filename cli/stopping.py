"""Work that is stopped says what stands and how it goes on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

EXIT_CODE = 130


@contextmanager
def stoppable(tell: Callable[[], str]) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the work in order; then what `tell` says stands on stderr and the exit code is 130."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"Stopped. {tell()}", err=True)
        raise SystemExit(EXIT_CODE) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
