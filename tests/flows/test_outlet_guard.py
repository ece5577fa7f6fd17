"""An unexpected error in one outlet's harvest costs that outlet, and a broken archive ends the run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lakes import ask

from core.outlets import FetchLimits, Outlet
from core.settings import FetchSettings, Settings
from flows import harvest
from flows.acquisition import Acquisition
from flows.fetching import Timekeeping
from flows.ingest import ingest_outlets
from tasks.acquire.survey import parse_listing
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import OutletSite, PlayedArticle, write_rss
from tests.fixtureweb.server import FixtureWeb
from tests.fixtureweb.thread import ADDRESSES, serve_web

START = datetime(2026, 3, 2, tzinfo=UTC)
CLOCK = SimulatedClock(START)
TIMES = Timekeeping(CLOCK.seconds, CLOCK.now, CLOCK.sleep, random.Random(1))


def build_sites(web: FixtureWeb) -> None:
    for host in ADDRESSES[:2]:
        played = [PlayedArticle(f"story-of-{host[-1]}-harbour-news", START, START, ())]
        web.sites[host] = OutletSite(host, web.url(host, "").rstrip("/"), played, write_rss)


@pytest.fixture
def following(settings: Settings) -> Iterator[Settings]:
    """Two outlets with an article each."""
    with serve_web(CLOCK, build_sites) as web:
        outlets = tuple(
            Outlet(key=key, feeds=(web.url(host, "/feed"),), limits=FetchLimits(delay_seconds=0))
            for key, host in zip(("bad", "good"), ADDRESSES, strict=False)
        )
        fetch = FetchSettings(open_hosts=ADDRESSES)
        yield settings.model_copy(update={"outlets": outlets, "fetch": fetch})


def break_feed_of(outlet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outlet's harvest fails as only a mistake in the code can."""

    async def read_or_break(kind: str, answer: object, given: Outlet, parser: object) -> object:
        if given.key == outlet:
            raise KeyError("nobody thought of this")
        return await parse_listing(kind, answer, given, parser)  # type: ignore[arg-type]

    monkeypatch.setattr("tasks.acquire.listing_reader.parse_listing", read_or_break)


def test_an_unexpected_error_in_one_outlet_is_its_recorded_failure_and_the_others_land(
    following: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_feed_of("bad", monkeypatch)
    report = ingest_outlets(following, timekeeping=TIMES)
    assert report.state == "completed"
    lake = following.lake
    assert ask(lake, "SELECT outlet FROM articles") == [("good",)]
    ((ref, outcome, detail),) = ask(
        lake, "SELECT input_ref, outcome, detail FROM outcomes WHERE reason = 'stage_error'"
    )
    assert (ref, outcome) == (following.outlets[0].feeds[0], "quarantined")
    assert detail == "internal error: KeyError: 'nobody thought of this'"
    listings = ask(lake, "SELECT outlet, condition, failure_count, problem FROM feed_health ORDER BY outlet")
    assert listings == [("bad", "failing", 1, detail), ("good", "good", 0, None)]
    assert "outlet bad could not be followed to its end" in caplog.text
    monkeypatch.undo()
    ingest_outlets(following, timekeeping=TIMES)
    assert ask(lake, "SELECT outlet FROM articles ORDER BY outlet") == [("bad",), ("good",)]


def test_an_archive_that_cannot_be_written_is_no_outlets_failure(
    following: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_nothing(*_: object) -> None:
        raise ValueError("the archive is broken")

    monkeypatch.setattr(Acquisition, "take", take_nothing)
    monkeypatch.setattr(harvest, "_CHUNK_PAGES", 1)
    with pytest.raises(ExceptionGroup) as caught:
        ingest_outlets(following, timekeeping=TIMES)
    assert caught.group_contains(ValueError, match="the archive is broken")
