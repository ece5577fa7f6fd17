"""What one window of a long run costs the worker that groups it: python -m benchmarks.cost.grow_lake windows --articles 10000

Lands synthetic articles (1,000 a day, five neighbours tell one story), groups the first half of them, and the other half for a trial,
with packs and without. Printed: CPU seconds for 1,000 articles, of the worker that groups and of those that pack.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.inputs.synthetic_lake import make_parts
from core.settings import EngineSettings, Settings
from flows.grouping import packing
from flows.grouping.candidates import Window, group_from_lake
from flows.grouping.packs import Pack
from flows.runs.run import Run, open_run
from flows.stories import StoryLanding, land_stories
from flows.work import process
from warehouse.catalog.open import open_lake
from warehouse.catalog.sql_files import run_query


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(lake=Path(name) / "lake", engine=EngineSettings(name="inline"))
        with open_lake(settings, create=True) as lake:
            parts = make_parts(lake, settings.staging / "made", 0, given.articles, 500)
        with open_run(settings, "load", {}) as run:
            process.land_and_count(run, parts)
            compare(run, given.rounds)


def compare(run: Run, rounds: int) -> None:
    """Group the first half of the articles that wait, and print what the second half costs."""
    months = run_query(run.lake, "ungrouped_months", run_id=run.run_id).to_pylist()[0]
    waiting = run_query(run.lake, "ungrouped_articles", run_id=run.run_id, **months)
    first, second = (
        Window(part.to_pylist(), []) for part in (waiting[: len(waiting) // 2], waiting[len(waiting) // 2 :])
    )
    land_stories(run, StoryLanding(group_from_lake(run.lake, first), {}, {}), lambda: None)
    count = len(second.articles)
    begin = time.process_time()
    with packing.pack_waiting(run, waiting) as packed:
        print(f"packing                 {(time.process_time() - begin) / len(waiting) * 1_000:7.3f}")
        folders = packed.find_near(second.articles)
        alone, expected = measure(rounds, lambda: group_from_lake(run.lake, second))
        with_packs, found = measure(rounds, lambda: group_from_lake(run.lake, second, read(folders)))
    print(f"grouping, without packs {alone / count * 1_000:7.3f}")
    print(f"grouping, with packs    {with_packs / count * 1_000:7.3f}")
    print("the rows are the same" if found == expected else "THE ROWS DIFFER")


def read(folders: Sequence[str]) -> list[Pack]:
    return [Pack(Path(folder)) for folder in folders]


def measure(rounds: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The lowest CPU seconds of some rounds, and the last result."""
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        result = work()
        seconds.append(time.process_time() - begin)
    return min(seconds), result
