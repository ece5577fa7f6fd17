"""Two runs at once ask no outlet and no host twice over, and a run says what it could not follow."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from lakes import ask

from core.outcomes import InputOutcome, Reason
from core.outlets import FetchLimits, Outlet
from core.settings import FetchSettings, Settings
from core.tables import TABLES
from flows.ingest import ingest_outlets
from flows.intake.fetching import Timekeeping
from flows.intake.locks import HostLocks, OutletLocks, hosts_of
from flows.work.batches import outcome_table
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import OutletSite, PlayedArticle, write_rss
from tests.fixtureweb.server import Answer, FixtureWeb, Request
from tests.fixtureweb.thread import ADDRESSES, serve_web
from warehouse.catalog.location import LakeLocation
from warehouse.landing.parts import write_part

START = datetime(2026, 3, 2, tzinfo=UTC)
COPYDESK = Path(sys.executable).with_name("copydesk")


class Outlets:
    """Two outlets, `mail` and `post`; their feeds answer with what `broken` says, if anything."""

    def __init__(self, settings: Settings, web: FixtureWeb, article_count: int) -> None:
        self.web, self.broken = web, dict[str, Answer]()
        self.clock = SimulatedClock(START)
        self.times = Timekeeping(self.clock.seconds, self.clock.now, self.clock.sleep, random.Random(1))
        self._count = article_count
        self.settings = settings

    def build(self, web: FixtureWeb) -> None:
        """Put the sites on the web."""
        for host in ADDRESSES[:2]:
            names = [f"story-{n}-of-{host[-1]}-harbour-news" for n in range(self._count)]
            played = [PlayedArticle(name, START, START) for name in names]
            site = OutletSite(host, web.url(host, "").rstrip("/"), played, write_rss)
            web.sites[host] = lambda request, site=site: self._answer(request, site)

    def _answer(self, request: Request, site: OutletSite) -> Answer:
        broken = self.broken.get(request.host)
        return broken if broken and request.path == "/feed" else site(request)

    def configure(self, *keys: str) -> Settings:
        """Settings with these of the outlets."""
        limits = FetchLimits(delay_seconds=0)
        outlets = {
            key: Outlet(key=key, feeds=(self.web.url(host, "/feed"),), limits=limits)
            for key, host in zip(("mail", "post"), ADDRESSES, strict=False)
        }
        update = {
            "outlets": tuple(outlets[key] for key in keys),
            "fetch": FetchSettings(open_hosts=ADDRESSES),
        }
        return self.settings.model_copy(update=update)


@pytest.fixture
def played(settings: Settings) -> Iterator[Outlets]:
    """Two outlets with an article each."""
    holder: list[Outlets] = []

    def build(web: FixtureWeb) -> None:
        holder.append(Outlets(settings, web, 1))
        holder[0].build(web)

    with serve_web(SimulatedClock(START), build):
        yield holder[0]


def test_an_outlet_that_another_run_follows_is_left_out_and_said_so(played: Outlets) -> None:
    settings = played.configure("mail", "post")
    with OutletLocks(LakeLocation.of(settings)) as other:
        assert other.take("post")
        report = ingest_outlets(settings, timekeeping=played.times)
    assert report.left_out == ["post"]
    assert {request.host for request in played.web.log} == {ADDRESSES[0]}
    assert ask(settings.lake, "SELECT outlet FROM articles") == [("mail",)]
    report = ingest_outlets(settings, timekeeping=played.times)
    assert report.left_out == []
    assert ask(settings.lake, "SELECT outlet FROM articles ORDER BY outlet") == [("mail",), ("post",)]


def test_an_outlet_is_held_until_its_cursors_have_landed(
    played: Outlets, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = played.configure("mail")
    seen: list[bool] = []

    def look(*_: object) -> None:
        with OutletLocks(LakeLocation.of(settings)) as other:
            seen.append(other.take("mail"))

    monkeypatch.setattr("flows.intake.leftovers.Leftovers.remove", look)
    ingest_outlets(settings, timekeeping=played.times)
    with OutletLocks(LakeLocation.of(settings)) as other:
        seen.append(other.take("mail"))
    assert seen == [False, True]


def test_a_host_that_another_run_asks_is_waited_for_and_in_the_end_left_out(tmp_path: Path) -> None:
    async def try_to_hold(locks: HostLocks, longest: float) -> bool:
        async with locks.hold({"a.example", "b.example"}, longest) as is_held:
            return is_held

    async def release_soon(lock: FileLock) -> None:
        await asyncio.sleep(0.2)
        lock.release()

    async def play() -> list[bool]:
        folder = tmp_path / "staging" / "hosts"
        folder.mkdir(parents=True)
        other = FileLock(folder / "b.example.lock")
        locks = HostLocks(LakeLocation.at(tmp_path))
        other.acquire()
        ends = [await try_to_hold(locks, 0)]
        FileLock(folder / "a.example.lock").acquire(timeout=0).lock.release()  # it was let go
        ends.extend((await asyncio.gather(try_to_hold(locks, 30), release_soon(other)))[:1])
        async with locks.hold({"a.example"}, 0) as first, locks.hold({"a.example"}, 0) as second:
            ends += [first, second]  # outlets of one run share a host
        return ends

    assert asyncio.run(play()) == [False, True, True, True]


def test_the_hosts_of_an_outlet_are_those_of_its_home_and_listings() -> None:
    outlet = Outlet(
        key="mail",
        home_url="https://mail.example/",
        feeds=("https://feeds.example/mail",),
        hosts=("mail-online.example",),
    )
    assert hosts_of(outlet) == {"mail.example", "feeds.example", "mail-online.example"}


def test_what_could_not_be_followed_is_told_and_nothing_followed_is_nothing_good(played: Outlets) -> None:
    settings = played.configure("mail", "post")
    gone, no_feed = Answer(410), Answer(200, b"<p>x</p>", {"Content-Type": "text/html"})
    played.broken = {ADDRESSES[0]: gone}
    report = ingest_outlets(settings, timekeeping=played.times)
    assert [(row["outlet"], row["problem"], row["failures_in_a_row"]) for row in report.troubles] == [
        ("mail", "HTTP status 410", 1)
    ]
    assert not report.has_followed_nothing
    played.broken |= {ADDRESSES[1]: no_feed}
    report = ingest_outlets(settings, timekeeping=played.times)
    assert [row["outlet"] for row in report.troubles] == ["mail", "post"]
    assert report.has_followed_nothing


@pytest.mark.slow  # three whole runs
def test_listings_that_are_no_longer_configured_are_complained_of_no_more(played: Outlets) -> None:
    played.broken = {ADDRESSES[0]: Answer(410)}
    ingest_outlets(played.configure("mail", "post"), timekeeping=played.times)
    query = "SELECT outlet, condition FROM feed_health ORDER BY outlet"
    assert ask(played.settings.lake, query) == [("mail", "gone"), ("post", "good")]
    ingest_outlets(played.configure("post"), timekeeping=played.times)
    assert ask(played.settings.lake, query) == [("post", "good")]
    played.broken = {}
    ingest_outlets(played.configure("mail", "post"), timekeeping=played.times)
    assert ask(played.settings.lake, query) == [("mail", "good"), ("post", "good")]


def test_what_is_left_for_the_next_run_is_counted(played: Outlets) -> None:
    settings = played.configure("mail")
    host = ADDRESSES[0]
    site = played.web.sites[host]
    played.web.sites[host] = lambda r: Answer(404) if r.path.startswith("/news/") else site(r)
    assert ingest_outlets(settings, timekeeping=played.times).waiting_count == 1


def test_what_a_killed_run_said_of_a_page_is_not_said_again(played: Outlets) -> None:
    settings, host = played.configure("mail"), ADDRESSES[0]
    site, forbidden = played.web.sites[host], Answer(body=b"User-agent: *\nDisallow: /news/")
    played.web.sites[host] = lambda r: forbidden if r.path == "/robots.txt" else site(r)
    page = played.web.url(host, "/news/story-0-of-2-harbour-news")
    said = InputOutcome(page, Reason.ROBOTS_FORBID, "acquire")
    dead = settings.staging / "runs" / "20260301T000000-dead"
    dead.mkdir(parents=True)
    pq.write_table(TABLES["feed_cursors"].to_arrow([]), dead / "cursors-000000.parquet")
    part = settings.staging / "parts" / f"outcomes-{dead.name}-00000"
    write_part(part, {"outcomes": outcome_table([said], dead.name)})
    ingest_outlets(settings, timekeeping=played.times)
    outcomes = ask(settings.lake, "SELECT input_ref, reason FROM outcomes")
    assert outcomes == [(page, "robots_forbid")]
    assert not dead.exists()


CONFIG = """
[engine]
page_seconds = 300
[fetch]
open_hosts = ["127.0.0.2", "127.0.0.3"]
[[outlets]]
key = "mail"
feeds = ["{mail}"]
limits = {{ delay_seconds = {delay} }}
[[outlets]]
key = "post"
feeds = ["{post}"]
limits = {{ delay_seconds = {delay} }}
"""


def write_config(folder: Path, web: FixtureWeb, delay: float) -> None:
    mail, post = (web.url(host, "/feed") for host in ADDRESSES[:2])
    (folder / "copydesk.toml").write_text(CONFIG.format(mail=mail, post=post, delay=delay))


def start_run(folder: Path) -> subprocess.Popen[bytes]:
    command = [str(COPYDESK), "run", "--lake", "lake", "--workers", "1", "--json"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_of_two_commands_at_once_one_follows_each_outlet(tmp_path: Path, settings: Settings) -> None:
    """On the real clock: the server's own, which the simulated one of the other tests does not move."""

    class RealClock(SimulatedClock):
        def now(self) -> datetime:
            return datetime.now(UTC)

    delay = 0.5
    with serve_web(RealClock(START), lambda web: Outlets(settings, web, 8).build(web)) as web:
        write_config(tmp_path, web, delay)
        runs = [start_run(tmp_path) for _ in range(2)]
        answers = [run.communicate() for run in runs]
    reports = [json.loads(out) for out, _ in answers]
    asked = Counter((r.host, r.path) for r in web.log if r.path.startswith("/news/"))
    assert set(asked.values()) == {1}
    assert len(asked) == 16
    for report, run in zip(reports, runs, strict=True):
        assert run.returncode == (0 if report["followed_count"] else 3)
    for host in ADDRESSES[:2]:
        times = [request.at for request in web.log if request.host == host]
        assert min(later - earlier for earlier, later in pairwise(times)) >= timedelta(seconds=delay)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_command_that_could_follow_nothing_names_its_listings_and_ends_with_3(
    tmp_path: Path, settings: Settings
) -> None:
    def build(web: FixtureWeb) -> None:
        for host in ADDRESSES[:2]:
            web.sites[host] = lambda _: Answer(404)

    with serve_web(SimulatedClock(START), build) as web:
        write_config(tmp_path, web, 0)
        command = [str(COPYDESK), "run", "--lake", "lake", "--workers", "1"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "No listing could be read" in done.stdout
    for host in ADDRESSES[:2]:
        assert web.url(host, "/feed") in done.stdout
    assert done.stdout.count("HTTP status 404") == 2
