"""The options of the readers of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.captures import CaptureKind

STAGE = "acquire"


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How files are read.

    `outlet` overrides records and folder names. `columns` maps our field names to a record's own
    ({"text": "story_body"}). `outlet_keys` gives the outlets of the settings by host, for pages and records that
    only give their address. `start_offset` is where reading of a WARC file begins: a record boundary,
    the number after `@` in an earlier input_ref. With `follows_links`, links can lead out of the loaded
    folders. The limits are those of `core.settings.Limits`.

    A WARC file holds pages of many outlets. Taken are pages of `hosts` and hosts below them, fetched from
    `fetched_from` until before `fetched_until`, whose page or server declares one of `languages` (ISO 639-1) or no
    language at all.
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
    ".mhtml": CaptureKind.HTML,
    ".mht": CaptureKind.HTML,
    ".txt": CaptureKind.TEXT,
    ".text": CaptureKind.TEXT,
    ".md": CaptureKind.TEXT,
    ".markdown": CaptureKind.TEXT,
}
