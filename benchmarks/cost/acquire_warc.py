"""Records per CPU second and peak memory of taking in a WARC file, by reference and by copy.

    python -m benchmarks.cost.acquire_warc [--records 100000] [--kilobytes 20]

A file of made-up pages is written first; each measurement is a process of its own, on a lake of its own, up
to the point where the workers would begin. Memory is flat when a tenth of the records needs as much.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from core.settings import EngineSettings, Settings
from flows.intake.acquisition import Acquisition
from flows.intake.options import FileChoice, file_options
from flows.runs.run import open_run
from flows.runs.steps import NoProgress
from tasks.acquire.files.read import iterate_inputs

WORDS = [
    "harbour",
    "ferry",
    "council",
    "bridge",
    "minister",
    "tower",
    "school",
    "market",
    "tunnel",
    "orchard",
    "budget",
    "pilot",
]


def write_warc(path: Path, count: int, kilobytes: int) -> None:
    """A WARC file of `count` responses, a gzip member each; every page is another."""
    rng = random.Random(1)
    filling = " ".join(rng.choice(WORDS) for _ in range(kilobytes * 150)).encode()
    with path.open("wb") as file:
        for number in range(count):
            start = rng.randrange(1_000)
            page = b"<html lang='en'><title>Page %d</title><p>%b</p></html>" % (number, filling[start:])
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
            url = f"https://outlet-{number % 200}.example/news/{number}"
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-01T00:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http) + len(page)}\r\n\r\n"
            )
            file.write(zlib.compress(head.encode() + http + page + b"\r\n\r\n", 1, wbits=31))


def take(path: Path, *, copies: bool) -> str:
    """Take the file into a lake; what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(lake=Path(folder) / "lake", engine=EngineSettings(name="inline"))
        started, cpu = time.perf_counter(), time.process_time()
        options = file_options(settings, choice=FileChoice(copies=copies))
        with (
            open_run(settings, "load", {}) as run,
            Acquisition(run, "benchmark", copies_records=copies) as acquisition,
        ):
            acquisition.take_all(iterate_inputs([path], options), NoProgress())
        cpu, wall = time.process_time() - cpu, time.perf_counter() - started
        count = acquisition.taken_count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    how = "copied" if copies else "referenced"
    return f"{count:,} records {how}: {count / cpu:,.0f} a CPU second, {wall:.0f} s, peak {peak:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--kilobytes", type=int, default=20)
    parser.add_argument("--take", type=Path, help="only take this file, and say what it cost")
    parser.add_argument("--copy", action="store_true")
    options = parser.parse_args()
    if options.take:
        print(take(options.take, copies=options.copy))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        for count in (options.records // 10, options.records):
            write_warc(path, count, options.kilobytes)
            print(f"{path.stat().st_size / 1e6:,.0f} MB of WARC", flush=True)
            for more in ([], ["--copy"]):
                subprocess.run(
                    [sys.executable, "-m", "benchmarks.cost.acquire_warc", "--take", str(path), *more],
                    check=True,
                )


if __name__ == "__main__":
    main()
