"""All output to the terminal: untrusted text printed here cannot control the terminal.

`tests/cli/console/test_terminal.py` keeps all other modules of `cli` from printing by themselves.
"""

from __future__ import annotations

from typing import TextIO

import click

from core.safety.visible import show_line, show_text


def say(line: str, *, err: bool = False) -> None:
    """Print one line: a path or title in it that has an end of line shows its code instead."""
    click.echo(show_line(line), err=err)


def say_text(text: str, *, err: bool = False, file: TextIO | None = None, ends: bool = True) -> None:
    """Print a text of several lines; without `ends` no end of line is put behind it."""
    click.echo(show_text(text), file=file, err=err, nl=ends)


def show_in_browser(address: str) -> None:
    """Open the address in the user's browser. If there is no browser, print the address on standard error."""
    if click.launch(address):
        say(f"no browser could be opened; open {address} yourself", err=True)
