"""Quotations and their speakers: spans, speakers and both on PolNeAR's news articles and on the seeds.

PolNeAR's gold is every stretch in quotation marks that belongs to an attribution. Rows of kind indirect
stand for no such stretch and are scored by themselves, against its attributions of all kinds. `third`
takes every third article only: those were looked at least while the rules were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import (
    Line,
    Row,
    load_scorer,
    make_article,
    read_rows,
    seed_bodies,
)
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

IN_MARKS = frozenset({"direct", "mixed"})
INDIRECT = frozenset({"indirect"})
_PEER = "94 plain quote-mark rules; 76 GenderGapTracker"


def score(corpora: Path, *, third: bool = False) -> list[Line]:
    scorer = load_scorer(corpora, "score_quotes")
    gold = read_polnear(corpora, third=third)
    rows = quotation_rows([make_article(row["id"], row["text"], title=row["title"]) for row in gold.values()])
    marked = scorer.score(gold, to_scored(gold, rows, IN_MARKS))["strict"]
    indirect = scorer.score(gold, to_scored(gold, rows, INDIRECT), ("all",))
    return [
        Line("PolNeAR, spans, strict F1", marked["F1"], 96.0, _PEER),
        Line("- precision", marked["P"]),
        Line("- recall", marked["R"]),
        Line("PolNeAR, speaker right", marked["speaker_acc"], 88.0, "65; textacy 88 on the easy 40 %"),
        Line("PolNeAR, span and speaker right, recall", marked["quote_and_speaker_R"], 83.0, "62"),
        Line("PolNeAR, indirect speech, strict precision", indirect["strict"]["P"]),
        Line("- any attribution there (loose precision)", indirect["loose"]["P"]),
        *score_seeds(corpora, scorer),
    ]


def score_seeds(corpora: Path, scorer: Any) -> list[Line]:
    gold, articles = seed_bodies(corpora, "quotes")
    figures = scorer.score(gold, to_scored(gold, quotation_rows(articles), IN_MARKS))["strict"]
    return [
        Line("seeds, spans, strict F1", figures["F1"], 98.0, "98"),
        Line("seeds, speaker right", figures["speaker_acc"], 95.0, "76"),
    ]


def read_polnear(corpora: Path, *, third: bool = False) -> dict[str, Row]:
    """The articles with their gold by id; the third kept aside, or all."""
    rows = sorted(read_rows(corpora / "quotes_polnear.jsonl"), key=lambda row: str(row["id"]))
    return {row["id"]: row for number, row in enumerate(rows) if not third or number % 3 == 2}


def quotation_rows(articles: Sequence[Row]) -> list[Row]:
    return extract_articles(articles, ExtractOptions()).rows.get("quotations", [])


def to_scored(gold: Mapping[str, Row], rows: Iterable[Row], kinds: frozenset[str]) -> dict[str, Row]:
    """The rows of these kinds in the scorer's form."""
    predicted: dict[str, Row] = {key: {"id": key, "quotes": []} for key in gold}
    for row in rows:
        if row["kind"] in kinds:
            predicted[row["article_id"]]["quotes"].append(
                {
                    "start": row["start_char"],
                    "end": row["end_char"],
                    "speaker": row.get("speaker"),
                    "speaker_start": row.get("speaker_start_char"),
                    "speaker_end": row.get("speaker_end_char"),
                }
            )
    return predicted


def list_errors(corpora: Path, *, third: bool = False) -> Iterable[str]:
    """A line for each stretch missed, found in vain, or given to another speaker."""
    scorer = load_scorer(corpora, "score_quotes")
    gold = read_polnear(corpora, third=third)
    rows = quotation_rows([make_article(row["id"], row["text"], title=row["title"]) for row in gold.values()])
    for key, article in gold.items():
        ours = [row for row in rows if row["article_id"] == key and row["kind"] in IN_MARKS]
        units = [(quote, span) for quote in article["quotes"] for span in quote["quoted"]]
        for quote, (start, end) in units:
            match = next((row for row in ours if _dice(row, start, end) >= 0.8), None)
            around = f"{article['text'][max(0, start - 80) : end + 60]!r}"
            if match is None:
                yield f"missed\t{key}\t{quote['speaker_text']}\t{around}"
            elif quote["speaker"] and not _is_speaker(scorer, match, quote):
                yield f"speaker\t{key}\t{quote['speaker_text']}\tours {match.get('speaker')}\t{around}"
        for row in ours:
            if not any(_dice(row, *span) >= 0.8 for _, span in units):
                yield f"in vain\t{key}\t{row.get('speaker')}\t{row['text'][:80]!r}"


def _dice(row: Row, start: int, end: int) -> float:
    shared = max(0, min(end, row["end_char"]) - max(start, row["start_char"]))
    return 2 * shared / (end - start + row["end_char"] - row["start_char"])


def _is_speaker(scorer: Any, row: Row, quote: Row) -> bool:
    if row.get("speaker") is None:
        return False
    start, end = row["speaker_start_char"], row["speaker_end_char"]
    overlaps = any(max(start, s) < min(end, e) for s, e in quote["speaker"])
    return overlaps or bool(scorer.lastw(row["speaker"]) == scorer.lastw(quote["speaker_text"]))
