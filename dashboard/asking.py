"""Pages that answer: SQL, named questions and search."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import ConfigError, CopydeskError
from core.settings import Settings
from dashboard.model import AnswerPage, AskedValue, Hit, SearchPage
from warehouse.asking.apart import ask_apart
from warehouse.asking.ids import complete_ids
from warehouse.asking.pinned import PinnedLake
from warehouse.asking.search import search
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import find_sql, list_queries

EXAMPLE = (
    "from figures_in_context select outlet, surface, marked, title where counted = 'jobs' order by outlet"
)


def answer_sql(settings: Settings, snapshot_id: int, query: str) -> AnswerPage:
    """The answer to a user's SQL, in a process of its own; the page says what is wrong with it."""
    named = tuple((file.name, file.purpose) for file in list_queries())
    if not query.strip():
        return AnswerPage(None, None, EXAMPLE, named=named)
    try:
        found = ask_apart(settings, query, snapshot_id=snapshot_id)
    except CopydeskError as error:
        return AnswerPage(None, None, query, problem=str(error), named=named)
    return AnswerPage(
        None, None, query, columns=found.columns, rows=found.rows, is_cut=found.is_cut, named=named
    )


def answer_named(settings: Settings, lake: PinnedLake, name: str, given: Mapping[str, str]) -> AnswerPage:
    """The answer to a named question; without a value that it needs, its form."""
    file = find_sql(name, "queries")
    values = {key: value for key, value in given.items() if value != ""}
    parameters = tuple(
        AskedValue(p.name, p.type, p.meaning, p.is_required, values.get(p.name, _tell(p.default)))
        for p in file.parameters
    )
    if any(p.is_required and p.name not in values for p in file.parameters):
        return AnswerPage(name, file.purpose, file.text, parameters)
    try:
        bound = file.bind(complete_ids(lake, file, values)) or None
        found = ask_apart(settings, file.text, bound, snapshot_id=lake.snapshot_id)
    except CopydeskError as error:
        return AnswerPage(name, file.purpose, file.text, parameters, problem=str(error))
    return AnswerPage(
        name, file.purpose, file.text, parameters, found.columns, found.rows, is_cut=found.is_cut
    )


def answer_search(lake: Lake, words: str, limit: int = 50) -> SearchPage:
    """The articles that fit the words best."""
    if not words.strip():
        return SearchPage(words)
    try:
        hits = search(lake, words, limit)
    except ConfigError as error:
        return SearchPage(words, problem=str(error))
    return SearchPage(
        words,
        tuple(Hit(hit.article_id, hit.outlet, hit.title, hit.published_at, hit.snippet) for hit in hits),
    )


def _tell(default: object) -> str:
    return "" if default is None else str(default)
