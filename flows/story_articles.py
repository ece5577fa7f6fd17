"""Read the articles of stories with what their questions need: figures, names, sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from core.outcomes import Row
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from tasks.group.questions import StoryArticle

_CHILDREN = ("figures", "mentions", "sentences")
_MEMBERS = pa.schema(
    [
        ("story_id", pa.string()),
        ("article_id", pa.string()),
        ("is_copy", pa.bool_()),
    ]  # null: as the lake has it
)
ToldStories = tuple["dict[str, list[StoryArticle]]", dict[tuple[str, int, int], str]]


def read_story_articles(
    lake: Lake, members: Mapping[str, Sequence[Row]], copies: Mapping[str, bool] | None = None
) -> ToldStories:
    """The articles of each story, and the question_id that each figure has so far; see query_story_articles."""
    return tell_stories(query_story_articles(lake, members, copies))


def query_story_articles(
    lake: Lake, members: Mapping[str, Sequence[Row]], copies: Mapping[str, bool] | None = None
) -> dict[str, pa.Table]:
    """The tables `members` (story by story), `articles`, `figures`, `mentions`, `sentences` and `readings` of stories.

    `members` are rows with article_id and month by story; `copies` says of articles whether they repeat another, where
    the lake does not know it yet.
    """
    rows = [(story_id, row["article_id"]) for story_id, some in members.items() for row in some]
    months = [row["month"] for some in members.values() for row in some]
    span = {"article_ids": [name for _, name in rows], "first_month": min(months), "last_month": max(months)}
    told = [
        {"story_id": story_id, "article_id": name, "is_copy": (copies or {}).get(name)}
        for story_id, name in rows
    ]
    tables = {
        name: run_query(lake, f"telling_{name}", **span) for name in ("articles", *_CHILDREN, "readings")
    }
    return {"members": pa.Table.from_pylist(told, schema=_MEMBERS), **tables}


def tell_stories(tables: Mapping[str, pa.Table], first: int = 0, count: int | None = None) -> ToldStories:
    """The articles of each story whose first row is one of the `count` rows of `members` from `first` on, and the
    question_id that each of their figures has so far."""
    # Loaded here: a run with nothing new does not need them.
    import pyarrow.compute as pc

    from tasks.group.questions import StoryArticle

    members = _choose_members(tables["members"].to_pylist(), first, count)
    names = pa.array([row["article_id"] for row in members], pa.string())
    rows = {
        name: table.filter(pc.is_in(table["article_id"], names)).to_pylist()
        for name, table in tables.items()
        if name != "members"
    }
    articles = {row["article_id"]: row for row in rows["articles"]}
    figures, mentions, sentences = (_by_article(rows[name]) for name in _CHILDREN)
    told: dict[str, list[StoryArticle]] = {row["story_id"]: [] for row in members}
    for row in members:
        name = row["article_id"]
        if name in articles:
            is_copy = articles[name]["is_copy"] if row["is_copy"] is None else row["is_copy"]
            told[row["story_id"]].append(
                StoryArticle(
                    articles[name],
                    figures.get(name, []),
                    mentions.get(name, []),
                    sentences.get(name, []),
                    is_copy,
                )
            )
    known = {
        (row["article_id"], row["start_char"], row["end_char"]): row["question_id"]
        for row in rows["readings"]
    }
    return told, known


def _choose_members(members: Sequence[Row], first: int, count: int | None) -> list[Row]:
    starts: dict[str, int] = {}
    for place, row in enumerate(members):
        starts.setdefault(row["story_id"], place)
    end = len(members) if count is None else first + count
    return [row for row in members if first <= starts[row["story_id"]] < end]


def _by_article(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found
