"""Where a coordinator's CPU goes: python -m benchmarks.cost.loads.coordinator SPLIT.json load ARGUMENTS...

Runs the command line with a clock around each part of a load, and writes JSON: CPU seconds by part, and the highest resident
size by part in MB. A part's seconds leave out those of the parts inside it; its memory is that of the outermost part. `messages`
are the seconds of all threads but the first: those that speak with workers. The file is written every few seconds, so that a
load that was killed leaves it. benchmarks/cost/scale_out.py and loads/size.py print them.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

# The functions of each part: module, name. A name with a dot is a method.
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "reading": (("flows.load", "iterate_inputs"),),
    "known inputs": (("flows.intake.acquisition", "find_known"),),
    "archiving": (
        ("flows.intake.taking.archiver", "Archiver.archive"),
        ("flows.intake.acquisition", "Acquisition.finish"),
        ("flows.intake.acquisition", "Acquisition.settle"),
    ),
    "staging": (("flows.intake.taking.stager", "Stager.stage"),),
    "handing out": (("flows.work.process", "_work_all"),),
    "landing": (("flows.work.process", "land_and_count"), ("flows.runs.run", "record_run")),
    "copies": (("flows.grouping.candidates", "query_copies"), ("flows.grouping.candidates", "find_copies")),
    "stories": (
        ("flows.stories", "group_from_lake"),
        ("flows.grouping.candidates", "query_stories"),
        ("flows.grouping.windows", "group_in_worker"),
        ("flows.stories", "run_query"),
    ),
    "questions": (("flows.stories", "ask_stories"), ("flows.stories", "ask_stale_stories")),
    "landing stories": (("flows.stories", "land_rows"),),
}


_SAMPLE_SECONDS = 0.5
_SAMPLES_A_WRITE = 20
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Clock:
    """CPU seconds of this thread by part, each without the parts inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.megabytes: defaultdict[str, float] = defaultdict(float)
        self._inside = ["start and rest"]
        self._since = 0.0

    def switch(self, part: str | None) -> None:
        """The time until now belongs to the part that ran; from now on `part` runs, or for None the one around it."""
        now = time.thread_time()
        self.seconds[self._inside[-1]] += now - self._since
        self._since = now
        if part:
            self._inside.append(part)
        else:
            self._inside.pop()

    def sample(self) -> None:
        """Note the resident size for the outermost part that runs."""
        size = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES / 1e6
        part = self._inside[:2][-1]
        self.megabytes[part] = max(self.megabytes[part], size)

    def write(self, file: Path) -> None:
        """Write what is known until now."""
        others = time.process_time() - sum(self.seconds.values())
        found = {"seconds": {**self.seconds, "messages": others}, "megabytes": self.megabytes}
        unfinished = file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(found))
        unfinished.rename(file)

    def watch(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose time counts for the part; so does each step of an iterator that it returns."""

        @wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            self.switch(part)
            try:
                result = function(*args, **options)
            finally:
                self.switch(None)
            return self._steps(part, result) if isinstance(result, Iterator) else result

        return timed

    def _steps(self, part: str, iterator: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while True:
            self.switch(part)
            try:
                item = next(iterator, end)
            finally:
                self.switch(None)
            if item is end:
                return
            yield item


def watch_parts(clock: Clock) -> None:
    """Put the clock around the functions of every part."""
    for part, functions in PARTS.items():
        for module, name in functions:
            owner, attribute = find_owner(module, name)
            setattr(owner, attribute, clock.watch(part, getattr(owner, attribute)))


def find_owner(module: str, name: str) -> tuple[Any, str]:
    """The module or class that holds the function, and the function's name there."""
    *owners, attribute = name.split(".")
    owner = import_module(module)
    for step in owners:
        owner = getattr(owner, step)
    return owner, attribute


def sample_on(clock: Clock, file: Path, is_over: threading.Event) -> None:
    """Sample memory and write the file until the load is over."""
    for number in count():
        if is_over.wait(_SAMPLE_SECONDS):
            return
        clock.sample()
        if number % _SAMPLES_A_WRITE == 0:
            clock.write(file)


def main() -> None:
    split, *arguments = sys.argv[1:]
    clock, is_over = Clock(), threading.Event()
    watch_parts(clock)
    threading.Thread(target=sample_on, args=(clock, Path(split), is_over), daemon=True).start()
    sys.argv = ["copydesk", *arguments]
    from cli.main import main as run_command

    try:
        run_command()
    finally:
        is_over.set()
        clock.switch(None)
        clock.write(Path(split))


if __name__ == "__main__":
    main()
