"""`copydesk doctor`: check this installation, and print how other clients read the lake."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.console.options import chosen_form, lake_options, settings_for, table_options
from cli.console.terminal import say_text

if TYPE_CHECKING:
    from flows.doctor import Finding


@click.command("doctor", epilog="\b\nExamples:\n  copydesk doctor\n  copydesk doctor --lake seeds-lake")
@table_options
@lake_options
def command(output: Path | None, lake: Path | None, config: Path | None, **forms: Any) -> None:
    """Check Python, packages, language model, settings and lake; exit code 1 if something is wrong.

    The last lines are the statements with which any DuckDB client from version 1.5 on reads the lake.
    """
    from cli.console.display import print_json
    from cli.console.formats import print_rows_as
    from flows.doctor import diagnose
    from warehouse.catalog.extensions import OLDEST_DUCKDB

    findings, lines = diagnose(lambda: settings_for(lake, config))
    attach, loads = lines or (None, None)
    told = [finding._asdict() for finding in findings]
    form = chosen_form(forms)
    if output or form not in (None, "table", "json"):
        print_rows_as(form, output, told, empty="nothing")
    elif form == "json":
        print_json({"findings": told, "attach": attach, "loads_here": loads})
    else:
        for finding in findings:
            say_text(f"{_mark(finding)}  {finding.subject}: {finding.detail}")
        if attach:
            say_text(f"\nFrom any DuckDB client, version {OLDEST_DUCKDB} or later:\n\n{attach}")
        if loads:
            say_text(
                "\nWithout the Internet, on this machine and in this DuckDB version, instead of the first line:"
                f"\n\n{loads}"
            )
    sys.exit(0 if all(finding.is_good for finding in findings) else 1)


def _mark(finding: Finding) -> str:
    if not finding.is_good:
        return "WRONG"
    return "warn " if finding.is_warning else "ok   "
