"""Outlets followed into the lake: each real change lands once, and a killed run loses nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lakes import ask

from core.outlets import FetchLimits, Outlet
from core.settings import EngineSettings, FetchSettings, Settings
from flows.ingest import ingest_outlets
from flows.intake.fetching import Timekeeping
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import (
    OutletSite,
    PlayedArticle,
    write_atom,
    write_news_sitemap,
    write_rss,
)
from tests.fixtureweb.server import FixtureWeb
from tests.fixtureweb.thread import ADDRESSES, serve_web
from warehouse.asking.checks import run_checks
from warehouse.catalog.open import open_lake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

START = datetime(2026, 3, 2, tzinfo=UTC)
COPYDESK = Path(sys.executable).with_name("copydesk")


def play_articles(host: str, count: int) -> list[PlayedArticle]:
    """An article every three hours; every fourth is edited eight hours later."""
    articles = []
    for n in range(count):
        published = START + timedelta(hours=3 * n)
        edited = (published + timedelta(hours=8),) if n % 4 == 1 else ()
        articles.append(PlayedArticle(f"story-{n}-of-{host[-1]}-harbour-news", published, published, edited))
    return articles


def build_sites(web: FixtureWeb, count: int) -> None:
    for host, listing in zip(ADDRESSES, (write_rss, write_atom, write_news_sitemap), strict=True):
        origin = web.url(host, "").rstrip("/")
        web.sites[host] = OutletSite(host, origin, play_articles(host, count), listing)


def make_outlets(web: FixtureWeb, delay_seconds: float) -> tuple[Outlet, ...]:
    limits = FetchLimits(delay_seconds=delay_seconds)
    mail, post, ledger = (web.url(host, "/") for host in ADDRESSES)
    return (
        Outlet(key="mail", home_url=mail, feeds=(f"{mail}feed",), limits=limits),
        Outlet(key="post", home_url=post, feeds=(f"{post}feed",), limits=limits),
        Outlet(key="ledger", home_url=ledger, sitemaps=(f"{ledger}sitemap.gz",), limits=limits),
    )


def test_over_days_each_real_change_lands_once_and_nothing_is_asked_twice(tmp_path: Path) -> None:
    clock = SimulatedClock(START)
    with serve_web(clock, lambda web: build_sites(web, 6)) as web:
        settings = Settings(
            lake=tmp_path / "lake",
            engine=EngineSettings(name="inline"),
            fetch=FetchSettings(open_hosts=ADDRESSES),
            outlets=make_outlets(web, 2.0),
        )
        times = Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(1))
        for n in range(3):
            clock.move_to(START + timedelta(hours=9 * n))
            ingest_outlets(settings, timekeeping=times)
        before = len(web.log)
        ingest_outlets(settings, timekeeping=times)
        again = [request.path for request in web.log[before:]]
        pages = Counter((r.host, r.path) for r in web.log if r.path.startswith("/news/"))
    lake = settings.lake
    # The last run is 18 hours in: articles 0 to 5 are out, and those edited by then were asked for twice.
    assert ask(lake, "SELECT outlet, count(*) FROM articles GROUP BY outlet ORDER BY outlet") == [
        ("ledger", 6),
        ("mail", 6),
        ("post", 6),
    ]
    assert sorted(again) == ["/feed", "/feed", "/sitemap.gz"]  # no page and no robots.txt
    assert set(pages.values()) <= {1, 2}
    edited = {host: sum(count == 2 for (at, _), count in pages.items() if at == host) for host in ADDRESSES}
    assert edited[ADDRESSES[0]] == 0  # RSS does not say that an article was edited
    assert edited[ADDRESSES[1]] == edited[ADDRESSES[2]] > 0
    updated = ask(lake, "SELECT count(*) FROM outcomes WHERE reason = 'updated'")
    assert updated == [(sum(edited.values()),)]
    assert ask(lake, "SELECT count(*) FROM outcomes WHERE outcome NOT IN ('accepted')") == [(0,)]
    with open_lake(Settings(lake=lake), read_only=True) as opened:
        assert [result for result in run_checks(opened) if not result.is_good] == []


CONFIG = """
[engine]
page_seconds = 300  # a busy machine must not make pages look poisonous
[fetch]
open_hosts = ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
[[outlets]]
key = "mail"
home_url = "{mail}"
feeds = ["{mail}feed"]
limits = {{ delay_seconds = 0.05 }}
[[outlets]]
key = "ledger"
home_url = "{ledger}"
sitemaps = ["{ledger}sitemap.gz"]
limits = {{ delay_seconds = 0.05 }}
"""


def start_run(folder: Path) -> subprocess.Popen[bytes]:
    """`copydesk run` in a process group of its own."""
    command = [str(COPYDESK), "run", "--lake", "lake", "--workers", "1"]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def run_to_the_end(folder: Path) -> None:
    process = start_run(folder)
    output = process.communicate()[0].decode()
    assert process.returncode == 0, output


def test_a_run_killed_in_the_middle_is_completed_by_the_next_and_misses_nothing(tmp_path: Path) -> None:
    count = 18
    clock = SimulatedClock(START + timedelta(hours=3 * count - 3))
    with serve_web(clock, lambda web: build_sites(web, count)) as web:
        mail, _, ledger = (web.url(host, "/") for host in ADDRESSES)
        (tmp_path / "copydesk.toml").write_text(CONFIG.format(mail=mail, ledger=ledger))
        killed_with = kill_while_fetching(tmp_path, web)
        run_to_the_end(tmp_path)
        asked = Counter((r.host, r.path) for r in web.log if r.path.startswith("/news/"))
    assert killed_with > 0
    listed = {"mail": count, "ledger": 48 // 3}
    found = dict(ask(tmp_path / "lake", "SELECT outlet, count(*) FROM articles GROUP BY outlet"))
    assert found["mail"] == listed["mail"]
    assert abs(found["ledger"] - listed["ledger"]) <= 4  # the last two days and what was edited in them
    assert max(asked.values()) <= 2


def kill_while_fetching(folder: Path, web: FixtureWeb) -> int:
    """Kill a run once it has asked for some pages; how many."""
    process = start_run(folder)
    deadline = time.monotonic() + 120
    while sum(r.path.startswith("/news/") for r in web.log) < 12 and time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()[0].decode()
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return sum(request.path.startswith("/news/") for request in web.log)
