"""Sitemaps of every kind, and hostile ones."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from tasks.acquire.follow import sitemaps
from tasks.acquire.follow.sitemaps import read_sitemap

URL = "https://orsay-mail.example/sitemap.xml"
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://orsay-mail.example/i.jpg</image:loc><image:title>A boat</image:title></image:image>
<loc>https://orsay-mail.example/news/ferry</loc><lastmod>2026-03-02T12:00:00Z</lastmod>
<news:news><news:publication><news:name>Orsay Mail</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-02T08:30:00Z</news:publication_date><news:title>Ferry stopped</news:title></news:news></url>
<url><loc>ftp://orsay-mail.example/x</loc></url>
</urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://orsay-mail.example/1.xml.gz</loc><lastmod>2026-03-02</lastmod></sitemap>
<sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    "body",
    [
        NEWS,
        gzip.compress(NEWS),
        gzip.compress(NEWS[:200]) + gzip.compress(NEWS[200:]),
        b"\xef\xbb\xbf\n" + NEWS,
    ],
    ids=["plain", "gzip", "gzip in two members", "with a mark"],
)
def test_a_news_sitemap_gives_address_title_language_and_both_times(body):
    (entry,) = read_sitemap(body, URL).announcements
    assert entry.url == "https://orsay-mail.example/news/ferry"
    assert (entry.title, entry.language) == ("Ferry stopped", "en")
    assert entry.published_at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert entry.modified_at == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_an_index_gives_its_sitemaps_with_their_times():
    listing = read_sitemap(INDEX, URL)
    assert listing.children == (
        ("https://orsay-mail.example/1.xml.gz", datetime(2026, 3, 2, tzinfo=UTC)),
        ("https://orsay-mail.example/2.xml", None),
    )
    assert listing.problem is None


def test_a_text_sitemap_is_a_list_of_addresses():
    listing = read_sitemap(b"https://orsay-mail.example/1\nnonsense\nhttps://orsay-mail.example/2\n", URL)
    assert [entry.url[-1] for entry in listing.announcements] == ["1", "2"]


def test_an_empty_sitemap_is_no_problem():
    assert read_sitemap(b'<urlset xmlns="x"></urlset>', URL).problem is None


@pytest.mark.parametrize(
    "body", [b"", b"<html><p>Not found</p></html>", b"nonsense", b"<urlset><url>", b"\x1f\x8b\x08broken"]
)
def test_what_is_no_sitemap_says_so(body):
    listing = read_sitemap(body, URL)
    assert listing.announcements == ()
    assert listing.problem


def test_what_stands_before_a_break_counts():
    listing = read_sitemap(NEWS[: NEWS.index(b"<url><loc>ftp")] + b"<url><loc", URL)
    assert len(listing.announcements) == 1
    assert "not well formed" in (listing.problem or "")


def test_a_bomb_is_not_unpacked():
    assert "unpacks to more" in (read_sitemap(gzip.compress(bytes(60_000_000)), URL).problem or "")


def test_entities_are_not_expanded_and_files_not_read():
    body = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://x.example/&f;</loc></url></urlset>'
    listing = read_sitemap(body, URL)
    assert all("root" not in entry.url for entry in listing.announcements)


def test_no_more_than_a_sitemap_may_have_is_read(monkeypatch):
    assert sitemaps.MAX_SITEMAP_ENTRIES == 50_000  # what the protocol allows
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP_ENTRIES", 500)
    body = b"<urlset>" + b"<url><loc>https://x.example/1</loc></url>" * 510 + b"</urlset>"
    assert len(read_sitemap(body, URL).announcements) == 500


def test_a_sitemap_in_utf_16_is_read():
    body = '<?xml version="1.0" encoding="UTF-16"?><urlset><url><loc>https://x.example/fähre</loc></url></urlset>'
    for coding in ("utf-16", "utf-16-be"):
        data = body.encode(coding) if coding == "utf-16" else b"\xfe\xff" + body.encode(coding)
        listing = read_sitemap(data, URL)
        assert (len(listing.announcements), listing.problem) == (1, None)


def test_a_feed_given_as_a_sitemap_is_read_as_a_feed():
    body = b"<?xml version='1.0'?><!-- made by hand --><rss version='2.0'><channel><item><title>Ferry</title><link>https://x.example/1</link></item></channel></rss>"
    (found,) = read_sitemap(body, URL).announcements
    assert (found.url, found.title) == ("https://x.example/1", "Ferry")
