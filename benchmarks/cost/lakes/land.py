"""What work costs in lakes of different size, where only new articles or one chunk are touched.

    python -m benchmarks.cost.grow_lake land --sizes 10000 100000 1000000 --lake /tmp/lakes
    python -m benchmarks.cost.grow_lake land --adding 32 128 500

Makes a synthetic lake of each size under --lake (short bodies, 1,000 articles a day, see inputs/synthetic_lake.py), or takes
those that are there already, and works on a copy. Printed: wall and CPU seconds of landing 1,000 new articles and
grouping them, of the same again, of planning a backfill and of one chunk's storage (read, land, count), of five
common queries, and of maintenance; then peak memory. What touches only new rows should cost the same in every lake.

--adding compares, for batches of these sizes, landing by INSERT with adding the staged files to the tables: 2,000
articles of one month, which is the best case for adding (one file for each batch and table). Printed: CPU seconds of a
whole landing (deciding, inserting, committing), and of `ducklake_add_data_files` and its commit over the same rows, after
which nothing is decided yet and every file is still to be merged.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.inputs.synthetic_lake import (
    DAILY,
    FIRST_DAY,
    article_id,
    fill_lake,
    make_parts,
    person_name,
    story_id,
)
from core.settings import EngineSettings, Settings
from core.tables import ARTICLE_CHILDREN
from flows.backfill.plan import plan_backfill
from flows.backfill.request import BackfillRequest
from flows.runs.run import open_run
from flows.runs.steps import NoProgress
from flows.stories import group_new_articles
from warehouse.asking.named_questions import answer_question
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import find_sql
from warehouse.landing.backfills import query_items
from warehouse.landing.land import land_parts
from warehouse.upkeep.maintenance import Retention, tidy_lake

Row = tuple[float, float]
ADDED = 2_000
TABLES = ("articles", *ARTICLE_CHILDREN)
MONTH = "2022-01-01"  # of the first synthetic articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--articles", type=int, default=1_000, help="new ones, and a backfill's chunk")
    parser.add_argument(
        "--lake", type=Path, help="folder of the lakes; kept, and taken again [a temporary one]"
    )
    parser.add_argument("--adding", type=int, nargs="+", help="sizes of batches: compare with adding files")
    given = parser.parse_args()
    for batch in given.adding or ():
        with tempfile.TemporaryDirectory() as temporary:
            compare_adding(Path(temporary), batch)
    if given.adding:
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.lake or Path(temporary)
        figures = {}
        for size in make_lakes(folder, sorted(given.sizes)):
            lake = copy_lake(folder / str(size), folder / f"trial-{os.getpid()}")
            try:
                figures[size] = measure_lake(
                    Settings(lake=lake, engine=EngineSettings(name="inline")), size, given.articles
                )
            finally:
                shutil.rmtree(lake)
        print_table(figures)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def make_lakes(folder: Path, sizes: list[int]) -> list[int]:
    """The lakes that are missing are made, each from the next smaller one."""
    smaller = 0
    for size in sizes:
        place = folder / str(size)
        if not place.exists():
            unfinished = folder / f"unfinished-{size}"
            shutil.rmtree(unfinished, ignore_errors=True)
            if smaller:
                copy_lake(folder / str(smaller), unfinished)
            begin = time.perf_counter()
            with open_lake(LakeLocation.at(unfinished), create=True) as lake:
                fill_lake(lake, smaller, size)
            unfinished.rename(place)
            print(f"a lake of {size:,} articles made in {time.perf_counter() - begin:.0f} s", flush=True)
        smaller = size
    return sizes


def copy_lake(source: Path, target: Path) -> Path:
    """A copy with a catalog of its own; data files, which never change, are linked."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, copy_function=_link_or_copy)
    return target


def _link_or_copy(source: str, target: str) -> None:
    (shutil.copy2 if "catalog.sqlite" in source else os.link)(source, target)


