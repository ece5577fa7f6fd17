"""What the readers of files may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.captures import CaptureKind

STAGE = "acquire"


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How files are read.

    `outlet` overrides what records and folders say. `columns` maps our field names to a record's own
    ({"text": "story_body"}). `outlet_keys` gives the outlets of the settings by host, for pages and records that
    tell nothing but their address. `start_offset` is where reading of a WARC file begins: a record boundary,
    the number after `@` in an earlier input_ref. With `follows_links` links may lead out of the folders that are
    loaded. The limits are those of `core.settings.Limits`.

    Of WARC files, whose pages are of many outlets, only those are taken whose host is one of `hosts`
    or below it, that were fetched from `fetched_from` to before `fetched_until`, and whose page or
    server says one of `languages` (ISO 639-1); what says nothing of a language is taken.
    """

    outlet: str | None = None
    max_input_bytes: int = 20_000_000
    max_expansion_ratio: float = 200.0
    columns: Mapping[str, str] = field(default_factory=dict)
    outlet_keys: Mapping[str, str] = field(default_factory=dict)
    start_offset: int = 0
    hosts: frozenset[str] = frozenset()
    fetched_from: datetime | None = None
    fetched_until: datetime | None = None
    languages: frozenset[str] = frozenset()
    follows_links: bool = False


PAGE_KINDS = {
    ".html": CaptureKind.HTML,
    ".htm": CaptureKind.HTML,
    ".xhtml": CaptureKind.HTML,
    ".xht": CaptureKind.HTML,
    ".txt": CaptureKind.TEXT,
    ".text": CaptureKind.TEXT,
    ".md": CaptureKind.TEXT,
    ".markdown": CaptureKind.TEXT,
}
