"""Corpus texts as rows of `articles`, and the corpora's own scorers as functions."""

from __future__ import annotations

import importlib
import json
import sys
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]


def read_rows(corpora: Path, name: str) -> list[Row]:
    """The corpus file's rows."""
    with (corpora / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


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


def read_seeds(corpora: Path) -> list[Row]:
    """The hand-labelled seed documents."""
    seeds: list[Row] = json.loads((corpora / "seeds_gold.json").read_text(encoding="utf-8"))["docs"]
    return seeds


def load_scorer(corpora: Path, name: str) -> ModuleType:
    """The corpora's own scorer, e.g. `score_ner`."""
    if str(corpora) not in sys.path:
        sys.path.insert(0, str(corpora))
    return importlib.import_module(name)