def measure_lake(settings: Settings, size: int, count: int) -> dict[str, Row]:
    """Wall and CPU seconds of each kind of work, by name."""
    found: dict[str, Row] = {}

    def measure(label: str, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        found[label] = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{size:>9,} {label:36} {found[label][0]:7.2f} s wall {found[label][1]:7.2f} s CPU", flush=True)
        return result

    with open_lake(settings) as lake:
        new = make_parts(lake, settings.staging / "new", size, size + count)
        old = make_parts(lake, settings.staging / "old", size - count, size)
    with open_run(settings, "load", {}) as run:
        measure(f"land {count:,} new articles", lambda: land_parts(run.lake, run.to_row(), new))
        measure(f"group {count:,} new articles", lambda: group_new_articles(run, NoProgress()))
    with open_run(settings, "load", {}) as run:
        measure("land the same again (unchanged)", lambda: land_parts(run.lake, run.to_row(), new))
    measure_backfill(settings, size, count, old, measure)
    measure_queries(settings, size, measure)
    with open_lake(settings) as lake:
        measure("maintenance", lambda: tidy_lake(lake, Retention(snapshots=timedelta(hours=-1))))
        measure("maintenance, nothing new", lambda: tidy_lake(lake, Retention()))
        newer = make_parts(lake, settings.staging / "newer", size + count, size + 2 * count)
    with open_run(settings, "load", {}) as run:
        land_parts(run.lake, run.to_row(), newer)
    with open_lake(settings) as lake:
        measure(f"maintenance, {count:,} newer articles", lambda: tidy_lake(lake, Retention()))
    return found


def measure_backfill(
    settings: Settings, size: int, count: int, parts: list[Path], measure: Callable[..., Any]
) -> None:
    """Planning the last month and everything; then the storage of a chunk, all but its language model."""
    last = BackfillRequest(stage="extract", date_from=_day(size - 30 * DAILY), date_to=_day(size))
    measure("plan a backfill of the last 30 days", lambda: plan_backfill(settings, last))
    measure(
        "plan a backfill of everything", lambda: plan_backfill(settings, BackfillRequest(stage="extract"))
    )
    ids = [article_id(number) for number in range(size - count, size)]

    def work_chunk() -> None:
        query_items(run.lake, "backfill_row_counts", ids)
        query_items(run.lake, "articles_by_id", ids)
        land_parts(run.lake, run.to_row(), parts, replace=True)
        query_items(run.lake, "backfill_row_counts", ids)

    with open_run(settings, "backfill", {}) as run:
        measure(f"backfill chunk of {count:,}, its storage", work_chunk)


def measure_queries(settings: Settings, size: int, measure: Callable[..., Any]) -> None:
    """Five questions as people ask them: of the last week, of one person, of one story."""
    week = _day(size - 7 * DAILY)
    questions: dict[str, dict[str, Any]] = {
        "latest_articles": {},
        "biggest_stories": {"since": week},
        "most_quoted": {"since": week},
        "articles_naming": {"name": person_name(size // 2)},
        "side_by_side": {"story_id": story_id(size - 1)},
    }
    with open_lake(settings, read_only=True) as lake:
        for name, values in questions.items():
            said = " ".join(f"{key}=..." for key in values)
            file = find_sql(name, "queries")
            measure(
                f"query {name} {said}", lambda file=file, values=values: answer_question(lake, file, values)
            )


def _day(number: int) -> date:
    return date.fromisoformat(FIRST_DAY[:10]) + timedelta(days=max(0, number) // DAILY)


def print_table(figures: dict[int, dict[str, Row]]) -> None:
    """CPU seconds, a column for each size."""
    print(f"\n{'CPU seconds':40}" + "".join(f"{size:>12,}" for size in figures))
    for label in next(iter(figures.values())):
        print(f"{label:40}" + "".join(f"{rows[label][1]:12.2f}" for rows in figures.values()))


def compare_adding(folder: Path, batch: int) -> None:
    """Print both figures for parts of `batch` articles."""
    settings = Settings(lake=folder / "inserted", engine=EngineSettings(name="inline"))
    with open_run(settings, "load", {}) as run:
        parts = make_parts(run.lake, folder / "parts", 0, ADDED, batch)
        inserting = cpu_seconds(lambda: land_parts(run.lake, run.to_row(), parts))
    files = place_files(parts, folder / "hive")
    with open_lake(settings.model_copy(update={"lake": folder / "added"}), create=True) as lake:
        adding = cpu_seconds(lambda: add_files(lake, folder / "hive"))
    print(
        f"{ADDED:,} articles in batches of {batch}: landing by INSERT {inserting:.2f} CPU seconds, "
        f"adding their {files:,} files {adding:.2f}"
    )


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def place_files(parts: list[Path], hive: Path) -> int:
    """Copy the parts' files to where a table's files can lie, and count them."""
    count = 0
    for part in parts:
        for table in TABLES:
            if (file := part / f"{table}.parquet").is_file():
                folder = hive / table / f"month={MONTH}"
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, folder / f"{part.name}.parquet")
                count += 1
    return count


def add_files(lake: Lake, hive: Path) -> None:
    """Add all of them in one transaction."""
    lake.execute("BEGIN")
    for table in TABLES:
        if (hive / table).is_dir():
            lake.execute(
                f"CALL ducklake_add_data_files('lake', '{table}', '{hive / table}/*/*.parquet', hive_partitioning => true)"
            )
    lake.execute("COMMIT")
