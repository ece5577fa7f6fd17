"""`copydesk query`: the named questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cli.console.options import chosen_form, export_options, json_option, lake_options, settings_for
from cli.console.terminal import say, say_text


@click.command(
    "query",
    epilog="""\b
Examples:
  copydesk query                              list the questions
  copydesk query most_quoted limit=20
  copydesk query suspect_figures --output suspect.xlsx
  copydesk query mentions_by_country --help-query""",
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--help-query", is_flag=True, help="Show what the query answers, and its parameters.")
@export_options
@json_option
@lake_options
def command(
    name: str | None,
    values: tuple[str, ...],
    help_query: bool,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **forms: Any,
) -> None:
    """Ask the question NAME; without a name, list all of them."""
    from cli.console.formats import print_rows_as
    from warehouse.catalog.sql_files import find_sql, list_queries, run_query

    if name is None:
        rows = [
            {
                "name": query.name,
                "answers": query.purpose,
                "parameters": ", ".join(p.name for p in query.parameters),
            }
            for query in list_queries()
        ]
        print_rows_as(chosen_form(forms), output, rows, empty="no query", whole=True)
        return
    if help_query:
        query = find_sql(name, "queries")
        say_text(f"{query.name}: {query.purpose}\nOne row per {query.grain}.")
        for parameter in query.parameters:
            default = "required" if parameter.is_required else f"default {parameter.default}"
            say(f"  {parameter.name}={parameter.type}  {parameter.meaning} ({default})")
        return
    settings = settings_for(lake, config)
    from warehouse.asking.ids import complete_ids
    from warehouse.catalog.open import open_lake

    file = find_sql(name, "queries")
    with open_lake(settings, read_only=True) as opened:
        given = complete_ids(opened, file, _read_values(values))
        answer = run_query(opened, name, **given)
    print_rows_as(
        chosen_form(forms), output, answer.to_pylist(), empty="no rows", columns=answer.column_names
    )


def _read_values(words: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise click.UsageError(f"{word!r} is not KEY=VALUE")
        values[key] = value
    return values
