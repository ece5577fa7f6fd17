"""How a load scales over Dask workers, and how many of them one coordinator can feed.

    python -m benchmarks.cost.scale_out --pages 600 --workers 1 2 4

Pages of our own (HTML, some 450 words) are loaded on local Dask clusters of processes, in batches of the size that a
load of 100,000 has at the mean (batches grow, see flows/work/batches.py). Printed: wall seconds for each
number of workers (no more than this machine has cores can be of use); and, from loads of a quarter of the pages and of
all of them, so that starting up does not count, the CPU seconds that coordinator, scheduler and workers need for
100,000 articles. Workers over coordinator and scheduler is the number of workers at which those are the limit.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import LocalCluster

from benchmarks.cost.load_pages import measure

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
PLACES = ("Gullcliff", "Tarn", "Port Lowen", "Aldery", "Lowmarsh", "Dunmore")
PEOPLE = ("Rhona Teague", "Idris Vale", "Petra Holm", "Tomas Beck", "Mara Quill")
THINGS = ("boats", "houses", "trees", "jobs", "passengers", "votes")


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of one load: on the clock, and of CPU by role."""

    wall: float
    coordinator: float
    scheduler: float
    workers: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--batch", type=int, default=88, help="inputs in a batch")
    given = parser.parse_args()
    os.environ["COPYDESK_ENGINE__BATCH_SIZE"] = str(given.batch)
    print(f"{given.pages} pages; this machine has {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, all_pages = (write_pages(folder / str(n), n) for n in (given.pages // 4, given.pages))
        loads = {count: load_pages(all_pages, folder / f"lake-{count}", count) for count in given.workers}
        begin = load_pages(few, folder / "lake-few", min(given.workers))
    for count, load in loads.items():
        print(
            f"{count} workers: {load.wall:6.1f} s wall; CPU: workers {load.workers:6.1f} s, coordinator "
            f"{load.coordinator:5.1f} s, scheduler {load.scheduler:5.1f} s"
        )
    print_limit(begin, loads[min(given.workers)], given.pages - given.pages // 4)


def print_limit(few: Load, many: Load, pages: int) -> None:
    """CPU for 100,000 articles by role, and the number of workers that one coordinator feeds."""
    by_role = {
        role: (getattr(many, role) - getattr(few, role)) / pages * 100_000
        for role in ("workers", "coordinator", "scheduler")
    }
    print("CPU seconds for 100,000 articles:", ", ".join(f"{role} {s:,.0f}" for role, s in by_role.items()))
    # Coordinator and scheduler are two processes: the busier one is the limit.
    busier = max(by_role["coordinator"], by_role["scheduler"])
    print(f"the limit is reached with {by_role['workers'] / busier:.0f} workers")


def load_pages(pages: Path, lake: Path, workers: int) -> Load:
    """Load the pages on a cluster of its own, whose scheduler is this process."""
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        before, scheduling = _worker_seconds(), _own_seconds()
        command = [COPYDESK, "load", str(pages), "--lake", str(lake)]
        cost = measure([*command, "--engine", "dask", "--scheduler", cluster.scheduler_address])
        return Load(
            wall=cost.wall_seconds,
            coordinator=cost.cpu[cost.root],
            scheduler=_own_seconds() - scheduling,
            workers=_worker_seconds() - before,
        )


def _own_seconds() -> float:
    """CPU of this process without the thread that asks and measures: the scheduler's."""
    return time.process_time() - time.thread_time()


def _worker_seconds() -> float:
    """CPU of all processes under this one: the workers, while no load runs."""
    family = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(times.user + times.system for times in family)


def write_pages(folder: Path, count: int) -> Path:
    """A folder of pages, each an event of its own; the same number gives the same."""
    folder.mkdir()
    chance = random.Random(count)
    for number in range(count):
        place, thing = chance.choice(PLACES), chance.choice(THINGS)
        paragraphs = "\n".join(f"<p>{_write_paragraph(chance, place, thing)}</p>" for _ in range(10))
        title = f"Fair {count}-{number} brings {chance.randrange(10, 900)} {thing} to {place}"
        day = f"2026-{chance.randrange(1, 10):02}-{chance.randrange(1, 28):02}T08:00:00Z"
        (folder / f"{number}.html").write_text(
            f'<!doctype html><html lang="en"><head><title>{title}</title><meta property="article:published_time" '
            f'content="{day}"></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>\n{paragraphs}\n'
            f"</article><footer>Share this article. Subscribe to our newsletter.</footer></body></html>"
        )
    return folder


def _write_paragraph(chance: random.Random, place: str, thing: str) -> str:
    person, other = chance.sample(PEOPLE, 2)
    many, part = chance.randrange(100, 9_000), chance.randrange(2, 90)
    return (
        f"More than {many:,} {thing} were counted in {place} on Monday, the council of {chance.choice(PLACES)} said, "
        f"{part} percent more than in the year before. “We have waited for {part} weeks,” said {person}, who runs the "
        f"harbour office and had asked for {chance.randrange(2, 60)} million euros. {other} did not agree."
    )


if __name__ == "__main__":
    main()
