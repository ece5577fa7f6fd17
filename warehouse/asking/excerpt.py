"""An excerpt of a lake: the rows of some stories in memory, so that what a page asks does not read whole months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from core.errors import ContractError
from core.schema import Table
from core.tables import TABLES
from warehouse.catalog.attach import ALIAS
from warehouse.catalog.migrations import create_statement, list_marts
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import ASKED_FOLDERS, find_sql

# Tables whose rows are found by what the rows of other tables name, and the column that names them.
_NAMED = {"stories": "story_id", "entities": "entity_id", "captures": "capture_id"}


@contextmanager
def excerpt(
    lake: Lake, queries: Sequence[str], *, story_ids: Sequence[str] = (), article_ids: Sequence[str] = ()
) -> Iterator[Lake]:
    """The lake as these queries see it who ask about nothing but these stories and articles.

    Every table and view that the queries read is there under its own name, with the rows of the stories' articles
    and of the other articles; any other table is the lake's own. Why: docs/decisions.md, "Pages read an excerpt".
    """
    with lake.branch() as part:
        part.execute("BEGIN")  # the catalog is asked for its state once
        tables, marts = _list_relations(tuple(queries))
        _copy_rows(part, tables, list(story_ids), list(article_ids))
        for mart in list_marts():
            if mart.name in marts:
                part.execute(f"CREATE TEMP VIEW {mart.name} AS {mart.text}")
        yield part


@lru_cache(maxsize=64)
def _list_relations(queries: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The tables and the views that queries read, as their headers say; a view's tables count."""
    reads = {mart.name: mart.reads for mart in list_marts()}
    waiting = [name for query in queries for name in find_sql(query, *ASKED_FOLDERS).reads]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += reads.get(name, ())
    return tuple(name for name in TABLES if name in found), frozenset(found & reads.keys())


def _copy_rows(part: Lake, tables: Sequence[str], story_ids: list[str], article_ids: list[str]) -> None:
    """Copy the rows: first those that say which articles are meant, last those that other rows name."""
    filled = _filled_tables(part)
    given: dict[str, Any] = {"story_ids": story_ids, "article_ids": article_ids}
    _copy_table(part, "story_articles", filled, given)
    given |= _find_articles(part, article_ids)
    for name in sorted(set(tables) - {"story_articles"}, key=lambda one: (one in _NAMED, one)):
        if name in _NAMED:
            column = _NAMED[name]
            given[f"{column}s"] = [*given.get(f"{column}s", ()), *_list_named(part, column, tables)]
        _copy_table(part, name, filled, given)


def _copy_table(part: Lake, name: str, filled: frozenset[str], given: Mapping[str, Any]) -> None:
    if name not in filled:
        part.execute(create_statement(TABLES[name]).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        return
    condition = _condition(TABLES[name])
    values = {key: value for key, value in given.items() if f"${key}" in condition}
    part.execute(f"CREATE TEMP TABLE {name} AS FROM {ALIAS}.main.{name} WHERE {condition}", values)


def _filled_tables(lake: Lake) -> frozenset[str]:
    """The tables that have files. An empty one is made and not read: DuckLake asks the catalog once for each column."""
    rows = lake.fetch(
        "SELECT table_name FROM ducklake_table_info($lake) WHERE file_count > 0", {"lake": ALIAS}
    )
    return frozenset(name for (name,) in rows)


def _find_articles(part: Lake, article_ids: list[str]) -> dict[str, Any]:
    """The articles, and the months they are in: bound values, so that the files of other months stay closed."""
    rows = part.fetch("SELECT article_id, month FROM story_articles")
    if article_ids:
        asked = f"SELECT article_id, month FROM {ALIAS}.main.articles WHERE article_id IN $article_ids"
        rows += part.fetch(asked, {"article_ids": article_ids})
    months = [month for _, month in rows]
    return {
        "article_ids": list({article_id: None for article_id, _ in rows}),
        "first_month": min(months, default=None),
        "last_month": max(months, default=None),
    }


def _condition(table: Table) -> str:
    names = {column.name for column in table.columns}
    if table.name == "story_articles":
        return "story_id IN $story_ids OR article_id IN $article_ids"
    if table.name == "articles" or table.parent == "articles":
        return "month BETWEEN $first_month AND $last_month AND article_id IN $article_ids"
    for name in ("article_id", "story_id", _NAMED.get(table.name, "")):
        if name in names:
            return f"{name} IN ${name}s"
    raise ContractError(f"{table.name} has no rows of an article or a story; read it from the lake itself")


def _list_named(part: Lake, column: str, tables: Sequence[str]) -> list[str]:
    """What the rows that were copied name in columns of that name, or of one that ends so: speaker_entity_id."""
    parts = [
        f"SELECT {one.name} AS named FROM {name}"
        for name in tables
        if name not in _NAMED
        for one in TABLES[name].columns
        if one.name == column or one.name.endswith(f"_{column}")
    ]
    if not parts:
        return []
    rows = part.fetch(f"SELECT DISTINCT named FROM ({' UNION ALL '.join(parts)}) WHERE named IS NOT NULL")
    return [named for (named,) in rows]
