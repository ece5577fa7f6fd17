"""A load of many short texts: CPU seconds by part, memory over time, and outcomes; then the same again.

The texts are those of benchmarks/inputs/varied_texts.py, loaded by the command line with its pool of processes. A line a minute
tells how far the load is. All lines are kept in the folder beside the lake, so a benchmark that was killed leaves them; started
again with the same folder, it goes on with the load.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.cost.loads.measure import Cost, measure
from benchmarks.inputs.varied_texts import write_texts
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

_POLL_SECONDS = 0.5
_TELL_SECONDS = 60.0
_TENTHS = 10
_OUTCOMES = """
    SELECT outcome, reason, count(*) AS inputs, count(DISTINCT input_ref) AS distinct_inputs
    FROM outcomes WHERE run_id = (SELECT arg_max(run_id, started_at) FROM runs)
    GROUP BY ALL ORDER BY inputs DESC"""
_ROWS = """
    SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM duplicates), (SELECT count(*) FROM stories),
        (SELECT count(*) FROM figures), (SELECT count(*) FROM quotations), (SELECT count(*) FROM mentions),
        (SELECT sum(word_count) FROM articles)"""


@dataclass(slots=True)
class Telling:
    """Prints lines and keeps them in a file."""

    file: Path
    _next: float = field(default=0.0)

    def say(self, line: str) -> None:
        print(line, flush=True)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(line + "\n")

    def tell_progress(self, cost: Cost) -> None:
        """A line a minute: the cost until now."""
        if cost.wall_seconds < self._next:
            return
        self._next = cost.wall_seconds + _TELL_SECONDS
        sizes = {pid: sizes[-1][1] / 1e6 for pid, sizes in cost.rss.items() if pid in cost.alive}
        coordinator = sizes.pop(cost.root, 0.0)
        self.say(
            f"  {cost.wall_seconds:6.0f} s: CPU {cost.cpu.get(cost.root, 0):.0f} s of the coordinator, {cost.cpu_seconds:.0f} "
            f"of all; coordinator {coordinator:.0f} MB, largest worker {max(sizes.values(), default=0):.0f} MB"
        )


def measure_size(folder: Path, count: int) -> None:
    """Load `count` texts into a lake in the folder, twice, and print what it cost."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = write_texts(folder / f"texts-{count}", count)
    lake, telling = folder / f"lake-{count}", Telling(folder / f"figures-{count}.txt")
    telling.say(f"{count:,} texts of {_mean_words(texts):.0f} words, headline and byline with them")
    first = _load(texts, lake, telling)
    again = _load(texts, lake, telling)
    telling.say(f"the same again costs {again.cpu_seconds / first.cpu_seconds:.2%} of the CPU seconds")


def _load(texts: Path, lake: Path, telling: Telling) -> Cost:
    split = lake.with_suffix(".json")
    command = [sys.executable, "-m", "benchmarks.cost.loads.coordinator", str(split)]
    telling._next = _TELL_SECONDS
    cost = measure(
        [*command, "load", str(texts), "--lake", str(lake)],
        poll_seconds=_POLL_SECONDS,
        watch=telling.tell_progress,
    )
    for line in (*describe_cost(cost, json.loads(split.read_text())), *describe_lake(lake)):
        telling.say(line)
    return cost


def describe_cost(cost: Cost, split: dict[str, dict[str, float]]) -> list[str]:
    """CPU seconds by role and part, and the highest resident sizes."""
    coordinator = cost.cpu[cost.root]
    return [
        f"{cost.wall_seconds:.0f} s wall, {cost.cpu_seconds:.1f} CPU seconds: coordinator {coordinator:.1f}, "
        f"workers {cost.cpu_seconds - coordinator:.1f}",
        f"peak memory: coordinator {cost.peak_megabytes(root=True):.0f} MB, largest worker {cost.peak_megabytes(root=False):.0f} MB",
        "  coordinator, MB in each tenth of the time: " + _by_tenths(cost, root=True),
        "  largest worker, MB in each tenth of the time: " + _by_tenths(cost, root=False),
        "  coordinator, CPU seconds by part: " + _list_parts(split["seconds"], ".1f"),
        "  coordinator, peak MB by part: " + _list_parts(split["megabytes"], ".0f"),
    ]


def describe_lake(lake: Path) -> list[str]:
    """The outcomes of the last run, and the rows of the lake."""
    with open_lake(LakeLocation.at(lake), read_only=True) as opened:
        outcomes, rows = opened.fetch(_OUTCOMES), opened.fetch(_ROWS)[0]
    names = ("articles", "copies", "stories", "figures", "quotations", "mentions", "words of bodies")
    told = [
        f"{inputs:,} {outcome}, {reason} ({refs:,} different inputs)"
        for outcome, reason, inputs, refs in outcomes
    ]
    return [
        "  outcomes: " + "; ".join(told),
        "  the lake: " + ", ".join(f"{number:,} {name}" for name, number in zip(names, rows, strict=True)),
    ]


def _by_tenths(cost: Cost, *, root: bool) -> str:
    tenths = [0.0] * _TENTHS
    for pid, sizes in cost.rss.items():
        if (pid == cost.root) != root:
            continue
        for now, size in sizes:
            place = min(_TENTHS - 1, int(_TENTHS * now / cost.wall_seconds))
            tenths[place] = max(tenths[place], size / 1e6)
    return " ".join(f"{size:.0f}" for size in tenths)


def _list_parts(parts: dict[str, float], form: str) -> str:
    return ", ".join(
        f"{part} {value:{form}}" for part, value in sorted(parts.items(), key=lambda item: -item[1])
    )


def _mean_words(texts: Path) -> float:
    """The mean number of words of some of the texts."""
    some = sorted(texts.glob("*/*.txt"))[:1_000]
    return sum(len(file.read_text(encoding="utf-8").split()) for file in some) / max(1, len(some))
