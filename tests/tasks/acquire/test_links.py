"""Links on pages, and which of them are an outlet's articles."""

from __future__ import annotations

import time

import pytest

from core.outlets import Outlet
from tasks.acquire.links import (
    WantedAddresses,
    find_feeds,
    find_sitemaps,
    looks_like_article,
    read_section,
)

URL = "https://www.orsay-mail.example/harbour/"
OUTLET = Outlet(key="orsay-mail", home_url="https://www.orsay-mail.example/", leave=("/sponsored/",))


@pytest.mark.parametrize(
    ("path", "is_article"),
    [
        ("/news/ferry-did-not-sail-on-friday", True),
        ("/news/ferry-did-not-sail-on-friday.html", True),
        ("/2026/03/02/ferry", True),
        ("/story/1234567", True),
        ("/news", False),
        ("/", False),
        ("/harbour/", False),
        ("/tags/ferry-did-not-sail-on-friday", False),
        ("/images/ferry-did-not-sail-on-friday.jpg", False),
        ("/about-us", False),
    ],
)
def test_an_article_is_told_by_its_path(path, is_article):
    assert looks_like_article(path) is is_article


def test_a_hostile_path_is_judged_at_once():
    started = time.process_time()
    for path in ("/" + "a-" * 100_000 + "/", "/" + "1" * 200_000, "/2026/03/02" * 20_000):
        looks_like_article(path)
    assert time.process_time() - started < 1


def test_a_section_page_gives_its_articles_once_with_the_longest_title():
    page = b"""<html><body><a href="/news/ferry-did-not-sail-friday?utm_source=x"><img></a>
    <a href="../news/ferry-did-not-sail-friday">Ferry did <b>not</b>
    sail</a> <a href="https://elsewhere.example/news/ferry-did-not-sail-friday">Other</a>
    <a href="/sponsored/buy-a-boat-this-spring">Ad</a><a href="mailto:x">Mail</a><a>None</a></body></html>"""
    (entry,) = read_section(page, URL, OUTLET).announcements
    assert entry.url == "https://www.orsay-mail.example/news/ferry-did-not-sail-friday"
    assert entry.title == "Ferry did not sail"


def test_patterns_say_what_is_taken():
    outlet = OUTLET.model_copy(update={"take": (r"/a/\d+$",)})
    page = b'<a href="/a/1">One</a><a href="/news/ferry-did-not-sail-friday">Two</a>'
    assert [entry.title for entry in read_section(page, URL, outlet).announcements] == ["One"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://elsewhere.example/a", "host elsewhere.example is none of outlet orsay-mail"),
        ("https://orsay-mail.example.evil.example/a", "is none of outlet"),
        ("https://www.orsay-mail.example/sponsored/a", "under `leave`"),
        ("https://live.orsay-mail.example/a", None),
        ("https://orsay-mail.example/a", None),
    ],
)
def test_an_address_that_is_not_wanted_is_told_why(url, why):
    said = WantedAddresses(OUTLET).judge(url)
    assert (said is None) if why is None else (said is not None and why in said)


def test_feeds_are_found_in_the_head():
    page = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/rss" title="All">
    <link rel="alternate" type="text/html" href="/m"><link rel="ALTERNATE home" type="application/atom+xml" href="/atom">
    </head></html>"""
    found = find_feeds(page, URL)
    assert [feed.url for feed in found] == [
        "https://www.orsay-mail.example/rss",
        "https://www.orsay-mail.example/atom",
    ]
    assert found[0].title == "All"


def test_sitemaps_are_found_in_robots_txt():
    robots = (
        "User-agent: *\nSitemap: https://x.example/1.xml\nsitemap:https://x.example/1.xml\nSitemap: /relative"
    )
    assert find_sitemaps(robots) == ("https://x.example/1.xml",)


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\xff" * 99, b"<" * 50_000, b"<div>" * 50_000],
    ids=["empty", "binary", "brackets", "nested"],
)
def test_what_is_no_page_gives_no_links(body):
    assert read_section(body, URL, OUTLET, "no-such-charset").announcements == ()
    assert find_feeds(body, URL) == ()
