"""A request to a host, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.http.bodies import find_charset
from core.http.exchanges import Exchange
from core.outcomes import Reason
from tasks.acquire.files.page_types import HTML_TYPES

LISTING_TYPES = HTML_TYPES | frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/x-rss+xml",
        "application/x-atom+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
        "text/rss",
        "text/rss+xml",
        "text/atom+xml",
        "text/json",
        "text/plain",
        "application/gzip",
        "application/x-gzip",
        "application/octet-stream",
        "binary/octet-stream",
    }
)
ANY_TYPE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """A page or feed to ask for. `etag` and `last_modified` are what an earlier answer gave.

    `types` are the wanted media types (ANY_TYPE for all); a body of another type is not read. The request is counted for
    `outlet`. With `is_robots`, the beginning of a body that is too large is kept.
    """

    url: str
    delay_seconds: float = 2.0
    max_bytes: int = 20_000_000
    timeout_seconds: float = 30.0
    types: frozenset[str] = HTML_TYPES
    etag: str | None = None
    last_modified: str | None = None
    outlet: str = ""
    is_robots: bool = False


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: the requested address, its status and where it points."""

    url: str
    status_code: int
    location: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result of a request. `reason` is None if there is a body; otherwise it says why there is no body.

    `body` is without codings; `exchange` holds it as it came. `fetched_at` is when the last answer
    began. `request_count` counts every request made, robots.txt aside.
    """

    ask: Ask
    final_url: str
    fetched_at: datetime
    reason: Reason | None = None
    detail: str | None = None
    status_code: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    exchange: Exchange | None = None
    hops: tuple[Hop, ...] = ()
    request_count: int = 0

    @property
    def content_type(self) -> str | None:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """The declared character set."""
        return find_charset(self.headers.get("content-type"))

    @property
    def moved_to(self) -> str | None:
        """Where the address has moved for good: the end of its permanent redirects (301, 308), if any."""
        target = None
        for hop in self.hops:
            if hop.status_code not in (301, 308):
                break
            target = hop.location
        return target
