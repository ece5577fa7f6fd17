"""Sitemaps: news sitemaps, plain ones, indexes of them, and lists of addresses; gzip or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO

from lxml import etree

from core.http.bodies import BodyTooLargeError, decode_body
from tasks.acquire.base.addresses import clean_address
from tasks.acquire.base.announcements import Announcement, Listing
from tasks.acquire.follow.broken_sitemaps import read_past_faults
from tasks.acquire.follow.feeds import parse_moment, read_feed, said_time

# sitemaps.org: a sitemap has at most 50,000 addresses and 50 MB.
MAX_SITEMAP_ENTRIES = 50_000
MAX_SITEMAP_BYTES = 52_428_800
MAX_VALUE_CHARS = 10_000  # longer than any allowed address: one that is cut here is refused
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_GZIP = b"\x1f\x8b\x08"
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}\?>")
# A feed given as a sitemap, which sitemaps.org allows.
_FEED = re.compile(rb"(?:<\?[^>]{0,300}\?>\s*|<!--.{0,300}?-->\s*){0,5}<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_ROOT = re.compile(rb"<\?xml\s|<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_MOST_BEFORE = 20_000  # bytes of a program's messages before the sitemap


def read_sitemap(body: bytes, url: str) -> Listing:
    """What the sitemap at `url` announces, in its order; the sitemaps of an index are its `children`."""
    try:
        data = decode_body(body, "gzip", MAX_SITEMAP_BYTES) if body.startswith(_GZIP) else body
    except BodyTooLargeError:
        return Listing(problem=f"it unpacks to more than {MAX_SITEMAP_BYTES:,} bytes")
    if data.startswith(_UTF16_BOMS):
        data = data.decode("utf-16", "replace").encode()
        data = _DECLARATION.sub(b"", data, count=1)
    bare = data.removeprefix(_UTF8_BOM).lstrip()
    if bare.startswith(b"<"):
        return read_feed(bare, url) if _FEED.match(bare) else _read_xml(bare, url)
    if begin := _ROOT.search(bare, 0, _MOST_BEFORE):
        return _read_xml(bare[begin.start() :], url, "there is other text before it")
    return _read_lines(bare, url)


def _read_lines(data: bytes, base: str) -> Listing:
    """A text sitemap: one address a line."""
    lines = data.decode("utf-8", "replace").splitlines()[:MAX_SITEMAP_ENTRIES]
    named = [line[:MAX_VALUE_CHARS] for line in lines if line.startswith(("http://", "https://"))]
    announcements = tuple(Announcement(url=address) for line in named if (address := clean_address(line)))
    return Listing(announcements, problem=None if announcements else f"{base} is no sitemap")


def _read_xml(data: bytes, base: str, problem: str | None = None) -> Listing:
    """What the sitemap lists. One that is not well formed is read past its faults; `problem` is one that it already has."""
    found = _Found(base)
    try:
        for kind, said in _iterate_entries(data):
            found.take(kind, said)
            if found.is_full:
                break
    except etree.XMLSyntaxError as error:
        problem = f"it is not well formed: {error.msg}"
        found = max(_find_past_faults(data, base), found, key=len)
    if problem is None and not len(found) and b"urlset" not in data[:2000]:
        problem = "it is no sitemap: neither addresses nor sitemaps in it"
    return Listing(tuple(found.announcements), tuple(found.children), problem)


def _find_past_faults(data: bytes, base: str) -> _Found:
    found = _Found(base)
    for kind, said in read_past_faults(data):
        found.take(kind, said)
        if found.is_full:
            break
    return found


class _Found:
    """What a sitemap lists."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.announcements: list[Announcement] = []
        self.children: list[tuple[str, datetime | None]] = []

    def __len__(self) -> int:
        return len(self.announcements) + len(self.children)

    @property
    def is_full(self) -> bool:
        """Whether the greatest number of entries is reached."""
        return len(self) >= MAX_SITEMAP_ENTRIES

    def take(self, kind: str, said: Mapping[str, str]) -> None:
        """Take an entry by its values, unless it has no address."""
        address = clean_address(said["loc"], self._base) if "loc" in said else None
        if address is None:
            return
        modified_at = parse_moment(said.get("lastmod"))
        if kind == "sitemap":
            self.children.append((address, modified_at))
            return
        title = _CONTROLS.sub("", said.get("title", ""))
        language = said.get("language", "")[:2].lower()
        published_at = parse_moment(said.get("publication_date"))
        self.announcements.append(
            Announcement(
                url=address,
                title=title or None,
                published_at=published_at,
                modified_at=modified_at,
                published_said=said_time(said.get("publication_date")),
                modified_said=said_time(said.get("lastmod")),
                language=language or None,
            )
        )


def _iterate_entries(data: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each `url` and `sitemap` element, dropped from memory after it was read. Entities are not expanded."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for _, element in etree.iterparse(BytesIO(data), events=("end",), remove_comments=True, **options):
        name = _name(element)
        if name in ("url", "sitemap"):
            yield name, _read_element(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _read_element(element: etree._Element) -> dict[str, str]:
    """The first value of each name below, whatever its namespace; captions of images, and what holds entities, aside."""
    said: dict[str, str] = {}
    for child in element.iter("{*}*"):
        value = (child.text or "").strip()[:MAX_VALUE_CHARS]
        if value and not len(child) and _name(child.getparent()) not in ("image", "video"):
            said.setdefault(_name(child), value)
    return said


def _name(element: etree._Element | None) -> str:
    return (
        element.tag.rpartition("}")[2].lower() if element is not None and isinstance(element.tag, str) else ""
    )
