"""Sitemaps: news sitemaps, plain ones, indexes of them, and lists of addresses; gzip or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from lxml import etree

from core.http_bodies import BodyTooLargeError, decode_body
from tasks.acquire.addresses import clean_address
from tasks.acquire.announcements import Announcement, Listing
from tasks.acquire.feeds import parse_moment

# sitemaps.org: a sitemap has at most 50,000 addresses and 50 MB.
MAX_ENTRIES = 50_000
MAX_BYTES = 52_428_800
_GZIP = b"\x1f\x8b\x08"
_UTF8_BOM = b"\xef\xbb\xbf"


def read_sitemap(body: bytes, url: str) -> Listing:
    """What the sitemap at `url` announces, in its order, or, of an index, its sitemaps as `children`."""
    try:
        data = decode_body(body, "gzip", MAX_BYTES) if body.startswith(_GZIP) else body
    except BodyTooLargeError:
        return Listing(problem=f"it unpacks to more than {MAX_BYTES:,} bytes")
    bare = data.removeprefix(_UTF8_BOM).lstrip()
    return _read_xml(bare, url) if bare.startswith(b"<") else _read_lines(bare, url)


def _read_lines(data: bytes, base: str) -> Listing:
    """A text sitemap: one address a line."""
    lines = data.decode("utf-8", "replace").splitlines()[:MAX_ENTRIES]
    addresses = [clean_address(line) for line in lines if line.startswith(("http://", "https://"))]
    announcements = tuple(Announcement(url=address) for address in addresses if address)
    return Listing(announcements, problem=None if announcements else f"{base} is no sitemap")


def _read_xml(data: bytes, base: str) -> Listing:
    announcements: list[Announcement] = []
    children: list[tuple[str, datetime | None]] = []
    problem = None
    try:
        for element in _iterate_elements(data):
            name = _name(element)
            if name == "url" and (announcement := _read_url(element, base)):
                announcements.append(announcement)
            elif name == "sitemap" and (child := clean_address(_said(element, "loc") or "", base)):
                children.append((child, parse_moment(_said(element, "lastmod"))))
            if len(announcements) + len(children) >= MAX_ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        problem = f"it is not well formed: {error.msg}"
    if problem is None and not announcements and not children and b"urlset" not in data[:2000]:
        problem = "it is no sitemap: neither addresses nor sitemaps in it"
    return Listing(tuple(announcements), tuple(children), problem)


def _iterate_elements(data: bytes) -> Iterator[etree._Element]:
    """Each `url` and `sitemap` element, forgotten once it was looked at; entities are not expanded."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for _, element in etree.iterparse(BytesIO(data), events=("end",), **options):
        if _name(element) in ("url", "sitemap"):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _read_url(element: etree._Element, base: str) -> Announcement | None:
    address = clean_address(_said(element, "loc") or "", base)
    if address is None:
        return None
    return Announcement(
        url=address,
        title=_said(element, "title"),
        published_at=parse_moment(_said(element, "publication_date")),
        modified_at=parse_moment(_said(element, "lastmod")),
        language=(_said(element, "language") or "")[:2].lower() or None,
    )


def _said(element: etree._Element, name: str) -> str | None:
    """The text of the first element of that name below, whatever its namespace; captions of images aside."""
    for child in element.iter():
        if _name(child) == name and _name(child.getparent()) not in ("image", "video"):
            return (child.text or "").strip() or None
    return None


def _name(element: etree._Element | None) -> str:
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""
