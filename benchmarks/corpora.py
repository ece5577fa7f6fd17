"""What the scorers share: the evaluation corpora, their own scorers, articles made from their texts, and tables of figures.

The corpora are no part of this repository: they are in ../shared/corpora beside the checkout, or in COPYDESK_CORPORA.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from tasks.extract.document import Document, Sentence
from tasks.extract.language_model.sentences import split_sentences
from tasks.extract.language_model.tokens import blank_language

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("COPYDESK_CORPORA") or ROOT.parent / "shared" / "corpora")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: `ours`, `peer` and `aim` are in the unit that `what` names; `at_most`: smaller is better."""

    what: str
    ours: float
    aim: float | None = None
    peer: str = ""
    at_most: bool = False

    @property
    def is_reached(self) -> bool | None:
        """Whether the aim is reached; None without an aim."""
        if self.aim is None:
            return None
        return self.ours <= self.aim if self.at_most else self.ours >= self.aim


def format_table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table."""
    rows = ["| measured | ours | aim | reached | peers |", "|---|---|---|---|---|"]
    marks = {None: "", True: "yes", False: "no"}
    for line in lines:
        sign = "<=" if line.at_most else ">="
        aim = "" if line.aim is None else f"{sign} {line.aim:g}"
        rows.append(f"| {line.what} | {line.ours:,.4g} | {aim} | {marks[line.is_reached]} | {line.peer} |")
    return "\n".join(rows)


def require(corpora: Path) -> Path:
    """The folder; SystemExit if it is not there."""
    if not corpora.is_dir():
        raise SystemExit(f"no evaluation corpora at {corpora}: set COPYDESK_CORPORA to their folder")
    return corpora


def load_scorer(corpora: Path, name: str) -> ModuleType:
    """The corpora's own scorer as a module, e.g. `score_ner`, so that anyone gets the same figures."""
    if str(corpora) not in sys.path:
        sys.path.append(str(corpora))
    spec = importlib.util.spec_from_file_location(name, corpora / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer {corpora / name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_rows(file: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_seeds(corpora: Path) -> list[Row]:
    """The hand-labelled seed articles."""
    seeds: list[Row] = json.loads((corpora / "seeds_gold.json").read_text(encoding="utf-8"))["docs"]
    return seeds


def seed_bodies(corpora: Path, layer: str) -> tuple[dict[str, Row], list[Row]]:
    """Gold of a layer and articles of the seeds' bodies, offsets moved to the body: a headline has no rows."""
    gold, articles = {}, []
    for seed in read_seeds(corpora):
        start, end = seed["layout"]["body_start"], seed["layout"]["body_end"]
        labelled = [
            {**one, "start": one["start"] - start, "end": one["end"] - start}
            for one in seed[layer]
            if start <= one["start"] < end and one.get("zone", "body") == "body"
        ]
        text = seed["text"][start:end]
        gold[seed["id"]] = {"id": seed["id"], "text": text, layer: labelled}
        articles.append(make_article(seed["id"], text, title=seed["layout"]["title"]))
    return gold, articles


def make_article(article_id: str, text: str, published_at: datetime | None = None, **values: Any) -> Row:
    """A row of `articles` as the extract stage reads it."""
    month = date(published_at.year, published_at.month, 1) if published_at else date(2022, 1, 1)
    return {
        "article_id": article_id,
        "month": month,
        "body_text": text,
        "language": "en",
        "published_at": published_at,
        "published_precision": "day" if published_at else "unknown",
        **values,
    }


def make_document(text: str, published_at: datetime | None = None, *, precision: str = "day") -> Document:
    """An English text as a Document without names or parses, for what needs words only: figures and dates."""
    if published_at is not None and published_at.tzinfo is None:
        published_at = published_at.replace(tzinfo=UTC)
    spans = enumerate(split_sentences(text, "en"), start=1)
    return Document(
        article_id="benchmark",
        month=date(2000, 1, 1),
        text=text,
        language="en",
        doc=blank_language("en").make_doc(""),
        sentences=[Sentence(number, start, end, 0, 0) for number, (start, end) in spans],
        published_at=published_at,
        published_precision=precision if published_at else "unknown",
        time_zone="UTC",
    )
