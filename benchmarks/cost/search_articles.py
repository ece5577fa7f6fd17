"""How long a search takes in a large lake: rare and common words, phrases, beginnings, filters.

    python -m benchmarks.cost.search_articles --articles 100000 --lake /tmp/lakes/100000

Makes a synthetic lake (see synthetic_lake.py) unless the folder holds one, and asks the same 400 searches in a fixed
random order. Four of ten kinds have a word that every article has, the dearest there is. Printed: CPU seconds to make the index, its
size, and the median and 95th percentile of a search, in wall and CPU milliseconds.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cost.synthetic_lake import fill_lake, person_name
from warehouse.asking.search import search
from warehouse.asking.search_index import refresh_search, search_file
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

COUNT = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--lake", type=Path, help="folder of the lake; kept, and taken again [a temporary one]"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        location = LakeLocation.at(given.lake or Path(temporary) / "lake")
        if not (location.folder / "catalog.sqlite").is_file():
            with open_lake(location, create=True) as lake:
                fill_lake(lake, 0, given.articles)
        measure(location)


def measure(location: LakeLocation) -> None:
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


if __name__ == "__main__":
    main()
