"""`copydesk serve` under kill -9: two outlets on loopback, one of them hostile; serving again does what was cut off."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil

from benchmarks.inputs.hostile_inputs import make_hostile_page
from benchmarks.strain.kills.verbs_at_work import Ground, Process, Verb
from core.errors import ConfigError
from tests.flows.lakes import ask

_SECONDS = 600.0
_CONFIG = """
[engine]
name = "inline"
[fetch]
open_hosts = ["127.0.0.1"]
"""
_OUTLET = """
[[outlets]]
key = "{key}"
feeds = ["{url}/{key}.xml"]
schedule = "6h"
limits = {{ delay_seconds = 0.0 }}
"""
_ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(20_000))
_ITEMS = {
    "good": "",
    "hostile": f"<author>{'a' * 20_000}</author><title><author>{'b' * 9_000}</author></title><source {_ATTRIBUTES}/>",
}
_IS_UP = "Ctrl-C ends it"
_DONE = "SELECT count(*) FROM runs WHERE flow = 'ingest' AND state = 'completed'"
_ARTICLES = "SELECT outlet, regexp_replace(url, ':[0-9]+', ''), title, md5(body_text), published_at FROM articles ORDER BY ALL"
_ROWS = "SELECT (SELECT count(*) FROM figures), (SELECT count(*) FROM quotations), (SELECT count(*) FROM removed_lines)"


class Serve(Verb):
    """`copydesk serve`, killed in its start, its first run or while it waits."""

    name = "serve"
    leaves_nothing = False  # its Prefect server lives on, until the next `serve` takes it over

    def __init__(self) -> None:
        self._expected: object = None

    def begin(self, ground: Ground) -> Process:
        config = ground.settings.lake.with_suffix(".toml")
        config.write_text(_CONFIG + "".join(_OUTLET.format(key=key, url=outlets_url()) for key in _ITEMS))
        return ground.start("serve", "--config", str(config), is_warm=False)

    def complete(self, ground: Ground) -> None:
        before = count_starts(ground)
        process = self.begin(ground)
        deadline = time.monotonic() + _SECONDS
        # A run that outlived the first `serve` can have done the work before the second one is up.
        while count_starts(ground) == before or not has_ingested(ground):
            assert is_running(process.pid) and time.monotonic() < deadline, ground.log.read_text()[-3_000:]
            time.sleep(1.0)
        os.kill(process.pid, signal.SIGTERM)
        ground.finish(process)
        if self._expected is None:
            self._expected = read_facts(ground)

    def find_faults(self, ground: Ground) -> Iterator[str]:
        if read_facts(ground) != self._expected:
            yield "articles differ"


def is_running(pid: int) -> bool:
    """Whether the process has not ended."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def count_starts(ground: Ground) -> int:
    """How often `serve` has said in the log that it is up."""
    return ground.log.read_text().count(_IS_UP) if ground.log.exists() else 0


def has_ingested(ground: Ground) -> bool:
    """Whether a run of the schedule has been completed."""
    try:
        return ask(ground.settings, _DONE) > [(0,)]
    except ConfigError:
        return False  # there is no lake yet


def read_facts(ground: Ground) -> object:
    """What must be the same however often it was killed; the times of fetching are not."""
    return ask(ground.settings, _ARTICLES), ask(ground.settings, _ROWS)


@cache
def outlets_url() -> str:
    """The address of the outlets, which are served from now on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Outlets)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


class _Outlets(BaseHTTPRequestHandler):
    """A feed of three pages for each outlet."""

    def do_GET(self) -> None:
        key = self.path.strip("/").partition(".")[0].partition("-")[0]
        if key not in _ITEMS:
            self.send_error(404)
        elif self.path.endswith(".xml"):
            self._answer("application/rss+xml", self._write_feed(key))
        else:
            self._answer("text/html; charset=utf-8", make_hostile_page(self.path, random.Random(self.path)))

    def _write_feed(self, key: str) -> bytes:
        links = (f"http://{self.headers['Host']}/{key}-{number}.html" for number in range(3))
        items = "".join(f"<item><link>{link}</link>{_ITEMS[key]}</item>" for link in links)
        head = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
        return f"{head}{items}</channel></rss>".encode()

    def _answer(self, content_type: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Nothing is logged."""
