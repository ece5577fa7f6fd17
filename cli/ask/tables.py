"""`copydesk tables`: what the tables, views and columns mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from cli.console.options import json_option
from core.errors import ConfigError


@click.command(
    "tables",
    epilog="\b\nExamples:\n  copydesk tables\n  copydesk tables figures\n  copydesk tables figure_comparison",
)
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """Show every table and view, or the columns of NAME, with their meaning.

    Tables hold what was landed; views (sql/marts) put it side by side. Both are the same in every lake.
    """
    from cli.console.display import print_json, print_mappings

    rows = list(_list_relations()) if name is None else list(_list_columns(name))
    print_json(rows) if as_json else print_mappings(rows, whole=True)


def _list_relations() -> Iterable[dict[str, Any]]:
    from core.tables import TABLES
    from warehouse.catalog.migrations import list_marts

    for table in TABLES.values():
        yield {"table": table.name, "one row per": table.grain, "key": ", ".join(table.key), "is_view": False}
    for mart in list_marts():
        grain = mart.grain.removeprefix("one row per ")
        yield {"table": mart.name, "one row per": grain, "key": ", ".join(mart.key), "is_view": True}


def _list_columns(name: str) -> Iterable[dict[str, Any]]:
    from core.tables import TABLES

    if name not in TABLES:
        yield from _list_view_columns(name)
        return
    for column in TABLES[name].columns:
        yield {
            "column": column.name,
            "type": str(column.type),
            "required": "yes" if column.required else "",
            "meaning": column.meaning + (f" ({', '.join(column.choices)})" if column.choices else ""),
            "unit": column.unit,
        }


def _list_view_columns(name: str) -> Iterable[dict[str, Any]]:
    from core.tables import TABLES
    from warehouse.asking.mart_columns import describe_marts

    views = describe_marts()
    if name not in views:
        raise ConfigError(
            f"no table is called {name!r}; the tables are {', '.join(TABLES)}; the views are {', '.join(views)}"
        )
    for column in views[name]:
        yield {
            "column": column.name,
            "type": column.type.lower().replace("timestamp with time zone", "timestamptz"),
            "meaning": column.meaning,
        }
