"""An unexpected error in one outlet's harvest costs that outlet, and a broken archive ends the run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from lakes import ask

from core.outlets import FetchLimits, Outlet
from core.settings import FetchSettings, Settings
from flows.ingest import ingest_outlets
from flows.intake.acquisition import Acquisition
from flows.intake.fetching import Timekeeping
from tasks.acquire.follow.survey import parse_listing
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import OutletSite, PlayedArticle, write_rss
from tests.fixtureweb.server import Answer, FixtureWeb, Request
from tests.fixtureweb.thread import ADDRESSES, serve_web

START = datetime(2026, 3, 2, tzinfo=UTC)
CLOCK = SimulatedClock(START)
TIMES = Timekeeping(CLOCK.seconds, CLOCK.now, CLOCK.sleep, random.Random(1))


SERVED: dict[str, bytes] = {}


def build_sites(web: FixtureWeb) -> None:
    for host in ADDRESSES[:2]:
        played = [PlayedArticle(f"story-of-{host[-1]}-harbour-news", START, START, ())]
        site = OutletSite(host, web.url(host, "").rstrip("/"), played, write_rss)
        web.sites[host] = _serve_instead(web.url(host, "/feed"), site)


def _serve_instead(url: str, site: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
    """The site, with its feed as SERVED has it, if it does."""

    def answer(request: Request) -> Answer:
        if request.path == "/feed" and url in SERVED:
            return Answer(body=SERVED[url], headers={"Content-Type": "text/xml"})
        return site(request)

    return answer


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

    monkeypatch.setattr("tasks.acquire.follow.listing_reader.parse_listing", read_or_break)


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
    assert "outlet bad was not followed to its end" in caplog.text
    monkeypatch.undo()
    ingest_outlets(following, timekeeping=TIMES)
    assert ask(lake, "SELECT outlet FROM articles ORDER BY outlet") == [("bad",), ("good",)]


@pytest.mark.slow  # a whole run with its processes
def test_a_listing_that_takes_too_much_fails_alone_and_says_why(following: Settings) -> None:
    names = f"<dc:creator>{'a.' * 450}</dc:creator>" * 4_000
    crafted = (
        f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>{names}</item></channel></rss>'
    )
    settings = serve_feed(following, crafted)
    report = ingest_outlets(settings, timekeeping=TIMES)
    assert (report.state, report.has_followed_nothing) == ("completed", False)
    assert ask(settings.lake, "SELECT outlet FROM articles") == [("good",)]
    listings = ask(
        settings.lake, "SELECT outlet, condition, failure_count, problem FROM feed_health ORDER BY 1"
    )
    problem = "reading it takes more than 1 s of CPU time"
    assert listings == [("bad", "unreadable", 1, problem), ("good", "good", 0, None)]
    assert [trouble["problem"] for trouble in report.troubles] == [problem]


def test_a_listing_with_a_fault_counts_as_failed_each_time_and_its_pages_are_had(following: Settings) -> None:
    settings = serve_feed(following, "<urlset>{url}&{url2}</urlset>", kind="sitemaps")
    for count in (1, 2):
        report = ingest_outlets(settings, timekeeping=TIMES)
        assert not report.has_followed_nothing
        ((condition, failures, entries),) = ask(
            settings.lake,
            "SELECT condition, failure_count, entry_count FROM feed_health WHERE outlet = 'bad'",
        )
        assert (condition, failures, entries) == ("unreadable", count, 2)


def serve_feed(settings: Settings, body: str, kind: str = "feeds") -> Settings:
    """The settings with another listing of outlet "bad", that takes a second to read at the most."""
    bad, good = settings.outlets
    page = bad.feeds[0].removesuffix("/feed")
    urls = {name: f"<url><loc>{page}/{name}</loc></url>" for name in ("url", "url2")}
    SERVED[bad.feeds[0]] = (body.format(**urls) if kind == "sitemaps" else body).encode()
    changed = bad.model_copy(update={"feeds": (), kind: bad.feeds})
    engine = settings.engine.model_copy(update={"page_seconds": 1.0, "patience": 100.0})
    return settings.model_copy(update={"outlets": (changed, good), "engine": engine})


def test_an_archive_that_cannot_be_written_is_no_outlets_failure(
    following: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_nothing(*_: object) -> None:
        raise ValueError("the archive is broken")

    monkeypatch.setattr(Acquisition, "take", take_nothing)
    with pytest.raises(ValueError, match="the archive is broken"):
        ingest_outlets(following, timekeeping=TIMES)
