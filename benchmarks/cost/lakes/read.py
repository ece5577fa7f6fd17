"""How long reading takes in a large lake: searches, and pages of the dashboard.

    python -m benchmarks.cost.grow_lake read --articles 100000 --lake /tmp/lakes/100000 [--only search|pages|queries]

Makes a synthetic lake (see inputs/synthetic_lake.py) unless the folder holds one. Search: rare and common words, phrases,
beginnings and filters, the same 400 in a fixed random order; four of ten kinds have a word that every article has, the
dearest there is. Printed: CPU seconds to make the index, its size, and the median and 95th percentile of a search.
Pages: the front page and pages of stories as a browser asks for them, without the network. "First" is a page that no reader
has seen at this snapshot, from a process that has shown others; "again" one that has been shown. Times are wall and CPU
milliseconds. Queries: every named query and the other questions, see asking.py.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.cost.lakes.asking import measure_asking
from benchmarks.inputs.synthetic_lake import fill_lake, person_name
from core.settings import Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from warehouse.asking.pinned import PinnedReader
from warehouse.asking.search import search
from warehouse.asking.search.index import refresh_search, search_file
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

COUNT = 400
STORIES = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--lake", type=Path, help="folder of the lake; kept, and taken again [a temporary one]"
    )
    parser.add_argument("--only", choices=PARTS, help="one part")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        location = LakeLocation.at(given.lake or Path(temporary) / "lake")
        if not (location.folder / "catalog.sqlite").is_file():
            with open_lake(location, create=True) as lake:
                fill_lake(lake, 0, given.articles)
        for part in [given.only] if given.only else PARTS:
            PARTS[part](location, given.articles)


def measure_search(location: LakeLocation, size: int) -> None:
    search_file(location).unlink(missing_ok=True)
    with open_lake(location, read_only=True) as lake:
        began = time.process_time()
        refresh_search(lake)
        size = search_file(location).stat().st_size / 1e6
        print(f"index: {time.process_time() - began:.1f} CPU seconds, {size:.0f} MB")
        wall, cpu = [], []
        for words in iterate_searches():
            at, of_cpu = time.perf_counter(), time.process_time()
            search(lake, words)
            wall.append(1000 * (time.perf_counter() - at))
            cpu.append(1000 * (time.process_time() - of_cpu))
    for name, times in (("wall", sorted(wall)), ("CPU", sorted(cpu))):
        print(f"{name} ms: median {times[COUNT // 2]:.0f}, 95th percentile {times[int(0.95 * COUNT)]:.0f}")


def iterate_searches() -> Iterator[str]:
    """The searches, of ten kinds."""
    chance = random.Random(1)
    searches = []
    for number in range(COUNT // 10):
        one, other = (_word(chance.randrange(20_000)) for _ in range(2))
        searches += [one, f"{one} {other}", f'"{one} and"', f"{one[:4]}*", f"{one} OR {other}"]
        searches += [f"boats NOT {one}", f"Ida {one} outlet:outlet-3", "said boats"]
        searches += [
            f'speaker:"{person_name(chance.randrange(2_000))}"',
            f"port since:2022-03-0{1 + number % 9}",
        ]
    chance.shuffle(searches)
    yield from searches


def _word(number: int) -> str:
    return "w" + f"{number:05}".translate(str.maketrans("0123456789", "abcdefghij"))


def measure_pages(location: LakeLocation, size: int) -> None:
    settings = Settings(lake=location.folder)
    with closing(PinnedReader(settings)) as reader:
        client = TestClient(make_app(settings, reader, Guard()), base_url="http://localhost")
        with reader.reading() as lake:
            rows = lake.fetch(
                "SELECT story_id FROM stories WHERE outlet_count > 1"
                f" ORDER BY last_published_at DESC, story_id LIMIT {STORIES + 5}"
            )
        ids = [story_id for (story_id,) in rows]
        for warm in ids[:5]:
            client.get(f"/stories/{warm}")
        days = [f"/?since=2022-03-{day:02}" for day in range(1, 21)]
        client.get("/")
        print_times("story, first", [ask(client, f"/stories/{one}") for one in ids[5:]])
        print_times("story, again", [ask(client, f"/stories/{one}") for one in ids[5:]])
        print_times("front page, first", [ask(client, day) for day in days])
        print_times("front page, again", [ask(client, "/") for _ in range(40)])


def ask(client: TestClient, path: str) -> tuple[float, float]:
    at, of_cpu = time.perf_counter(), time.process_time()
    assert client.get(path).status_code == 200
    return 1000 * (time.perf_counter() - at), 1000 * (time.process_time() - of_cpu)


def print_times(name: str, times: list[tuple[float, float]]) -> None:
    if not times:
        print(f"{name}: nothing to show")
        return
    for place, kind in enumerate(("wall", "CPU")):
        sorted_ = sorted(each[place] for each in times)
        print(
            f"{name}, {kind} ms: median {sorted_[len(sorted_) // 2]:.0f}, 95th percentile {sorted_[int(0.95 * len(sorted_))]:.0f}"
        )


PARTS = {"search": measure_search, "pages": measure_pages, "queries": measure_asking}
