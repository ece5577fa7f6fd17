"""One article with everything that was read from it."""

from __future__ import annotations

from typing import Any

from core.errors import CopydeskError
from core.settings import Settings
from dashboard.model.articles import ArticlePage, MarkedSpan, Receipt, RevisionLine, TakenLine
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


def read_article(lake: Lake, prefix: str, settings: Settings | None = None) -> ArticlePage:
    """The only article whose id begins so; with settings, what changed between its revisions is read from the archive."""
    return read_known_article(lake, find_id(lake, "article", prefix), settings)


def read_known_article(lake: Lake, article_id: str, settings: Settings | None = None) -> ArticlePage:
    """The article of that id; see `read_article`."""
    (row,) = run_query(lake, "page_article", article_id=article_id).to_pylist()
    spans = run_query(lake, "page_spans", article_id=article_id).to_pylist()
    removed = run_query(lake, "explain_removed", article_id=article_id).to_pylist()
    return ArticlePage(
        **{name: row[name] for name in _SAME},
        authors=tuple(row["authors"] or ()),
        spans=tuple(MarkedSpan(**span) for span in spans),
        removed=tuple(TakenLine(**line) for line in removed),
        revisions=_read_revisions(lake, article_id, settings),
        receipt=Receipt(**{name: row[name] for name in Receipt.__dataclass_fields__}),
    )


def _read_revisions(lake: Lake, article_id: str, settings: Settings | None) -> tuple[RevisionLine, ...]:
    rows = run_query(lake, "page_revisions", article_id=article_id).to_pylist()
    lines = _read_lines(lake, rows, settings) if settings and len(rows) > 1 else {}
    return tuple(RevisionLine(**row, lines=lines.get(row["capture_id"], ())) for row in rows)


def _read_lines(lake: Lake, rows: list[dict[str, Any]], settings: Settings) -> dict[str, tuple[str, ...]]:
    """The changes by capture; if the archive cannot be reached, the page says so in their place and shows the rest."""
    from flows.history import read_changes  # loads the cleaning; few articles have a second revision

    captures = run_query(lake, "captures_by_id", ids=[row["capture_id"] for row in rows]).to_pylist()
    try:
        return {change.capture_id: change.lines for change in read_changes(settings, captures)}
    except CopydeskError as error:
        return {row["capture_id"]: (f"the archive could not be read: {error}",) for row in rows[1:]}
