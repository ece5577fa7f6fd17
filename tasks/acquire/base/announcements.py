"""What feeds, sitemaps and section pages announce: addresses of articles and what is said of them."""

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
    """An article announced at `url`; times are aware and in UTC, None where nothing is said.

    `text` is the full text when the feed carries it, as HTML, `summary` what stands for it. `entry_id` is
    the announcer's own name for the entry, where it has one. `wording` is the digest of an announcement
    whose words are no longer at hand.
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

    def __post_init__(self) -> None:
        """Nothing that is said holds what cannot be written: a feed may name half of a character."""
        for name in ("url", "entry_id", "title", "section", "text", "summary"):
            object.__setattr__(self, name, make_writable(getattr(self, name)))
        object.__setattr__(self, "authors", tuple(make_writable(self.authors)))

    @property
    def key(self) -> str:
        """The same for the same article: 16 hex digits of its address without tracking parameters."""
        return digest_text(strip_tracking(self.url), length=16)

    @property
    def marker(self) -> str:
        """What changes when the announcer says that the article was edited, or words its title or summary anew."""
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
        """What was said, under the keys of `core.captures.HINT_KEYS`; nothing empty."""
        said = {
            "title": self.title,
            "authors": list(self.authors),
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "modified_at": self.modified_at.isoformat() if self.modified_at else None,
            "language": self.language,
            "section": self.section,
            "text": self.text,
        }
        return {key: value for key, value in said.items() if value}


def is_same_edit(marker: str, other: str) -> bool:
    """Whether two markers are of one edit; where one of them has no words (of old), the time alone counts."""
    moment, _, words = marker.partition(_MARK)
    other_moment, _, other_words = other.partition(_MARK)
    return moment == other_moment and (words == other_words or not words or not other_words)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, sitemap or section page holds.

    `children` are further sitemaps with the time each was modified. `problem` says in one line why it
    could not be read to its end; what could be read is there all the same.
    """

    announcements: tuple[Announcement, ...] = ()
    children: tuple[tuple[str, datetime | None], ...] = field(default=())
    problem: str | None = None

    def __post_init__(self) -> None:
        """A parser's words may quote what cannot be written."""
        object.__setattr__(self, "problem", make_writable(self.problem))
