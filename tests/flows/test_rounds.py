"""An ingest lands what is there while a slow host is still asked, and a kill between two landings loses nothing."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lakes import ask, find_bad_checks
from processes import wait_for

from core.outlets import FetchLimits, Outlet
from core.settings import EngineSettings, FetchSettings, Settings
from flows.ingest import ingest_outlets
from flows.intake.fetching import Timekeeping
from flows.runs.steps import NoProgress
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import OutletSite, PlayedArticle, write_rss
from tests.fixtureweb.server import Answer, FixtureWeb, Request, Site
from tests.fixtureweb.thread import ADDRESSES, serve_web

pytestmark = pytest.mark.timeout(300)

START = datetime(2026, 3, 2, tzinfo=UTC)
QUICK, SLOW = ADDRESSES[:2]


def build_sites(web: FixtureWeb, counts: dict[str, int]) -> None:
    for host, count in counts.items():
        articles = [PlayedArticle(f"story-{n}-of-{host[-1]}-harbour", START, START) for n in range(count)]
        web.sites[host] = OutletSite(host, web.url(host, "").rstrip("/"), articles, write_rss)


def make_settings(lake: Path, web: FixtureWeb, landing_seconds: float) -> Settings:
    limits = FetchLimits(delay_seconds=2.0, timeout_seconds=200.0)
    outlets = tuple(
        Outlet(key=key, home_url=web.url(host, "/"), feeds=(web.url(host, "/feed"),), limits=limits)
        for key, host in (("quick", QUICK), ("slow", SLOW))
    )
    fetch = FetchSettings(open_hosts=ADDRESSES, landing_seconds=landing_seconds)
    return Settings(lake=lake, engine=EngineSettings(name="inline"), fetch=fetch, outlets=outlets)


def times_of(clock: SimulatedClock) -> Timekeeping:
    return Timekeeping(clock.seconds, clock.now, clock.sleep, random.Random(1))


class Watcher(NoProgress):
    """Writes down the steps, and what the lake holds when fetching goes on."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.seen: list[dict[str, object]] = []
        self.expected: list[tuple[str, int]] = []
        self.settings = Settings()
        self.landed = threading.Event()

    def start(self, step: str, total: int | None = None) -> None:
        self.steps.append(step)
        if step == "fetch" and "stories" in self.steps and not self.landed.is_set():
            self.seen.append(self._look())
            self.landed.set()

    def expect(self, part: str, count: int) -> None:
        self.expected.append((part, count))

    def has_taken_quick(self) -> bool:
        """Whether the quick outlet is followed to its end: its cursor waits to land."""
        files = (self.settings.staging / "runs").glob("*/cursors-*.parquet")
        return any(pq.read_metadata(file).num_rows for file in files)

    def _look(self) -> dict[str, object]:
        lake = self.settings
        return {
            "articles": dict(ask(lake, "SELECT outlet, count(*) FROM articles GROUP BY outlet")),
            "grouped": ask(lake, "SELECT count(*) FROM story_articles")[0][0],
            "run": ask(lake, "SELECT state, input_count FROM runs"),
            "listings": {row[0] for row in ask(lake, "SELECT outlet FROM feed_cursors WHERE kind = 'feed'")},
            "requests": dict(ask(lake, "SELECT host, request_count FROM fetches")),
        }


class SlowSite:
    """A site whose pages answer once others were taken and have landed; the clock moves ten minutes in between."""

    def __init__(self, site: Site, clock: SimulatedClock, watcher: Watcher) -> None:
        self._site, self._clock, self._watcher = site, clock, watcher

    def __call__(self, request: Request) -> Answer:
        answer = self._site(request)
        if not request.path.startswith("/news/"):
            return answer

        async def stream() -> AsyncIterator[bytes]:
            await asyncio.to_thread(
                wait_for, self._watcher.has_taken_quick, 120, "cursor of the quick outlet"
            )
            self._clock.move_to(self._clock.now() + timedelta(minutes=10))
            assert await asyncio.to_thread(self._watcher.landed.wait, 120)
            yield answer.body

        return Answer(answer.status, b"", answer.headers, stream)


