"""An ingest at a simulated moment, or a load, that kills itself, as `kill -9` would, at a point of its way.

python killed_ingest.py SETTINGS.json MOMENT fetching|fetched|worked|landed [LIST or WARC file...]
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from core.settings import Settings
from flows import ingest
from flows.intake import harvest
from flows.intake.fetching import Timekeeping
from flows.listed import load_listed
from flows.load import load_files
from flows.runs.steps import NoProgress
from tests.fixtureweb.clock import SimulatedClock


def die(*_: object) -> None:
    """The end, without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


class Fuse(NoProgress):
    """Kills the process when the run has come to its point."""

    def __init__(self, point: str) -> None:
        self._point, self._step = point, ""
        self._pages = 0

    def start(self, step: str, total: int | None = None) -> None:
        """A step begins."""
        self._step = step
        if (self._point, step) == ("fetched", "process"):
            die()

    def advance(self, count: int, part: str | None = None) -> None:
        """So many more are done."""
        self._pages += count
        if (self._point, self._step) == ("fetching", "fetch") and self._pages >= 2:
            die()
        if (self._point, self._step) == ("worked", "process"):
            die()


def main() -> None:
    """Run, and die."""
    settings = Settings.model_validate_json(Path(sys.argv[1]).read_text())
    clock = SimulatedClock(datetime.fromisoformat(sys.argv[2]))
    if sys.argv[3] == "landed":
        harvest.Harvest.settle = die  # type: ignore[assignment, method-assign]
    times = Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(2))
    fuse = Fuse(sys.argv[3])
    files = sys.argv[4:]
    if files and files[0].endswith(".warc.gz"):
        load_files(settings, files, progress=fuse)
    elif files:
        load_listed(settings, files, timekeeping=times, progress=fuse)
    else:
        ingest.ingest_outlets(settings, timekeeping=times, progress=fuse)


if __name__ == "__main__":
    main()
