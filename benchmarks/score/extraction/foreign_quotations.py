"""Quotations in other languages on our own labelled articles (tests/data/gold/quotations): spans, speakers, anonymity."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT, make_article
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

Row = dict[str, Any]
FOLDER = ROOT / "tests" / "data" / "gold" / "quotations"


def score_languages(folder: Path = FOLDER) -> Iterator[tuple[str, Counter[str], list[str]]]:
    """For each language its counts (gold, found, right, speakers, anonymous) and what differs."""
    for path in sorted(folder.glob("*.toml")):
        articles = tomllib.loads(path.read_text(encoding="utf-8"))["article"]
        rows = [
            make_article(str(number), article["text"].strip(), None, language=path.stem)
            for number, article in enumerate(articles)
        ]
        found = extract_articles(rows, ExtractOptions()).rows.get("quotations", [])
        counts: Counter[str] = Counter()
        notes: list[str] = []
        for number, article in enumerate(articles):
            given = {
                (row["start_char"], row["end_char"]): row for row in found if row["article_id"] == str(number)
            }
            _count(counts, notes, article, given)
        yield path.stem, counts, notes


def _count(counts: Counter[str], notes: list[str], article: Row, given: dict[tuple[int, int], Row]) -> None:
    text, gold = article["text"].strip(), place(article)
    counts.update(gold=len(gold), found=len(given), right=len(gold.keys() & given.keys()))
    notes += [f"missed {text[slice(*span)]}" for span in gold.keys() - given.keys()]
    notes += [f"surplus {text[slice(*span)]}" for span in given.keys() - gold.keys()]
    for span in gold.keys() & given.keys():
        row, want = given[span], gold[span]
        is_right = last_word(row.get("speaker")) == last_word(want["speaker"])
        counts["speakers"] += is_right
        counts["anonymous"] += row["is_anonymous"] == want.get("is_anonymous", False)
        if not is_right:
            notes.append(f"{text[slice(*span)]}: {row.get('speaker')}, gold {want['speaker']}")


def place(article: Row) -> dict[tuple[int, int], Row]:
    """The labelled quotations of an article by their spans."""
    text, start = article["text"].strip(), 0
    placed: dict[tuple[int, int], Row] = {}
    for row in article["quotations"]:
        begin = text.index(row["surface"], start)
        start = begin + len(row["surface"])
        placed[begin, start] = row
    return placed


def last_word(words: str | None) -> str:
    """The last word, in lower case: the surname, or the head of a description."""
    return (re.findall(r"\w+", words or "") or [""])[-1].lower()
