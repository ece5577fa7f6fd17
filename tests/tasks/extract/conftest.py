"""Articles and the language model for the tests of the extract stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.extract.document import Document
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.pipeline import build_documents
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

Row = dict[str, Any]


@pytest.fixture(scope="session")
def options() -> ExtractOptions:
    """The stage's options; the English model is loaded once for the whole run."""
    made = ExtractOptions()
    pipeline_for("en", made)
    return made


@pytest.fixture(scope="session")
def article() -> Callable[..., Row]:
    """Makes a row of `articles` from a text."""

    def make(text: str, article_id: str = "a1", language: str = "en", **values: Any) -> Row:
        row = {
            "article_id": article_id,
            "month": date(2022, 1, 1),
            "outlet": "courier",
            "body_text": text,
            "language": language,
            "published_at": datetime(2022, 1, 14, 12, tzinfo=UTC),
            "published_precision": "minute",
        }
        return {**row, **values}

    return make


@pytest.fixture(scope="session")
def extract(options: ExtractOptions) -> Callable[..., dict[str, list[Row]]]:
    """Runs the stage on rows of `articles`; gives rows by table."""

    def run(*articles: Row) -> dict[str, list[Row]]:
        return extract_articles(articles, options).rows

    return run


@pytest.fixture(scope="session")
def document(options: ExtractOptions, article: Callable[..., Row]) -> Callable[..., Document]:
    """Makes a Document from a text."""

    def make(text: str, **values: Any) -> Document:
        return build_documents([article(text, **values)], options)[0]

    return make
