"""An outlet whose pages misbehave, each in its own way, and what becomes of each."""

from __future__ import annotations

import asyncio
import gzip
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import format_datetime

from core.outcomes import Reason
from tests.fixtureweb.outlet_sites import write_sentence
from tests.fixtureweb.server import Answer, Request, html, not_found

# What becomes of each page in the end; `new` where the trouble passes.
REASONS = {
    "bomb": Reason.COMPRESSION_BOMB,
    "circle": Reason.HTTP_STATUS,
    "loopback": Reason.FORBIDDEN_ADDRESS,
    "metadata": Reason.FORBIDDEN_ADDRESS,
    "huge": Reason.TOO_LARGE,
    "charset": Reason.NEW,
    "drip": Reason.NEW,
    "busy": Reason.NEW,
    "busy-until": Reason.NEW,
    "down": Reason.NEW,
}
# Requests beyond the first that each needs: redirects, and the second try of what passes.
MORE_REQUESTS = {"circle": 5, "drip": 1, "busy": 1, "busy-until": 1, "down": 1}


class TroubledSite:
    """Feed, robots.txt and pages of the host; `broken_days` are when its feed is no XML or its robots.txt 503."""

    def __init__(self, origin: str, start: datetime) -> None:
        self._origin, self._start = origin, start
        self._asked: Counter[str] = Counter()
        self.broken_feed_day, self.broken_robots_day = 4, 6

    def __call__(self, request: Request) -> Answer:
        """The answer to a request, which may depend on how often the page was asked for."""
        day = (request.at - self._start).days
        if request.path == "/robots.txt":
            return Answer(503) if day == self.broken_robots_day else Answer(body=b"User-agent: *\n")
        if request.path == "/feed":
            return self._feed(is_broken=day == self.broken_feed_day)
        slug = request.path.rpartition("/")[2]
        self._asked[slug] += 1
        return self._page(slug, request.at, is_first=self._asked[slug] == 1)

    def _feed(self, *, is_broken: bool) -> Answer:
        items = "".join(
            f"<item><link>{self._origin}/news/{slug}</link><guid>{slug}</guid></item>" for slug in REASONS
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
        return Answer(
            body=b"<rss><channel" if is_broken else feed.encode(),
            headers={"Content-Type": "application/rss+xml"},
        )

    def _page(self, slug: str, now: datetime, *, is_first: bool) -> Answer:
        typed = {"Content-Type": "text/html"}
        text = "".join(f"<p>At the café by the quay {write_sentence(slug, n)}</p>" for n in range(12))
        page = f"<html><head><title>On {slug}</title></head><body><article>{text}</article></body></html>"
        lasting = {
            "bomb": Answer(
                body=gzip.compress(bytes(4_000_000)), headers={**typed, "Content-Encoding": "gzip"}
            ),
            "circle": Answer(302, headers={"Location": "/news/circle"}),
            "loopback": Answer(302, headers={"Location": "http://127.0.0.1/admin"}),
            "metadata": Answer(302, headers={"Location": "http://169.254.169.254/latest"}),
            "huge": Answer(headers={**typed, "Content-Length": "500000000"}),
            "charset": Answer(
                body=page.encode("windows-1252"), headers={"Content-Type": "text/html; charset=utf-8"}
            ),
        }
        passing = {
            "drip": Answer(headers=typed, stream=drip),
            "busy": Answer(429, headers={"Retry-After": "120"}),
            "busy-until": Answer(
                429, headers={"Retry-After": format_datetime(now + timedelta(seconds=120), usegmt=True)}
            ),
            "down": Answer(503),
        }
        if slug in lasting:
            return lasting[slug]
        if slug in passing:
            return passing[slug] if is_first else html(page)
        return not_found()


async def drip() -> AsyncIterator[bytes]:
    """A byte now and then."""
    for _ in range(1_000):
        yield b"x"
        await asyncio.sleep(0.05)
