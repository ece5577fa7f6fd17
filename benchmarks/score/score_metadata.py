"""Titles, authors and times of publication over WCXB and Fundus: `python -m benchmarks.score.score_metadata`.

`--errors` lists what is wrong by field and by the place that gave it, `--set wcxb` and `--sample N`
keep it short, `--peers` measures trafilatura on the same pages. Corpora: ../shared/corpora or
COPYDESK_CORPORA. Days are compared in UTC, as the table holds them; "day as printed" is in the
printed zone. Fundus gives the time to the minute: instants are compared, a gold time without a
zone being read as UTC.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.score.score_clean import to_minute
from core.captures import Capture, CaptureKind
from core.outlets import Outlet
from tasks.clean.metadata.read import Metadata, read_metadata
from tasks.clean.page.encoding import PayloadError
from tasks.clean.page.page import parse_page

REPOSITORY = Path(__file__).resolve().parents[2]

Row = dict[str, Any]
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
    folder = Path(os.environ.get("COPYDESK_CORPORA") or REPOSITORY.parent / "shared" / "corpora")
    if not folder.is_dir():
        sys.exit(f"no corpora in {folder}: put them there or set COPYDESK_CORPORA")
    scorer = load_scorer(folder)
    for name in options.set:
        rows = list(read_rows(folder / f"{name}_dev.jsonl", options.sample))
        started = time.process_time()
        found = {row["id"]: read_page(folder, row) for row in rows}
        seconds = time.process_time() - started
        measures = score_set(rows, found, scorer)
        print(
            f"\n{name}: {len(rows)} pages, {1000 * seconds / len(rows):.1f} ms CPU a page, parsing included"
        )
        print_table(name, measures)
        if options.peers:
            print_peers(folder, rows, scorer)
        if options.errors:
            print_errors(measures, options.errors)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", action="append", choices=SETS, help="only this set")
    parser.add_argument("--sample", type=int, default=0, help="only every n-th page, to be quick")
    parser.add_argument("--errors", nargs="?", const="all", help="list mistakes, of one measure if named")
    parser.add_argument("--peers", action="store_true", help="measure trafilatura on the same pages")
    options = parser.parse_args()
    options.set = options.set or list(SETS)
    return options


def load_scorer(folder: Path) -> ModuleType:
    """The corpora's own scorer, so that the figures are those that anyone gets."""
    spec = importlib.util.spec_from_file_location("score_articles", folder / "score_articles.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_rows(file: Path, step: int) -> Iterator[Row]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if not step or number % step == 0:
                yield json.loads(line)


def read_page(folder: Path, row: Row) -> Metadata:
    """The metadata of a corpus page, as the cleaning stage reads it for an outlet nobody configured."""
    payload = read_payload(folder, row)
    capture = Capture("c", row["id"], "outlet", row["url"], CaptureKind.HTML, payload, FETCHED_AT)
    try:
        page = parse_page(payload, None, row["url"])
    except PayloadError:
        return Metadata()
    return read_metadata(page, capture, Outlet(key="outlet"), (row.get("gold_text") or "")[:2000])


def read_payload(folder: Path, row: Row) -> bytes:
    return gzip.decompress((folder / row["html_path"]).read_bytes())


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


def print_peers(folder: Path, rows: list[Row], scorer: ModuleType) -> None:
    """trafilatura's metadata on the same pages, by the corpora's own measures."""
    from trafilatura.metadata import extract_metadata

    extract: Callable[..., Any] = extract_metadata
    pairs = []
    started = time.process_time()
    for row in rows:
        document = extract(read_payload(folder, row).decode("utf-8", "replace"), default_url=row["url"])
        said = {"title": document.title, "author": document.author, "date": document.date} if document else {}
        pairs.append((row, said))
    milliseconds = 1000 * (time.process_time() - started) / len(rows)
    scores = scorer.meta_scores(pairs)
    told = ", ".join(f"{name} {score['exact']:.3f}" for name, score in scores.items())
    print(f"  trafilatura here: {told} ({milliseconds:.1f} ms CPU a page)")


if __name__ == "__main__":
    main()
