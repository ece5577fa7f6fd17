"""Full-text search: a side file with an index of the articles, rebuilt when they have changed.

DuckDB's fts cannot index a table of the lake, so titles and texts are copied into a DuckDB file
beside the catalog, indexed, and put in place in one step: a search never sees half an index. The
file holds nothing that the lake does not hold; it can be deleted at any time.
"""

from __future__ import annotations

import os
import re
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from core.errors import ConfigError, PermanentError
from warehouse.catalog.extensions import SESSION, load_extension, quote

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation
    from warehouse.catalog.session import Lake

SNIPPET_CHARS = 160
_RANKED = """
SELECT article_id, outlet, title, published_at, url, score, body_text
FROM (SELECT *, fts_main_articles.match_bm25(article_id, $words) AS score FROM articles)
WHERE score IS NOT NULL
ORDER BY score DESC, article_id
LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that matches, with its BM25 score (higher is better) and the text around a word."""

    article_id: str
    outlet: str
    title: str | None
    published_at: datetime | None
    url: str
    score: float
    snippet: str


def search(lake: Lake, words: str, limit: int = 20) -> list[SearchHit]:
    """The articles that match the words best, best first; the index is built or rebuilt first if needed."""
    if not words.strip():
        raise ConfigError("give at least one word to search for")
    refresh_search(lake)
    with closing(_open_index(search_file(lake.location), read_only=True)) as index:
        rows = index.execute(_RANKED, {"words": words, "limit": limit}).fetchall()
    return [
        SearchHit(article_id, outlet, title, published_at, url, score, _cut_snippet(text, words))
        for article_id, outlet, title, published_at, url, score, text in rows
    ]


def refresh_search(lake: Lake) -> bool:
    """Rebuild the index if the articles have changed since; returns whether it was rebuilt."""
    file = search_file(lake.location)
    snapshot = lake.snapshot_id
    if not _have_articles_changed(lake, _indexed_snapshot(file), snapshot):
        return False
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy_articles(lake, unfinished, snapshot)
        with closing(_open_index(unfinished, read_only=False)) as index:
            index.execute("PRAGMA create_fts_index('articles', 'article_id', 'title', 'body_text')")
        unfinished.replace(file)
    except OSError as error:
        raise PermanentError(f"cannot write the search index {file}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def search_file(location: LakeLocation) -> Path:
    """The side file that holds the index."""
    return location.folder / "search.duckdb"


def _copy_articles(lake: Lake, file: Path, snapshot: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lake.execute(f"ATTACH '{quote(str(file))}' AS side")
    try:
        lake.execute(
            "CREATE TABLE side.articles AS SELECT article_id, outlet, title, published_at, url, body_text"
            f" FROM lake.main.articles AT (VERSION => {snapshot})"
        )
        lake.execute(f"CREATE TABLE side.built AS SELECT {snapshot}::BIGINT AS snapshot_id")
    finally:
        lake.execute("DETACH side")


def _open_index(file: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(file), read_only=read_only, config={**SESSION})
    connection.execute("SET enable_progress_bar = false")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        load_extension(connection, "fts")
    except BaseException:
        connection.close()
        raise
    return connection


def _indexed_snapshot(file: Path) -> int | None:
    """The snapshot that the index shows; None if there is no readable index."""
    if not file.is_file():
        return None
    with suppress(duckdb.Error), closing(_open_index(file, read_only=True)) as index:
        row = index.execute("SELECT snapshot_id FROM built").fetchone()
        return int(row[0]) if row else None
    return None


def _have_articles_changed(lake: Lake, indexed: int | None, snapshot: int) -> bool:
    if indexed is None or indexed > snapshot:
        return True
    if indexed == snapshot:
        return False
    try:
        changes = f"lake.table_changes('articles', {indexed + 1}, {snapshot})"
        row = lake.connection.execute(f"SELECT 1 FROM {changes} LIMIT 1").fetchone()
    except duckdb.Error:
        return True  # the indexed snapshot has expired since
    return row is not None


def _cut_snippet(text: str, words: str) -> str:
    """The text around the first of the words, or its beginning."""
    plain = " ".join(text.split())
    for word in re.findall(r"\w+", words):
        found = plain.lower().find(word.lower())
        if found >= 0:
            start = max(0, found - SNIPPET_CHARS // 3)
            start = plain.rfind(" ", 0, start) + 1 if start else 0
            return ("… " if start else "") + plain[start : start + SNIPPET_CHARS]
    return plain[:SNIPPET_CHARS]
