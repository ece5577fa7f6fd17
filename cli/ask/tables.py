"""`copydesk tables`: what the tables, views and columns mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cli.console.options import chosen_form, lake_options, settings_for, table_options


@click.command(
    "tables",
    epilog="\b\nExamples:\n  copydesk tables\n  copydesk tables figures\n  copydesk tables figure_comparison --output columns.xlsx",
)
@click.argument("name", required=False)
@table_options
@lake_options
def command(
    name: str | None, output: Path | None, lake: Path | None, config: Path | None, **forms: Any
) -> None:
    """Show every table and view, or the columns of NAME, with their meaning.

    Tables hold what was landed; views (sql/marts) put it side by side. Both are the same in every lake,
    so that none has to be there.
    """
    if lake or config:
        settings_for(lake, config)  # says what is wrong with a file that is named
    from cli.console.formats import print_rows_as
    from warehouse.asking.relations import list_columns, list_relations

    rows = list_relations() if name is None else list_columns(name)
    print_rows_as(chosen_form(forms), output, rows, empty="nothing", whole=True)
