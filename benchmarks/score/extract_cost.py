"""What the extract stage costs: its CPU over the model's names alone, and words per CPU second."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from benchmarks.score.extract_articles import make_article, read_rows
from benchmarks.score.extract_lines import Line
from tasks.extract.language.pipeline import pipeline_for
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

_REPEATS = 3  # the best of three: other work on the machine only ever adds


def score(corpora: Path) -> list[Line]:
    rows = read_rows(corpora, "ner_conll2020.jsonl") + read_rows(corpora, "quotes_polnear.jsonl")
    articles = [make_article(row["id"], row["text"]) for row in rows[::3]]
    texts = [article["body_text"] for article in articles]
    words = sum(len(text.split()) for text in texts)
    options = ExtractOptions()
    path = pipeline_for("en", options).path
    nlp = spacy.load(path)
    nlp.select_pipes(enable=["ner"])
    extract_articles(articles[:4], options)
    list(nlp.pipe(texts[:4]))
    alone = min(measure_cpu(lambda: list(nlp.pipe(texts))) for _ in range(_REPEATS))
    ours = min(measure_cpu(lambda: extract_articles(articles, options)) for _ in range(_REPEATS))
    return [
        Line("CPU over the model's names alone", ours / alone, 1.4, "", at_most=True),
        Line("words per CPU second, whole stage", words / ours, 4000, "4,000 to 5,000, names alone"),
    ]


def measure_cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin
