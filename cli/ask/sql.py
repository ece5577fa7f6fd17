"""`copydesk sql`: read-only SQL over the lake."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cli.console.formats import choose_format, write_answers
from cli.console.options import (
    as_of_option,
    chosen_form,
    export_options,
    json_option,
    lake_options,
    settings_for,
)


@click.command(
    "sql",
    epilog="""\b
Examples:
  copydesk sql "select outlet, count(*) from articles group by all"
  copydesk sql "from figures where is_suspect" --format csv > suspect.csv
  copydesk sql "from quotations" --format parquet --output quotations.parquet
  copydesk sql "from articles" --as-of 2026-11-20
  copydesk sql                                an interactive shell""",
)
@click.argument("query", required=False)
@export_options
@json_option
@click.option(
    "--raw",
    is_flag=True,
    help="Write CSV for programs: no guard against formulas, no codes for control characters.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop the query after this many seconds.  [default: no limit]",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0.5),
    metavar="GB",
    help="Memory limit of the queries.  [default: four fifths of what is free]",
)
@as_of_option
@lake_options
def command(
    query: str | None,
    output: Path | None,
    raw: bool,
    as_of: str | None,
    lake: Path | None,
    config: Path | None,
    **more: Any,
) -> None:
    """Answer QUERY, or what standard input holds; on a terminal and without one, open a shell.

    Several statements are answered one after the other. The SQL is DuckDB's. It can read the lake's tables and views and nothing else: no writing, no
    other files, no extensions, no settings.

    Characters that control a terminal or reverse the text direction are shown as codes such as <U+202E>, in
    JSON as its escapes. In CSV, text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    settings = settings_for(lake, config)
    from warehouse.asking.connect import read_as_of
    from warehouse.asking.user_limits import terminal_limits
    from warehouse.asking.user_sql import open_for_user_sql

    chosen = choose_format(chosen_form(more), output, raw=raw)
    limits = terminal_limits(more["timeout"], more["memory"])
    with open_for_user_sql(settings, as_of=read_as_of(as_of), limits=limits) as session:
        if query is None and sys.stdin.isatty():
            from cli.console.shell import run_shell

            run_shell(session, chosen, settings)
            return
        text = sys.stdin.read() if query in (None, "-") else query
        write_answers(session, text, chosen, output, raw=raw)
