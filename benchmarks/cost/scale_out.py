"""How a load scales over Dask workers, and how many of them one coordinator can feed.

    python -m benchmarks.cost.scale_out --pages 2000 --workers 1 2 4
    python -m benchmarks.cost.scale_out --messages          handing out batches alone, to 128 threads

Pages of our own (HTML, some 300 words) are loaded on local Dask clusters of processes, in batches of the size that a
load of 100,000 has at the mean (batches grow, see flows/work/batches.py). Printed: wall seconds for each
number of workers (no more than this machine has cores can be of use); and, from loads of a quarter of the pages and of
all of them, so that starting up does not count, the CPU seconds that coordinator, scheduler and workers need for
100,000 articles, and those of the coordinator for 1,000 articles by part (benchmarks/cost/loads/coordinator.py). Workers over
coordinator and scheduler is the number of workers at which those are the limit.

`messages` are counted for as long as the load takes, with Dask's own heartbeats, and so is the scheduler's waiting. On a machine of few
cores that is long; see --messages for what a batch costs. Loads of 500 pages or more are grouped by a worker, so that a quarter of the
pages should be as many.

Each page tells an event of its own, in names of its own, 400 pages a day. With --alike all tell of the same few places and people, so that
hundreds of them are one story: the worst case of grouping.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from distributed import LocalCluster

from benchmarks.cost.loads.measure import measure

ARTICLES_A_DAY = 400  # a load of 100,000 spans eight months
FIRST_DAY = datetime(2026, 1, 1, 8, tzinfo=UTC)
PLACES = ("Gullcliff", "Tarn", "Port Lowen", "Aldery", "Lowmarsh", "Dunmore")
PEOPLE = ("Rhona Teague", "Idris Vale", "Petra Holm", "Tomas Beck", "Mara Quill")
SYLLABLES = (
    "ba",
    "del",
    "fir",
    "gon",
    "hul",
    "kem",
    "lor",
    "mi",
    "nus",
    "pra",
    "quel",
    "rin",
    "sto",
    "tav",
    "wen",
    "zor",
)
SENTENCES = (
    "{person} had asked the council of {place} for more time, and the council agreed without a vote.",
    "Nobody in {place} wanted the {thing} at first, said {other}, who keeps a shop behind the station.",
    "The {thing} came to {place} by train and were stored in an old warehouse near {town}.",
    "“People here have long memories,” said {person}. “They do not forget who helped them.”",
    "A spokesman for the region declined to comment on the letter that {other} had sent.",
    "More than {many:,} {thing} were counted in {place} on Monday, {part} percent more than in the year before.",
    "The road between {place} and {town} is narrow, and heavy lorries are not allowed on it at night.",
    "{other} did not agree, and has written to the ministry.",
    "Schools in {town} closed early so that children could watch from the harbour wall.",
    "The plan was drawn up by engineers from {town}, who had worked on a similar bridge before.",
    "{person} grew up in {place} and returned after many years abroad.",
    "It is not known who paid for the survey, or why it was never published.",
    "Critics say that the {thing} belong in a museum and not on a public square.",
    "The work will cost {cost} million euros, of which the region pays half.",
    "“We were told in March, and then we heard nothing,” {other} said.",
    "Farmers near {town} fear that the water will rise again before the harvest.",
    "A court in {town} will hear the case in the autumn.",
    "The theatre group of {place} has already rehearsed a play about the {thing}.",
    "{person} will speak about it at the town hall, where seats are free.",
    "Two engineers measured the ground, and found it softer than the maps had promised.",
    "Insurers have not said whether they will cover the damage.",
    "The bakery on the corner sells bread in the shape of {thing}.",
    "In {town} the same idea failed, because nobody could agree on a place.",
    "Fishermen from {place} have offered their boats in case the ferry does not run.",
    "The mayor thanked {other} and the volunteers who had come from {town}.",
    "Visitors are asked to leave their cars outside the old walls.",
    "An earlier report had found cracks in the tower, but repairs were put off.",
    "The library of {place} shows photographs of the {thing} until the end of the month.",
    "{person} called the decision a good day for everyone who lives by the river.",
    "The weather office expects strong wind, so the opening can still be moved.",
)
THINGS = ("boats", "houses", "trees", "jobs", "passengers", "votes")


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of one load: on the clock, and of CPU by role."""

    wall: float
    coordinator: float
    scheduler: float
    workers: float
    parts: dict[str, float] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--batch", type=int, default=88, help="inputs in a batch")
    parser.add_argument("--alike", action="store_true", help="pages that tell of the same few events")
    parser.add_argument("--messages", action="store_true", help="only hand out batches without work")
    given = parser.parse_args()
    if given.messages:
        hand_out_batches()
        return
    os.environ["COPYDESK_ENGINE__BATCH_SIZE"] = str(given.batch)
    os.environ.setdefault("COPYDESK_ARCHIVE__WORKERS_FROM", "0")  # as from the thousandth input on
    print(f"{given.pages} pages; this machine has {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, all_pages = (
            write_pages(folder / str(n), n, alike=given.alike) for n in (given.pages // 4, given.pages)
        )
        loads = {count: load_pages(all_pages, folder / f"lake-{count}", count) for count in given.workers}
        begin = load_pages(few, folder / "lake-few", min(given.workers))
    for count, load in loads.items():
        print(
            f"{count} workers: {load.wall:6.1f} s wall; CPU: workers {load.workers:6.1f} s, coordinator "
            f"{load.coordinator:5.1f} s, scheduler {load.scheduler:5.1f} s"
        )
    print_limit(begin, loads[min(given.workers)], given.pages - given.pages // 4)


def hand_out_batches(threads: int = 128, count: int = 1_200) -> None:
    """Print the coordinator's CPU time for a batch without work, in a cluster of `threads` threads."""
    with LocalCluster(
        n_workers=1, threads_per_worker=threads, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        module = "benchmarks.cost.loads.messages"
        subprocess.run([sys.executable, "-m", module, cluster.scheduler_address, str(count)], check=True)


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
    alone = by_role["coordinator"] - (many.parts["messages"] - few.parts["messages"]) / pages * 100_000
    print(f"by the coordinator without its messages: {by_role['workers'] / alone:.0f} workers")
    print("CPU seconds of the coordinator for 1,000 articles:")
    for part, seconds in sorted(many.parts.items(), key=lambda item: -item[1]):
        print(f"  {part:16} {(seconds - few.parts.get(part, 0.0)) / pages * 1_000:7.3f}")


def load_pages(pages: Path, lake: Path, workers: int) -> Load:
    """Load the pages on a cluster of its own, whose scheduler is this process."""
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        before, scheduling = _worker_seconds(), _own_seconds()
        split = lake.with_suffix(".json")
        command = [sys.executable, "-m", "benchmarks.cost.loads.coordinator", str(split)]
        command += ["load", str(pages), "--lake", str(lake)]
        cost = measure([*command, "--engine", "dask", "--scheduler", cluster.scheduler_address])
        return Load(
            wall=cost.wall_seconds,
            coordinator=cost.cpu[cost.root],
            scheduler=_own_seconds() - scheduling,
            workers=_worker_seconds() - before,
            parts=json.loads(split.read_text())["seconds"],
        )


def _own_seconds() -> float:
    """CPU of this process without the thread that asks and measures: the scheduler's."""
    return time.process_time() - time.thread_time()


def _worker_seconds() -> float:
    """CPU of all processes under this one: the workers, while no load runs."""
    family = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(times.user + times.system for times in family)


def write_pages(folder: Path, count: int, *, alike: bool = False) -> Path:
    """A folder of pages, each an event of its own unless they are `alike`; the same number gives the same."""
    folder.mkdir()
    chance = random.Random(count)
    for number in range(count):
        places = PLACES if alike else [_invent(chance) for _ in range(2)]
        people = PEOPLE if alike else [f"{_invent(chance)} {_invent(chance)}" for _ in range(3)]
        place, thing = (
            chance.choice(places),
            chance.choice(THINGS) if alike else _invent(chance).lower() + "s",
        )
        write = _write_alike if alike else _write_plain
        paragraphs = "\n".join(f"<p>{text}</p>" for text in write(chance, place, thing, places, people))
        title = f"Fair {count}-{number} brings {chance.randrange(10, 900)} {thing} to {place}"
        day = (FIRST_DAY + timedelta(days=number // ARTICLES_A_DAY)).isoformat()
        (folder / f"{number}.html").write_text(
            f'<!doctype html><html lang="en"><head><title>{title}</title><meta property="article:published_time" '
            f'content="{day}"></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>\n{paragraphs}\n'
            f"</article><footer>Share this article. Subscribe to our newsletter.</footer></body></html>"
        )
    return folder


def _invent(chance: random.Random) -> str:
    """A name that nothing else is called."""
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()


def _write_plain(
    chance: random.Random, place: str, thing: str, places: Sequence[str], people: Sequence[str]
) -> Iterator[str]:
    """Two thirds of the SENTENCES, two in a paragraph."""
    person, other = chance.sample(people, 2)
    words = {"place": place, "thing": thing, "town": places[0] if place == places[1] else places[1]}
    words |= {"person": person, "other": other}
    numbers = {
        "many": chance.randrange(100, 9_000),
        "part": chance.randrange(2, 90),
        "cost": chance.randrange(2, 60),
    }
    told = [text.format(**words, **numbers) for text in chance.sample(SENTENCES, 20)]
    return (" ".join(told[first : first + 2]) for first in range(0, len(told), 2))


def _write_alike(
    chance: random.Random, place: str, thing: str, places: Sequence[str], people: Sequence[str]
) -> Iterator[str]:
    for _ in range(10):
        person, other = chance.sample(people, 2)
        many, part = chance.randrange(100, 9_000), chance.randrange(2, 90)
        yield (
            f"More than {many:,} {thing} were counted in {place} on Monday, the council of {chance.choice(places)} said, "
            f"{part} percent more than in the year before. “We have waited for {part} weeks,” said {person}, who runs the "
            f"harbour office and had asked for {chance.randrange(2, 60)} million euros. {other} did not agree."
        )


if __name__ == "__main__":
    main()
