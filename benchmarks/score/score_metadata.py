"""Titles, authors and times of publication over WCXB and Fundus: `python -m benchmarks.score.score_metadata`.

`--errors` lists what is wrong by field and by the place that gave it, `--set wcxb` and `--sample N`
keep it short. Days are compared in UTC, as the table holds them; "day as printed" is in the
printed zone. Fundus gives the time to the minute: instants are compared, a gold time without a
zone being read as UTC.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from benchmarks.corpora import CORPORA, Row, load_scorer, read_rows, require
from benchmarks.score.score_clean import read_page, to_minute
from core.captures import Capture, CaptureKind
from core.outlets import Outlet
from tasks.clean.metadata.read import Metadata, read_metadata
from tasks.clean.page.encoding import PayloadError
from tasks.clean.page.page import parse_page

SETS = ("wcxb", "fundus")
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


def main() -> None:
    options = read_options()
    scorer = load_scorer(require(CORPORA), "score_articles")
    for name in options.set:
        rows = read_rows(CORPORA / f"{name}_dev.jsonl")[:: options.sample]
        started = time.process_time()
        found = {row["id"]: read_row(row) for row in rows}
        seconds = time.process_time() - started
        measures = score_set(rows, found, scorer)
        print(
            f"\n{name}: {len(rows)} pages, {1000 * seconds / len(rows):.1f} ms CPU a page, parsing included"
        )
        print_table(name, measures)
        if options.errors:
            print_errors(measures, options.errors)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", action="append", choices=SETS, help="only this set")
    parser.add_argument("--sample", type=int, default=1, help="only every n-th page, to be quick")
    parser.add_argument("--errors", nargs="?", const="all", help="list mistakes, of one measure if named")
    options = parser.parse_args()
    options.set = options.set or list(SETS)
    return options


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


if __name__ == "__main__":
    main()
