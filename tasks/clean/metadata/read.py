"""What a page, its feed or its record says about an article, each field with where it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.captures import Capture, CaptureKind
from core.outlets import Outlet
from tasks.clean.metadata.bylines import find_authors
from tasks.clean.metadata.day_order import is_day_first
from tasks.clean.metadata.published import find_modified, find_published, read_hint
from tasks.clean.metadata.published_places import Published
from tasks.clean.metadata.titles import find_social_title, find_title
from tasks.clean.page.article_nodes import article_nodes, page_nodes, squeeze_value
from tasks.clean.page.headline import find_surroundings
from tasks.clean.page.language import declared_language, detect_language
from tasks.clean.page.page import Page, squeeze
from tasks.clean.page.site_names import find_site_names
from tasks.clean.page.urls import canonicalise, find_canonical_url, join_address
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.moments import read_moment
from tasks.clean.words.word_lists import word_set

_MAX_SECTION_CHARS = 60
_MAX_BYLINE_CHARS = 300
_MAX_HINTED_NAMES = 50


@dataclass(frozen=True, slots=True)
class Metadata:
    """An article's metadata, the columns of `articles` of the same names.

    `published_precision` is minute, day, month or unknown; `published_source` one of the table's
    words. `provenance` says for each field that is filled where it was found ("json-ld", "h1",
    "meta author", "hint" ...). `published_day` is the day in the zone that the page printed, which
    can be another than that of `published_at` in UTC.
    """

    title: str | None = None
    social_title: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    section: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_precision: str = "unknown"
    published_source: str | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    image_url: str | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
    published_day: date | None = None


def read_metadata(
    page: Page | None, capture: Capture, outlet: Outlet, body_text: str | None = None
) -> Metadata:
    """The metadata of a capture: from its page where it has one, its hints being evidence beside it.

    `page` is None for plain text and for records without HTML. The language is
    detected from `body_text`.
    """
    found = _Findings()
    hinted = read_hint(capture.hints, _hint_source(capture), outlet, page)
    if page is None:
        _read_hints(found, capture, outlet, hinted)
    else:
        _read_page(found, page, capture, outlet, hinted)
    _add_language(found, page, capture, outlet, body_text)
    return Metadata(**found.values, provenance=found.provenance)


class _Findings:
    """Values and their places as they are found; what is empty is not kept."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.provenance: dict[str, str] = {}

    def add(self, name: str, value: Any, place: str | None) -> None:
        if value and place and name not in self.values:
            self.values[name] = value
            self.provenance[name] = place

    def add_published(self, published: Published | None) -> None:
        if published:
            self.add("published_at", published.moment.at, published.place)
            self.values["published_day"] = published.moment.local_date
            self.values["published_precision"] = published.moment.precision
            self.values["published_source"] = published.source


def _read_page(
    found: _Findings, page: Page, capture: Capture, outlet: Outlet, hinted: Published | None
) -> None:
    sites = find_site_names(page, outlet)
    title, place = find_title(page, outlet, _hint_text(capture, "title"), sites)
    found.add("title", title, place)
    found.add("social_title", *find_social_title(page, title, sites))
    around = find_surroundings(page, title)
    authors, place, byline = find_authors(
        page, sites, around, read_hinted_names(capture.hints.get("authors"))
    )
    found.add("authors", tuple(authors), place)
    found.add("byline", byline[:_MAX_BYLINE_CHARS] if byline else None, "page")
    found.add_published(find_published(page, outlet, hinted, capture.fetched_at, around))
    found.add("modified_at", *find_modified(page, outlet, around))
    found.add("canonical_url", *find_canonical_url(page, outlet.home_url))
    found.add("section", *_find_section(page, sites.match))
    found.add("section", _hint_text(capture, "section"), "hint")
    found.add("image_url", *_find_image(page))


