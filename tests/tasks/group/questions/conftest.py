"""Stories of made-up outlets, through the extractors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tasks.group.questions import Questions, StoryArticle, find_questions

Row = dict[str, Any]


def _read(text: str, number: int, hours: float) -> StoryArticle:
    row = {
        "article_id": f"article{number}",
        "month": date(2031, 5, 1),
        "outlet": f"outlet{number}",
        "body_text": text,
        "language": "en",
        "published_at": datetime(2031, 5, 3, 8, tzinfo=UTC) + timedelta(hours=hours),
        "published_precision": "minute",
    }
    tables = extract_articles([row], ExtractOptions()).rows
    return StoryArticle(row, tables.get("figures", []), tables.get("mentions", []), tables["sentences"])


def _read_story(*texts: str, hours: float = 1) -> list[StoryArticle]:
    return [_read(text, number, hours * number) for number, text in enumerate(texts, start=1)]


@pytest.fixture(scope="session")
def read_story() -> Callable[..., list[StoryArticle]]:
    """The articles of a story told by the texts, each `hours` after the one before."""
    return _read_story


@pytest.fixture(scope="session")
def ask() -> Callable[..., Questions]:
    """The questions of a story told by the texts, each `hours` after the one before."""

    def run(*texts: str, hours: float = 1, known: dict[tuple[str, int, int], str] | None = None) -> Questions:
        return find_questions("story", _read_story(*texts, hours=hours), known)

    return run
