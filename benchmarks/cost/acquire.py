"""What acquiring costs: pages per CPU second of fetching and archiving, records per CPU second of a WARC file; peak memory.

    python -m benchmarks.cost.acquire [--hosts 200] [--pages 100]                     pages of many outlets
    python -m benchmarks.cost.acquire --warc [--records 100000] [--kilobytes 20]      a WARC file, referenced and copied
    python -m benchmarks.cost.acquire --files 500       pages of the corpora, archived by the coordinator or by workers

Pages: the hosts are played by a server in a process of its own, whose CPU does not count; every host has a sitemap of
`--pages` pages of about 20 kB and a robots.txt. There is no pause between requests, but still one request at a time per
host. WARC: a file of made-up pages is written first; each measurement is a process of its own, on a lake of its own, up
to the point where the workers would begin. Files: the coordinator's CPU up to the same point, and what the workers then
need to archive. Memory is flat when a tenth of the records needs as much.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import multiprocessing
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.corpora import CORPORA, read_rows
from core.outlets import FetchLimits, Outlet
from core.settings import ArchiveSettings, EngineSettings, Settings
from flows.intake.acquisition import Acquisition
from flows.intake.options import FileChoice, file_options
from flows.runs.run import open_run
from flows.runs.steps import NoProgress
from flows.work.archiving import archive_rows
from flows.work.process import make_order
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.base.interleaving import draw_side_by_side
from tasks.acquire.files.read import iterate_inputs
from tasks.acquire.follow.harvest import harvest_outlet
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.pages import FetchedPage
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html, not_found
from warehouse.archive.writer import ArchiveWriter

PARAGRAPH = "<p>The harbour office of Orsay gave no new figure on Friday, a spokeswoman said.</p>\n"
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


def play_site(base: str, page_count: int, request: Request) -> Answer:
    if request.path == "/sitemap.xml":
        urls = "".join(f"<url><loc>{base}/news/{n}</loc></url>" for n in range(page_count))
        return Answer(body=f"<urlset>{urls}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    if request.path.startswith("/news/"):
        return html(f"<html><title>{request.path}</title>{PARAGRAPH * 240}</html>")
    return not_found()


def serve(hosts: list[str], page_count: int, pipe: Connection) -> None:
    """Play the hosts until the pipe sends a message."""

    async def run() -> None:
        async with FixtureWeb(SimulatedClock()) as web:
            for host in hosts:
                base = web.url(host, "")
                web.sites[host] = lambda request, base=base: play_site(base, page_count, request)
            pipe.send(web.port)
            await asyncio.to_thread(pipe.recv)

    asyncio.run(run())


async def fetch_all(hosts: list[str], port: int, folder: Path) -> int:
    count = 0
    limits = FetchLimits(delay_seconds=0, max_articles=100_000)
    outlets = [
        Outlet(
            key=host,
            home_url=f"http://{host}:{port}/",
            sitemaps=(f"http://{host}:{port}/sitemap.xml",),
            limits=limits,
        )
        for host in hosts
    ]

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    policy = AddressPolicy(frozenset(hosts))
    with ArchiveWriter(folder, 10**9, "bench") as writer:
        async with WebClient("copydesk-benchmark", policy, resolve=resolve) as client:
            fetcher = Fetcher(
                client,
                FetchPolicy(addresses=policy),
                clock=time.monotonic,
                now=lambda: datetime.now(UTC),
                sleep=asyncio.sleep,
                rng=random.Random(1),
            )
            harvests = [harvest_outlet(outlet, fetcher, ()) for outlet in outlets]
            async for item in draw_side_by_side(harvests, len(hosts)):
                if isinstance(item, FetchedPage):
                    writer.append_exchange(item.capture, item.exchange)
                    count += 1
        writer.settle()
    return count


def measure_pages(host_count: int, pages: int) -> None:
    """Fetch and archive all pages of all hosts."""
    hosts = [f"outlet-{n}.example" for n in range(host_count)]
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(hosts, pages, theirs))
    server.start()
    port = ours.recv()
    started, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        count = asyncio.run(fetch_all(hosts, port, Path(folder)))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours.send("stop")
    server.join()
    print(
        f"{count:,} pages on {len(hosts)} hosts: {count / cpu:.0f} pages per CPU second, {wall:.0f} s, peak {peak:.0f} MB"
    )


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
            Acquisition(run, lambda: "benchmark", copies_records=copies) as acquisition,
        ):
            acquisition.take_all(iterate_inputs([path], options), NoProgress())
        cpu, wall = time.process_time() - cpu, time.perf_counter() - started
        count = acquisition.taken_count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    how = "copied" if copies else "referenced"
    return f"{count:,} records {how}: {count / cpu:,.0f} a CPU second, {wall:.0f} s, peak {peak:.0f} MB"


def measure_warc(records: int, kilobytes: int) -> None:
    """Take in a tenth of the records and all of them, by reference and by copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        for count in (records // 10, records):
            write_warc(path, count, kilobytes)
            print(f"{path.stat().st_size / 1e6:,.0f} MB of WARC", flush=True)
            for more in ([], ["--copy"]):
                subprocess.run(
                    [sys.executable, "-m", "benchmarks.cost.acquire", "--take", str(path), *more],
                    check=True,
                )


def measure_files(count: int) -> None:
    """Take in pages of the corpora, archived by the coordinator and left to the workers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pages"
        size = write_corpus_pages(folder, count)
        print(f"{count} pages of {size / count / 1e3:,.0f} kB at the mean; CPU seconds for 1,000 pages")
        take_files(
            folder, Path(name) / "first", 10**9
        )  # not counted: imports, and files that come from the disk
        for number, workers_from in enumerate((10**9, 0, 10**9, 0)):
            taking, archiving = take_files(folder, Path(name) / f"lake-{number}", workers_from)
            who = "workers archive" if archiving else "the coordinator archives"
            print(
                f"  {who:25} coordinator {taking / count * 1e3:5.2f}, workers {archiving / count * 1e3:5.2f}"
            )


def write_corpus_pages(folder: Path, count: int) -> int:
    """Pages of the evaluation corpora as files; returns their bytes together."""
    folder.mkdir()
    rows = [
        row for name in ("wcxb_dev", "fundus_dev", "aeb_dev") for row in read_rows(CORPORA / f"{name}.jsonl")
    ]
    pages = [gzip.decompress((CORPORA / row["html_path"]).read_bytes()) for row in rows[:count]]
    return sum((folder / f"{number}.html").write_bytes(page) for number, page in enumerate(pages))


def take_files(folder: Path, lake: Path, workers_from: int) -> tuple[float, float]:
    """CPU seconds of the coordinator, and those of archiving what it has left to the workers."""
    settings = Settings(lake=lake, archive=ArchiveSettings(workers_from=workers_from))
    with (
        open_run(settings, "load", {}) as run,
        Acquisition(run, lambda: "benchmark") as acquisition,
    ):
        begin = time.process_time()
        acquisition.take_all(iterate_inputs([folder], file_options(settings)), NoProgress())
        staged = acquisition.finish()
        taken = time.process_time()
        order = make_order(run, "process_batch")
        for ref in staged.refs:
            archive_rows(order, ref, ref.read_rows())
        return taken - begin, time.process_time() - taken if workers_from == 0 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=100, help="pages of each host")
    parser.add_argument("--warc", action="store_true", help="measure a WARC file")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--kilobytes", type=int, default=20, help="size of a page")
    parser.add_argument("--files", type=int, help="number of pages of the corpora to measure")
    parser.add_argument("--take", type=Path, help="only take this WARC file, and print what it cost")
    parser.add_argument("--copy", action="store_true", help="with --take: copy its records")
    options = parser.parse_args()
    if options.take:
        print(take(options.take, copies=options.copy))
    elif options.files:
        measure_files(options.files)
    elif options.warc:
        measure_warc(options.records, options.kilobytes)
    else:
        measure_pages(options.hosts, options.pages)


if __name__ == "__main__":
    main()
