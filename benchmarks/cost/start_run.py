"""How soon `copydesk run` asks for its first byte, and what Prefect costs a run of few and of many articles.

    python -m benchmarks.cost.start_run                       # seconds from the command to its first request, no server
    python -m benchmarks.cost.start_run --prefect             # CPU and task runs beside a Prefect server, 10 and 200 articles

The outlet is a server on loopback with a feed of pages of our own. A run's articles are fetched without a pause.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psutil

from benchmarks.cost.scale_out import write_pages
from flows.scheduling.server import local_server
from flows.scheduling.server_note import LocalServer
from tests.flows.served import Asked

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
CONFIG = """
[fetch]
open_hosts = ["127.0.0.1"]
[engine]
name = "inline"
[[outlets]]
key = "gullcliff-times"
feeds = ["{url}/rss.xml"]
limits = {{ delay_seconds = 0.0 }}
"""


class Outlet(ThreadingHTTPServer):
    """A feed of the pages in a folder; knows when its first request came."""

    def __init__(self, pages: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {f"/{file.stem}": file.read_bytes() for file in pages.iterdir()}
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asking: psutil.Process | None = None
        self.first_asked: tuple[float, float] | None = None

    def answer(self, path: str) -> bytes | None:
        """The body at the path; None for nothing. The first one notes the time, and the CPU that `asking` has used."""
        if self.first_asked is None and self.asking:
            self.first_asked = time.monotonic(), _cpu(self.asking)
        if path != "/rss.xml":
            return self.pages.get(path)
        items = "".join(f"<item><link>{self.url}{page}</link></item>" for page in self.pages)
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


class _Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        body = self.server.answer(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml" if self.path.endswith("xml") else "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_words: object) -> None:
        """Nothing is logged."""


@contextmanager
def serving(pages: Path, folder: Path) -> Iterator[Outlet]:
    """The outlet while it answers; copydesk.toml in the folder names it."""
    outlet = Outlet(pages)
    threading.Thread(target=outlet.serve_forever, daemon=True).start()
    (folder / "copydesk.toml").write_text(CONFIG.format(url=outlet.url))
    try:
        yield outlet
    finally:
        outlet.shutdown()
        outlet.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--prefect", action="store_true")
    parser.add_argument("--articles", type=int, nargs="+", default=[10, 200])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.prefect:
            measure_prefect(folder, given.articles)
        else:
            measure_start(folder, given.runs)


def measure_start(folder: Path, runs: int) -> None:
    """Seconds from the command to the first request at the outlet, each run on a new lake."""
    pages = write_pages(folder / "pages", 2)
    seconds = []
    for number in range(runs):
        with serving(pages, folder) as outlet:
            begin = time.monotonic()
            run(folder, f"lake-{number}", {}, outlet)
            assert outlet.first_asked, "the outlet was never asked"
            seconds.append((outlet.first_asked[0] - begin, outlet.first_asked[1]))
    wall, cpu = (sorted(values)[runs // 2] for values in zip(*seconds, strict=True))
    print(
        f"from the command to its first request, no server: {wall:.2f} s wall, {cpu:.2f} s CPU, medians of {runs}"
    )


def measure_prefect(folder: Path, counts: list[int]) -> None:
    """The server's CPU and the task runs of one ingest, for each number of articles."""
    with local_server(folder / "prefect") as started:
        server = _find_server(started.url)
        run_one(folder, "warm", 2, started)
        for count in counts:
            before = _cpu(server)
            run_one(folder, f"lake-{count}", count, started)
            time.sleep(5)  # events are written in batches
            tasks = Asked(started).post("/task_runs/count", {})
            print(
                f"{count} articles: server {_cpu(server) - before:.2f} s CPU; {tasks} task runs so far",
                flush=True,
            )


def run_one(folder: Path, lake: str, count: int, server: LocalServer) -> None:
    """One ingest of `count` new articles, recorded by the Prefect server."""
    with serving(write_pages(folder / f"pages-{lake}", count), folder) as outlet:
        run(folder, lake, {**server.environment, "PREFECT_LOGGING_LEVEL": "WARNING"}, outlet)


def run(folder: Path, lake: str, environment: dict[str, str], outlet: Outlet) -> None:
    """`copydesk run` in the folder; SystemExit with its output when it fails."""
    known = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    process = psutil.Popen(
        [COPYDESK, "run", "--lake", str(folder / lake)],
        env={**known, **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    outlet.asking = process
    output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(output.decode())


def _find_server(url: str) -> psutil.Process:
    port = httpx.URL(url).port
    held = (
        c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.laddr.port == port
    )
    return psutil.Process(next(held).pid)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


if __name__ == "__main__":
    main()