@pytest.mark.slow  # a whole run of several rounds
def test_pages_of_a_quick_host_land_and_are_grouped_while_a_slow_one_is_asked(tmp_path: Path) -> None:
    clock, watcher = SimulatedClock(START), Watcher()

    def build(web: FixtureWeb) -> None:
        build_sites(web, {QUICK: 3, SLOW: 1})
        web.sites[SLOW] = SlowSite(web.sites[SLOW], clock, watcher)

    with serve_web(clock, build) as web:
        watcher.settings = make_settings(tmp_path / "lake", web, 300.0)
        report = ingest_outlets(watcher.settings, progress=watcher, timekeeping=times_of(clock))
        pages = Counter((r.host, r.path) for r in web.log)
    (seen,) = watcher.seen
    assert seen["articles"] == {"quick": 3}
    assert seen["run"] == [("running", 3)]
    assert seen["listings"] == {"quick"}
    assert seen["requests"] == {QUICK: 5, SLOW: 2}  # robots.txt, the feed, and three pages
    assert watcher.expected.count((SLOW, 1)) == 2  # it is still expected in the second round
    assert report.counts == {"accepted": 4}
    assert (report.state, report.waiting_count, set(pages.values())) == ("completed", 0, {1})
    assert {row["host"]: row["request_count"] for row in report.fetches} == {QUICK: 5, SLOW: 3}
    assert ask(watcher.settings, "SELECT state, input_count FROM runs") == [("completed", 4)]
    assert list((watcher.settings.staging / "runs").iterdir()) == []
    assert find_bad_checks(watcher.settings) == []


@pytest.mark.slow  # a whole run
def test_a_run_that_is_quick_lands_once(tmp_path: Path) -> None:
    clock, watcher = SimulatedClock(START), Watcher()
    with serve_web(clock, lambda web: build_sites(web, {QUICK: 3, SLOW: 2})) as web:
        settings = make_settings(tmp_path / "lake", web, 300.0)
        ingest_outlets(settings, progress=watcher, timekeeping=times_of(clock))
    assert watcher.steps == ["fetch", "process", "stories"]


COUNTS = {QUICK: 4, SLOW: 3}


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    [
        "fetch 2",
        "process 2",
        "stories 1",
        "stories 2",
        "land 1",
        "land 2",
        "settle 1",
        "settle 2",
        "settled 1",
    ],
)
def test_a_kill_between_two_landings_loses_nothing_and_lands_nothing_twice(
    point: str, tmp_path: Path
) -> None:
    clock = SimulatedClock(START)
    with serve_web(clock, lambda web: build_sites(web, COUNTS)) as web:
        settings = make_settings(tmp_path / "lake", web, 1.0)  # due after each page
        file = tmp_path / "settings.json"
        file.write_text(settings.model_dump_json())
        script = str(Path(__file__).with_name("killed_ingest.py"))
        command = [sys.executable, script, str(file), START.isoformat(), point]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        killed = ask(settings, "SELECT count(*) FROM articles")[0][0]
        report = ingest_outlets(settings, timekeeping=times_of(clock))
        pages = Counter(r.path for r in web.log if r.path.startswith("/news/"))
    assert (killed > 0) == (point not in ("land 1",))
    assert dict(ask(settings, "SELECT outlet, count(*) FROM articles GROUP BY outlet")) == {
        "quick": 4,
        "slow": 3,
    }
    assert ask(settings, "SELECT count(*) FROM story_articles")[0][0] == 7
    assert report.state == "completed"
    # A page that came just before its cursor is asked for again: it is unchanged, or the same in this run.
    twice = "SELECT capture_id FROM outcomes WHERE outcome = 'accepted' GROUP BY 1 HAVING count(*) > 1"
    assert ask(settings, twice) == []
    accepted = "SELECT count(*) FROM outcomes WHERE outcome = 'accepted' AND reason = 'new'"
    assert ask(settings, accepted) == [(7,)]
    assert max(pages.values()) <= 2
    assert list((settings.staging / "runs").iterdir()) == []
    assert find_bad_checks(settings) == []
