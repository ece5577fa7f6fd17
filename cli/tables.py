"""`copydesk tables`: what the tables and columns mean."""

from __future__ import annotations

import click

from cli.options import json_option
from core.errors import ConfigError


@click.command("tables", epilog="\b\nExamples:\n  copydesk tables\n  copydesk tables figures")
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """Show every table, or the columns of NAME, with their meaning."""
    from cli.display import print_json, print_mappings
    from core.tables import TABLES

    if name is None:
        rows = [{"table": t.name, "one row per": t.grain, "key": ", ".join(t.key)} for t in TABLES.values()]
    elif name in TABLES:
        rows = [
            {
                "column": column.name,
                "type": str(column.type),
                "required": "yes" if column.required else "",
                "meaning": column.meaning + (f" ({', '.join(column.choices)})" if column.choices else ""),
                "unit": column.unit,
            }
            for column in TABLES[name].columns
        ]
    else:
        raise ConfigError(f"no table is called {name!r}; the tables are {', '.join(TABLES)}")
    print_json(rows) if as_json else print_mappings(rows)
