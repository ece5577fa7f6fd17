"""What landing costs as a lake grows, before and after maintenance, on a machine that others use too.

    python -m benchmarks.cost.grow_lake landings --sizes 10000 1000000 --lake /tmp/lakes --rounds 5

Takes the lakes of `grow_lake land` (or makes them), and a maintained copy of each. Lands 1,000 new articles in a fresh copy of
every lake, round after round. Printed: for each lake its files and the CPU seconds of a landing, which are the sum of the
lowest that each statement took; the ratio of the largest lake to the smallest; and the statements that differ most between
these two.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.cost.lakes.land import copy_lake, make_lakes
from benchmarks.inputs.synthetic_lake import make_parts
from core.settings import EngineSettings, Settings
from flows.runs.run import open_run
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.landing.land import land_parts
from warehouse.upkeep.maintenance import Retention, measure_lake, tidy_lake

ARTICLES = 1_000
MOST_SHOWN = 8
Times = dict[str, float]


class TimedConnection:
    """A connection that notes the CPU seconds of each statement, in the order of their running."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.times: Times = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, values: Any = None) -> Any:
        begin = time.process_time()
        answer = self._connection.execute(sql, values)
        self.times[f"{len(self.times):02} {' '.join(sql.split())[:90]}"] = time.process_time() - begin
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--lake", type=Path, help="folder of the lakes; kept, and taken again [a temporary one]"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.lake or Path(temporary)
        sizes = make_lakes(folder, sorted(given.sizes))
        for state in ("as it was filled", "maintained"):
            lakes = {size: folder / str(size) for size in sizes}
            if state == "maintained":
                lakes = {size: maintain(lake) for size, lake in lakes.items()}
            print(f"\n{state}:")
            compare({size: (lake, count_files(lake)) for size, lake in lakes.items()}, given.rounds)


def maintain(lake: Path) -> Path:
    """A maintained copy beside the lake."""
    copy = lake.with_name(f"{lake.name}-maintained")
    if not copy.exists():
        unfinished = copy_lake(lake, lake.with_name(f"unfinished-{copy.name}"))
        with open_lake(LakeLocation.at(unfinished)) as opened:
            tidy_lake(opened, Retention(snapshots=timedelta(hours=-1), files=timedelta(hours=-1)))
        unfinished.rename(copy)
    return copy


def count_files(lake: Path) -> int:
    """The live files."""
    with open_lake(LakeLocation.at(lake), read_only=True) as opened:
        return measure_lake(opened).file_count


def compare(lakes: dict[int, tuple[Path, int]], rounds: int) -> None:
    """Land in every lake `rounds` times, in turn, and print the lowest times."""
    lowest: dict[int, Times] = {size: defaultdict(lambda: float("inf")) for size in lakes}
    for _ in range(rounds):
        for size, (lake, _) in lakes.items():
            for name, seconds in land(lake, size).items():
                lowest[size][name] = min(lowest[size][name], seconds)
    totals = {size: sum(times.values()) for size, times in lowest.items()}
    for size, (_, files) in lakes.items():
        print(f"{size:>9,} articles, {files:>5,} files: {totals[size]:.3f} CPU seconds")
    small, large = lowest[min(lakes)], lowest[max(lakes)]
    ratio = totals[max(lakes)] / totals[min(lakes)]
    print(f"ratio {ratio:.2f}; the statements that differ most, milliseconds:")
    grown = sorted(large.keys() & small.keys(), key=lambda name: small[name] - large[name])
    for name in grown[:MOST_SHOWN]:
        print(f"  {1000 * small[name]:6.1f} {1000 * large[name]:6.1f}  {name}")


def land(lake: Path, size: int) -> Times:
    """CPU seconds of each statement of a landing in a copy of the lake."""
    copy = copy_lake(lake, lake.with_name(f"trial-{os.getpid()}"))
    settings = Settings(lake=copy, engine=EngineSettings(name="inline"))
    try:
        with open_lake(settings) as opened:
            parts = make_parts(opened, settings.staging / "new", size, size + ARTICLES)
        with open_run(settings, "load", {}) as run:
            plain = run.lake.connection
            timed = TimedConnection(plain)
            run.lake.connection = timed  # type: ignore[assignment]
            land_parts(run.lake, run.to_row(), parts)
            run.lake.connection = plain
    finally:
        shutil.rmtree(copy)
    return timed.times
