"""Whole pages of several kinds: every field with its value and the place that gave it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.captures import Capture, CaptureKind
from core.outlets import Outlet
from tasks.clean.metadata.read import Metadata, read_hinted_names, read_metadata
from tasks.clean.page.page import parse_page

URL = "https://www.harbourpost.example/local/bridge-shut-until-spring?utm_source=feed"
CANONICAL = "https://www.harbourpost.example/local/bridge-shut-until-spring"
BODY = "The harbour bridge will stay shut until spring, the port authority said on Tuesday afternoon."
OUTLET = Outlet(
    key="harbourpost",
    name="Harbour Post",
    home_url="https://www.harbourpost.example/",
    time_zone="Europe/London",
)

GRAPH = """<html lang="en-GB"><head><title>Bridge shut until spring | Harbour Post</title>
<link rel="canonical" href="https://www.harbourpost.example/local/bridge-shut-until-spring">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "NewsArticle", "headline": "Bridge shut until spring", "author": [{"@id": "#quill"}, {"@id": "#abara"}],
  "datePublished": "2031-03-04T10:15:00+00:00", "dateModified": "2031-03-04T12:00:00+00:00",
  "articleSection": ["Local"], "image": {"@type": "ImageObject", "url": "/img/bridge.jpg"}},
 {"@type": "Person", "@id": "#quill", "name": "Mara Quill"}, {"@type": "Person", "@id": "#abara", "name": "Tom Abara"},
 {"@type": "NewsMediaOrganization", "name": "Harbour Post"}]}</script>
