"""What landing costs by INSERT, as it is done, and what only adding the staged files to the tables would.

    python -m benchmarks.cost.add_files --articles 2000 --batch 32

Synthetic articles of one month (see synthetic_lake.py), which is the best case for adding: one file for each batch
and table. Printed: CPU seconds of a whole landing (deciding, inserting, committing), and of `ducklake_add_data_files`
and its commit over the same rows, after which nothing is decided yet and every file is still to be merged.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.cost.synthetic_lake import make_parts
from core.settings import EngineSettings, Settings
from core.tables import ARTICLE_CHILDREN
from flows.runs.run import open_run
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts

TABLES = ("articles", *ARTICLE_CHILDREN)
MONTH = "2022-01-01"  # of the first synthetic articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--batch", type=int, nargs="+", default=[32, 500])
    given = parser.parse_args()
    for batch in given.batch:
        with tempfile.TemporaryDirectory() as name:
            compare(Path(name), given.articles, batch)


def compare(folder: Path, articles: int, batch: int) -> None:
    """Print both figures for parts of so many articles."""
    settings = Settings(lake=folder / "inserted", engine=EngineSettings(name="inline"))
    with open_run(settings, "load", {}) as run:
        parts = make_parts(run.lake, folder / "parts", 0, articles, batch)
        inserting = measure(lambda: land_parts(run.lake, run.to_row(), parts))
    files = place_files(parts, folder / "hive")
    with open_lake(settings.model_copy(update={"lake": folder / "added"}), create=True) as lake:
        adding = measure(lambda: add_files(lake, folder / "hive"))
    print(
        f"{articles:,} articles in batches of {batch}: landing by INSERT {inserting:.2f} CPU seconds, "
        f"adding their {files:,} files {adding:.2f}"
    )


def measure(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def place_files(parts: list[Path], hive: Path) -> int:
    """Copy the parts' files to where a table's files may lie, and count them."""
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


if __name__ == "__main__":
    main()
