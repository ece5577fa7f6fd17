"""A new outlet is made from one of its pages; what cannot be followed is left out and told."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from core.errors import ConfigError
from core.outlets import Outlet
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.base.links import find_page_facts
from tasks.acquire.follow.survey import _find_home, check_outlet, survey_outlet
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html, not_found

HOST = "orsay-mail.example"
HOME = """<html lang="en-GB"><head><meta property="og:site_name" content="Orsay Mail">
<link rel="alternate" type="application/rss+xml" href="/rss"><link rel="alternate" type="application/rss+xml" href="/dead">
</head></html>"""
RSS = b'<rss version="2.0"><channel><item><link>/a</link><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>'


def ask(site: Callable[[str, Request], Answer], work: Callable[[str, Fetcher], Awaitable[object]]) -> object:
    async def run() -> object:
        web = FixtureWeb(SimulatedClock())
        async with web:
            base = web.url(HOST, "")
            web.sites = {HOST: lambda request: site(base, request)}
            policy = AddressPolicy(frozenset({HOST}))
            async with WebClient("copydesk-test", policy, resolve=web.resolve) as client:
                fetcher = Fetcher(
                    client,
                    FetchPolicy(addresses=policy),
                    clock=web.clock.seconds,
                    now=web.clock.now,
                    sleep=web.clock.sleep,
                    rng=random.Random(1),
                )
                return await work(base, fetcher)

    return asyncio.run(run())


def site(base: str, request: Request) -> Answer:
    urlset = f"<urlset><url><loc>{base}/a</loc></url></urlset>".encode()
    pages = {
        "/": html(HOME),
        "/rss": Answer(body=RSS, headers={"Content-Type": "application/rss+xml"}),
        "/robots.txt": Answer(body=f"Sitemap: {base}/news.xml".encode()),
        "/news.xml": Answer(body=urlset, headers={"Content-Type": "text/xml"}),
    }
    return pages.get(request.path, not_found())


def test_name_language_feeds_and_sitemaps_are_found_and_dead_feeds_left_out():
    outlet = ask(site, lambda base, fetcher: survey_outlet(base, fetcher))
    assert isinstance(outlet, Outlet)
    assert (outlet.key, outlet.name, outlet.language) == (HOST, "Orsay Mail", "en")
    assert [url.rpartition("/")[2] for url in outlet.feeds] == ["rss"]
    assert [url.rpartition("/")[2] for url in outlet.sitemaps] == ["news.xml"]
    assert outlet.sections == ()


@pytest.mark.parametrize(
    ("tag", "language"), [("pt_BR", "pt"), ("fil", None), ("xx", None), ("zh-Hant-TW", "zh"), ("", None)]
)
def test_a_language_is_taken_only_where_the_tag_is_one(tag, language):
    assert find_page_facts(f'<html lang="{tag}"><p>x</p></html>'.encode()).language == language


def test_without_feeds_and_sitemaps_the_page_is_a_section():
    def bare(base: str, request: Request) -> Answer:
        return html("<p>Welcome</p>") if request.path == "/" else not_found()

    outlet = ask(bare, lambda base, fetcher: survey_outlet(base, fetcher))
    assert isinstance(outlet, Outlet)
    assert (outlet.feeds, outlet.sitemaps) == ((), ())
    assert len(outlet.sections) == 1


def test_on_a_host_that_publishers_share_the_page_is_the_home():
    assert _find_home("https://medium.com/@orsay") == "https://medium.com/@orsay"
    assert _find_home("https://orsay-mail.example/world/") == "https://orsay-mail.example/"


@pytest.mark.parametrize(("path", "why"), [("/gone", "HTTP status 404"), (":bad", "not a web address")])
def test_a_page_that_cannot_be_had_is_said_in_one_line(path, why):
    with pytest.raises(ConfigError, match=why):
        ask(
            site,
            lambda base, fetcher: survey_outlet(base + path if path == "/gone" else "http://[bad", fetcher),
        )


def test_the_listings_of_an_outlet_are_checked_one_by_one():
    def work(base: str, fetcher: Fetcher) -> Awaitable[object]:
        outlet = Outlet(
            key="mail",
            feeds=(f"{base}/rss", f"{base}/dead"),
            sitemaps=(f"{base}/news.xml",),
            sections=(f"{base}/",),
        )
        return check_outlet(outlet, fetcher)

    rss, dead, news, home = ask(site, work)  # type: ignore[misc]
    assert (rss.problem, rss.entry_count, rss.newest_at.day) == (None, 1, 2)
    assert (dead.problem, dead.status_code) == ("HTTP status 404", 404)
    assert (news.problem, news.entry_count) == (None, 1)
    assert home.problem == "nothing is listed in it"
