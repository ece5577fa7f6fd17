"""An ingest at a simulated moment, or a load, that kills itself, as `kill -9` would, at a point of its way.

python killed_ingest.py SETTINGS.json MOMENT POINT [LIST or WARC file...]

POINT is fetching, fetched, worked or landed, or an event and its number: "fetch 2", "process 2", "stories 1" (the step
begins), "land 1" (all is worked), "settle 1" (rows have landed), "settled 1" (the cursors have as well).
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from core.settings import Settings
from flows import ingest
from flows.intake import harvest
from flows.intake.acquisition import Acquisition
from flows.intake.fetching import Timekeeping
from flows.listed import load_listed
from flows.load import load_files
from flows.runs.steps import NoProgress
from flows.work import process
from tests.fixtureweb.clock import SimulatedClock


def die(*_: object) -> None:
    """The end, without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


class Fuse(NoProgress):
    """Kills the process when the run has come to its point."""

    def __init__(self, point: str) -> None:
        self._point, self._step = point, ""
        self._pages = 0
        self._count = Counter[str]()

    def start(self, step: str, total: int | None = None) -> None:
        """A step begins."""
        self._step = step
        self.pass_by(step)
        if (self._point, step) == ("fetched", "process"):
            die()

    def pass_by(self, event: str) -> None:
        """An event of the run."""
        self._count[event] += 1
        if self._point == f"{event} {self._count[event]}":
            die()

    def before(self, owner: type | ModuleType, name: str, event: str) -> None:
        """Pass by the event before each call of the function."""
        function = getattr(owner, name)

        def call(*values: Any, **named: Any) -> Any:
            self.pass_by(event)
            return function(*values, **named)

        setattr(owner, name, call)

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
    fuse.before(process, "land_and_count", "land")
    fuse.before(harvest.Harvest, "settle", "settle")
    fuse.before(Acquisition, "settle", "settled")
    files = sys.argv[4:]
    if files and files[0].endswith(".warc.gz"):
        load_files(settings, files, progress=fuse)
    elif files:
        load_listed(settings, files, timekeeping=times, progress=fuse)
    else:
        ingest.ingest_outlets(settings, timekeeping=times, progress=fuse)


if __name__ == "__main__":
    main()
