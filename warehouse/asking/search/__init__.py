"""Full-text search over the articles: words, phrases, AND, OR, NOT, prefixes and filters, best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.errors import ConfigError
from warehouse.asking.search.index import open_index, refresh_search, search_file
from warehouse.asking.search.query_syntax import SearchQuery, close_up, read_query_words

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation
    from warehouse.catalog.session import Lake

_SNIPPET_WORDS = 28
_BEGINNING_CHARS = 160
_RANKED = """
SELECT articles.outlet, articles.title, articles.published_at,
    snippet(words, 1, '⟦', '⟧', '…', {snippet}), -rank, articles.url, articles.article_id
FROM words INNER JOIN articles ON words.rowid = articles.number
WHERE words MATCH ? {filters}
ORDER BY rank LIMIT ?
"""
_NEWEST = """
SELECT articles.outlet, articles.title, articles.published_at,
    substr(words.body, 1, {beginning}), 0.0, articles.url, articles.article_id
FROM articles INNER JOIN words ON words.rowid = articles.number
WHERE true {filters}
ORDER BY articles.published_at DESC, articles.article_id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that fits: its snippet has the words between ⟦ and ⟧; the score is BM25, higher is better."""

    outlet: str
    title: str | None
    published_at: datetime | None
    snippet: str
    score: float
    url: str
    article_id: str


class SearchHits(list[SearchHit]):
    """The articles that fit, best first, and `notes`: what of the search was not understood, in words."""

    def __init__(self, hits: Sequence[SearchHit] = (), notes: Sequence[str] = ()) -> None:
        super().__init__(hits)
        self.notes = tuple(notes)


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What else an article must meet: one of the outlets, first and last day of publication, a person quoted."""

    outlets: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    speaker: str | None = None


def search(lake: Lake, words: str, limit: int = 20, filters: SearchFilters | None = None) -> SearchHits:
    """The articles that fit, best first; without words, the newest. The index is brought up to date before.

    In `words`, side by side means all of them; AND, OR, NOT and brackets join them; "..." is a phrase, `steel*` a
    beginning; `outlet:`, `since:`, `until:` and `speaker:` filter, as `filters` do. Where no article has all of some
    plain words, those with any of them are found, and a note says so. Raises ConfigError for a filter that cannot be read.
    """
    query = _read(words, filters or SearchFilters())
    shown = refresh_search(lake)
    hits = search_index(lake.location, query, limit)
    return hits if shown == lake.snapshot_id else _keep_known(lake, hits)


def _keep_known(lake: Lake, hits: SearchHits) -> SearchHits:
    """The hits whose articles the lake has at its snapshot, which is older than the index."""
    sql = "SELECT article_id FROM articles WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))"
    known = {row[0] for row in lake.fetch(sql, {"ids": [hit.article_id for hit in hits]})}
    return SearchHits([hit for hit in hits if hit.article_id in known], hits.notes)


def search_index(location: LakeLocation, query: SearchQuery, limit: int) -> SearchHits:
    """The hits that the index has, as it is now."""
    with open_index(search_file(location)) as index:
        notes = [*query.notes, *_find_unknown(index, query)]
        found = _ask(index, query, limit)
        if not found and query.any_match:
            found = _ask(index, replace(query, match=query.any_match), limit)
            if found:
                notes.append("no article has all of these words; these have some of them")
    hits = [_make_hit(row) for row in found]
    return SearchHits(hits, notes)


def _read(words: str, filters: SearchFilters) -> SearchQuery:
    speaker = (filters.speaker or "").replace('"', " ").strip()
    text = f'({words}) AND speaker:"{speaker}"' if speaker and words.strip() else words
    if speaker and not words.strip():
        text = f'speaker:"{speaker}"'
    if not text.strip() and (filters.outlets or filters.since or filters.until):
        query = SearchQuery()
    else:
        query = read_query_words(text)
    return replace(
        query,
        outlets=(*query.outlets, *filters.outlets),
        since=filters.since or query.since,
        until=filters.until or query.until,
    )


def _ask(index: sqlite3.Connection, query: SearchQuery, limit: int) -> list[tuple[Any, ...]]:
    clauses, values = _write_filters(query)
    sql = (_RANKED if query.match else _NEWEST).format(
        filters=clauses, snippet=_SNIPPET_WORDS, beginning=_BEGINNING_CHARS
    )
    first = [query.match] if query.match else []
    try:
        return index.execute(sql, [*first, *values, limit]).fetchall()
    except sqlite3.OperationalError as error:
        if "fts5" in str(error) or "expression" in str(error).lower():
            raise ConfigError(f"the search is too long or too deep ({error}); write it shorter") from None
        raise


def _write_filters(query: SearchQuery) -> tuple[str, list[Any]]:
    """What follows WHERE, and the values in it."""
    clauses, values = [], list[Any]()
    for names, word in ((query.outlets, "IN"), (query.without_outlets, "NOT IN")):
        if names:
            clauses.append(f"AND articles.outlet {word} ({', '.join('?' * len(names))})")
            values += names
    for day, sign in ((query.since, ">="), (query.until, "<=")):
        if day:
            clauses.append(f"AND articles.published_date {sign} ?")
            values.append(day.isoformat())
    if query.leave_out:
        clauses.append("AND articles.number NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
        values.append(query.leave_out)
    return " ".join(clauses), values


def _find_unknown(index: sqlite3.Connection, query: SearchQuery) -> list[str]:
    """A note for each outlet that no article has, and for each speaker whom no article quotes."""
    notes = []
    for name in (*query.outlets, *query.without_outlets):
        if not index.execute("SELECT 1 FROM articles WHERE outlet = ? LIMIT 1", [name]).fetchone():
            known = [
                row[0]
                for row in index.execute("SELECT DISTINCT outlet FROM articles ORDER BY outlet LIMIT 12")
            ]
            notes.append(f"no article is of outlet {name!r}; there are {', '.join(known) or 'none'}")
    for name, expression in query.speakers:
        if not index.execute("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", [expression]).fetchone():
            notes.append(
                f"no article quotes a speaker called {name!r}; `copydesk query most_quoted` lists speakers"
            )
    return notes


def _make_hit(row: tuple[Any, ...]) -> SearchHit:
    outlet, title, published, snippet, score, url, article_id = row
    moment = datetime.fromisoformat(published.replace("Z", "+00:00")) if published else None
    return SearchHit(
        outlet, title, moment, " ".join(close_up(snippet).split()), float(f"{score:.4g}"), url, article_id
    )
