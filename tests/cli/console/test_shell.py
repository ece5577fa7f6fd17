"""The SQL shell on a terminal: Ctrl-C stops a query and nothing else."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import COPYDESK

LONG = "SELECT count(*) FROM range(1000000000000) t(x) WHERE hash(x) % 11 = 5"
QUIET_SECONDS = 60


def _take_terminal() -> None:
    """The terminal at standard input is the process's own: it sends the signal of Ctrl-C."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A shell of Copydesk on a pseudo-terminal."""

    def __init__(self, lake: Path, home: Path) -> None:
        self.handle, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "HOME": str(home), "XDG_STATE_HOME": str(home)}
        self.process = subprocess.Popen(
            [COPYDESK, "sql", "--lake", str(lake)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)
        self.seen = ""

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def read_until(self, text: str) -> str:
        """What the shell prints up to the text, and not again afterwards."""
        end = time.monotonic() + QUIET_SECONDS
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.handle], [], [], 0.2)[0]:
                self.seen += os.read(self.handle, 65_536).decode(errors="replace")
        found, _, self.seen = self.seen.partition(text)
        return found


@pytest.fixture
def terminal(lake: Path, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(lake, tmp_path)
    yield opened
    opened.process.kill()
    opened.process.wait()
    os.close(opened.handle)


def test_ctrl_c_stops_the_query_and_the_shell_goes_on(terminal: Terminal) -> None:
    terminal.read_until("sql> ")
    terminal.type(f"{LONG};\r")
    time.sleep(2)
    terminal.type("\x03")
    assert "internal error" not in terminal.read_until("stopped")
    terminal.read_until("sql> ")
    terminal.type("SELECT 40 + 2 AS answer_of_all;\r")
    terminal.read_until("42")
    terminal.type(".quit\r")
    assert terminal.process.wait(timeout=QUIET_SECONDS) == 0


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_ctrl_c_outside_the_shell_ends_with_130_and_leaves_no_file(
    lake: Path, tmp_path: Path, form: str
) -> None:
    query = "SELECT range AS n, hash(range) AS h FROM range(1000000000000)"
    process = subprocess.Popen(
        [COPYDESK, "sql", query, "--format", form, "--output", tmp_path / "out", "--lake", str(lake)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        end = time.monotonic() + QUIET_SECONDS
        while not sum(file.stat().st_size for file in tmp_path.iterdir()):
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=QUIET_SECONDS)
    finally:
        process.kill()
    assert (process.returncode, error.strip()) == (130, "stopped")
    assert list(tmp_path.iterdir()) == []
