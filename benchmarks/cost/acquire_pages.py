"""Pages per CPU second and peak memory of fetching and archiving, over many loopback hosts.

    python -m benchmarks.cost.acquire_pages [--hosts 200] [--pages 100]

The hosts are played by a server in a process of its own, whose CPU does not count; every host has a
sitemap of `--pages` pages of about 20 kB and a robots.txt. There is no pause between requests, but
still one request at a time per host.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import resource
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from core.outlets import FetchLimits, Outlet
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.base.side_by_side import draw_side_by_side
from tasks.acquire.follow.harvest import harvest_outlet
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.pages import FetchedPage
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html, not_found
from warehouse.archive.writer import ArchiveWriter

PARAGRAPH = "<p>The harbour office of Orsay gave no new figure on Friday, a spokeswoman said.</p>\n"


def play_site(base: str, page_count: int, request: Request) -> Answer:
    if request.path == "/sitemap.xml":
        urls = "".join(f"<url><loc>{base}/news/{n}</loc></url>" for n in range(page_count))
        return Answer(body=f"<urlset>{urls}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    if request.path.startswith("/news/"):
        return html(f"<html><title>{request.path}</title>{PARAGRAPH * 240}</html>")
    return not_found()


def serve(hosts: list[str], page_count: int, pipe: Connection) -> None:
    """Play the hosts until told to stop."""

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=100)
    options = parser.parse_args()
    hosts = [f"outlet-{n}.example" for n in range(options.hosts)]
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(hosts, options.pages, theirs))
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


if __name__ == "__main__":
    main()
