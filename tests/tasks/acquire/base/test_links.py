"""Links on pages, and which of them are an outlet's articles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from lxml import etree, html

from core.outlets import Outlet
from tasks.acquire.base import links
from tasks.acquire.base.links import (
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


def test_the_text_of_a_link_is_its_own_with_what_is_marked_up_in_it():
    page = b"""<p>x<a href="/story/1234567">Ferry <i>did<!-- no --> not</i> sail</a> tail</p>
    <a href="/story/2345678"><table><tr><td>Outer<a href="/story/3456789">Inner</a></table></a>
    <a href="/story/4567890">%s</a>""" % (b"long " * 900)
    found = {entry.url[-7:]: entry.title for entry in read_section(page, URL, OUTLET).announcements}
    assert found["1234567"] == "Ferry did not sail"
    assert found["3456789"] == "Inner"
    assert found["4567890"] is None


class CountedElement(html.HtmlElement):
    """An element that counts how many are looked at when somebody walks through it."""

    steps = 0

    def iter(self, *names: str) -> Iterator[etree._Element]:
        for element in super().iter():
            CountedElement.steps += 1
            if not names or element.tag in names:
                yield element

    def itertext(self, *args: str, **options: bool) -> Iterator[str]:
        CountedElement.steps += sum(1 for _ in super().iter())
        return super().itertext(*args, **options)

    def text_content(self) -> str:
        return "".join(self.itertext())


def count_steps(body: bytes, read: Callable[[bytes], object], monkeypatch: pytest.MonkeyPatch) -> int:
    parser = html.HTMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=CountedElement))
    walk = etree.iterwalk

    def walk_counted(*args: object, **options: object) -> Iterator[tuple[str, etree._Element]]:
        for step in walk(*args, **options):
            CountedElement.steps += 1
            yield step

    with monkeypatch.context() as patch:
        patch.setattr(links.html, "HTMLParser", lambda **_options: parser)
        patch.setattr(links.etree, "iterwalk", walk_counted)
        CountedElement.steps = 0
        read(body)
    return CountedElement.steps


@pytest.mark.parametrize(
    "piece",
    [
        b"<a href='/story/1234567'>x</a>",
        b"<a href='/story/1234567'><b>x",
        b"<a><table><tr><td>",
        b"<p>x</p>",
        b"<link rel='alternate' type='text/rss' href='/rss'>",
        b"<base>",
    ],
)
def test_twice_the_page_is_twice_the_steps(piece: bytes, monkeypatch: pytest.MonkeyPatch):
    for read in (lambda body: read_section(body, URL, OUTLET), lambda body: find_feeds(body, URL)):
        one, two = (count_steps(b"<html>" + piece * count, read, monkeypatch) for count in (200, 400))
        assert one > 0
        assert two <= 2.2 * one


def test_patterns_say_what_is_taken():
    outlet = OUTLET.model_copy(update={"take": (r"/a/\d+$",)})
    page = b'<a href="/a/1">One</a><a href="/news/ferry-did-not-sail-friday">Two</a>'
    assert [entry.title for entry in read_section(page, URL, outlet).announcements] == ["One"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://elsewhere.example/a", "host elsewhere.example does not belong to outlet orsay-mail"),
        ("https://orsay-mail.example.evil.example/a", "does not belong to outlet"),
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
