"""Where a coordinator's CPU goes: python -m benchmarks.cost.loads.coordinator SPLIT.json load ARGUMENTS...

Runs the command line with a clock around each part of a load, and writes CPU seconds by part as JSON. A part's
seconds leave out those of the parts inside it. `messages` are the seconds of all threads but the first: those that speak
with Dask. benchmarks/cost/scale_out.py prints them.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

# The functions of each part: module, name. A name with a dot is a method.
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "reading": (("flows.load", "iterate_inputs"),),
    "known inputs": (("flows.intake.acquisition", "Acquisition._find_known"),),
    "archiving": (
        ("flows.intake.acquisition", "Acquisition._archive"),
        ("flows.intake.acquisition", "Acquisition.finish"),
        ("flows.intake.acquisition", "Acquisition.settle"),
    ),
    "staging": (("flows.intake.acquisition", "Acquisition._stage"),),
    "handing out": (("flows.work.process", "_work_all"),),
    "landing": (("flows.work.process", "land_and_count"), ("flows.runs.run", "record_run")),
    "copies": (("flows.stories", "_find_copies"),),
    "stories": (("flows.stories", "_group"), ("flows.stories", "run_query")),
    "questions": (("flows.stories", "ask_stories"), ("flows.stories", "ask_stale_stories")),
    "landing stories": (("flows.stories", "land_rows"),),
}


class Clock:
    """CPU seconds of this thread by part, each without the parts inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
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


def main() -> None:
    split, *arguments = sys.argv[1:]
    clock = Clock()
    for part, functions in PARTS.items():
        for module, name in functions:
            *owners, attribute = name.split(".")
            owner = import_module(module)
            for step in owners:
                owner = getattr(owner, step)
            setattr(owner, attribute, clock.watch(part, getattr(owner, attribute)))
    sys.argv = ["copydesk", *arguments]
    from cli.main import main as run_command

    try:
        run_command()
    finally:
        clock.switch(None)
        others = time.process_time() - time.thread_time()
        Path(split).write_text(json.dumps({**clock.seconds, "messages": others}))


if __name__ == "__main__":
    main()
