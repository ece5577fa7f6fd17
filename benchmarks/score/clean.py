"""Score the cleaning stage on pages and texts with gold; one table, peers' figures beside ours.

    python -m benchmarks.score.clean [--only aeb|wcxb|fundus|text|seeds] [--sample N]
    python -m benchmarks.score.clean --fields [--errors]      titles, authors and times, and which place gave a wrong one
    python -m benchmarks.score.clean --learned [--days N]     lines learned from a made-up outlet; needs no corpora
    python -m benchmarks.score.clean --rules                  what each rule adds, by halves of outlets: the table of docs/ablation-cleaning.md

The corpora stay outside the repository: ../shared/corpora and ../shared/seeds beside the checkout, or
the folders in COPYDESK_CORPORA and COPYDESK_SEEDS. The measures are those of
score_articles.py there: shingles of four tokens for bodies, exact matches for titles, authors and days.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import trafilatura

from benchmarks.corpora import CORPORA, ROOT, Row, load_scorer, read_seeds, require
from benchmarks.score.cleaning.fields import MEASURED, print_fields
from benchmarks.score.cleaning.learned_lines import print_learned
from benchmarks.score.cleaning.pages import (
    FETCHED,
    PAGE_SETS,
    capture_page,
    capture_text,
    load_gold,
    local_day,
    read_generously,
    read_page,
    render_whole_page,
    to_minute,
)
from benchmarks.score.cleaning.rules import print_rules
from core.captures import Capture, CaptureKind
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures

SEEDS = Path(os.environ.get("COPYDESK_SEEDS") or ROOT.parent / "shared" / "seeds")

# Body F1 of others, measured in one place on the whole of these sets (the corpora's README).
PEERS = {
    "aeb": "trafilatura .960, precise .964; newspaper4k .943; news-please .942; best stored .970",
    "wcxb": "trafilatura .942, precise .930; newspaper4k .905; resiliparse .859",
    "fundus": "trafilatura .949, precise .948; newspaper4k .887; news-please .847",
    "text: extractor": "untouched .945",
    "text: whole page": "untouched .785",
}


def clean(captures: Iterable[Capture]) -> tuple[dict[str, Any], float]:
    """Predictions by id in the scorer's shape, and the CPU seconds that cleaning took."""
    options = CleanOptions(min_words=1)
    predictions: dict[str, Any] = {}
    seconds = 0.0
    for capture in captures:
        started = time.process_time()
        result = clean_captures([capture], options)
        seconds += time.process_time() - started
        for article in result.rows.get("articles", []):
            predictions[capture.capture_id] = {
                "text": article["body_text"],
                "title": article["title"],
                "author": article["authors"],
                "date": article["published_at"],
                "day": article["published_date"],
            }
    return predictions, seconds


def report(name: str, scores: Mapping[str, Any], seconds: float, pages: int, note: str = "") -> None:
    text = scores["text"]
    print(
        f"{name:18} {pages:4} F1 {text['f1']:.4f}  P {text['precision']:.4f}  R {text['recall']:.4f}"
        f"  exact {text['accuracy']:.3f}  {1000 * seconds / max(1, pages):5.1f} ms/page {note}"
    )
    snippets = scores.get("snippets")
    if snippets:
        leaked = snippets["fp"] / max(1, snippets["fp"] + snippets["tn"])
        print(f"{'':18} leaked snippets {leaked:.4f}, wanted found {snippets['recall']:.4f}")
    for field, found in scores["meta"].items():
        print(f"{'':18} {field:6} exact {found['exact']:.3f} of {found['n']}")
    if name in PEERS:
        print(f"{'':18} others: {PEERS[name]}")


def report_minutes(predictions: Mapping[str, Any], gold: list[Row]) -> None:
    """How many times of publication are right to the minute, of those that gold gives with a time of day."""
    timed = [row for row in gold if len(str(row.get("gold_date") or "")) > len("2026-01-01")]
    found = [predictions.get(row["id"], {}).get("date") for row in timed]
    right = sum(
        moment is not None and to_minute(moment) == to_minute(datetime.fromisoformat(row["gold_date"]))
        for row, moment in zip(timed, found, strict=True)
    )
    if timed:
        print(f"{'':18} minute exact {right / len(timed):.3f} of {len(timed)}")


