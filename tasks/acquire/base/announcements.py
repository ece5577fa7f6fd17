"""What feeds, sitemaps and section pages announce: addresses of articles, with titles, times and authors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from core.captures import digest_text
from core.safety.writable import make_writable
from tasks.acquire.base.addresses import strip_tracking

_MARK = "|"
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article announced at `url`. Times are aware and in UTC, or None if the announcement has no time.

    `text` is the full text as HTML if the feed carries it, else `summary` is what the feed gives. `entry_id` is the
    feed's own name for the entry, if any. `published_said` and `modified_said` are the times as printed: cleaning reads
    them in the outlet's zone and customs, while `published_at` and `modified_at` order the entries. `wording` is the digest of an announcement whose words were not kept.
    """

    url: str
    entry_id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    section: str | None = None
    text: str | None = None
    summary: str | None = None
    wording: str | None = None
    published_said: str | None = None
    modified_said: str | None = None

    def __post_init__(self) -> None:
        """Replace characters that cannot be encoded as UTF-8: a feed can name lone surrogates."""
        for name in (
            "url",
            "entry_id",
            "title",
            "section",
            "text",
            "summary",
            "published_said",
            "modified_said",
        ):
            object.__setattr__(self, name, make_writable(getattr(self, name)))
        object.__setattr__(self, "authors", tuple(make_writable(self.authors)))

    @property
    def key(self) -> str:
        """The key of the article: 16 hex digits of its address without tracking parameters."""
        return digest_text(strip_tracking(self.url), length=16)

    @property
    def marker(self) -> str:
        """A text that changes when the article is edited or its title or summary is reworded."""
        moment = (self.modified_at or self.published_at or datetime.min.replace(tzinfo=UTC)).isoformat()
        return f"{moment}{_MARK}{said}" if (said := self.said) else moment

    @property
    def said(self) -> str:
        """Eight hex digits of its title and its summary, or its text without one; markup and spaces aside."""
        if self.wording:
            return self.wording
        words = " ".join(_TAG.sub(" ", f"{self.title or ''} \n {self.summary or self.text or ''}").split())
        return digest_text(words, length=8) if words else ""

    def hints(self) -> Mapping[str, Any]:
        """What was announced, under the keys of `core.captures.HINT_KEYS`, without empty values."""
        said = {
            "title": self.title,
            "authors": list(self.authors),
            "published_at": self.published_said
            or (self.published_at.isoformat() if self.published_at else None),
            "modified_at": self.modified_said or (self.modified_at.isoformat() if self.modified_at else None),
            "language": self.language,
            "section": self.section,
            "text": self.text,
        }
        return {key: value for key, value in said.items() if value}


def is_same_edit(marker: str, other: str) -> bool:
    """Whether two markers belong to one edit. Only the time counts if one of them has no words (older versions)."""
    moment, _, words = marker.partition(_MARK)
    other_moment, _, other_words = other.partition(_MARK)
    return moment == other_moment and (words == other_words or not words or not other_words)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, sitemap or section page holds.

    `children` are further sitemaps, each with the time of its modification. `problem` says in one line why the listing
    could not be read to its end; the part that could be read is kept.
    """

    announcements: tuple[Announcement, ...] = ()
    children: tuple[tuple[str, datetime | None], ...] = field(default=())
    problem: str | None = None

    def __post_init__(self) -> None:
        """Replace characters that cannot be encoded: a parser's message can quote them."""
        object.__setattr__(self, "problem", make_writable(self.problem))
