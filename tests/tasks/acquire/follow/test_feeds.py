"""Feeds of every make are read into the same announcements; broken ones as far as they go."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tasks.acquire.follow.feeds import parse_moment, read_feed
from tasks.acquire.follow.notes import note_announcement, read_entry_note

URL = "https://orsay-mail.example/feed.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Orsay Mail</title><language>en-gb</language>
<item><title>Ferry &amp; storm</title><link>/news/ferry?utm_source=rss#x</link><guid isPermaLink="false">7</guid>
<pubDate>Mon, 02 Mar 2026 09:30:00 +0100</pubDate><dc:creator>Ida Lund</dc:creator><category>Harbour</category>
<content:encoded><![CDATA[<p>The ferry did not sail.</p><script>x</script>]]></content:encoded></item>
<item><title>No address</title></item>
<item><guid>https://orsay-mail.example/news/bridge</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://velmar-post.example/">
<entry><title type="html">F&#228;hre</title><id>tag:1</id><link rel="self" href="x"/><link href="news/1"/>
<published>2026-03-02T09:30:00+01:00</published><updated>2026-03-03T10:00:00Z</updated>
<author><name>Ida Lund</name></author><author><name>Per Holm</name></author></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>x</title></channel>
<item rdf:about="https://orsay-mail.example/1"><title>Ferry</title><link>https://orsay-mail.example/1</link>
<dc:date>2026-03-02T08:30:00Z</dc:date></item></rdf:RDF>"""
NINE_THIRTY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def test_rss_gives_address_title_author_time_section_language_and_full_text():
    first, second = read_feed(RSS.encode(), URL).announcements
    assert first.url == "https://orsay-mail.example/news/ferry?utm_source=rss"
    assert first.title == "Ferry & storm"
    assert first.authors == ("Ida Lund",)
    assert first.published_at == NINE_THIRTY
    assert first.modified_at is None
    assert (first.section, first.language) == ("Harbour", "en")
    assert first.text is not None
    assert first.text.startswith("<p>The ferry did not sail.</p>")
    assert second.url == "https://orsay-mail.example/news/bridge"
    assert first.hints()["published_at"] == "Mon, 02 Mar 2026 09:30:00 +0100"


def test_atom_gives_all_authors_and_when_it_was_updated():
    (entry,) = read_feed(ATOM.encode(), URL).announcements
    assert entry.url == "https://velmar-post.example/news/1"
    assert entry.title == "Fähre"
    assert entry.authors == ("Ida Lund", "Per Holm")
    assert entry.published_at == NINE_THIRTY
    assert entry.modified_at == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_rdf_is_read():
    (entry,) = read_feed(RDF.encode(), URL).announcements
    assert (entry.url, entry.published_at) == ("https://orsay-mail.example/1", NINE_THIRTY)


def test_a_json_feed_is_read():
    item = {
        "id": "7",
        "url": "/news/ferry",
        "title": "Ferry",
        "content_html": "<p>It did not sail.</p>",
        "date_published": "2026-03-02T09:30:00+01:00",
        "authors": [{"name": "Ida Lund"}],
        "tags": ["Harbour"],
    }
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [item, {"id": "no address"}, 7],
    }
    entries = read_feed(json.dumps(feed).encode(), URL).announcements
    assert entries[0].url == "https://orsay-mail.example/news/ferry"
    assert (entries[0].published_at, entries[0].authors) == (NINE_THIRTY, ("Ida Lund",))
    assert (entries[0].section, entries[0].text) == ("Harbour", "<p>It did not sail.</p>")


def test_a_broken_feed_gives_what_stands_before_the_break_and_says_so():
    cut = RSS[: RSS.index("<item><title>No")].encode()
    listing = read_feed(cut, URL)
    assert [entry.title for entry in listing.announcements] == ["Ferry & storm"]
    assert listing.problem is not None
    assert "not well formed" in listing.problem


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><p>Not found</p></html>",
        b"{}",
        b'{"version": "https://jsonfeed.org/version/1"',
        b"\x00\xff" * 50,
        b"[" * 9999,
    ],
    ids=["empty", "html", "json", "cut json feed", "binary", "brackets"],
)
def test_what_is_no_feed_says_so_and_announces_nothing(body):
    listing = read_feed(body, URL)
    assert listing.announcements == ()
    assert listing.problem


def test_entities_that_multiply_are_not_expanded():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    feed = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{lines}]><rss version="2.0"><channel><item><title>&a9;</title><link>http://x.example/</link></item></channel></rss>'
    listing = read_feed(feed.encode(), URL)
    assert sum(len(entry.title or "") for entry in listing.announcements) < 10_000


def test_the_same_article_has_the_same_key_whatever_led_to_it():
    rss, json_feed = (
        read_feed(RSS.replace("utm_source=rss", query).encode(), URL).announcements[0]
        for query in ("utm_source=rss", "fbclid=1")
    )
    assert rss.key == json_feed.key


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-02T09:30:00+01:00", NINE_THIRTY),
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
        (7, None),
    ],
)
def test_times_are_read_as_utc(value, moment):
    assert parse_moment(value) == moment


@pytest.mark.parametrize(
    "said",
    [
        "2026/3/2 15:07:41",
        "Mo, 02.03.2026 - 15:26",
        "lun., 02 mars 2026 09:15:00 +0100",
        "2026-03-010",
        "soon",
    ],
)
def test_a_time_that_a_feed_prints_is_handed_on_as_printed_and_never_guessed(said: str) -> None:
    feed = (
        '<rss version="2.0"><channel><title>Mail</title><item><title>Ferry</title>'
        f"<link>https://orsay-mail.example/a</link><pubDate>{said}</pubDate></item></channel></rss>"
    )
    (entry,) = read_feed(feed.encode(), URL).announcements
    assert entry.published_at is None
    assert entry.hints()["published_at"] == said
    assert read_entry_note(note_announcement(entry)).hints()["published_at"] == said


def test_a_feed_without_times_has_none() -> None:
    feed = (
        b'<rss version="2.0"><channel><title>Mail</title><item><title>Ferry</title>'
        b"<link>https://orsay-mail.example/a</link></item></channel></rss>"
    )
    (entry,) = read_feed(feed, URL).announcements
    assert "published_at" not in entry.hints() and "modified_at" not in entry.hints()


@pytest.mark.parametrize("said", ["2026-03-010", "03/02/2026 10:15", "1772442900"])
def test_entries_are_not_ordered_by_a_time_in_a_form_that_could_be_misread(said: str) -> None:
    assert parse_moment(said) is None


@pytest.mark.parametrize(("said", "printed"), [(1930385700, "1930385700"), (True, None), (1.5, None)])
def test_seconds_in_a_json_feed_are_a_time(said: object, printed: str | None) -> None:
    item = {"id": "https://post.example/1", "url": "https://post.example/1", "date_published": said}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    assert (
        read_feed(json.dumps(feed).encode(), "https://post.example/").announcements[0].published_said
        == printed
    )


def test_the_time_of_making_is_that_of_publication_where_no_other_is_said() -> None:
    item = "<item><link>https://post.example/1</link><dcterms:created>2031-03-04T10:15:00Z</dcterms:created></item>"
    feed = f'<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/"><channel>{item}</channel></rss>'
    found = read_feed(feed.encode(), "https://post.example/").announcements[0]
    assert found.published_said == "2031-03-04T10:15:00Z"
