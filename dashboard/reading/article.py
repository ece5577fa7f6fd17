"""One article with everything that was read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from core.errors import CopydeskError
from core.settings import Settings
from dashboard.model.articles import ArticlePage, MarkedSpan, Receipt, RevisionLine, TakenLine
from dashboard.model.edits import PrintedChange, SpelledName
from dashboard.reading.spellings import SPELLING_QUERIES, read_spellings, spelled_by
from warehouse.asking.excerpt import excerpt
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

T = TypeVar("T", MarkedSpan, TakenLine, RevisionLine, PrintedChange)
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

_LISTED = ("page_spans", "page_removed", "page_revisions", "page_changes")
ARTICLE_QUERIES = ("page_articles", *_LISTED, "captures_by_id")
_Rows = Mapping[str, list[dict[str, Any]]]


def read_article(lake: Lake, prefix: str, settings: Settings | None = None) -> ArticlePage:
    """The only article whose id begins so; with settings, what changed between its revisions is read from the archive."""
    article_id = find_id(lake, "article", prefix)
    with excerpt(lake, ARTICLE_QUERIES, article_ids=[article_id]) as part:
        (page,) = read_known_articles(part, [article_id], settings)
    if page.story_id is None:
        return page
    with excerpt(lake, SPELLING_QUERIES, story_ids=[page.story_id]) as part:
        return add_spellings(page, read_spellings(part, page.story_id))


def add_spellings(page: ArticlePage, names: Sequence[SpelledName]) -> ArticlePage:
    """The page with the names of its story that its outlet prints and that are spelled in several ways."""
    return replace(page, spelled_names=spelled_by(page.outlet, names))


def read_known_articles(
    part: Lake, article_ids: Sequence[str], settings: Settings | None = None
) -> list[ArticlePage]:
    """The articles of these ids, in their order, in an excerpt that holds them; see `read_article`."""
    rows = run_query(part, "page_articles", article_ids=article_ids).to_pylist()
    articles = {row["article_id"]: row for row in rows}
    listed = {name: _read_by_article(part, name, article_ids) for name in _LISTED}
    edits = _read_lines(part, listed["page_revisions"], settings) if settings else {}
    return [
        _make_page(articles[one], {name: listed[name][one] for name in _LISTED}, edits) for one in article_ids
    ]


def _read_by_article(part: Lake, query: str, article_ids: Sequence[str]) -> _Rows:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in run_query(part, query, article_ids=article_ids).to_pylist():
        found[row["article_id"]].append(row)
    return found


def _make_page(row: dict[str, Any], of_it: _Rows, edits: Mapping[str, dict[str, Any]]) -> ArticlePage:
    return ArticlePage(
        **{name: row[name] for name in _SAME},
        authors=tuple(row["authors"] or ()),
        spans=_make_all(MarkedSpan, of_it["page_spans"]),
        removed=_make_all(TakenLine, of_it["page_removed"]),
        revisions=tuple(
            replace(one, **edits.get(one.capture_id, {}))
            for one in _make_all(RevisionLine, of_it["page_revisions"])
        ),
        receipt=Receipt(**{name: row[name] for name in Receipt.__dataclass_fields__}),
        changes=_make_all(PrintedChange, of_it["page_changes"]),
    )


def _make_all(kind: type[T], rows: Sequence[dict[str, Any]]) -> tuple[T, ...]:
    """Objects of a kind from rows that have its fields, and others."""
    names = kind.__dataclass_fields__.keys()
    return tuple(kind(**{name: row[name] for name in names if name in row}) for row in rows)


def _read_lines(part: Lake, revisions: _Rows, settings: Settings) -> dict[str, dict[str, Any]]:
    """What changed, by capture; if the archive cannot be reached, the page says so in its place and shows the rest."""
    edited = [[row["capture_id"] for row in rows] for rows in revisions.values() if len(rows) > 1]
    if not edited:
        return {}
    from flows.history import read_changes  # few articles have a second revision

    ids = [capture_id for of_one in edited for capture_id in of_one]
    captures = {row["capture_id"]: row for row in run_query(part, "captures_by_id", ids=ids).to_pylist()}
    found: dict[str, dict[str, Any]] = {}
    for of_one in edited:
        try:
            changes = read_changes(settings, [captures[one] for one in of_one if one in captures])
            found |= {change.capture_id: {"lines": change.lines} for change in changes}
        except CopydeskError as error:
            found |= {one: {"problem": f"the archive could not be read: {error}"} for one in of_one[1:]}
    return found
