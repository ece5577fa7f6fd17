"""Read the articles of stories with what their questions need: figures, names, sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.outcomes import Row
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from tasks.group.questions import StoryArticle

_CHILDREN = ("figures", "mentions", "sentences")


def read_story_articles(
    lake: Lake, members: Mapping[str, Sequence[Row]], copies: Mapping[str, bool] | None = None
) -> tuple[dict[str, list[StoryArticle]], dict[tuple[str, int, int], str]]:
    """The articles of each story, and the question_id that each figure has so far.

    `members` are rows with article_id and month by story; `copies` says of articles whether they repeat another, where
    the lake does not know it yet.
    """
    from tasks.group.questions import StoryArticle

    rows = [row for some in members.values() for row in some]
    span = {
        "article_ids": [row["article_id"] for row in rows],
        "first_month": min(row["month"] for row in rows),
        "last_month": max(row["month"] for row in rows),
    }
    articles = {row["article_id"]: row for row in run_query(lake, "telling_articles", **span).to_pylist()}
    figures, mentions, sentences = (_by_article(lake, name, span) for name in _CHILDREN)
    told = {
        story_id: [
            StoryArticle(
                articles[name],
                figures.get(name, []),
                mentions.get(name, []),
                sentences.get(name, []),
                (copies or {}).get(name, articles[name]["is_copy"]),
            )
            for name in (row["article_id"] for row in some)
            if name in articles
        ]
        for story_id, some in members.items()
    }
    readings = run_query(lake, "telling_readings", **span).to_pylist()
    known = {(row["article_id"], row["start_char"], row["end_char"]): row["question_id"] for row in readings}
    return told, known


def _by_article(lake: Lake, table: str, span: Mapping[str, object]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in run_query(lake, f"telling_{table}", **span).to_pylist():
        found[row["article_id"]].append(row)
    return found
