"""`copydesk check`: the data checks."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli.console.options import chosen_form, lake_options, settings_for, table_options
from cli.console.terminal import say


@click.command("check", epilog="\b\nExamples:\n  copydesk check\n  copydesk check spans_equal_surface --json")
@click.argument("names", nargs=-1)
@table_options
@lake_options
def command(
    names: tuple[str, ...], output: Path | None, lake: Path | None, config: Path | None, **forms: Any
) -> None:
    """Run all data checks, or only those named; exit code 1 if a row fails."""
    settings = settings_for(lake, config)
    from cli.console.display import print_mappings
    from cli.console.formats import print_rows_as
    from warehouse.asking.checks import run_checks
    from warehouse.catalog.open import open_lake

    with open_lake(settings, read_only=True) as opened:
        results = run_checks(opened, *names)
    bad = [result for result in results if not result.is_good]
    form = chosen_form(forms)
    if output or form not in (None, "table"):
        print_rows_as(form, output, [asdict(result) for result in results], empty="no check")
    else:
        for result in bad:
            say(f"{result.name}: {result.failing_count} rows fail ({result.purpose})")
            print_mappings(result.sample)
        say(f"{len(results) - len(bad)} of {len(results)} checks pass")
    sys.exit(1 if bad else 0)
