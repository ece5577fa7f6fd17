"""`copydesk tables`: what the tables, views and columns mean."""

from __future__ import annotations

import click

from cli.console.options import json_option


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
    from warehouse.asking.relations import list_columns, list_relations

    rows = list_relations() if name is None else list_columns(name)
    print_json(rows) if as_json else print_mappings(rows, whole=True)
