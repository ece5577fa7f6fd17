"""Titles, authors and times of publication over WCXB and Fundus, and which place of the page gave a wrong one.

Days are compared in UTC, as the table holds them; "day as printed" is in the printed zone. Fundus gives the time to
the minute: instants are compared, and a gold time without a zone is read as UTC.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from benchmarks.corpora import Row
from benchmarks.score.cleaning.pages import load_gold, read_page, to_minute
from core.captures import Capture, CaptureKind
from core.outlets import Outlet
from tasks.clean.metadata.read import Metadata, read_metadata
from tasks.clean.page.encoding.binary import PayloadError
from tasks.clean.page.page import parse_page

MEASURED = ("wcxb", "fundus")
# What others reach, measured once on the same kinds of pages (the corpora's README).
PEERS = {
    ("wcxb", "title exact"): "trafilatura .57",
    ("wcxb", "authors exact"): "trafilatura .66",
    ("wcxb", "day"): "trafilatura .88",
    ("fundus", "title exact"): "trafilatura .69, newspaper4k .74",
    ("fundus", "authors exact"): "trafilatura .78, newspaper4k .62",
    ("fundus", "minute"): "none gives it",
    ("fundus", "day"): "trafilatura .965, newspaper4k .98",
}
FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Measure:
    """How often a field was right, and what was wrong by the place that gave it."""

    right: int = 0
    total: int = 0
    errors: dict[str, list[str]] = field(default_factory=dict)

    def add(self, right: bool, place: str | None, error: str) -> None:
        self.right += right
        self.total += 1
        if not right:
            self.errors.setdefault(place or "nothing found", []).append(error)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 0.0


def print_fields(scorer: ModuleType, name: str, sample: int | None, errors: str | None) -> None:
    """The measures of a set; `errors` names the measure whose mistakes are listed, or all."""
    rows = load_gold(name, sample)
    started = time.process_time()
    found = {row["id"]: read_row(row) for row in rows}
    seconds = time.process_time() - started
    measures = score_set(rows, found, scorer)
    print(f"\n{name}: {len(rows)} pages, {1000 * seconds / len(rows):.1f} ms CPU a page, parsing included")
    print_table(name, measures)
    if errors:
        print_errors(measures, errors)


def read_row(row: Row) -> Metadata:
    """The metadata of a corpus page, as the cleaning stage reads it for an outlet without settings."""
    payload = read_page(row)
    capture = Capture("c", row["id"], "outlet", row["url"], CaptureKind.HTML, payload, FETCHED_AT)
    try:
        page = parse_page(payload, None, row["url"])
    except PayloadError:
        return Metadata()
    return read_metadata(page, capture, Outlet(key="outlet"), (row.get("gold_text") or "")[:2000])


def score_set(rows: list[Row], found: dict[str, Metadata], scorer: ModuleType) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for row in rows:
        ours = found[row["id"]]
        for name, gold, value, right in compare(row, ours, scorer):
            field_name = {"title": "title", "authors": "authors"}.get(name.split()[0], "published_at")
            place = ours.provenance.get(field_name)
            error = f"{row['id']}\n      gold {gold!r}\n      ours {value!r}\n      {row['url']}"
            measures.setdefault(name, Measure()).add(right, place, error)
    return measures


def compare(row: Row, ours: Metadata, scorer: ModuleType) -> Iterator[tuple[str, Any, Any, bool]]:
    """Measure, gold, ours and whether it is right, for every measure that the row has gold for."""
    if row.get("gold_title"):
        exact, near = scorer.title_ok(row["gold_title"], ours.title)
        yield "title exact", row["gold_title"], ours.title, exact
        yield "title near", row["gold_title"], ours.title, near
    if row.get("gold_author"):
        gold, names = scorer.names(row["gold_author"]), scorer.names(list(ours.authors))
        yield "authors exact", row["gold_author"], ours.authors, gold == names
        yield "authors any", row["gold_author"], ours.authors, bool(gold & names)
    if row.get("gold_date"):
        yield from compare_times(str(row["gold_date"]), ours)


def compare_times(gold: str, ours: Metadata) -> Iterator[tuple[str, Any, Any, bool]]:
    at = ours.published_at
    yield "day", gold, at and at.isoformat(), at is not None and at.date().isoformat() == gold[:10]
    printed = ours.published_day.isoformat() if ours.published_day else None
    yield "day as printed", gold, printed, printed == gold[:10]
    if len(gold) > 10:
        right = at is not None and to_minute(at) == to_minute(datetime.fromisoformat(gold))
        yield "minute", gold, at and at.isoformat(), right


def print_table(name: str, measures: dict[str, Measure]) -> None:
    for measure, result in measures.items():
        peer = PEERS.get((name, measure), "")
        print(f"  {measure:15} {result.share:.3f}  ({result.right} of {result.total})   {peer}")


def print_errors(measures: dict[str, Measure], wanted: str) -> None:
    for name, result in measures.items():
        if wanted not in ("all", name):
            continue
        for place, errors in sorted(result.errors.items(), key=lambda item: -len(item[1])):
            print(f"\n  {name}: {len(errors)} wrong from {place}")
            for error in errors:
                print(f"    {error}")
