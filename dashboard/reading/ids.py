"""Ids named by a short unique prefix."""

from __future__ import annotations

from core.errors import ConfigError
from core.safety.visible import show_line
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query


class UnknownIdError(ConfigError):
    """Nothing in the lake has this id."""


def find_id(lake: Lake, kind: str, prefix: str) -> str:
    """The only id of that kind (story, article, entity) that begins so; an article's address will do as well."""
    found = [row["id"] for row in run_query(lake, "ids_beginning", kind=kind, prefix=prefix).to_pylist()]
    return choose_id(kind, prefix, found if prefix else [])


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
