"""What the tables, views and columns of a lake mean; the same in every lake."""

from __future__ import annotations

from typing import Any

from core.errors import ConfigError
from core.tables import TABLES
from warehouse.catalog.migrations import list_marts
from warehouse.catalog.sql_files import suggest


def list_relations() -> list[dict[str, Any]]:
    """Every table and view with its grain and key; tables first."""
    tables = [
        {"table": table.name, "one row per": table.grain, "key": ", ".join(table.key), "is_view": False}
        for table in TABLES.values()
    ]
    views = [
        {
            "table": mart.name,
            "one row per": mart.grain.removeprefix("one row per "),
            "key": ", ".join(mart.key),
            "is_view": True,
        }
        for mart in list_marts()
    ]
    return tables + views


def list_columns(name: str) -> list[dict[str, Any]]:
    """The columns of a table or view with type and meaning. Raises ConfigError for an unknown name."""
    if name not in TABLES:
        return _list_view_columns(name)
    return [
        {
            "column": column.name,
            "type": str(column.type),
            "required": "yes" if column.required else "",
            "meaning": column.meaning + (f" ({', '.join(column.choices)})" if column.choices else ""),
            "unit": column.unit,
        }
        for column in TABLES[name].columns
    ]


def _list_view_columns(name: str) -> list[dict[str, Any]]:
    from warehouse.asking.mart_columns import describe_marts  # it makes every view, which takes a moment

    views = describe_marts()
    if name not in views:
        raise ConfigError(f"no table is called {name!r}{suggest(name, [*TABLES, *views])}")
    return [
        {
            "column": column.name,
            "type": column.type.lower().replace("timestamp with time zone", "timestamptz"),
            "meaning": column.meaning,
        }
        for column in views[name]
    ]
