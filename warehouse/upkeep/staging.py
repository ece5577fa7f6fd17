"""The staging area of a lake: work under way, and leftovers of killed runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

ALIVE_LOCK = "alive.lock"  # in a run's folder, held as long as its process lives


def remove_staged(staging: Path, before: datetime) -> int:
    """Remove what `find_staged` names; returns how many things were removed."""
    found = list(find_staged(staging, before))
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(found)


def find_staged(staging: Path, before: datetime) -> Iterator[Path]:
    """Parts, run folders and locks last touched before that time that no living process can still need.

    A run lives as long as a process holds `alive.lock` in its folder. Its folder stays, however old, and so does
    every part that is younger than the oldest thing it has staged: its batches can have made it.
    """
    if not staging.is_dir():
        return
    living = [folder for folder in staging.glob("*/*/") if is_held(folder / ALIVE_LOCK)]
    needed_since = min(_staging_times(living), default=before.timestamp())
    limit = min(before.timestamp(), needed_since)
    for folder in (staging, *(path for path in staging.iterdir() if path.is_dir())):
        for path in sorted(folder.iterdir()):
            is_shelf = path.parent == staging and path.is_dir()
            if not is_shelf and path.stat().st_mtime < limit and path not in living and not is_held(path):
                yield path


def is_held(lock: Path) -> bool:
    """Whether a process holds the lock file; False for anything else and for a file that is not there."""
    if lock.suffix != ".lock" or not lock.is_file():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True


def _staging_times(folders: list[Path]) -> Iterator[float]:
    """The time when each thing in the run folders was written; locks are left out, since a look at one sets its time."""
    for folder in folders:
        yield from (path.stat().st_mtime for path in folder.iterdir() if path.name != ALIVE_LOCK)
