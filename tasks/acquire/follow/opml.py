"""OPML: the lists of feeds that feed readers exchange, made into outlets and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from core.errors import ConfigError
from core.outlets import Outlet
from tasks.acquire.base.addresses import clean_address
from tasks.acquire.base.sites import Keys, name_key, site_of
from tasks.acquire.follow.cut_markup import Bounds, cut_markup

MAX_OUTLINES = 20_000
_BOUNDS = Bounds(text_bytes={}, entry_names=frozenset(), max_entries=0)
_HEAD_BYTES = 64


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in an OPML file, with the home page and title that it has there."""

    feed_url: str
    home_url: str | None
    title: str | None


def read_opml(data: bytes) -> list[Outlet]:
    """The outlets of an OPML file in file order, with the feeds of one site together. Raises ConfigError if the file is not
    OPML.

    A feed without a home page on a host that carries many publishers' feeds is an outlet of its own.
    """
    by_site: dict[str, list[Outline]] = {}
    for outline in _read_outlines(data):
        if site := site_of(outline.home_url or outline.feed_url):
            by_site.setdefault(site, []).append(outline)
    if not by_site:
        raise ConfigError("there is no feed in the OPML file: no outline with an xmlUrl")
    keys = Keys()
    outlets = []
    for outlines in by_site.values():
        first = outlines[0]
        key = keys.give(name_key(first.home_url or first.feed_url, first.title))
        outlets.append(_make_outlet(key, outlines))
    return outlets


def _read_outlines(data: bytes) -> Iterator[Outline]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(_cut(data), parser)
    except etree.XMLSyntaxError as error:
        raise ConfigError(f"the OPML file is not well formed: {error.msg}") from error
    # not by etree.QName, which refuses what recovery lets through: a prefix that nothing declares
    if root is None or str(root.tag).rpartition("}")[2].lower() != "opml":
        raise ConfigError("the file is not OPML: its root element is not <opml>")
    for count, element in enumerate(root.iter("outline")):
        said = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if count < MAX_OUTLINES and (feed := clean_address(said.get("xmlurl", ""))):
            yield Outline(feed, clean_address(said.get("htmlurl", "")), said.get("title") or said.get("text"))


def _cut(data: bytes) -> bytes:
    """The file without attributes beyond the limits: libxml2 compares each with all others of its element."""
    is_wide = b"\x00" in data[:_HEAD_BYTES]  # UTF-16, whose tags are not found byte by byte
    return data if is_wide else cut_markup(data, _BOUNDS).data


def _make_outlet(key: str, outlines: Sequence[Outline]) -> Outlet:
    return Outlet(
        key=key,
        name=next((outline.title for outline in outlines if outline.title), None),
        home_url=next((outline.home_url for outline in outlines if outline.home_url), None),
        feeds=tuple(dict.fromkeys(outline.feed_url for outline in outlines)),
    )


def write_opml(outlets: Sequence[Outlet]) -> bytes:
    """An OPML 2.0 file of the outlets' feeds, in their order."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Copydesk outlets"
    body = etree.SubElement(root, "body")
    for outlet in outlets:
        for feed in outlet.feeds:
            outline = etree.SubElement(
                body, "outline", type="rss", text=outlet.name or outlet.key, xmlUrl=feed
            )
            if outlet.home_url:
                outline.set("htmlUrl", outlet.home_url)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
