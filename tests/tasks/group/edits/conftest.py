"""Texts before and after an edit, through the extractors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

Row = dict[str, Any]


@pytest.fixture(scope="session")
def read() -> Callable[[str, str], list[Row]]:
    """The rows of a table that a text gives, with their sentences."""

    def run(table: str, text: str) -> list[Row]:
        article = {
            "article_id": "a",
            "month": date(2031, 5, 1),
            "outlet": "ash",
            "body_text": text,
            "language": "en",
            "published_at": datetime(2031, 5, 3, 8, tzinfo=UTC),
            "published_precision": "minute",
        }
        tables = extract_articles([article], ExtractOptions()).rows
        spans = {row["sentence_number"]: row for row in tables["sentences"]}
        return [
            {
                **row,
                "sentence": text[
                    (sentence := spans[row["sentence_number"]])["start_char"] : sentence["end_char"]
                ],
                "sentence_start_char": sentence["start_char"],
            }
            for row in tables.get(table, ())
        ]

    return run
