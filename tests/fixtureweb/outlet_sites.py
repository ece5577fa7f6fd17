"""Fictional outlets as web sites: articles that appear, change, move and go, announced in feeds and sitemaps."""

from __future__ import annotations

import gzip
import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.fixtureweb.server import Answer, Request, html, not_found

FEED_LENGTH = 30
PARAGRAPHS = 12
# Sentences are made of these, so that no two articles share a line, as boilerplate would.
WHO = [
    "skipper",
    "librarian",
    "mayor",
    "engineer",
    "baker",
    "teacher",
    "surveyor",
    "farmer",
    "nurse",
    "pilot",
    "driver",
    "clerk",
]
DOES = [
    "praised",
    "feared",
    "measured",
    "painted",
    "repaired",
    "sold",
    "counted",
    "missed",
    "crossed",
    "closed",
    "watched",
    "moved",
]
WHAT = [
    "pier",
    "tower",
    "school",
    "bridge",
    "market",
    "tunnel",
    "orchard",
    "chapel",
    "ferry",
    "reservoir",
    "stadium",
    "lighthouse",
]
WHERE = [
    "Aldery",
    "Tarn",
    "Lowen",
    "Orsay",
    "Velmar",
    "Dunmore",
    "Wexcombe",
    "Halden",
    "Sable",
    "Gullcliff",
    "Norvane",
    "Brannock",
]
EDITIONS = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True)
class PlayedArticle:
    """An article's life. `edited_at` are the times of its later versions, `recounted_at` those when only its
    counter of readers changed; `listed_at` is when the feed first has it (late: after `published_at`)."""

    slug: str
    published_at: datetime
    listed_at: datetime
    edited_at: tuple[datetime, ...] = ()
    recounted_at: tuple[datetime, ...] = ()
    moved_at: datetime | None = None
    deleted_at: datetime | None = None

    def version(self, now: datetime) -> int:
        return sum(moment <= now for moment in self.edited_at)

    def recount(self, now: datetime) -> int:
        return sum(moment <= now for moment in self.recounted_at)

    def modified_at(self, now: datetime) -> datetime:
        changes = (*self.edited_at, *self.recounted_at)
        return max([self.published_at, *(moment for moment in changes if moment <= now)])


@dataclass
class OutletSite:
    """A host that plays an outlet; `listing` writes what it announces at /feed."""

    host: str
    origin: str
    articles: Sequence[PlayedArticle]
    listing: Callable[[OutletSite, datetime], tuple[bytes, str]]
    robots: str = "User-agent: *\nDisallow: /private/\n"

    def __call__(self, request: Request) -> Answer:
        path = request.path
        if path == "/robots.txt":
            return Answer(body=self.robots.encode(), headers={"Content-Type": "text/plain"})
        if path == "/feed" or path.startswith("/sitemap"):
            return self._serve_listing(request)
        return self._serve_article(request)

    def listed(self, now: datetime) -> list[PlayedArticle]:
        """The newest entries of the feed, the newest first."""
        shown = [article for article in self.articles if article.listed_at <= now]
        return sorted(shown, key=lambda article: (article.listed_at, article.slug), reverse=True)[
            :FEED_LENGTH
        ]

    def url_of(self, article: PlayedArticle) -> str:
        return f"{self.origin}/news/{article.slug}"

    def _serve_listing(self, request: Request) -> Answer:
        return answer_listing(request, *self.listing(self, request.at))

    def _serve_article(self, request: Request) -> Answer:
        folder, _, slug = request.path.removeprefix("/").partition("/")
        article = next((article for article in self.articles if article.slug == slug), None)
        if article is None or article.published_at > request.at:
            return not_found()
        if article.deleted_at and article.deleted_at <= request.at:
            return Answer(410, b"<p>Gone.</p>", {"Content-Type": "text/html"})
        has_moved = article.moved_at is not None and article.moved_at <= request.at
        if has_moved and folder == "news":
            return Answer(301, b"", {"Location": f"/archive/{slug}"})
        return html(write_page(article, request.at))


def write_sentence(slug: str, number: int) -> str:
    """A sentence of the article's own."""
    rng = random.Random(f"{slug} {number}")
    parts = [
        f"the {rng.choice(WHO)} {rng.choice(DOES)} the {rng.choice(WHAT)} of {rng.choice(WHERE)}"
        for _ in "ab"
    ]
    return " while ".join(parts) + "."


def write_page(article: PlayedArticle, now: datetime) -> str:
    """The article's page in the version that stands at the time."""
    version = article.version(now)
    text = "".join(
        f"<p>Paragraph {n} of {article.slug}, version {version}: {write_sentence(article.slug, n)}</p>"
        for n in range(PARAGRAPHS)
    )
    readers = 1_000 + 37 * article.recount(now)
    edition = f"In this {EDITIONS[version]} edition, read {readers} times,"
    note = f"<p>{edition} {write_sentence(article.slug, PARAGRAPHS)}</p>"
    head = f"<html><head><title>{article.slug}</title></head>"
    return f"{head}<body><article>{note}{text}</article></body></html>"


