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
_TOLD = ("articles", *_CHILDREN, "readings")
_MEMBERS = pa.schema(
    [
        ("story_id", pa.string()),
        ("article_id", pa.string()),
        ("month", pa.date32()),
        ("is_copy", pa.bool_()),
    ]  # null: as the lake has it
)
ToldStories = tuple["dict[str, list[StoryArticle]]", dict[tuple[str, int, int], str]]


def read_story_articles(
    lake: Lake, members: Mapping[str, Sequence[Row]], copies: Mapping[str, bool] | None = None
) -> ToldStories:
    """The articles of each story, and the question_id that each figure has so far; see list_members."""
    listed = list_members(members, copies)
    return tell_stories(listed, query_story_articles(lake, listed))


def list_members(members: Mapping[str, Sequence[Row]], copies: Mapping[str, bool] | None = None) -> pa.Table:
    """A row for each article of each story, story by story.

    `members` are rows with article_id and month by story; `copies` says of articles whether they repeat another, where
    the lake does not know it yet.
    """
    rows = [
        {
            "story_id": story_id,
            "article_id": row["article_id"],
            "month": row["month"],
            "is_copy": (copies or {}).get(row["article_id"]),
        }
        for story_id, some in members.items()
        for row in some
    ]
    return pa.Table.from_pylist(rows, schema=_MEMBERS)


def choose_members(members: pa.Table, first: int, count: int) -> pa.Table:
    """The rows of the stories whose first row is one of the `count` rows from `first` on."""
    starts: dict[str, int] = {}
    names = members["story_id"].to_pylist()
    for place, name in enumerate(names):
        starts.setdefault(name, place)
    return members.filter(pa.array([first <= starts[name] < first + count for name in names], pa.bool_()))


def query_story_articles(lake: Lake, members: pa.Table) -> dict[str, pa.Table]:
    """The tables `articles`, `figures`, `mentions`, `sentences` and `readings` of the members of stories."""
    months = members["month"].to_pylist()
    span = {
        "article_ids": members["article_id"].to_pylist(),
        "first_month": min(months),
        "last_month": max(months),
    }
    return {name: run_query(lake, f"telling_{name}", **span) for name in _TOLD}


def tell_stories(members: pa.Table, tables: Mapping[str, pa.Table]) -> ToldStories:
    """The articles of each story, and the question_id that each of their figures has so far.

    `tables` are the answers of query_story_articles for these members, and others."""
    # Loaded here: a run with nothing new does not need them.
    import pyarrow.compute as pc

    from tasks.group.questions import StoryArticle

    names = members["article_id"]
    rows = {
        name: tables[name].filter(pc.is_in(tables[name]["article_id"], names)).to_pylist() for name in _TOLD
    }
    belonging = members.to_pylist()
    articles = {row["article_id"]: row for row in rows["articles"]}
    figures, mentions, sentences = (_by_article(rows[name]) for name in _CHILDREN)
    told: dict[str, list[StoryArticle]] = {row["story_id"]: [] for row in belonging}
    for row in belonging:
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


def _by_article(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found
