"""A host that asks to be left alone is, by the next run as well; a robots.txt that is not there is no failure."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from lakes import ask

from core.outlets import FetchLimits, Outlet
from core.settings import FetchSettings, Settings
from flows.ingest import ingest_outlets
from flows.intake.fetching import Timekeeping
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, not_found
from tests.fixtureweb.thread import ADDRESSES, serve_web

START = datetime(2026, 3, 2, tzinfo=UTC)
HOST = ADDRESSES[0]


def test_what_a_host_asks_for_is_kept_by_the_next_run(settings: Settings) -> None:
    clock = SimulatedClock(START)

    def site(request: Request) -> Answer:
        if request.path == "/feed" and request.at < START + timedelta(hours=1):
            return Answer(429, headers={"Retry-After": "3600"})
        if request.path == "/feed":
            body = b'<rss version="2.0"><channel><title>x</title></channel></rss>'
            return Answer(body=body, headers={"Content-Type": "text/rss"})
        return not_found()

    def build(web: FixtureWeb) -> None:
        web.sites[HOST] = site

    with serve_web(clock, build) as web:
        outlet = Outlet(key="mail", feeds=(web.url(HOST, "/feed"),), limits=FetchLimits(delay_seconds=0))
        fetch = FetchSettings(open_hosts=ADDRESSES)
        following = settings.model_copy(update={"outlets": (outlet,), "fetch": fetch})
        times = Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(1))
        asked = []
        for minutes in (0, 30, 61):
            clock.move_to(START + timedelta(minutes=minutes))
            ingest_outlets(following, timekeeping=times)
            asked.append(web.paths(HOST))
    assert asked[0] == asked[1] == ["/robots.txt", "/feed"]
    assert asked[2] == ["/robots.txt", "/feed", "/feed"]
    lake = following.lake
    assert ask(lake, "SELECT condition, failure_count FROM feed_health") == [("good", 0)]
    counts = "request_count, ok_count, failed_count, failures"
    rows = ask(lake, f"SELECT {counts} FROM fetches JOIN runs USING (run_id) ORDER BY started_at")
    assert rows == [(2, 0, 1, '{"429": 1}'), (1, 1, 0, None)]