def write_rss(site: OutletSite, now: datetime) -> tuple[bytes, str]:
    items = "".join(
        f"<item><title>{escape(a.slug)}</title><link>{site.url_of(a)}?utm_source=rss</link>"
        f"<guid>{a.slug}</guid><pubDate>{format_datetime(a.published_at)}</pubDate></item>"
        for a in site.listed(now)
    )
    feed = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{site.host}</title>{items}</channel></rss>'
    )
    return feed.encode(), "application/rss+xml"


def write_worded_rss(site: OutletSite, now: datetime) -> tuple[bytes, str]:
    """An RSS feed that says nothing of edits, but words its summaries anew."""
    items = "".join(
        f"<item><title>{escape(a.slug)}</title><link>{site.url_of(a)}?utm_source=rss</link><guid>{a.slug}</guid>"
        f"<description>&lt;p&gt;The {EDITIONS[a.version(now)]} edition&lt;/p&gt;</description>"
        f"<pubDate>{format_datetime(a.published_at)}</pubDate></item>"
        for a in site.listed(now)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    return feed.encode(), "application/rss+xml"


def write_section(site: OutletSite, now: datetime) -> tuple[bytes, str]:
    """A section page: links worded anew with each edition."""
    links = "".join(
        f'<p><a href="{site.url_of(a)}">The {EDITIONS[a.version(now)]} edition of {escape(a.slug)}</a></p>'
        for a in site.listed(now)
    )
    return f"<html><body><main>{links}</main></body></html>".encode(), "text/html"


def write_atom(site: OutletSite, now: datetime) -> tuple[bytes, str]:
    entries = "".join(
        f"<entry><title>{escape(a.slug)}</title><id>tag:{a.slug}</id>"
        f'<link rel="alternate" href="{site.url_of(a)}"/><published>{a.published_at.isoformat()}</published>'
        f"<updated>{a.modified_at(now).isoformat()}</updated><author><name>Ida Lund</name></author></entry>"
        for a in site.listed(now)
    )
    feed = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entries}</feed>'
    return feed.encode(), "application/atom+xml"


def write_news_sitemap(site: OutletSite, now: datetime) -> tuple[bytes, str]:
    """A news sitemap, gzip, as Google asks for: the last two days and what was edited in them."""
    recent = [a for a in site.listed(now) if now - a.modified_at(now) < timedelta(days=2)]
    urls = "".join(
        f"<url><loc>{site.url_of(a)}</loc><lastmod>{a.modified_at(now).isoformat()}</lastmod>"
        f"<n:news><n:publication><n:name>x</n:name><n:language>en</n:language></n:publication>"
        f"<n:publication_date>{a.published_at.isoformat()}</n:publication_date>"
        f"<n:title>{escape(a.slug)}</n:title></n:news></url>"
        for a in recent
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    return gzip.compress(f"<urlset {spaces}>{urls}</urlset>".encode(), mtime=0), "application/x-gzip"


@dataclass
class IndexedSite(OutletSite):
    """A host with an index of sitemaps at /sitemap.xml, one for each day, which keep what they listed."""

    def listed(self, now: datetime) -> list[PlayedArticle]:
        """Everything that was listed so far."""
        return [article for article in self.articles if article.listed_at <= now]

    def days(self, now: datetime) -> dict[str, datetime]:
        """The sitemaps of the index: the day of each, and when it was modified."""
        days: dict[str, datetime] = {}
        for article in self.listed(now):
            day = f"{article.published_at:%Y-%m-%d}"
            moment = max(article.listed_at, article.modified_at(now))
            days[day] = max(days.get(day, moment), moment)
        return days

    def _serve_listing(self, request: Request) -> Answer:
        day = request.path.removeprefix("/sitemap-").removesuffix(".xml")
        body = self._write_index(request.at) if day == "/sitemap" else self._write_day(day, request.at)
        return answer_listing(request, body, "application/xml")

    def _write_index(self, now: datetime) -> bytes:
        entries = "".join(
            f"<sitemap><loc>{self.origin}/sitemap-{day}.xml</loc><lastmod>{moment.isoformat()}</lastmod></sitemap>"
            for day, moment in sorted(self.days(now).items())
        )
        return f"<sitemapindex>{entries}</sitemapindex>".encode()

    def _write_day(self, day: str, now: datetime) -> bytes:
        entries = "".join(
            f"<url><loc>{self.url_of(a)}</loc><lastmod>{a.modified_at(now).isoformat()}</lastmod></url>"
            for a in self.listed(now)
            if f"{a.published_at:%Y-%m-%d}" == day
        )
        return f"<urlset>{entries}</urlset>".encode()


def answer_listing(request: Request, body: bytes, content_type: str) -> Answer:
    """The listing, or a 304 to those who have it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"Content-Type": content_type, "ETag": etag}
    is_known = request.headers.get("if-none-match") == etag
    return Answer(304, b"", headers) if is_known else Answer(200, body, headers)
