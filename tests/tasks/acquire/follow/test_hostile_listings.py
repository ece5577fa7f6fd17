"""Whatever a host lists and says in its headers, following it ends in pages, outcomes and cursors that can be kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.outcomes import InputOutcome
from core.outlets import FetchLimits, Outlet
from core.tables import TABLES
from tasks.acquire.follow.cursors import FeedCursor
from tasks.acquire.follow.harvest import HarvestItem, harvest_outlet
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.pages import FetchedPage
from tasks.acquire.web.robots import robots_to_row
from tests.fixtureweb.fetching import HOST, play
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html

TOKENS = [
    '<?xml version="1.0" encoding="undefined"?>',
    '<?xml version="1.0" encoding="ut\x00f"?>',
    '<rss version="2.0"><channel>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry>',
    "<item><title>A &#xD83D; b & c</title>",
    "<link>BASE/a</link></item>",
    "<link>BASE/&#xDC00;&#0;</link></item>",
    "<link>http://xn--/a</link></item>",
    "<link>http://2130706433/a</link></item>",
    '<link href="http://[x/"/>',
    "<pubDate>Mon, 99 Foo 99999 25:61:61 +9999</pubDate>",
    '<content type="application/octet-stream" mode="base64">!!</content>',
    "<urlset><url><loc>BASE/b?utm_source=\ud83d</loc></url>",
    "<sitemapindex><sitemap><loc>BASE/listing</loc></sitemap></sitemapindex>",
    '<a href="BASE/2026/01/02/\x01x">x\x00</a>',
]
JSON_VALUES = st.one_of(
    st.text(st.characters(), max_size=8), st.none(), st.integers(), st.just([{"name": "\ud83d"}])
)
JSON_FEEDS = st.fixed_dictionaries(
    {"url": st.text(st.characters(), max_size=12).map(lambda text: f"BASE/{text}")},
    optional=dict.fromkeys(
        ("id", "title", "authors", "tags", "language", "content_html", "date_published"), JSON_VALUES
    ),
).map(lambda item: json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}))
LISTINGS = st.one_of(
    st.lists(st.sampled_from(TOKENS), max_size=8).map("".join),
    st.text(st.characters(), max_size=40),
    JSON_FEEDS,
)
LINE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=12)
TYPES = st.sampled_from(
    [
        "application/rss+xml",
        "text/xml; charset=undefined",
        "text/xml; charset=punycode",
        "text/xml;charset=é",
        "text/rss",
    ]
)
HEADERS = st.fixed_dictionaries(
    {"Content-Type": TYPES},
    optional={
        "ETag": st.one_of(LINE, st.just('"é"')),
        "Last-Modified": st.one_of(LINE, st.just("1 fév")),
        "Retry-After": st.one_of(LINE, st.just("²")),
        "Content-Encoding": st.sampled_from(["gzip", "br", "zstd", "deflate", "x, y"]),
        "Location": st.one_of(LINE, st.sampled_from(["http://xn--/", "http://[", "//", "/listing"])),
    },
)


def follow_twice(
    listing: str, headers: dict[str, str], status: int = 200, kind: str = "feeds", robots: str = ""
) -> list[HarvestItem]:
    """What two runs over the listing emit; each could be kept, and the cursors came back from where they are kept."""
    items: list[HarvestItem] = []

    async def run(web: FixtureWeb, fetcher: Fetcher) -> None:
        limits = FetchLimits(delay_seconds=0)
        outlet = Outlet(key="mail", limits=limits, **{kind: (web.url(HOST, "/listing"),)})
        cursors: dict[str, FeedCursor] = {}
        for _ in range(2):
            items.extend([item async for item in harvest_outlet(outlet, fetcher, list(cursors.values()))])
            rows = [item.to_row() for item in items if isinstance(item, FeedCursor)]
            kept = TABLES["feed_cursors"].to_arrow(rows).to_pylist()
            cursors = {row["feed_url"]: FeedCursor.from_row(row) for row in kept}
        found = [robots_to_row(address, rules) for address, rules in fetcher.robots.items()]
        TABLES["feed_cursors"].to_arrow([row for row in found if row])

    def site(request: Request) -> Answer:
        base = f"http://{request.headers['host']}"
        if request.path == "/robots.txt":
            return Answer(body=robots.encode("utf-8", "surrogatepass"))
        if request.path == "/listing":
            return Answer(status, listing.replace("BASE", base).encode("utf-8", "surrogatepass"), headers)
        return html("<p>page</p>", **headers | {"Content-Type": "text/html"})

    play(site, run, max_attempts=2)
    check_kept(items)
    return items


def check_kept(items: list[HarvestItem]) -> None:
    outcomes = [item.to_row("run") for item in items if isinstance(item, InputOutcome)]
    TABLES["outcomes"].to_arrow(outcomes)
    for item in items:
        if isinstance(item, FetchedPage):
            json.dumps(dict(item.capture.hints), ensure_ascii=False).encode()
            item.capture.url.encode()


@pytest.mark.parametrize("kind", ["feeds", "sitemaps", "sections"])
def test_any_listing_with_any_headers_costs_itself_at_the_most(kind: str) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        LISTINGS, HEADERS, st.sampled_from([200, 200, 301, 429, 503]), st.text(st.characters(), max_size=20)
    )
    def follow(listing: str, headers: dict[str, str], status: int, robots: str) -> None:
        follow_twice(listing, headers, status, kind, robots)

    follow()


ITEM = "<item><title>{title}</title><link>{link}</link></item>"
RSS = '{head}<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'


def rss(title: str = "Ferry", link: str = "BASE/a", head: str = "") -> str:
    return RSS.format(head=head, item=ITEM.format(title=title, link=link))


def json_feed(**item: str) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "BASE/a", **item}]})


XML, JSON = {"Content-Type": "application/rss+xml"}, {"Content-Type": "application/feed+json"}
TRIGGERS = {
    "half a character in a JSON feed's title": (json_feed(title="Bad \ud83d title"), JSON, "a"),
    "half a character in its address": (json_feed(url="BASE/n/\ud83d"), JSON, "%EF%BF%BD"),
    "half a character in a broken RSS feed": (rss("A &#xD83D; b & c"), XML, "a"),
    "an ETag in another script": (rss(), {**XML, "ETag": '"é"'}, "a"),
    "a Last-Modified in words": (rss(), {**XML, "Last-Modified": "1 fév"}, "a"),
    "a charset that is none": (rss(), {"Content-Type": "text/xml; charset=undefined"}, "a"),
    "a charset that is for hosts": (rss(), {"Content-Type": "text/xml; charset=punycode"}, "a"),
    "an encoding that is none": (rss(head='<?xml version="1.0" encoding="undefined"?>'), XML, "a"),
    "an encoding with NUL": (rss(head='<?xml version="1.0" encoding="ut\x00f"?>'), XML, "a"),
    "a JSON feed with a mark": ("\ufeff" + json_feed(title="Ferry"), JSON, "a"),
}


@pytest.mark.parametrize("what", TRIGGERS)
def test_what_is_wrong_with_a_feed_does_not_cost_its_article(what: str) -> None:
    listing, headers, end = TRIGGERS[what]
    pages = [item.capture.url for item in follow_twice(listing, headers) if isinstance(item, FetchedPage)]
    assert [url.rpartition("/")[2] for url in pages] == [end]


@pytest.mark.parametrize("link", ["http://xn--/a", "http://a b.example/", "http://xn--a.example/"])
def test_a_link_to_what_is_no_address_is_no_announcement(link: str) -> None:
    items = follow_twice(rss(link=link), XML)
    assert all(isinstance(item, FeedCursor) for item in items)