def _read_hints(found: _Findings, capture: Capture, outlet: Outlet, hinted: Published | None) -> None:
    """What the feed or record said, where there is no page to check it against."""
    found.add("title", _hint_text(capture, "title"), "hint")
    raw = read_hinted_names(capture.hints.get("authors"))
    found.add("authors", tuple(clean_authors(raw)), "hint")
    found.add("byline", "; ".join(raw)[:_MAX_BYLINE_CHARS], "hint")
    found.add_published(hinted)
    found.add("section", _hint_text(capture, "section"), "hint")
    said, day_first = str(capture.hints.get("modified_at") or ""), is_day_first(outlet)
    modified = read_moment(said, _zone_of(outlet), day_first=day_first)
    found.add("modified_at", modified.at if modified else None, "hint")
    address = _hint_text(capture, "url") or capture.web_url
    found.add("canonical_url", canonicalise(address, outlet.home_url) if address else None, "url")


def _add_language(
    found: _Findings, page: Page | None, capture: Capture, outlet: Outlet, body_text: str | None
) -> None:
    declared = declared_language(page) if page is not None else None
    declared = declared or _hint_text(capture, "language") or outlet.language
    language = detect_language(body_text or "", declared)
    place = "declared" if language and not body_text else "text"
    found.add("language", language, place)


def _find_section(page: Page, is_site_name: Any) -> tuple[str | None, str | None]:
    """The section the article is in: JSON-LD, meta, the breadcrumbs' first step behind the home page."""
    for node in article_nodes(page):
        section = squeeze_value(node.get("articleSection"))
        if _is_section(section, is_site_name):
            return section, "json-ld"
    for name in ("article:section", "parsely-section", "sailthru.section", "section", "dc.subject.section"):
        section = page.first_meta(name) or ""
        if _is_section(section, is_site_name):
            return section, f"meta {name}"
    for node in page.json_ld:
        if node.get("@type") == "BreadcrumbList":
            for section in _read_breadcrumbs(node):
                if _is_section(section, is_site_name):
                    return section, "breadcrumbs"
    return None, None


def _read_breadcrumbs(node: Mapping[str, Any]) -> list[str]:
    """Names of the steps of a breadcrumb list, less the last, which is the article itself."""
    steps = node.get("itemListElement")
    names = []
    for step in steps if isinstance(steps, list) else []:
        if isinstance(step, dict):
            item = step.get("item")
            names.append(
                squeeze_value(step.get("name") or (item.get("name") if isinstance(item, dict) else ""))
            )
    return names[:-1]


def _is_section(text: str, is_site_name: Any) -> bool:
    homes = word_set("titles", "homes")
    plain = 1 < len(text) <= _MAX_SECTION_CHARS and "://" not in text
    return plain and text.casefold() not in homes and not is_site_name(text)


def _find_image(page: Page) -> tuple[str | None, str | None]:
    """The lead image's address, absolute: og:image, JSON-LD, twitter:image."""
    said = [("meta og:image", page.first_meta("og:image", "og:image:url", "og:image:secure_url"))]
    said += [("json-ld", _image_of(node)) for node in [*article_nodes(page), *page_nodes(page)]]
    said += [("meta twitter:image", page.first_meta("twitter:image", "twitter:image:src"))]
    for place, address in said:
        absolute = join_address(page.url, address) if address else None
        if absolute:
            return absolute, place
    return None, None


def _image_of(node: Mapping[str, Any]) -> str:
    image = node.get("image")
    if isinstance(image, list):
        image = image[0] if image else None
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl")
    return squeeze_value(image)


def read_hinted_names(value: Any) -> list[str]:
    """The names in a hint: a text, a node with a name, or a list of them; what is neither is left out."""
    listed = value if isinstance(value, list | tuple) else [value]
    names = [item.get("name") if isinstance(item, Mapping) else item for item in listed[:_MAX_HINTED_NAMES]]
    return [text for name in names if isinstance(name, str) and (text := squeeze(name))]


def _hint_text(capture: Capture, name: str) -> str | None:
    value = capture.hints.get(name)
    return squeeze(value) or None if isinstance(value, str) else None


def _hint_source(capture: Capture) -> str:
    return "record" if capture.kind is CaptureKind.RECORD else "feed"


def _zone_of(outlet: Outlet) -> Any:
    return UTC if outlet.time_zone == "UTC" else ZoneInfo(outlet.time_zone)