def use_local_days(predictions: dict[str, Any], gold: list[Row]) -> None:
    """Turn each time of publication into the day that it was at the outlet."""
    for row in gold:
        found = predictions.get(row["id"])
        if found:
            found["date"] = local_day(row, found["date"], found["day"])


def warm_up(row: Row) -> float:
    """CPU seconds of the first page of a process, which also loads the language model and the phrases: once in
    the life of a worker, so they are distinguished from the cost of a page."""
    started = time.process_time()
    clean_captures([capture_page(row)], CleanOptions())
    seconds = time.process_time() - started
    trafilatura.extract(read_page(row))
    return seconds


def score_pages(scorer: ModuleType, name: str, sample: int | None) -> None:
    gold = load_gold(name, sample)
    first = warm_up(gold[0])
    predictions, seconds = clean(map(capture_page, gold))
    minutes = {key: dict(found) for key, found in predictions.items()}
    use_local_days(predictions, gold)
    started = time.process_time()
    for row in gold:
        trafilatura.extract(read_page(row))
    baseline = time.process_time() - started
    note = f"({seconds / max(baseline, 1e-9):.2f} x trafilatura.extract; first page {first:.2f} s)"
    report(name, scorer.score(predictions, gold), seconds, len(gold), note)
    report_minutes(minutes, gold)


def score_texts(scorer: ModuleType, sample: int | None) -> None:
    gold = [row for name in PAGE_SETS for row in load_gold(name, sample)]
    readers: dict[str, Callable[[Row], str]] = {
        "text: extractor": read_generously,
        "text: whole page": render_whole_page,
    }
    for name, reader in readers.items():
        texts = {row["id"]: reader(row) for row in gold}
        untouched = scorer.score({key: {"text": text} for key, text in texts.items()}, gold)
        predictions, seconds = clean(capture_text(row, texts[row["id"]]) for row in gold)
        scores = {"text": scorer.score(predictions, gold)["text"], "meta": {}}
        report(name, scores, seconds, len(gold), f"(untouched here {untouched['text']['f1']:.4f})")


def score_seeds(scorer: ModuleType) -> None:
    for doc in read_seeds(CORPORA):
        layout = doc["layout"]
        payload = (SEEDS / Path(doc["file"]).name).read_bytes()
        capture = Capture(doc["id"], doc["id"], "bench", "file:seed", CaptureKind.TEXT, payload, FETCHED)
        article = clean_captures([capture], CleanOptions()).rows["articles"][0]
        body = doc["text"][layout["body_start"] : layout["body_end"]]
        right, surplus, lost, exact = scorer.page(body, article["body_text"])
        f1 = 2 * right / max(1, 2 * right + surplus + lost)
        fields = article["title"] == layout["title"], article["authors"] == layout["authors"]
        print(f"seed {doc['id']:13} F1 {f1:.4f} exact {exact}  title {fields[0]}  authors {fields[1]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=(*PAGE_SETS, "text", "seeds"))
    parser.add_argument("--sample", type=int, help="take N pages of each set")
    parser.add_argument("--fields", action="store_true", help="titles, authors and times of WCXB and Fundus")
    parser.add_argument(
        "--errors", nargs="?", const="all", help="with --fields: list mistakes, of one measure if named"
    )
    parser.add_argument("--rules", action="store_true", help="what each rule adds on each half of outlets")
    parser.add_argument("--learned", action="store_true", help="lines learned from an outlet of our own")
    parser.add_argument("--days", type=int, default=21, help="with --learned: days, of 12 articles each")
    arguments = parser.parse_args()
    if arguments.learned:
        print_learned(arguments.days, per_day=12)
        return
    scorer = load_scorer(require(CORPORA), "score_articles")
    if arguments.rules:
        print_rules(scorer, arguments.sample, arguments.only)
    elif arguments.fields:
        for name in MEASURED:
            if arguments.only in (None, name):
                print_fields(scorer, name, arguments.sample, arguments.errors)
    else:
        print_scores(scorer, arguments.only, arguments.sample)


def print_scores(scorer: ModuleType, only: str | None, sample: int | None) -> None:
    for name in PAGE_SETS:
        if only in (None, name):
            score_pages(scorer, name, sample)
    if only in (None, "text"):
        score_texts(scorer, sample)
    if only in (None, "seeds"):
        score_seeds(scorer)


if __name__ == "__main__":
    main()
