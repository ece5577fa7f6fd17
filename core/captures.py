"""A capture in memory: the bytes of one input with what is known of where they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from core.safety.writable import make_writable


class RecordPlace(NamedTuple):
    """A record of a WARC file that is not ours: the file's path, and where in it the record begins (bytes)."""

    path: str
    offset: int


class CaptureKind(StrEnum):
    """How the payload is to be read."""

    HTML = "html"
    TEXT = "text"
    RECORD = "record"  # a JSON object with text or html and metadata fields


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes fetched or loaded once, ready for cleaning.

    `payload` is exactly what was archived. `charset` is the declared one, or None. `hints` is what
    the feed or record already said, keys of HINT_KEYS; a hint is evidence, never an order.
    `fetched_at` is aware, UTC. `url` is a `file:` URL where nothing better is known. `origin` is where
    the bytes are already as a WARC record that can be read by itself. `body_sha256` is that of the payload, if it is
    known already.
    """

    capture_id: str
    input_ref: str
    outlet: str
    url: str
    kind: CaptureKind
    payload: bytes
    fetched_at: datetime
    final_url: str | None = None
    content_type: str | None = None
    charset: str | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)
    origin: RecordPlace | None = None
    body_sha256: str | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        """No name, address or hint holds what cannot be written."""
        for name in ("input_ref", "outlet", "url", "final_url", "content_type", "charset"):
            if (value := getattr(self, name)) is not None and (writable := make_writable(value)) is not value:
                object.__setattr__(self, name, writable)
        if self.hints:
            object.__setattr__(self, "hints", make_writable(self.hints, spelled=False))

    def digest_body(self) -> str:
        """SHA-256 of the payload, as hex digits."""
        return self.body_sha256 or hashlib.sha256(self.payload).hexdigest()

    @property
    def web_url(self) -> str | None:
        """The address on the web, or None for what came from a file without one."""
        address = self.final_url or self.url
        return address if address.startswith(("http://", "https://")) else None


HINT_KEYS = ("title", "authors", "published_at", "modified_at", "language", "section", "text", "url")


KEY_LENGTH = 20  # hex digits of an id


def digest_text(*parts: str, length: int = KEY_LENGTH) -> str:
    """A stable id: the first `length` hex digits of SHA-256 over the parts, parted by NUL."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def make_capture_id(url: str, body_sha256: str, fetched_at: datetime) -> str:
    """Id of a capture: a hash of address, content and time of fetching (to the microsecond, UTC)."""
    return digest_text(url, body_sha256, fetched_at.astimezone(UTC).isoformat(timespec="microseconds"))


def make_article_id(canonical_url: str | None, content: str) -> str:
    """Id of an article: a hash of its canonical URL, or, where it has none, of its content."""
    if canonical_url:
        return digest_text("url", canonical_url)
    return digest_text("content", " ".join(content.split()))
