"""A fortnight of five outlets, followed every six hours: nothing missed, nothing twice, nobody hurt."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from core.outcomes import InputOutcome, Reason, Row
from core.outlets import FetchLimits, Outlet
from core.tables import TABLES
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.base.interleaving import draw_side_by_side
from tasks.acquire.follow.cursors import FeedCursor
from tasks.acquire.follow.harvest import HarvestItem, harvest_outlet
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.pages import FetchedPage
from tasks.acquire.web.robots import robots_from_row, robots_to_row
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.outlet_sites import (
    IndexedSite,
    OutletSite,
    PlayedArticle,
    write_atom,
    write_news_sitemap,
    write_section,
    write_worded_rss,
)
from tests.fixtureweb.server import Answer, FixtureWeb, Request

pytestmark = pytest.mark.slow

START = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(hours=6)
# How each host announces: a feed that tells edits by its words alone, one that tells their times, a news
# sitemap, an index of sitemaps, and a section page.
PLACES = {
    "orsay-mail.example": "/feed",
    "velmar-post.example": "/feed",
    "dunmore-ledger.example": "/sitemap.gz",
    "halden-herald.example": "/sitemap.xml",
    "tarn-courier.example": "/sitemap-of-the-harbour",
}
HOSTS = tuple(PLACES)
INDEXED = "halden-herald.example"
DELAY_SECONDS = 2.0
Version = tuple[str, str, int]  # host, slug, version


def play_articles(rng: random.Random, days: int) -> list[PlayedArticle]:
    """Four articles a day; some are edited, moved or deleted, before or after they were seen, some listed late."""
    articles = []
    for n in range(days * 4):
        published = START + timedelta(hours=n * 6 + 1 + rng.randrange(5), minutes=rng.randrange(60))
        edits = [
            published + timedelta(hours=rng.randrange(1, 40)) for _ in range(rng.choice([0, 0, 0, 1, 2]))
        ]
        is_late, is_gone_at_once, is_gone_later = n % 11 == 5, n % 17 == 3, n % 17 == 12
        articles.append(
            PlayedArticle(
                slug=f"story-{n}-ferry-and-harbour-news",
                published_at=published,
                listed_at=published + (timedelta(days=2) if is_late else timedelta()),
                edited_at=tuple(edits) if not is_late and not is_gone_at_once else (),
                # those moved later were fetched before, and some are edited at their new place
                moved_at=published + timedelta(hours=24 * (n % 2)) if n % 13 == 7 else None,
                deleted_at=published + timedelta(minutes=1 if is_gone_at_once else 60 * 41)
                if is_gone_at_once or (is_gone_later and not is_late)
                else None,
            )
        )
    secret = PlayedArticle("secret-plan-of-the-harbour", START + timedelta(days=1), START + timedelta(days=1))
    return [*articles, secret]


@dataclass
class Fortnight:
    """The played web, the lake that a flow would keep, and what was harvested."""

    days: int = 6
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    pages: Counter[Version] = field(default_factory=Counter)
    outcomes: list[InputOutcome] = field(default_factory=list)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    sites: dict[str, OutletSite] = field(default_factory=dict)
    run_times: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.web = FixtureWeb(self.clock)

    def build_sites(self) -> None:
        rng = random.Random(4)
        robots = "User-agent: *\nDisallow: /news/secret\n"
        kinds = (write_worded_rss, write_atom, write_news_sitemap, write_atom, write_section)
        for host, listing in zip(HOSTS, kinds, strict=True):
            make = IndexedSite if host == INDEXED else OutletSite
            origin = self.web.url(host, "").rstrip("/")
            self.sites[host] = make(host, origin, play_articles(rng, self.days), listing, robots)
        self.web.sites = dict(self.sites)

    def outlets(self) -> list[Outlet]:
        limits = FetchLimits(delay_seconds=DELAY_SECONDS)
        kinds = ("feeds", "feeds", "sitemaps", "sitemaps", "sections")
        return [
            Outlet(
                key=host.partition(".")[0],
                home_url=self.web.url(host),
                limits=limits,
                **{kind: (self.web.url(host, PLACES[host]),)},
            )
            for host, kind in zip(HOSTS, kinds, strict=True)
        ]

    async def run_once(self, *, killed_after: int | None = None) -> None:
        """A run as a flow does it: harvest everything, then land it with its cursors, or nothing of it."""
        self.run_times.append(self.clock.now())
        items: list[HarvestItem] = []

        policy = AddressPolicy(open_hosts=frozenset(HOSTS))
        async with WebClient("copydesk-test", policy, resolve=self.web.resolve) as client:
            fetcher = Fetcher(
                client,
                FetchPolicy(addresses=policy),
                clock=self.clock.seconds,
                now=self.clock.now,
                sleep=self.clock.sleep,
                rng=random.Random(1),
                robots={
                    url: robots_from_row(r) for (_, url), r in self.rows.items() if r["kind"] == "robots"
                },
            )
            known = self.cursors()
            harvests = [harvest_outlet(one, fetcher, known.get(one.key, ())) for one in self.outlets()]
            async with aclosing(draw_side_by_side(harvests)) as harvested:
                async for item in harvested:
                    if killed_after is not None and len(items) >= killed_after:
                        raise KilledError
                    items.append(item)
        for address, rules in fetcher.robots.items():
            if row := robots_to_row(address, rules):
                self.rows[row["outlet"], address] = row
        self.land(items)

    def cursors(self) -> dict[str, list[FeedCursor]]:
        found: dict[str, list[FeedCursor]] = {}
        for row in self.rows.values():
            if row["kind"] != "robots":
                found.setdefault(row["outlet"], []).append(FeedCursor.from_row(row))
        return found

    def land(self, items: Sequence[HarvestItem]) -> None:
        for item in items:
            if isinstance(item, FetchedPage):
                self.pages[read_version(item)] += 1
            elif isinstance(item, InputOutcome):
                self.outcomes.append(item)
            else:
                self.rows[item.outlet, item.feed_url] = item.to_row()
        TABLES["feed_cursors"].to_arrow(self.rows.values())  # or it would not fit the lake

    def first_seen(self) -> dict[Version, datetime]:
        """Every version that stood when a run looked, unless the article was gone or forbidden by then, and the
        first such run."""
        found: dict[Version, datetime] = {}
        for host, site in self.sites.items():
            for moment in self.run_times:
                for article in listed_at(site, moment):
                    is_gone = article.deleted_at is not None and article.deleted_at <= moment
                    if not is_gone and "secret" not in article.slug:
                        found.setdefault((host, article.slug, article.version(moment)), moment)
        return found

    def real_changes(self) -> set[Version]:
        return set(self.first_seen())

    def gone_unseen(self) -> set[Version]:
        """Versions that a listing told of when their article was gone already."""
        return {
            (host, article.slug, article.version(moment))
            for host, site in self.sites.items()
            for moment in self.run_times
            for article in listed_at(site, moment)
            if article.deleted_at is not None and article.deleted_at <= moment
        } - self.real_changes()

    def least_requests(self) -> int:
        """Listings and robots.txt as often as they must be asked, each version once, a redirect where it moved.

        Of an index, the sitemaps that were modified since they were read.
        """
        moved = {
            (h, a.slug): a.moved_at for h, site in self.sites.items() for a in site.articles if a.moved_at
        }
        pages = sum(
            2 if version[:2] in moved and moved[version[:2]] <= moment else 1
            for version, moment in self.first_seen().items()
        )
        read: set[tuple[str, datetime]] = set()
        index = self.sites[INDEXED]
        assert isinstance(index, IndexedSite)
        for moment in self.run_times:
            read |= set(index.days(moment).items())
        listings = len(HOSTS) * (len(self.run_times) + self.days) + len(read)
        return listings + pages + len(self.gone_unseen())

    def told(self) -> set[tuple[str, str]]:
        """Host and slug of what has an outcome without a page."""
        refs = [outcome.input_ref for outcome in self.outcomes]
        return {(re.sub(r"^http://|:\d+/.*$", "", ref), ref.rpartition("/")[2]) for ref in refs}

    def seen(self, site: OutletSite) -> list[PlayedArticle]:
        shown = {article.slug: article for moment in self.run_times for article in listed_at(site, moment)}
        return list(shown.values())


class KilledError(Exception):
    """The process is killed here."""


def listed_at(site: OutletSite, moment: datetime) -> list[PlayedArticle]:
    listed = site.listed(moment)
    if site.listing is write_news_sitemap:
        return [a for a in listed if moment - a.modified_at(moment) < timedelta(days=2)]
    return listed


def read_version(page: FetchedPage) -> Version:
    found = re.search(rb"of (story-\S+), version (\d+)", page.capture.payload)
    assert found is not None
    host = re.sub(r"^http://|:\d+/.*$", "", page.capture.url)
    return host, found[1].decode(), int(found[2])


def play(
    fortnight: Fortnight, *, killed_runs: dict[int, int] | None = None, extra_runs: int = 0
) -> Fortnight:
    async def play_all() -> None:
        async with fortnight.web:
            fortnight.build_sites()
            for n in range(fortnight.days * 4 + extra_runs):
                fortnight.clock.move_to(START + n * STEP)
                try:
                    await fortnight.run_once(killed_after=(killed_runs or {}).get(n))
                except* KilledError:
                    fortnight.run_times.pop()  # nothing of it landed

    asyncio.run(play_all())
    return fortnight


@pytest.fixture(scope="module")
def quiet() -> Fortnight:
    """A fortnight without trouble."""
    return play(Fortnight(days=14))


def test_each_article_is_fetched_exactly_once_for_each_real_change(quiet):
    assert set(quiet.pages) == quiet.real_changes()
    assert set(quiet.pages.values()) == {1}


def test_late_moved_deleted_and_forbidden_articles_have_their_outcome_once(quiet):
    reasons = Counter(outcome.reason for outcome in quiet.outcomes)
    assert reasons == {Reason.HTTP_STATUS: len(quiet.gone_unseen()), Reason.ROBOTS_FORBID: len(HOSTS)}
    late = [slug for _, slug, _ in quiet.pages if int(slug.split("-")[1]) % 11 == 5]
    assert len(late) > 5


def test_no_forbidden_request_was_made(quiet):
    assert not [request for request in quiet.web.log if "secret" in request.path]


def test_one_request_at_a_time_per_host_and_never_faster_than_the_delay(quiet):
    assert set(quiet.web.busiest.values()) == {1}
    for host in HOSTS:
        log = [request for request in quiet.web.log if request.host == host]
        pauses = [later.at - earlier.ended_at for earlier, later in pairwise(log) if earlier.ended_at]
        assert min(pauses) >= timedelta(seconds=DELAY_SECONDS)


def test_requests_are_within_five_percent_of_the_least_possible(quiet):
    least = quiet.least_requests()
    assert least <= len(quiet.web.log) <= least * 1.05


def test_unchanged_listings_are_answered_by_304(quiet):
    assert all(row["etag"] for row in quiet.rows.values() if row["kind"] != "robots")
    asked = [r for r in quiet.web.log if r.path == PLACES[r.host] and "if-none-match" in r.headers]
    assert len(asked) > 0.9 * len(HOSTS) * quiet.days * 4


def test_killed_in_the_middle_nothing_is_missed_and_nothing_landed_twice():
    fortnight = play(Fortnight(), killed_runs={0: 3, 5: 0, 6: 2, 15: 5, 20: 1})
    assert set(fortnight.pages) == fortnight.real_changes()
    assert set(fortnight.pages.values()) == {1}


def test_trouble_that_passes_costs_its_retries_and_nothing_else():
    fortnight = Fortnight()
    broken: Counter[str] = Counter()

    def answer(request: Request, site: OutletSite) -> Answer:
        broken[request.path] += 1
        if broken[request.path] == 1 and request.path.endswith(("0-ferry-and-harbour-news", "/feed")):
            number = len(broken)
            wait = {"Retry-After": "30"} if number % 2 else {}
            return Answer(429 if number % 2 else 503, b"", wait)
        return site(request)

    build = fortnight.build_sites

    def build_troubled() -> None:
        build()
        fortnight.web.sites = {
            host: lambda request, site=site: answer(request, site) for host, site in fortnight.sites.items()
        }

    fortnight.build_sites = build_troubled  # type: ignore[method-assign]
    play(fortnight)
    assert set(fortnight.pages) == fortnight.real_changes()
    assert set(fortnight.pages.values()) == {1}
    retries = sum(1 for path in broken if path.endswith(("0-ferry-and-harbour-news", "/feed")))
    assert len(fortnight.web.log) <= (fortnight.least_requests() + retries) * 1.05


def test_no_more_pages_than_allowed_are_asked_for_in_a_run_and_the_rest_come_next_time():
    fortnight = Fortnight()
    outlets = fortnight.outlets

    def limited() -> list[Outlet]:
        limits = FetchLimits(delay_seconds=DELAY_SECONDS, max_articles=1)
        return [outlet.model_copy(update={"limits": limits}) for outlet in outlets()]

    fortnight.outlets = limited  # type: ignore[method-assign]
    play(fortnight, extra_runs=40)
    for host in HOSTS:
        paths = [(r.at, r.path) for r in fortnight.web.log if r.host == host and "/news/" in r.path]
        runs = Counter(max(moment for moment in fortnight.run_times if moment <= at) for at, _ in paths)
        assert max(runs.values()) == 1, host
    # A version that was edited again before its turn came is had as the later one; no article is left out.
    got = {version[:2] for version in fortnight.pages}
    told = {(host, slug) for host, slug in fortnight.told() if "secret" not in slug}
    shown = {(h, a.slug) for h, site in fortnight.sites.items() for a in fortnight.seen(site)}
    assert got | told == {name for name in shown if "secret" not in name[1]}
    assert set(fortnight.pages.values()) == {1}
    last = fortnight.run_times[-1]
    for host, site in fortnight.sites.items():
        for article in fortnight.seen(site):
            if (host, article.slug) in got and article.deleted_at is None:
                assert (host, article.slug, article.version(last)) in fortnight.pages


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address_from_then_on():
    fortnight = Fortnight()
    build = fortnight.build_sites

    class MovedSite(OutletSite):
        def __call__(self, request: Request) -> Answer:
            if request.path == "/feed":
                return Answer(301, b"", {"Location": "/sitemap-that-is-a-feed"})
            return super().__call__(request)

    def build_moved() -> None:
        build()
        site = fortnight.sites[HOSTS[0]]
        fortnight.sites[HOSTS[0]] = MovedSite(**{k: getattr(site, k) for k in site.__dataclass_fields__})
        fortnight.web.sites = dict(fortnight.sites)

    fortnight.build_sites = build_moved  # type: ignore[method-assign]
    play(fortnight)
    assert fortnight.web.paths(HOSTS[0]).count("/feed") == 1
    assert set(fortnight.pages) == fortnight.real_changes()
