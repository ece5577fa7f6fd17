"""Processes that a test starts: each in a session of its own, ended by its id with all its children."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")


@contextmanager
def running(
    command: list[str], environment: Mapping[str, str], log: Path, folder: Path
) -> Iterator[psutil.Process]:
    """The process, ended in order at the end; AssertionError when it leaves a child behind."""
    with log.open("ab") as output:
        started = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    process = psutil.Process(started.pid)
    try:
        yield process
    finally:
        family = [process, *(process.children(recursive=True) if process.is_running() else ())]
        started.terminate()
        try:
            started.wait(timeout=120)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
            raise
        finally:
            _, orphans = psutil.wait_procs(family[1:], timeout=60)
            for orphan in orphans:
                orphan.kill()
        assert orphans == [], f"{command[0]} left children behind"


def wait_for(find: Callable[[], T | None], seconds: float, what: str) -> T:
    """What `find` gives once it gives something; AssertionError after so long, three times that on a busy machine."""
    deadline = time.monotonic() + 3 * seconds
    while time.monotonic() < deadline:
        if found := find():
            return found
        time.sleep(0.3)
    raise AssertionError(f"no {what} within {3 * seconds:.0f} s")
