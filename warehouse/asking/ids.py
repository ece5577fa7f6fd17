"""Ids named by a short unique prefix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import ConfigError
from core.safety.visible import show_line
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import SqlFile, run_query

# parameters of named questions that take an id -> what it is the id of
_KINDS = {
    "story_id": "story",
    "article": "article",
    "article_id": "article",
    "entity_id": "entity",
    "question_id": "question",
    "correction_id": "correction",
}
# kind -> the query that knows the ids of that kind
_BEGINNING = {
    "story": "ids_of_stories",
    "article": "ids_of_articles",
    "entity": "ids_of_entities",
    "question": "ids_of_questions",
    "correction": "ids_of_corrections",
}


class UnknownIdError(ConfigError):
    """Nothing in the lake has this id."""


def find_id(lake: Lake, kind: str, prefix: str) -> str:
    """The only id of that kind (story, article, entity, question, correction) that begins so; an article's address will do as well."""
    found = run_query(lake, _BEGINNING[kind], prefix=prefix).to_pylist() if prefix else []
    return choose_id(kind, prefix, [row["id"] for row in found])


def choose_id(kind: str, prefix: str, found: list[str]) -> str:
    """The one that is meant; UnknownIdError for none, ConfigError for several."""
    shown = show_line(prefix)
    if not found:
        raise UnknownIdError(
            f"no {kind} has an id that begins with {shown!r}; copy it from a table or a page"
        )
    if len(found) > 1 and found[0] != prefix:
        raise ConfigError(f"{shown!r} begins several ids: {', '.join(found)}; give more of it")
    return found[0]


def complete_ids(lake: Lake, file: SqlFile, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a named question, with whole ids where the beginning of one was given."""
    known = {parameter.name for parameter in file.parameters} & _KINDS.keys()
    return {
        name: find_id(lake, _KINDS[name], value) if name in known and isinstance(value, str) else value
        for name, value in values.items()
    }
