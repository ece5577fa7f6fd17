"""Survey a new outlet from one of its pages, and check the listings of a known one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from core.errors import ConfigError
from core.outlets import Outlet
from tasks.acquire.base.addresses import clean_address
from tasks.acquire.base.announcements import Listing
from tasks.acquire.base.links import PageFacts, find_feeds, find_page_facts, read_section
from tasks.acquire.base.parsing import Parser, UnparsableError
from tasks.acquire.base.sites import is_shared, name_key
from tasks.acquire.follow.feeds import read_feed
from tasks.acquire.follow.sitemaps import read_sitemap
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.fetched import LISTING_TYPES, Ask, Fetched

MAX_FEEDS, MAX_SITEMAPS = 10, 5
USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap.xml")


@dataclass(frozen=True, slots=True)
class ListingCheck:
    """The state of a feed, sitemap or section page. `problem` is None if it can be followed."""

    url: str
    kind: str
    status_code: int | None
    entry_count: int
    newest_at: datetime | None
    moved_to: str | None
    problem: str | None


async def parse_listing(kind: str, answer: Fetched, outlet: Outlet, parser: Parser) -> Listing:
    """The listing in an answer's body, read as its kind: feed, sitemap or section.

    Raises UnparsableError if parsing exceeds its limits.
    """
    body, url = answer.body, answer.final_url
    if kind == "feed":
        return await parser.parse(read_feed, body, url, answer.headers.get("content-type"))
    if kind == "sitemap":
        return await parser.parse(read_sitemap, body, url)
    return await parser.parse(read_section, body, url, outlet, answer.charset)


async def check_listing(kind: str, url: str, outlet: Outlet, fetcher: Fetcher) -> ListingCheck:
    """Request a listing once and report its state."""
    limits = outlet.limits
    ask = Ask(url, limits.delay_seconds, limits.max_bytes, limits.timeout_seconds, types=LISTING_TYPES)
    answer = await fetcher.fetch(ask)
    if answer.reason is not None:
        return ListingCheck(url, kind, answer.status_code, 0, None, answer.moved_to, answer.detail)
    try:
        listing = await parse_listing(kind, answer, outlet, fetcher.parser)
    except UnparsableError as error:
        listing = Listing(problem=str(error))
    moments = [entry.modified_at or entry.published_at for entry in listing.announcements]
    newest = max((moment for moment in moments if moment), default=None)
    count = len(listing.announcements) + len(listing.children)
    problem = listing.problem or (None if count else "nothing is listed in it")
    return ListingCheck(url, kind, answer.status_code, count, newest, answer.moved_to, problem)


async def check_outlet(outlet: Outlet, fetcher: Fetcher) -> list[ListingCheck]:
    """Every listing of an outlet, checked, in its order."""
    places = [("feed", outlet.feeds), ("sitemap", outlet.sitemaps), ("section", outlet.sections)]
    return [await check_listing(kind, url, outlet, fetcher) for kind, urls in places for url in urls]


async def survey_outlet(url: str, fetcher: Fetcher) -> Outlet:
    """An outlet made from one of its pages: its name, language, feeds and sitemaps that can be followed.

    Feeds are those that the page names; sitemaps those of robots.txt or, without any, at the usual
    places (of a host that many publishers share, none). Where there is neither, the page itself is its
    section to look for links on. Raises ConfigError if the page cannot be fetched.
    """
    address = clean_address(url if "://" in url else f"https://{url}")
    if address is None:
        raise ConfigError(f"{url} is not a web address; give one such as https://outlet.example/")
    answer = await fetcher.fetch(Ask(address))
    if answer.reason is not None:
        raise ConfigError(f"{address} cannot be read: {answer.detail or answer.reason.value}")
    home = _find_home(answer.final_url)
    facts, found = await _read_home(answer, fetcher.parser)
    bare = Outlet(
        key=name_key(home),
        name=facts.site_name,
        home_url=home,
        language=facts.language,
    )
    feeds = await _keep_good("feed", found[:MAX_FEEDS], bare, fetcher)
    sitemaps = () if is_shared(home) else await _find_sitemaps(home, bare, fetcher)
    sections = () if feeds or sitemaps else (answer.final_url,)
    return bare.model_copy(update={"feeds": feeds, "sitemaps": sitemaps, "sections": sections})


async def _read_home(answer: Fetched, parser: Parser) -> tuple[PageFacts, list[str]]:
    """What the page says of its outlet, and the feeds that it names."""
    try:
        facts = await parser.parse(find_page_facts, answer.body, answer.charset)
        feeds = await parser.parse(find_feeds, answer.body, answer.final_url, answer.charset)
    except UnparsableError as error:
        raise ConfigError(f"{answer.final_url} cannot be read: {error}; give another page") from error
    return facts, [feed.url for feed in feeds]


def _find_home(url: str) -> str:
    """The front page of an address's host; where many publishers share the host, the page itself."""
    return url if is_shared(url) else f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"


async def _find_sitemaps(home: str, outlet: Outlet, fetcher: Fetcher) -> tuple[str, ...]:
    named = (await fetcher.robots_of(home)).sitemaps[:MAX_SITEMAPS]
    usual = [clean_address(path, home) or home for path in USUAL_SITEMAPS]
    return await _keep_good("sitemap", named or usual, outlet, fetcher)


async def _keep_good(
    kind: str, urls: list[str] | tuple[str, ...], outlet: Outlet, fetcher: Fetcher
) -> tuple[str, ...]:
    checks = [await check_listing(kind, url, outlet, fetcher) for url in urls]
    return tuple(dict.fromkeys(check.moved_to or check.url for check in checks if check.problem is None))
