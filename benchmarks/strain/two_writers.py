"""Two writers at one lake for some minutes: loads of new articles beside backfills. Nothing must fail.

    python -m benchmarks.strain.two_writers --minutes 5                                  # SQLite and a folder
    python -m benchmarks.strain.two_writers --minutes 5 --servers                        # PostgreSQL and S3 of our own
    python -m benchmarks.strain.two_writers --minutes 5 --catalog-url postgresql://... --data-url s3://...

Prints how many runs each writer ended, their median seconds, articles landed, and the data checks that fail;
exit code 1 when a run or a check failed. Passwords come from the environment.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from core.errors import CopydeskError
from core.settings import EngineSettings, Settings
from flows.backfill.request import BackfillRequest
from flows.backfill.work import begin_backfill, resume_backfill
from flows.load import load_files
from warehouse.asking.checks import run_checks
from warehouse.catalog.open import open_lake

PLACES = ("Gullcliff", "Tarn", "Port Lowen", "Aldery", "Lowmarsh", "Dunmore")
PEOPLE = ("Rhona Teague", "Idris Vale", "Petra Holm", "Tomas Beck", "Mara Quill")


def write_articles(folder: Path, number: int, count: int = 5) -> Path:
    """A folder of new articles; the same number gives the same."""
    chance = random.Random(number)
    place = folder / f"round-{number:05}"
    place.mkdir(parents=True)
    for index in range(count):
        town, person = chance.choice(PLACES), chance.choice(PEOPLE)
        people, cost = chance.randrange(100, 9_000), chance.randrange(1, 90)
        (place / f"{index}.txt").write_text(
            f"Fair {number}-{index} opens in {town}\n\nMore than {people:,} people came to the fair in {town} on "
            f"Monday, the council said. It cost {cost} million euros and took {chance.randrange(2, 30)} weeks.\n\n"
            f'"We have waited for number {number}-{index}," said {person}, who has built it for years.\n'
        )
    return place


def keep_loading(settings: Settings, folder: Path, seconds: float) -> tuple[list[float], list[str]]:
    """Seconds of each load, and errors."""
    numbers = iter(range(1_000_000))
    return _repeat(
        seconds, lambda: load_files(settings, [write_articles(folder, next(numbers))], outlet="desk")
    )


def keep_backfilling(settings: Settings, seconds: float) -> tuple[list[float], list[str]]:
    """Seconds of each backfill, and errors."""
    request = BackfillRequest(stage="extract", chunk_size=20)
    return _repeat(seconds, lambda: resume_backfill(settings, begin_backfill(settings, request)))


def _repeat(seconds: float, work: object) -> tuple[list[float], list[str]]:
    assert callable(work)
    times, errors = [], []
    deadline = time.monotonic() + seconds
    while (began := time.monotonic()) < deadline:
        try:
            work()
        except CopydeskError as error:
            errors.append(f"{type(error).__name__}: {error}")
        times.append(time.monotonic() - began)
    return times, errors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--catalog-url")
    parser.add_argument("--data-url")
    parser.add_argument(
        "--servers", action="store_true", help="start PostgreSQL and an S3 stand-in on loopback"
    )
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        catalog, data = given.catalog_url, given.data_url
        if given.servers:
            catalog, data = start_servers(stack, folder)
        settings = Settings(
            lake=folder / "lake", catalog_url=catalog, data_url=data, engine=EngineSettings(name="inline")
        )
        load_files(settings, [write_articles(folder, 999_999)], outlet="desk")
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            loads = pool.submit(keep_loading, settings, folder, given.minutes * 60)
            backfills = pool.submit(keep_backfilling, settings, given.minutes * 60)
            results = {"loads": loads.result(), "backfills": backfills.result()}
        return report(settings, results)


def start_servers(stack: ExitStack, folder: Path) -> tuple[str, str]:
    """The catalog's and the bucket's address on servers that end with the stack."""
    import boto3
    from moto.server import ThreadedMotoServer

    from tests.servers import create_database, running_postgres

    (folder / "postgres").mkdir()
    catalog = create_database(stack.enter_context(running_postgres(folder / "postgres")))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    stack.callback(store.stop)
    address = "http://{}:{}".format(*store.get_host_and_port())
    os.environ.update(AWS_ACCESS_KEY_ID="desk", AWS_SECRET_ACCESS_KEY="desk", AWS_ENDPOINT_URL=address)
    os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
    boto3.client("s3").create_bucket(Bucket="soak")
    return catalog, "s3://soak/lake"


def report(settings: Settings, results: dict[str, tuple[list[float], list[str]]]) -> int:
    """Print the figures; 1 when something failed."""
    with open_lake(settings, read_only=True) as lake:
        bad = [check.name for check in run_checks(lake) if not check.is_good]
        rows = lake.execute("SELECT count(*), count(DISTINCT article_id) FROM articles").fetchall()[0]
        states = lake.execute("SELECT flow, state, count(*) FROM runs GROUP BY ALL ORDER BY ALL").fetchall()
    for name, (times, errors) in results.items():
        print(f"{name}: {len(times)}, median {statistics.median(times):.1f} s, failed {len(errors)}")
        print(*errors, sep="\n", end="\n" if errors else "")
    print(f"articles: {rows[0]} rows, {rows[1]} ids; runs: {states}; checks that fail: {bad or 'none'}")
    failed = any(state == "failed" for _, state, _ in states) or any(errors for _, errors in results.values())
    return int(bool(bad or rows[0] != rows[1] or failed))


if __name__ == "__main__":
    sys.exit(main())
