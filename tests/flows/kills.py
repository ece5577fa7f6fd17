"""Kill a load with all its processes at some moment, load again, and compare with an undisturbed load."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

COPYDESK = Path(sys.executable).with_name("copydesk")


def load(
    articles: Path,
    lake: Path,
    *more: str,
    command: Sequence[str] = (str(COPYDESK),),
    **environment: str,
) -> subprocess.Popen[bytes]:
    """`copydesk load`, or another command's, in a process group of its own."""
    return subprocess.Popen(
        [*command, "load", str(articles), "--lake", str(lake), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd=lake.parent,
        env={**os.environ, **environment},
    )


def load_to_the_end(articles: Path, lake: Path, *more: str, **environment: str) -> float:
    """Load undisturbed; the seconds it took. AssertionError with its output when it fails."""
    started = time.monotonic()
    process = load(articles, lake, *more, **environment)
    output, _ = process.communicate()
    assert process.returncode == 0, output.decode()
    return time.monotonic() - started


def load_and_kill(articles: Path, lake: Path, after_seconds: float, *more: str) -> bool:
    """Load, and kill -9 the whole process group after so long; whether it was still at work then."""
    process = load(articles, lake, *more)
    try:
        process.communicate(timeout=after_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    return False
