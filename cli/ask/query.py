"""`copydesk query`: the named questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.console.options import chosen_form, export_options, json_option, lake_options, settings_for
from cli.console.terminal import say, say_text
from core.settings import Settings

if TYPE_CHECKING:
    from warehouse.catalog.sql_files import SqlFile


@click.command(
    "query",
    epilog="""\b
Examples:
  copydesk query                              list the questions
  copydesk query most_quoted limit=20
  copydesk query suspect_figures --output suspect.xlsx
  copydesk query mentions_by_country --help-query

Your own questions: SQL files in the folder that the setting `queries` names.""",
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
    from warehouse.asking.named_questions import answer_question, find_question, is_own, list_questions

    settings = settings_for(lake, config)
    if name is None:
        rows = [
            {
                "name": query.name,
                "answers": query.purpose,
                "parameters": ", ".join(p.name for p in query.parameters),
            }
            for query in list_questions(settings)
        ]
        print_rows_as(chosen_form(forms), output, rows, empty="no query", whole=True)
        return
    if help_query:
        query = find_question(settings, name)
        say_text(f"{query.name}: {query.purpose}\nOne row per {query.grain}.")
        for parameter in query.parameters:
            default = "required" if parameter.is_required else f"default {parameter.default}"
            say(f"  {parameter.name}={parameter.type}  {parameter.meaning} ({default})")
        return
    from warehouse.asking.ids import complete_ids
    from warehouse.catalog.open import open_lake

    file = find_question(settings, name)
    with open_lake(settings, read_only=True) as opened:
        given = complete_ids(opened, file, _read_values(values))
        if is_own(file):
            _ask_own(settings, file, opened.snapshot_id, given, chosen_form(forms), output)
            return
        answer = answer_question(opened, file, given)
    print_rows_as(
        chosen_form(forms), output, answer.to_pylist(), empty="no rows", columns=answer.column_names
    )


def _ask_own(
    settings: Settings,
    file: SqlFile,
    snapshot_id: int,
    given: Mapping[str, Any],
    form: str | None,
    output: Path | None,
) -> None:
    """The answer to a question of the user's own, with the fences and limits of `copydesk sql`."""
    from cli.console.formats import choose_format, write_answer
    from warehouse.asking.user_limits import terminal_limits
    from warehouse.asking.user_sql import open_for_user_sql

    with open_for_user_sql(settings, as_of=snapshot_id, limits=terminal_limits()) as session:
        write_answer(session.run(file.text, file.bind(given) or None), choose_format(form, output), output)


def _read_values(words: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise click.UsageError(f"{word!r} is not KEY=VALUE")
        values[key] = value
    return values
