"""How an article's text changed from capture to capture, read again from the archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff

from core.captures import digest_text
from core.outcomes import Row
from core.settings import Settings
from core.versions import stage_version
from flows.work.batches import capture_from_row
from flows.work.options import clean_options
from warehouse.archive.kept_texts import KeptTexts
from warehouse.archive.writer import PayloadReader, Pointer
from warehouse.catalog.location import LakeLocation


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
    texts = _read_texts(settings, ordered)
    changes = []
    for row, before, after in zip(ordered[1:], texts, texts[1:], strict=False):
        lines = tuple(unified_diff(before, after, lineterm="", n=0))[2:]
        if lines:
            changes.append(Change(row["fetched_at"], row["capture_id"], lines))
    return changes


def _read_texts(settings: Settings, rows: Sequence[Row]) -> list[list[str]]:
    """The text of each capture, from those that were read before, or from the archive."""
    version = stage_version("clean")
    kept = KeptTexts(LakeLocation.of(settings).folder, version)
    keys = [_key_of(settings, row, version) for row in rows]
    texts = kept.find(keys)
    fresh = {key: _read_text(settings, row) for key, row in zip(keys, rows, strict=True) if key not in texts}
    if fresh:
        kept.keep(fresh)
    return [(texts | fresh)[key] for key in keys]


def _key_of(settings: Settings, row: Row, version: str) -> str:
    """A hash of everything that the text depends on: the capture, the outlet's rules, the limits and the code."""
    limits = f"{settings.limits.min_words} {settings.limits.max_words}"
    outlet = next((one.model_dump_json() for one in settings.outlets if one.key == row["outlet"]), "")
    return digest_text(version, limits, outlet, json.dumps(row, sort_keys=True, default=str))


def _read_text(settings: Settings, row: Row) -> list[str]:
    """Title and paragraphs; empty if the capture gives no article."""
    from tasks.article import read_texts  # loads what cleaning needs, half a second

    with PayloadReader(settings.archive_url or settings.archive_folder) as reader:
        pointer = Pointer(row["warc_file"], row["warc_offset"], row["warc_length"])
        payload = reader.read(pointer, sha256=row["body_sha256"])
    capture = capture_from_row({**row, "input_ref": row["capture_id"]}, payload)
    articles = read_texts([capture], clean_options(settings)).rows.get("articles", [])
    return [articles[0]["title"] or "", *articles[0]["body_text"].split("\n\n")] if articles else []