</head><body><h1>Bridge shut until spring</h1><p>The harbour bridge will stay shut.</p></body></html>"""

WORDPRESS = """<html lang="en-US"><head><title>Bridge shut until spring - Harbour Post</title>
<meta property="og:title" content="Bridge shut until spring - Harbour Post">
<meta property="og:site_name" content="Harbour Post">
<meta property="og:image" content="https://www.harbourpost.example/img/b.jpg">
<meta property="article:published_time" content="2031-03-04T10:15:00+00:00">
<meta property="article:modified_time" content="2031-03-05T08:00:00+00:00">
<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Mara Quill">
</head><body><header class="entry-header"><h1 class="entry-title">Bridge shut until spring</h1>
<div class="entry-meta">Posted on <time class="entry-date" datetime="2031-03-04T10:15:00+00:00">March 4</time>
by <span class="author vcard"><a href="/author/mara">Mara Quill</a></span></div></header><p>Text.</p></body></html>"""

META_ONLY = """<html><head><meta name="title" content="x"><meta name="author" content="By Mara Quill, Staff Writer">
<meta property="og:title" content="Bridge shut until spring"><meta property="article:section" content="Local">
<meta name="date" content="2031-03-04"><meta http-equiv="content-language" content="en">
</head><body><p>The harbour bridge will stay shut.</p></body></html>"""

BARE = """<html><body><h1>Bridge shut until spring</h1><p>By Mara Quill</p><p>4 March 2031, 10:15</p>
<p>The harbour bridge will stay shut.</p></body></html>"""


def make_capture(payload: str = "", kind: CaptureKind = CaptureKind.HTML, **hints: Any) -> Capture:
    fetched = datetime(2031, 6, 1, tzinfo=UTC)
    return Capture("c", "r", "harbourpost", URL, kind, payload.encode(), fetched, hints=hints)


def read(html: str, **hints: Any) -> Metadata:
    return read_metadata(parse_page(html.encode(), None, URL), make_capture(html, **hints), OUTLET, BODY)


def test_a_json_ld_graph_gives_everything() -> None:
    found = read(GRAPH)
    assert found.title == "Bridge shut until spring"
    assert found.authors == ("Mara Quill", "Tom Abara")
    assert found.published_at == datetime(2031, 3, 4, 10, 15, tzinfo=UTC)
    assert (found.published_precision, found.published_source) == ("minute", "json-ld")
    assert found.modified_at == datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
    assert found.section == "Local"
    assert found.canonical_url == CANONICAL
    assert found.image_url == "https://www.harbourpost.example/img/bridge.jpg"
    assert found.language == "en"
    assert found.provenance == {
        "title": "json-ld",
        "authors": "json-ld",
        "published_at": "json-ld datePublished",
        "modified_at": "json-ld",
        "canonical_url": "canonical",
        "section": "json-ld",
        "image_url": "json-ld",
        "language": "text",
    }


def test_a_wordpress_page() -> None:
    found = read(WORDPRESS)
    assert (found.title, found.authors) == ("Bridge shut until spring", ("Mara Quill",))
    assert found.published_source == "meta"
    assert found.provenance["title"] == "h1"
    assert found.provenance["authors"] == "meta twitter:data"
    assert found.provenance["published_at"] == "meta article:published_time"
    assert found.provenance["modified_at"] == "meta article:modified_time"
    assert found.provenance["image_url"] == "meta og:image"


def test_a_page_with_meta_tags_only() -> None:
    found = read(META_ONLY)
    assert (found.title, found.provenance["title"]) == ("Bridge shut until spring", "og:title")
    assert (found.authors, found.provenance["authors"]) == (("Mara Quill",), "meta author")
    assert (found.published_at, found.published_precision) == (datetime(2031, 3, 4, tzinfo=UTC), "day")
    assert (found.section, found.provenance["section"]) == ("Local", "meta article:section")
    assert (found.canonical_url, found.provenance["canonical_url"]) == (CANONICAL, "url")


def test_a_bare_page_is_read_as_a_reader_does() -> None:
    found = read(BARE)
    assert (found.title, found.provenance["title"]) == ("Bridge shut until spring", "h1")
    assert (found.authors, found.byline) == (("Mara Quill",), "By Mara Quill")
    assert found.published_at == datetime(2031, 3, 4, 10, 15, tzinfo=UTC)
    assert (found.published_source, found.provenance["published_at"]) == ("text", "dateline")


def test_a_page_that_says_nothing_has_nothing_but_its_address() -> None:
    found = read_metadata(parse_page(b"<p>1</p>", None, URL), make_capture(), Outlet(key="x"))
    assert (found.title, found.authors, found.published_at, found.published_precision) == (
        None,
        (),
        None,
        "unknown",
    )
    assert found.provenance == {"canonical_url": "url"}


def test_hints_fill_what_the_page_leaves_open_and_are_named() -> None:
    found = read(
        "<p>Text.</p>",
        title="Bridge shut",
        authors=["Mara Quill"],
        published_at="2031-03-04T10:15Z",
        section="Local",
    )
    assert (found.title, found.authors, found.section) == ("Bridge shut", ("Mara Quill",), "Local")
    assert found.published_source == "feed"
    assert {found.provenance[name] for name in ("title", "authors", "published_at", "section")} == {"hint"}


def test_a_record_without_a_page_is_read_from_its_fields() -> None:
    capture = make_capture(
        kind=CaptureKind.RECORD,
        title=" Bridge  shut ",
        authors="By Mara Quill and Tom Abara",
        published_at="2031-03-04",
        url=URL,
    )
    found = read_metadata(None, capture, OUTLET, BODY)
    assert (found.title, found.authors) == ("Bridge shut", ("Mara Quill", "Tom Abara"))
    assert (found.published_precision, found.published_source) == ("day", "record")
    assert (found.canonical_url, found.language) == (CANONICAL, "en")


def test_the_printed_day_is_told_beside_the_moment_in_utc() -> None:
    html = '<meta property="article:published_time" content="2031-03-04T22:00:00-05:00">'
    found = read(html)
    assert found.published_at == datetime(2031, 3, 5, 3, 0, tzinfo=UTC)
    assert found.published_day == date(2031, 3, 4)


def test_breadcrumbs_give_the_section_behind_the_home_page() -> None:
    html = """<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": [
      {"position": 1, "name": "Home"}, {"position": 2, "item": {"name": "Local"}}, {"position": 3, "name": "Bridge shut"}]}</script>"""
    found = read(html)
    assert (found.section, found.provenance["section"]) == ("Local", "breadcrumbs")


@pytest.mark.parametrize("section", ["Harbour Post", "https://harbourpost.example/local", "Home", "x" * 90])
def test_what_is_no_section_is_left_out(section: str) -> None:
    assert read(f'<meta property="article:section" content="{section}">').section is None


@pytest.mark.parametrize("address", ["data:image/png;base64,xx", "javascript:x", "http://[broken", ""])
def test_what_is_no_web_address_is_no_image(address: str) -> None:
    assert read(f'<meta property="og:image" content="{address}">').image_url is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (None, []),
        ("Mara Quill", ["Mara Quill"]),
        ([{"name": "Mara Quill"}, 7, None], ["Mara Quill"]),
        (7, []),
        ({"a": 1}, []),
    ],
)
def test_hinted_authors_of_any_shape_are_read(value: Any, names: list[str]) -> None:
    assert read_hinted_names(value) == names


def test_half_a_character_in_json_ld_or_a_hint_reaches_no_field() -> None:
    html = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge \\ud800 shut until spring"}</script>'
    found = read(html, section="Lo\ud800cal", authors=["Mara\udfff Quill"])
    assert (found.title, found.section, found.authors) == (
        "Bridge shut until spring",
        "Local",
        ("Mara Quill",),
    )


def test_metadata_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        read(BARE).title = "Something else"  # type: ignore[misc]
