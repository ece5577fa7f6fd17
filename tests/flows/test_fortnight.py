"""`copydesk run` over a simulated fortnight of five outlets, killed now and then: the lake has every change once."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from lakes import ask, find_bad_checks
from troubled_site import MORE_REQUESTS, REASONS, TroubledSite

from core.outcomes import Reason
from core.outlets import FetchLimits, Outlet
from core.settings import EngineSettings, FetchSettings, Settings
from flows.ingest import ingest_outlets
from flows.intake.fetching import Timekeeping
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import (
    IndexedSite,
    OutletSite,
    PlayedArticle,
    write_atom,
    write_news_sitemap,
    write_worded_rss,
)
from tests.fixtureweb.server import FixtureWeb
from tests.fixtureweb.thread import ADDRESSES, serve_web

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

START = datetime(2026, 3, 2, tzinfo=UTC)
DAYS, STEP = 14, timedelta(hours=12)
DELAY_SECONDS = 2.0
INDEXED, TROUBLED = "127.0.0.6", "127.0.0.5"
KEYS = dict(zip((*ADDRESSES, INDEXED), ("mail", "post", "ledger", "herald"), strict=True))
PLACES = dict(zip(KEYS, ("feed", "feed", "sitemap.gz", "sitemap.xml"), strict=True))
MOST_ARTICLES = 1  # of the herald in a run; two a day come out, so that late ones have to wait
# Runs that are killed, and where on their way; each is followed by another at the same moment.
KILLS = {3: "fetching", 9: "fetched", 14: "worked", 20: "landed"}
Version = tuple[str, str, int, int]  # outlet, slug, version, recount


def play_articles(rng: random.Random, *, has_edits: bool, has_recounts: bool) -> list[PlayedArticle]:
    """Two articles a day; some are edited or recounted, some moved or deleted, before or after they were had,
    some listed two days late."""
    articles = []
    for n in range(DAYS * 2):
        published = START + timedelta(hours=n * 12 + 1 + rng.randrange(10), minutes=rng.randrange(60))
        is_late, is_gone, is_gone_later = n % 9 == 5, n % 8 == 3, n % 8 == 6 and n % 9 != 5
        edits = [published + timedelta(hours=rng.randrange(1, 40)) for _ in range(rng.choice([0, 1, 2]))]
        recounts = (published + timedelta(hours=rng.randrange(13, 40)),) if n % 5 == 1 else ()
        is_edited = has_edits and not is_late and not is_gone and not is_gone_later
        hours = 60 if is_gone_later else 1 / 60
        articles.append(
            PlayedArticle(
                slug=f"story-{n}-ferry-and-harbour-news",
                published_at=published,
                listed_at=published + timedelta(days=2 if is_late else 0),
                edited_at=tuple(edits) if is_edited else (),
                recounted_at=recounts if is_edited and has_recounts else (),
                # half of them when they were had already; some of those are edited at their new place
                moved_at=published + timedelta(hours=24 * (n % 2)) if n % 7 == 4 else None,
                deleted_at=published + timedelta(hours=hours) if is_gone or is_gone_later else None,
            )
        )
    secret = PlayedArticle("secret-plan-of-the-harbour", START + timedelta(days=1), START + timedelta(days=1))
    return [*articles, secret]


@dataclass
class Fortnight:
    """The played outlets and the lake that follows them."""

    folder: Path
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(START))
    sites: dict[str, OutletSite] = field(default_factory=dict)
    run_times: list[datetime] = field(default_factory=list)
    killed: list[range] = field(default_factory=list)  # places in the log
    codes: list[int] = field(default_factory=list)
    log_length: int = 0

    def build(self, web: FixtureWeb) -> None:
        rng = random.Random(4)
        robots = "User-agent: *\nDisallow: /news/secret\n"
        listings = (write_worded_rss, write_atom, write_news_sitemap, write_atom)
        for host, listing in zip(KEYS, listings, strict=True):
            is_index, has_recounts = host == INDEXED, listing is not write_worded_rss
            articles = play_articles(rng, has_edits=not is_index, has_recounts=has_recounts)
            origin = web.url(host, "").rstrip("/")
            make = IndexedSite if is_index else OutletSite
            self.sites[host] = make(host, origin, articles, listing, robots)
        self.troubled = TroubledSite(web.url(TROUBLED, "").rstrip("/"), START)
        web.sites = {**self.sites, TROUBLED: self.troubled}

    def settings(self, web: FixtureWeb) -> Settings:
        limits = FetchLimits(delay_seconds=DELAY_SECONDS)
        hurried = FetchLimits(delay_seconds=DELAY_SECONDS, timeout_seconds=4.0, max_bytes=1_000_000)
        few = FetchLimits(delay_seconds=DELAY_SECONDS, max_articles=MOST_ARTICLES)
        followed = [
            Outlet(
                key=key,
                home_url=web.url(host),
                limits=few if host == INDEXED else limits,
                **{"feeds" if place == "feed" else "sitemaps": (web.url(host, f"/{place}"),)},
            )
            for (host, key), place in zip(KEYS.items(), PLACES.values(), strict=True)
        ]
        home = web.url(TROUBLED)
        troubled = Outlet(key="troubled", home_url=home, feeds=(f"{home}feed",), limits=hurried)
        return Settings(
            lake=self.folder / "lake",
            engine=EngineSettings(name="inline"),
            fetch=FetchSettings(open_hosts=(*KEYS, TROUBLED)),
            outlets=(*followed, troubled),
        )

    def play(self) -> Fortnight:
        """Run twice a day; a killed run is started again at once."""
        with serve_web(self.clock, self.build, (*KEYS, TROUBLED)) as self.web:
            settings = self.settings(self.web)
            times = Timekeeping(self.clock.seconds, self.clock.now, self.clock.sleep, random.Random(1))
            for n in range(DAYS * 2):
                self.clock.move_to(START + n * STEP)
                if n in KILLS:
                    self.run_times.append(self.clock.now())
                    self.run_and_kill(settings, KILLS[n])
                self.run_times.append(self.clock.now())
                ingest_outlets(settings, timekeeping=times)
        return self

    def run_and_kill(self, settings: Settings, point: str) -> None:
        """A process that runs at the simulated moment and is killed; its time does not move ours."""
        before = len(self.web.log)
        file = self.folder / "settings.json"
        file.write_text(settings.model_dump_json())
        script = str(Path(__file__).with_name("killed_ingest.py"))
        command = [sys.executable, script, str(file), self.clock.now().isoformat(), point]
        self.codes.append(subprocess.run(command, check=False).returncode)
        self.killed.append(range(before, len(self.web.log)))

    def first_seen(self) -> dict[Version, datetime]:
        """Every state of an article that a run could see, unless it was gone or forbidden by then, and the first
        such run."""
        found: dict[Version, datetime] = {}
        for host, site in self.sites.items():
            for moment in self.run_times:
                for article in listed_at(site, moment):
                    is_gone = article.deleted_at is not None and article.deleted_at <= moment
                    if not is_gone and "secret" not in article.slug:
                        state = (KEYS[host], article.slug, article.version(moment), article.recount(moment))
                        found.setdefault(state, moment)
        return found

    def changes(self) -> set[Version]:
        """Every state of an article that a run could see, unless it was gone or forbidden by then."""
        return set(self.first_seen())

    def gone_unseen(self) -> set[tuple[str, str]]:
        """Articles that were gone when a run could see them first."""
        return {
            (KEYS[host], article.slug)
            for host, site in self.sites.items()
            for moment in self.run_times
            for article in listed_at(site, moment)
            if article.deleted_at is not None
        } - {change[:2] for change in self.changes()}

    def least_requests(self) -> int:
        """Listings and robots.txt as often as they must be asked, each change once, redirects and second tries.

        Of an index, the sitemaps that were modified since they were read.
        """
        moved = {
            (KEYS[h], a.slug): a.moved_at
            for h, site in self.sites.items()
            for a in site.articles
            if a.moved_at
        }
        pages = sum(
            2 if change[:2] in moved and moved[change[:2]] <= moment else 1
            for change, moment in self.first_seen().items()
        )
        index = self.sites[INDEXED]
        assert isinstance(index, IndexedSite)
        read = {day for moment in self.run_times for day in index.days(moment).items()}
        troubled = len(REASONS) + sum(MORE_REQUESTS.values())
        listings = (len(KEYS) + 1) * (len(self.run_times) + DAYS) + len(read)
        return listings + pages + len(self.gone_unseen()) + troubled


def listed_at(site: OutletSite, moment: datetime) -> list[PlayedArticle]:
    listed = site.listed(moment)
    if site.listing is write_news_sitemap:
        return [a for a in listed if moment - a.modified_at(moment) < timedelta(days=2)]
    return listed


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Fortnight:
    return Fortnight(tmp_path_factory.mktemp("fortnight")).play()


def lake_of(fortnight: Fortnight) -> Path:
    return fortnight.folder / "lake"


def slug_of(url: str) -> str:
    return url.rpartition("/")[2]


def test_each_real_change_landed_exactly_once(fortnight: Fortnight) -> None:
    query = (
        "SELECT outlet, url, o.reason FROM outcomes AS o JOIN captures USING (capture_id)"
        " WHERE o.outcome = 'accepted'"
    )
    landed = Counter((outlet, slug_of(url)) for outlet, url, _ in ask(lake_of(fortnight), query))
    expected = Counter((outlet, slug) for outlet, slug, _, _ in fortnight.changes())
    assert {key: n for key, n in landed.items() if key[0] != "troubled"} == dict(expected)
    news = [reason for *_, reason in ask(lake_of(fortnight), query) if reason == "new"]
    assert len(news) == ask(lake_of(fortnight), "SELECT count(*) FROM articles")[0][0]


def test_every_article_has_the_words_that_were_there_last(fortnight: Fortnight) -> None:
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for outlet, slug, version, recount in fortnight.changes():
        last[outlet, slug] = max(last.get((outlet, slug), (0, 0)), (version, recount))
    rows = ask(lake_of(fortnight), "SELECT outlet, url, body_text FROM articles WHERE outlet <> 'troubled'")
    assert len(rows) == len(last)
    for outlet, url, text in rows:
        version, recount = last[outlet, slug_of(url)]
        assert f"version {version}:" in text
        assert f"read {1_000 + 37 * recount} times" in text


def test_revisions_are_the_changes_of_words_and_not_of_counters(fortnight: Fortnight) -> None:
    rows = ask(
        lake_of(fortnight),
        "SELECT a.outlet, a.url, r.added_words_count, r.removed_words_count FROM article_revisions AS r"
        " JOIN articles AS a USING (article_id) WHERE a.outlet <> 'troubled' ORDER BY a.url, r.fetched_at",
    )
    found = Counter((outlet, slug_of(url)) for outlet, url, *_ in rows)
    expected = Counter((outlet, slug) for outlet, slug, _ in {change[:3] for change in fortnight.changes()})
    assert found == expected
    assert len(fortnight.changes()) > expected.total()  # some changes were of a counter alone
    later = [(added, removed) for *_, added, removed in rows if removed]
    assert len(later) == expected.total() - len(expected)
    # the number in each of the twelve paragraphs, the edition, and the counter if it moved too
    assert set(later) <= {(13, 13), (14, 14)}


def test_no_forbidden_request_was_made(fortnight: Fortnight) -> None:
    assert [request.path for request in fortnight.web.log if "secret" in request.path] == []
    assert {request.host for request in fortnight.web.log} == {*KEYS, TROUBLED}
    forbidden = ask(lake_of(fortnight), "SELECT count(*) FROM outcomes WHERE reason = 'robots_forbid'")
    assert forbidden == [(len(KEYS),)]


def test_one_request_at_a_time_per_host_and_no_faster_than_the_delay(fortnight: Fortnight) -> None:
    # The dripping page goes on at the server for a moment after we have hung up.
    assert fortnight.web.busiest == {**dict.fromkeys(KEYS, 1), TROUBLED: 2}
    of_killed = {place for places in fortnight.killed for place in places}
    for host in (*KEYS, TROUBLED):
        log = [
            request
            for place, request in enumerate(fortnight.web.log)
            if request.host == host and place not in of_killed and not request.path.endswith("/drip")
        ]
        # From beginning to beginning: the server is a thread of its own, and notes an end at its leisure.
        pauses = [(later.at - earlier.at, earlier.path, later.path) for earlier, later in pairwise(log)]
        shortest, *between = min(pauses)
        assert shortest >= timedelta(seconds=DELAY_SECONDS), (host, between)


def test_requests_are_within_five_percent_of_the_least_possible(fortnight: Fortnight) -> None:
    least = fortnight.least_requests()
    assert 0.97 * least <= len(fortnight.web.log) <= 1.05 * least


def test_the_killed_runs_died_and_nothing_is_missed(fortnight: Fortnight) -> None:
    assert fortnight.codes == [-signal.SIGKILL] * len(KILLS)
    states = ask(lake_of(fortnight), "SELECT state, count(*) FROM runs GROUP BY state ORDER BY state")
    assert states == [("completed", DAYS * 2), ("failed", len(KILLS))]
    assert find_bad_checks(lake_of(fortnight)) == []


def test_what_misbehaves_costs_its_page_and_has_its_reason(fortnight: Fortnight) -> None:
    rows = ask(
        lake_of(fortnight), "SELECT input_ref, reason FROM outcomes WHERE input_ref LIKE '%127.0.0.5%'"
    )
    reasons: dict[str, list[str]] = {}
    for ref, reason in rows:
        reasons.setdefault(slug_of(ref), []).append(reason)
    expected = {slug: [reason.value] for slug, reason in REASONS.items()}
    expected["drip"] = [Reason.TIMED_OUT.value, Reason.NEW.value]
    assert {slug: sorted(found, reverse=True) for slug, found in reasons.items()} == expected
    texts = ask(lake_of(fortnight), "SELECT body_text FROM articles WHERE url LIKE '%/charset'")
    assert "At the café by the quay" in texts[0][0]


def test_what_was_asked_is_counted_as_the_hosts_counted_it(fortnight: Fortnight) -> None:
    of_killed = {place for places in fortnight.killed for place in places}
    asked = Counter(request.host for place, request in enumerate(fortnight.web.log) if place not in of_killed)
    rows = ask(lake_of(fortnight), "SELECT host, sum(request_count)::INT FROM fetches GROUP BY host")
    assert dict(rows) == dict(asked)
    parts = "ok_count + not_modified_count + redirect_count + failed_count"
    assert ask(lake_of(fortnight), f"SELECT count(*) FROM fetches WHERE {parts} <> request_count") == [(0,)]
