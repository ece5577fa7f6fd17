"""RSS, Atom, RDF and JSON feeds."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

import feedparser
from dateutil import parser as dateutil_parser

from tasks.acquire.base.addresses import clean_address
from tasks.acquire.base.announcements import Announcement, Listing
from tasks.acquire.follow.feed_bounds import MAX_FIELD_CHARS, MAX_NAME_CHARS, MAX_TEXT_CHARS, cut_feed

_JSON_FEED = "https://jsonfeed.org/version/"
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")
_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?")
_HALVES = range(0xD800, 0xE000)
# What feedparser raises for an unknown encoding or a hostile feed; it reads everything else.
_PARSER_ERRORS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
MAX_FEED_ENTRIES = 5_000
MAX_AUTHORS = 100  # of an entry
MAX_MOMENT_CHARS = 100


def read_feed(body: bytes, url: str, content_type: str | None = None) -> Listing:
    """What the feed at `url` announces, in feed order; a broken feed is read up to the break."""
    bare = body.removeprefix(codecs.BOM_UTF8).lstrip()
    if bare.startswith(b"{"):
        return _read_json_feed(bare, url)
    cut, content_type = cut_feed(body, content_type, MAX_FEED_ENTRIES)
    try:
        feed = _parse(cut.data, url, content_type)
    except _PARSER_ERRORS as error:
        return Listing(problem=f"it cannot be read: {type(error).__name__}: {error}")
    language = _language(feed.feed.get("language"))
    is_atom = str(feed.get("version", "")).startswith("atom")
    made = (_read_entry(entry, url, language, is_atom=is_atom) for entry in feed.entries[:MAX_FEED_ENTRIES])
    announcements = tuple(item for item in made if item is not None)
    problem = _describe_break(feed)
    if cut.count:
        problem = f"{cut.count:,} texts or attributes are beyond the limits and were left out"
    if feed.get("version") or announcements:
        return Listing(announcements, problem=problem)
    return Listing(problem=problem or "it is no feed: no RSS, Atom, RDF or JSON feed found in it")


def _parse(body: bytes, url: str, content_type: str | None) -> Any:
    """The feed as feedparser reads it. If that fails, it is read as UTF-8 without lone surrogates, whatever it declares."""
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    # the pages are cleaned later, and nothing of a feed is ever shown as it came
    try:
        return feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    except (ValueError, LookupError):
        headers["content-type"] = "application/xml; charset=utf-8"
        plain = BytesIO(_REFERENCE.sub(_replace_half, _DECLARATION.sub(b"", body, count=1)))
        return feedparser.parse(plain, response_headers=headers, sanitize_html=False)


def _replace_half(reference: re.Match[bytes]) -> bytes:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return b"\xef\xbf\xbd" if number in _HALVES else reference[0]


def _read_entry(
    entry: Mapping[str, Any], base: str, language: str | None, *, is_atom: bool
) -> Announcement | None:
    link = entry.get("feedburner_origlink") or entry.get("link") or _permalink(entry)
    address = clean_address(link, base) if link else None
    if address is None:
        return None
    contents: Sequence[Mapping[str, str]] = entry.get("content") or ()
    published = said_time(entry.get("published")) or said_time(entry.get("created"))
    updated = said_time(entry.get("updated")) if "updated" in entry else None
    if published is None and not is_atom:
        published, updated = updated, None  # the one time of an RSS item (dc:date) is that of publication
    return Announcement(
        url=address,
        entry_id=entry.get("id"),
        title=entry.get("title") or None,
        authors=tuple(_names(entry)),
        published_at=parse_moment(published),
        modified_at=parse_moment(updated),
        published_said=published,
        modified_said=updated,
        language=_language(entry.get("language")) or language,
        section=next((tag.get("term") for tag in entry.get("tags") or () if tag.get("term")), None),
        text=max((content.get("value") or "" for content in contents), key=len, default="") or None,
        summary=_text(entry.get("summary"), MAX_TEXT_CHARS),
    )


def _permalink(entry: Mapping[str, Any]) -> str | None:
    """The id of an entry without a link if it is an address (RSS guid, some Atom)."""
    entry_id = str(entry.get("id") or "")
    return entry_id if entry_id.startswith(("http://", "https://")) else None


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    people = (entry.get("authors") or ())[:MAX_AUTHORS]
    authors = [author.get("name") for author in people] or [entry.get("author")]
    seen: set[str] = set()
    for name in authors:
        if name and name.strip() not in seen:
            seen.add(name.strip())
            yield name.strip()


def _language(value: Any) -> str | None:
    """The two letters of ISO 639-1 at the head of a language tag."""
    head = str(value or "").replace("_", "-").partition("-")[0].strip().lower()
    return head if len(head) == 2 and head.isalpha() else None


def _describe_break(feed: Any) -> str | None:
    error = feed.get("bozo_exception")
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if not feed.get("bozo") or error is None or isinstance(error, harmless):
        return None
    return f"it is not well formed: {error}"


def _read_json_feed(body: bytes, url: str) -> Listing:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        return Listing(problem=f"it is not well formed: {error}")
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(_JSON_FEED):
        return Listing(problem="it is JSON, but no JSON feed")
    items = feed.get("items")
    language = _language(feed.get("language"))
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    made = (_read_item(item, url, language) for item in entries[:MAX_FEED_ENTRIES])
    return Listing(tuple(item for item in made if item is not None))


def _read_item(item: Mapping[str, Any], base: str, language: str | None) -> Announcement | None:
    """An item of a JSON Feed (version 1.1)."""
    link = str(item.get("url") or item.get("id") or "")
    address = clean_address(link, base) if len(link) <= MAX_FIELD_CHARS else None
    if address is None:
        return None
    authors = item.get("authors") or [item.get("author")]
    named = authors[:MAX_AUTHORS] if isinstance(authors, list) else []
    people = [author for author in named if isinstance(author, dict)]
    tags = item.get("tags")
    return Announcement(
        url=address,
        entry_id=_text(str(item["id"])) if item.get("id") else None,
        title=_text(item.get("title")),
        authors=tuple(name for person in people if (name := _text(person.get("name"), MAX_NAME_CHARS))),
        published_at=parse_moment(item.get("date_published")),
        modified_at=parse_moment(item.get("date_modified")),
        published_said=said_time(item.get("date_published")),
        modified_said=said_time(item.get("date_modified")),
        language=_language(item.get("language")) or language,
        section=_text(tags[0]) if isinstance(tags, list) and tags else None,
        text=_text(item.get("content_html"), MAX_TEXT_CHARS)
        or _text(item.get("content_text"), MAX_TEXT_CHARS),
        summary=_text(item.get("summary"), MAX_TEXT_CHARS),
    )


def _text(value: Any, max_chars: int = MAX_FIELD_CHARS) -> str | None:
    """The text without surrounding spaces; None if it is not a text or too long for its kind."""
    return value.strip() or None if isinstance(value, str) and len(value) <= max_chars else None


def said_time(value: Any) -> str | None:
    """A time as printed, or the seconds of a number, None if it is neither or too long for a time."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _text(value, MAX_MOMENT_CHARS)


def parse_moment(value: Any) -> datetime | None:
    """A W3C or RFC 3339 time, or one of mail, as UTC, to order entries by; None for other forms.

    A time without a zone, or with a zone's name outside North America, is taken as UTC, a month as its first day: the order can
    be a little off. The time of publication is read by cleaning, from the text itself.
    """
    text = said_time(value)
    if text is None:
        return None
    for read in (dateutil_parser.isoparse, parsedate_to_datetime):
        try:
            moment = read(text)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
    return None
