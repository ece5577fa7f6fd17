"""Names: PER+ORG+LOC F1 on two corpora and the seeds, and B-cubed of ids on the seeds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import Line, Row, load_scorer, make_article, read_rows, seed_bodies
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

CLASS_OF_TYPE = {
    "person": "PER",
    "organization": "ORG",
    "place": "LOC",
    "facility": "LOC",  # both corpora and the seeds count buildings as locations
    "group": "MISC",
    "event": "MISC",
    "work": "MISC",
    "law": "MISC",
    "product": "MISC",
}
NAMES = (
    ("ner_conll2020.jsonl", "CoNLL 2020, PER+ORG+LOC F1", 82.0, "75.8 en_core_web_md on these documents"),
    (
        "ner_worldwide.jsonl",
        "Worldwide newswire, PER+ORG+LOC F1",
        75.0,
        "70.7 en_core_web_md on these documents",
    ),
)


def score_names(corpora: Path) -> list[Line]:
    lines = []
    scorer = load_scorer(corpora, "score_ner")
    for file, what, aim, peer in NAMES:
        rows = read_rows(corpora / file)
        gold = {row["id"]: row for row in rows}
        figures = scorer.score(gold, predict_names([make_article(row["id"], row["text"]) for row in rows]))
        lines.append(Line(what, figures["PER+ORG+LOC"]["F1"], aim, peer))
        lines += [Line(f"- {kind} F1", figures[kind]["F1"]) for kind in ("PER", "ORG", "LOC", "MISC")]
    return lines + score_seed_names(corpora, scorer)


def score_seed_names(corpora: Path, scorer: Any) -> list[Line]:
    gold, articles = seed_bodies(corpora, "entities")
    figures = scorer.score(gold, predict_names(articles))
    return [
        Line("seeds, PER+ORG+LOC F1", figures["PER+ORG+LOC"]["F1"], 95.0, "90.5"),
        Line("seeds, all four classes F1", figures["ALL4"]["F1"]),
        Line("seeds, ids, B-cubed F1 over the corpus", figures["coref_corpus"]["F1"], 95.0, "89"),
        Line("seeds, ids, B-cubed F1 within documents", figures["coref_doc"]["F1"]),
    ]


def predict_names(articles: Sequence[Row]) -> dict[str, Row]:
    """The stage's mentions in the scorer's form."""
    predicted: dict[str, Row] = {
        row["article_id"]: {"id": row["article_id"], "entities": []} for row in articles
    }
    for row in extract_articles(articles, ExtractOptions()).rows["mentions"]:
        predicted[row["article_id"]]["entities"].append(
            {
                "start": row["start_char"],
                "end": row["end_char"],
                "type": CLASS_OF_TYPE[row["entity_type"]],
                "canonical": row["entity_id"],
            }
        )
    return predicted
