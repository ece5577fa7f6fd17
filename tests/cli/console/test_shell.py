"""The SQL shell on a terminal: Ctrl-C stops a query and nothing else."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from cli.console.shell import Shell
from core.settings import Settings
from tests.cli.command import COPYDESK
from warehouse.asking.user_sql import open_for_user_sql
from warehouse.catalog.location import LakeLocation

LONG = "SELECT count(*) FROM range(1000000000000) t(x) WHERE hash(x) % 11 = 5"
QUIET_SECONDS = 240


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

    def await_work(self) -> None:
        """Wait until the shell has been at work for a second, which typing does not take."""
        process = psutil.Process(self.process.pid)
        before = process.cpu_times().user
        while process.cpu_times().user < before + 1:
            assert self.process.poll() is None, self.seen
            time.sleep(0.05)

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


@pytest.mark.slow  # a process that is interrupted
def test_ctrl_c_stops_the_query_and_the_shell_goes_on(terminal: Terminal) -> None:
    terminal.read_until("sql> ")
    terminal.type(f"{LONG};\r")
    terminal.await_work()
    terminal.type("\x03")
    assert "internal error" not in terminal.read_until("stopped")
    terminal.read_until("sql> ")
    terminal.type("SELECT 40 + 2 AS answer_of_all;\r")
    terminal.read_until("42")
    terminal.type(".quit\r")
    assert terminal.process.wait(timeout=QUIET_SECONDS) == 0


@pytest.mark.slow  # processes that are interrupted
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


@pytest.fixture
def shell(lake: Path) -> Iterator[Shell]:
    """The shell without its terminal."""
    with open_for_user_sql(LakeLocation.at(lake)) as session:
        yield Shell(session, "table", Settings())


def test_a_table_is_explained_and_questions_are_asked_by_name(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.answer(".schema figures_in_context")
    assert "the span between" in capsys.readouterr().out
    shell.answer(".queries")
    assert "most_quoted" in capsys.readouterr().out
    shell.answer(".query latest_articles limit=1")
    assert len(capsys.readouterr().out.splitlines()) == 3
    shell.answer('.query quotes_of name="Idris Vale"')
    assert "Idris Vale" in capsys.readouterr().out
    for mistake, said in (
        ('.query quotes_of name="Idris', "a quotation mark is not closed"),
        (".query story story_id=zz", "no story has an id that begins with 'zz'"),
        (".query latest_articles limit", "'limit' is not KEY=VALUE"),
        (".query latest_article", "did you mean 'latest_articles'"),
        (".schema", "name a table"),
        (".shema figures", ".shema is not a command"),
        (".mode html", "the forms are table, vertical"),
        (".timer", ".timer on"),
    ):
        shell.answer(mistake)
        assert said in capsys.readouterr().err


def test_answers_go_to_a_file_and_are_timed(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.answer(".timer on")
    shell.answer(f".output {tmp_path / 'answer.csv'}")
    shell.answer("select 1 as one")
    assert (tmp_path / "answer.csv").read_text(encoding="utf-8") == "one\n1\n"
    assert re.fullmatch(r"wrote .*answer\.csv\n\d+\.\d\d s\n", capsys.readouterr().err)
    shell.answer(".output")
    shell.answer(".mode vertical")
    shell.answer("select repeat('word ', 200) as long_text")
    printed = capsys.readouterr().out
    assert printed.startswith("-- row 1") and printed.count("word") == 200
    assert not shell.is_over
    shell.answer(".exit")
    assert shell.is_over
