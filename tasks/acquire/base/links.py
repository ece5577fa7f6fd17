"""Links on pages: articles on section pages, and the feeds and sitemaps that a page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from lxml import etree, html

from core.config.values import codes
from core.outlets import Outlet
from tasks.acquire.base.addresses import MAX_URL_CHARS, clean_address, strip_tracking
from tasks.acquire.base.announcements import Announcement, Listing

MAX_LINKS = 5_000
MAX_FEEDS = 100
MAX_TITLE_CHARS = 1_000
_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/x-rss+xml",
        "text/rss",
        "text/rss+xml",
        "application/atom+xml",
        "application/x-atom+xml",
        "application/rdf+xml",
        "application/feed+json",
    }
)
_MIN_WORDS = 4  # in an address that ends in a headline
_NUMBER = re.compile(r"\d{5,}")
_DAY = re.compile(r"/\d{4}/\d{1,2}/\d{1,2}/")
_LEFT = re.compile(
    r"/(?:tag|tags|topic|topics|author|authors|category|search|login|page|video|newsletter)s?/|"
    r"\.(?:jpe?g|png|gif|svg|webp|pdf|mp[34]|zip|css|js|xml|rss)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WantedAddresses:
    """Which addresses are an outlet's articles, by its hosts and its `take` and `leave` patterns."""

    outlet: Outlet

    def judge(self, url: str) -> str | None:
        """Why the address is not wanted, in one line; None if it is wanted."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if self._hosts and not any(host == own or host.endswith(f".{own}") for own in self._hosts):
            return f"host {host} does not belong to outlet {self.outlet.key}"
        if any(pattern.search(url) for pattern in self._leave):
            return "it matches a pattern under `leave`"
        if self._take and not any(pattern.search(url) for pattern in self._take):
            return "it matches no pattern under `take`"
        return None

    def is_article(self, url: str) -> bool:
        """Whether a link on a section page leads to an article: by the `take` patterns if there are any, else by its form."""
        if self.judge(url) is not None:
            return False
        return bool(self._take) or looks_like_article(urlsplit(url).path)

    @cached_property
    def _hosts(self) -> tuple[str, ...]:
        places = (self.outlet.home_url, *self.outlet.feeds, *self.outlet.sitemaps, *self.outlet.sections)
        named = [urlsplit(place).hostname for place in places if place]
        hosts = [host.lower().removeprefix("www.") for host in (*self.outlet.hosts, *named) if host]
        return tuple(dict.fromkeys(hosts)) if self.outlet.home_url or self.outlet.hosts else ()

    @cached_property
    def _take(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.outlet.take)

    @cached_property
    def _leave(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.outlet.leave)


def looks_like_article(path: str) -> bool:
    """Whether a path's last part is a headline (four words or more), holds a number of five digits or more,
    or follows a day; and no part says tag, author, search, picture and the like."""
    last = path.rstrip("/").rpartition("/")[2]
    words = [word for word in re.split(r"[-_.]", last) if word.isalnum()]
    is_likely = len(words) >= _MIN_WORDS or _NUMBER.search(last) or (last and _DAY.search(path))
    return bool(is_likely) and not _LEFT.search(path)


def read_section(body: bytes, url: str, outlet: Outlet, charset: str | None = None) -> Listing:
    """The articles that a section page links to, each once, in page order, with the link texts as titles."""
    page = _parse(body, charset)
    if page is None:
        return Listing(problem="it is no HTML page")
    wanted, base = WantedAddresses(outlet), _base(page, url)
    titles: dict[str, str] = {}
    for href, text in _find_links(page):
        address = clean_address(href, base) if len(href) <= MAX_URL_CHARS else None
        if address and wanted.is_article(address):
            address = strip_tracking(address)
            titles[address] = max(titles.get(address, ""), text, key=len)
            if len(titles) >= MAX_LINKS:
                break
    return Listing(tuple(Announcement(url=address, title=title or None) for address, title in titles.items()))


def _find_links(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Each link's `href` and text in the order in which the links end, found in one walk.

    The text of a nested link belongs to the inner link only. A text longer than MAX_TITLE_CHARS becomes "".
    """
    open_links: list[list[str]] = []
    for event, element in etree.iterwalk(page, events=("start", "end", "comment", "pi")):
        if event == "start":
            if element.tag == "a":
                open_links.append([])
            _note_text(open_links, element.text)
            continue
        if event == "end" and element.tag == "a":
            title = " ".join("".join(open_links.pop()).split())
            yield element.get("href") or "", title if len(title) <= MAX_TITLE_CHARS else ""
        _note_text(open_links, element.tail)


def _note_text(open_links: list[list[str]], text: str | None) -> None:
    if open_links and text:
        open_links[-1].append(text)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names, with its title."""

    url: str
    title: str | None


def find_feeds(body: bytes, url: str, charset: str | None = None) -> tuple[FoundFeed, ...]:
    """The feeds that a page names in its head (`link rel=alternate`), each once, in its order."""
    page = _parse(body, charset)
    if page is None:
        return ()
    found: dict[str, FoundFeed] = {}
    base = _base(page, url)
    for link in page.iter("link"):
        is_feed = (link.get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES
        if is_feed and "alternate" in (link.get("rel") or "").lower():
            address = clean_address(link.get("href") or "", base)
            if address and len(address) <= MAX_URL_CHARS:
                found.setdefault(address, FoundFeed(address, link.get("title")))
            if len(found) >= MAX_FEEDS:
                break
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its outlet: its name, and its language (ISO 639-1)."""

    site_name: str | None
    language: str | None


def find_page_facts(body: bytes, charset: str | None = None) -> PageFacts:
    """The outlet's name (og:site_name) and the page's language (html lang)."""
    page = _parse(body, charset)
    if page is None:
        return PageFacts(None, None)
    names = (meta.get("content") for meta in page.iter("meta") if meta.get("property") == "og:site_name")
    tag = re.split(r"[-_]", (page.getroottree().getroot().get("lang") or "").strip().lower())[0]
    is_known = tag in codes()["languages"]
    return PageFacts(next((name.strip() for name in names if name), None), tag if is_known else None)


def find_sitemaps(robots_txt: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, each once, in its order."""
    return tuple(dict.fromkeys(_sitemap_lines(robots_txt)))


def _sitemap_lines(robots_txt: str) -> Iterator[str]:
    for line in robots_txt.splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() == "sitemap" and (address := clean_address(value)):
            yield address


def _parse(body: bytes, charset: str | None) -> html.HtmlElement | None:
    try:
        parser = html.HTMLParser(encoding=charset, recover=True, no_network=True, huge_tree=False)
    except (LookupError, ValueError):
        parser = html.HTMLParser(recover=True, no_network=True, huge_tree=False)
    try:
        page: html.HtmlElement | None = html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return page


def _base(page: html.HtmlElement, url: str) -> str:
    """The base address that the page names, if any."""
    named = next((base.get("href") for base in page.iter("base") if base.get("href")), None)
    return clean_address(named, url) or url if named else url
