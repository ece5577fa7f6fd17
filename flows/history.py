"""How an article's text changed from capture to capture, read again from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff

from core.outcomes import Row
from core.settings import Settings
from flows.work.batches import capture_from_row
from flows.work.options import clean_options
from tasks.article import read_texts
from warehouse.archive.writer import PayloadReader, Pointer


@dataclass(frozen=True, slots=True)
class Change:
    """What one capture changed: the lines of a unified diff, one per paragraph."""

    fetched_at: datetime
    capture_id: str
    lines: tuple[str, ...]


def read_changes(settings: Settings, captures: Sequence[Row]) -> list[Change]:
    """The changes between an article's captures (rows of `captures`), oldest first; all are cleaned by today's code."""
    ordered = sorted(captures, key=lambda row: (row["fetched_at"], row["capture_id"]))
    if len(ordered) < 2:
        return []
    texts = [_read_text(settings, row) for row in ordered]
    changes = []
    for row, before, after in zip(ordered[1:], texts, texts[1:], strict=False):
        lines = tuple(unified_diff(before, after, lineterm="", n=0))[2:]
        if lines:
            changes.append(Change(row["fetched_at"], row["capture_id"], lines))
    return changes


def _read_text(settings: Settings, row: Row) -> list[str]:
    """Title and paragraphs; empty if the capture gives no article."""
    with PayloadReader(settings.archive_url or settings.archive_folder) as reader:
        pointer = Pointer(row["warc_file"], row["warc_offset"], row["warc_length"])
        payload = reader.read(pointer, sha256=row["body_sha256"])
    capture = capture_from_row({**row, "input_ref": row["capture_id"]}, payload)
    articles = read_texts([capture], clean_options(settings)).rows.get("articles", [])
    return [articles[0]["title"] or "", *articles[0]["body_text"].split("\n\n")] if articles else []
