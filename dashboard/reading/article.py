"""One article with everything that was read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.errors import CopydeskError
from core.settings import Settings
from dashboard.model.articles import ArticlePage, MarkedSpan, Receipt, RevisionLine, TakenLine
from dashboard.model.edits import PrintedChange, SpelledName
from dashboard.reading.spellings import SPELLING_QUERIES, read_spellings, spelled_by
from warehouse.asking.excerpt import excerpt
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

_SAME = (
    "article_id",
    "outlet",
    "url",
    "canonical_url",
    "title",
    "published_at",
    "published_precision",
    "language",
    "body_text",
    "word_count",
    "is_truncated",
    "story_id",
    "story_title",
    "copy_relation",
    "original_article_id",
)


ARTICLE_QUERIES = (
    "page_article",
    "page_spans",
    "explain_removed",
    "page_revisions",
    "page_changes",
    "captures_by_id",
)


def read_article(lake: Lake, prefix: str, settings: Settings | None = None) -> ArticlePage:
    """The only article whose id begins so; with settings, what changed between its revisions is read from the archive."""
    article_id = find_id(lake, "article", prefix)
    with excerpt(lake, ARTICLE_QUERIES, article_ids=[article_id]) as part:
        page = read_known_article(part, article_id, settings)
    if page.story_id is None:
        return page
    with excerpt(lake, SPELLING_QUERIES, story_ids=[page.story_id]) as part:
        return add_spellings(page, read_spellings(part, page.story_id))


def add_spellings(page: ArticlePage, names: Sequence[SpelledName]) -> ArticlePage:
    """The page with the names of its story that its outlet prints and that are spelled in several ways."""
    return replace(page, spelled_names=spelled_by(page.outlet, names))


def read_known_article(part: Lake, article_id: str, settings: Settings | None = None) -> ArticlePage:
    """The article of that id, in an excerpt that holds it; see `read_article`."""
    (row,) = run_query(part, "page_article", article_id=article_id).to_pylist()
    spans = run_query(part, "page_spans", article_id=article_id).to_pylist()
    removed = run_query(part, "explain_removed", article_id=article_id).to_pylist()
    changes = run_query(part, "page_changes", article_id=article_id).to_pylist()
    return ArticlePage(
        **{name: row[name] for name in _SAME},
        authors=tuple(row["authors"] or ()),
        spans=tuple(MarkedSpan(**span) for span in spans),
        removed=tuple(TakenLine(**line) for line in removed),
        revisions=_read_revisions(part, article_id, settings),
        receipt=Receipt(**{name: row[name] for name in Receipt.__dataclass_fields__}),
        changes=tuple(PrintedChange(**change) for change in changes),
    )


def _read_revisions(part: Lake, article_id: str, settings: Settings | None) -> tuple[RevisionLine, ...]:
    rows = run_query(part, "page_revisions", article_id=article_id).to_pylist()
    lines = _read_lines(part, rows, settings) if settings and len(rows) > 1 else {}
    return tuple(RevisionLine(**row, lines=lines.get(row["capture_id"], ())) for row in rows)


def _read_lines(part: Lake, rows: list[dict[str, Any]], settings: Settings) -> dict[str, tuple[str, ...]]:
    """The changes by capture; if the archive cannot be reached, the page says so in their place and shows the rest."""
    from flows.history import read_changes  # loads the cleaning; few articles have a second revision

    captures = run_query(part, "captures_by_id", ids=[row["capture_id"] for row in rows]).to_pylist()
    try:
        return {change.capture_id: change.lines for change in read_changes(settings, captures)}
    except CopydeskError as error:
        return {row["capture_id"]: (f"the archive could not be read: {error}",) for row in rows[1:]}
