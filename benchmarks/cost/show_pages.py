"""How long the front page and story pages take in a large lake: each at its first showing and shown again.

    python -m benchmarks.cost.show_pages --articles 100000 --lake /tmp/lakes/100000

Makes a synthetic lake (see synthetic_lake.py) unless the folder holds one, and asks for the front page and for the pages of
stories as a browser does, without the network. "First" is a page that no reader has seen at this snapshot, from a process
that has shown others; "again" one that has been shown. Printed: median and 95th percentile, in wall and CPU milliseconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.cost.synthetic_lake import fill_lake
from core.settings import Settings
from dashboard.app import make_app
from dashboard.guards import Guard
from warehouse.asking.pinned import PinnedReader
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

STORIES = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--lake", type=Path, help="folder of the lake; kept, and taken again [a temporary one]"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.lake or Path(temporary) / "lake"
        location = LakeLocation.at(folder)
        if not (location.folder / "catalog.sqlite").is_file():
            with open_lake(location, create=True) as lake:
                fill_lake(lake, 0, given.articles)
        measure(Settings(lake=folder))


def measure(settings: Settings) -> None:
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
        tell("story, first", [ask(client, f"/stories/{one}") for one in ids[5:]])
        tell("story, again", [ask(client, f"/stories/{one}") for one in ids[5:]])
        tell("front page, first", [ask(client, day) for day in days])
        tell("front page, again", [ask(client, "/") for _ in range(40)])


def ask(client: TestClient, path: str) -> tuple[float, float]:
    at, of_cpu = time.perf_counter(), time.process_time()
    assert client.get(path).status_code == 200
    return 1000 * (time.perf_counter() - at), 1000 * (time.process_time() - of_cpu)


def tell(name: str, times: list[tuple[float, float]]) -> None:
    if not times:
        print(f"{name}: nothing to show")
        return
    for place, kind in enumerate(("wall", "CPU")):
        sorted_ = sorted(each[place] for each in times)
        print(
            f"{name}, {kind} ms: median {sorted_[len(sorted_) // 2]:.0f}, 95th percentile {sorted_[int(0.95 * len(sorted_))]:.0f}"
        )


if __name__ == "__main__":
    main()
