"""What an assistant can ask: stories, articles, named questions, SQL, and what the tables mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from copydesk.assistant.brief import brief_story
from copydesk.assistant.quoting import quote_answer
from core.settings import Settings
from dashboard.reading.article import read_article
from dashboard.reading.front import choose_stories, list_stories
from dashboard.reading.story import read_story
from warehouse.asking.apart import FirstRows, ask_apart
from warehouse.asking.ids import complete_ids
from warehouse.asking.named_questions import find_question, list_questions
from warehouse.asking.owner_sql import read_marked_spans
from warehouse.asking.pinned import PinnedReader
from warehouse.asking.relations import list_columns, list_relations
from warehouse.asking.search import SearchFilters, search
from warehouse.catalog.sql_files import run_query

MOST_ANSWER_ROWS = 200
_MOST_FOUND = 50
_OF_SPAN = ("marked", "link", "article_id", "url", "title", "page", "published_at", "outlet")


class LakeTools:
    """The tools, each a method that gives a text. Every call reads one snapshot, with the limits of a page."""

    def __init__(self, settings: Settings, reader: PinnedReader) -> None:
        self._settings = settings
        self._reader = reader

    def list_stories(
        self, words: str = "", outlet: str = "", since: date | None = None, limit: int = 20
    ) -> str:
        """List stories (one event as several outlets tell it), the newest first.

        With `words`, those that have an article which fits the search. `since` is a day.
        """
        limit = max(1, min(limit, _MOST_FOUND))
        with self._reader.reading() as lake:
            if not words.strip():
                newest = choose_stories(lake, since=since, outlets=[outlet] if outlet else [], limit=limit)
                return quote_answer(list_stories(lake, newest))
            hits = search(lake, words, _MOST_FOUND, SearchFilters([outlet] if outlet else [], since))
            found = run_query(lake, "stories_of_articles", article_ids=[hit.article_id for hit in hits])
            of_article = {row["article_id"]: row["story_id"] for row in found.to_pylist()}
            ids = dict.fromkeys(of_article[hit.article_id] for hit in hits if hit.article_id in of_article)
            rows = {row["story_id"]: row for row in list_stories(lake, list(ids)[:limit])}
            return quote_answer([rows[one] for one in ids if one in rows], *hits.notes)

    def get_story(self, story_id: str) -> str:
        """Get a story side by side: each outlet's headline, the questions with every reading and verdict, the sentence
        and the source behind it, quotations compared, spellings of names. The beginning of the id will do. A sentence
        has its number between ⟦ and ⟧; the headline of an article is in `tellings`; what is empty is left out."""
        with self._reader.reading() as lake:
            return quote_answer(brief_story(read_story(lake, story_id)))

    def search_articles(
        self,
        words: str = "",
        outlet: str = "",
        speaker: str = "",
        since: date | None = None,
        until: date | None = None,
        limit: int = 20,
    ) -> str:
        """Search the articles' full text, best match first; without words, list the newest.

        Words side by side: all of them. "..." is a phrase; AND, OR, NOT and brackets join; steel* is a beginning.
        `speaker`: only articles that quote this person. The snippet has the hit between ⟦ and ⟧.
        """
        filters = SearchFilters([outlet] if outlet else [], since, until, speaker or None)
        limit = max(1, min(limit, _MOST_FOUND))
        with self._reader.reading() as lake:
            if not words.strip() and not any((outlet, speaker, since, until)):
                return quote_answer(run_query(lake, "latest_articles", limit=limit).to_pylist())
            hits = search(lake, words, limit, filters)
        return quote_answer(list(hits), *hits.notes)

    def get_article(self, article_id: str) -> str:
        """Get an article: text, metadata, and its figures, dates, names and quotations, each with its span
        (start_char and end_char, code points of body_text) and its sentence. An address will do for the id."""
        with self._reader.reading() as lake:
            page = read_article(lake, article_id)
            facts = {
                name: [_shorten(row) for row in table.to_pylist()]
                for name, table in read_marked_spans(lake, page.article_id).items()
            }
        kept = (
            "article_id",
            "outlet",
            "url",
            "title",
            "authors",
            "published_at",
            "published_precision",
            "language",
        )
        more = ("word_count", "is_truncated", "story_id", "copy_relation", "original_article_id", "body_text")
        return quote_answer({**{name: getattr(page, name) for name in (*kept, *more)}, **facts})

    def list_questions(self) -> str:
        """List the named questions (ready-made queries): what each answers and which values it takes."""
        rows = [
            {
                "name": file.name,
                "answers": file.purpose,
                "values": {one.name: f"{one.type}: {one.meaning}" for one in file.parameters},
                "required": [one.name for one in file.parameters if one.is_required],
            }
            for file in list_questions(self._settings)
        ]
        return quote_answer(rows)

    def ask_question(self, name: str, values: Mapping[str, str] | None = None) -> str:
        """Ask a named question; `values` are its values as text, e.g. {"counted": "jobs"}."""
        file = find_question(self._settings, name)
        with self._reader.reading() as lake:
            bound = file.bind(complete_ids(lake, file, values or {})) or None
            snapshot_id = lake.snapshot_id
        found = ask_apart(
            self._settings, file.text, bound, snapshot_id=snapshot_id, most_rows=MOST_ANSWER_ROWS
        )
        return _quote_rows(found)

    def run_sql(self, query: str) -> str:
        """Run DuckDB SQL that reads the lake and can do nothing else; at most 200 rows, within limits of time and memory.

        The views figures_in_context, quotations_in_context, mentions_in_context, dates_in_context, figure_comparison and
        disputed_questions answer most questions; describe_tables explains them. `from search('words')` is the search.
        """
        with self._reader.reading() as lake:
            snapshot_id = lake.snapshot_id
        return _quote_rows(
            ask_apart(self._settings, query, snapshot_id=snapshot_id, most_rows=MOST_ANSWER_ROWS)
        )

    def describe_tables(self, name: str = "") -> str:
        """Describe the tables and views; with the name of one, its columns with type, unit and meaning."""
        return quote_answer(list_columns(name) if name else list_relations())


def _shorten(row: Mapping[str, Any]) -> dict[str, Any]:
    """A span without what the article says already, and without nulls."""
    return {name: value for name, value in row.items() if value is not None and name not in _OF_SPAN}


def _quote_rows(found: FirstRows) -> str:
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return quote_answer(
        rows, *([f"only the first {MOST_ANSWER_ROWS} rows; add LIMIT or WHERE"] if found.is_cut else [])
    )
