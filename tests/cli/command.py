"""The command line for tests: in this process, which has the model already, or as a process of its own."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

COPYDESK = Path(sys.executable).with_name("copydesk")


def run(
    *words: str, lake: Path | None = None, stdin: str | None = None, cwd: Path | None = None
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command that is worked in this process, without workers.

    Where signals, a terminal, a pipe or the end of the process are what is tested, start a process.
    """
    with _at_home(words, lake, cwd), CliRunner().isolation(input=stdin or "") as streams:
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        sys.stderr.flush()
        output, error = (stream.getvalue().decode() for stream in streams[:2])
    return int(ended.value.code or 0), output, error


@contextlib.contextmanager
def _at_home(words: Sequence[str], lake: Path | None, cwd: Path | None) -> Iterator[None]:
    """What a process of its own would have: words, folder, engine, and limits that end with it."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["copydesk", *words, *_lake_words(lake)])
        patch.setattr(sys.modules["__main__"], "__package__", None)  # or click names it as `python -m`
        patch.setenv("COPYDESK_ENGINE__NAME", "inline")
        patch.chdir(cwd or Path.cwd())
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)


def run_process(
    *words: str, lake: Path | None = None, stdin: str | None = None, cwd: Path | None = None
) -> tuple[int, str, str]:
    """The same of a command as people call it: a process of its own, with workers of its own."""
    done = subprocess.run(
        [COPYDESK, *words, *_lake_words(lake)],
        input=stdin or "",
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def answer(*words: str, lake: Path | None = None, stdin: str | None = None) -> str:
    """The stdout of a command that must go well."""
    code, output, error = run(*words, lake=lake, stdin=stdin)
    assert code == 0, error
    return output


def _lake_words(lake: Path | None) -> tuple[str, ...]:
    return ("--lake", str(lake)) if lake else ()
