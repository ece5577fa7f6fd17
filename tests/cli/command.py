"""The command line as a subprocess, for tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

COPYDESK = Path(sys.executable).with_name("copydesk")


def run(
    *words: str, lake: Path | None = None, stdin: str | None = None, cwd: Path | None = None
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    more: Sequence[str] = ("--lake", str(lake)) if lake else ()
    done = subprocess.run(
        [COPYDESK, *words, *more],
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
