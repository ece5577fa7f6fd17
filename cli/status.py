"""`copydesk status`: freshness and the last runs."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import json_option, lake_options, settings_for


@click.command("status", epilog="\b\nExamples:\n  copydesk status\n  copydesk status --runs 30 --json")
@click.option(
    "--runs", "run_count", type=click.IntRange(1), default=10, show_default=True, help="Runs to look at."
)
@json_option
@lake_options
def command(run_count: int, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Show each outlet's freshness, the last runs, and why inputs could not be used."""
    settings = settings_for(lake, config)
    from cli.display import print_json, print_mappings
    from warehouse.lake import open_lake
    from warehouse.queries import run_query

    with open_lake(settings, read_only=True) as opened:
        outlets = run_query(opened, "status_outlets").to_pylist()
        runs = run_query(opened, "status_runs", limit=run_count).to_pylist()
        failures = run_query(opened, "status_failures", runs=run_count).to_pylist()
    if as_json:
        print_json({"outlets": outlets, "runs": runs, "not_used": failures})
        return
    print_mappings(outlets, title="Outlets", empty="nothing loaded yet")
    print_mappings(runs, title="Last runs", empty="none")
    print_mappings(failures, title="Inputs of these runs that could not be used", empty="none")
