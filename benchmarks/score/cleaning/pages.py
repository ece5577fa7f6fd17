"""The pages of the public sets with their gold, as captures and as texts made from them."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from benchmarks.corpora import CORPORA, Row, read_rows
from core.captures import Capture, CaptureKind
from tasks.clean.page.blocks.reader import read_lines
from tasks.clean.page.page import parse_page

PAGE_SETS = ("aeb", "wcxb", "fundus")
# After the last page of the sets, or its time would seem impossible.
FETCHED = datetime(2026, 8, 1, tzinfo=UTC)


def load_gold(name: str, sample: int | None) -> list[Row]:
    """The rows of a page set; a sample of N takes N of them, evenly spread and always the same ones."""
    rows = read_rows(CORPORA / f"{name}_dev.jsonl")
    step = max(1, len(rows) // sample) if sample else 1
    return rows[::step][: sample or None]


def read_page(row: Row) -> bytes:
    return gzip.decompress((CORPORA / row["html_path"]).read_bytes())


def capture_page(row: Row) -> Capture:
    return Capture(row["id"], row["id"], "bench", row["url"], CaptureKind.HTML, read_page(row), FETCHED)


def capture_text(row: Row, text: str) -> Capture:
    return Capture(
        row["id"], row["id"], "bench", f"file:{row['id']}", CaptureKind.TEXT, text.encode(), FETCHED
    )


def render_whole_page(row: Row) -> str:
    """All text of a page that a reader could see, block by block, without any choice: a text dump."""
    return "\n\n".join(line.text for line in read_lines(parse_page(read_page(row)).tree))


def read_generously(row: Row) -> str:
    """What an extractor leaves standing: trafilatura in favour of recall, with comments."""
    return trafilatura.extract(read_page(row), favor_recall=True, include_comments=True) or ""


def to_minute(moment: datetime) -> datetime:
    """In UTC, which a time without a zone is taken for."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(second=0, microsecond=0)


def local_day(row: Row, published_at: datetime | None, published_day: Any) -> str:
    """The day of publication at the outlet: in the zone that gold tells, else as `published_date` has it; "" if unknown."""
    if not published_at:
        return ""
    said = str(row.get("gold_date") or "")
    zone = datetime.fromisoformat(said).tzinfo if len(said) > len("2026-01-01") else None
    local = published_at.astimezone(zone).date() if zone else published_day
    return str(local or published_at)[:10]


def half_of(row: Row) -> str:
    """A or B, by SHA-256 of the host: all pages of an outlet are in one half, whatever else changes."""
    host = urlsplit(row["url"]).hostname or row["id"]
    return "AB"[hashlib.sha256(host.removeprefix("www.").encode()).digest()[0] % 2]
