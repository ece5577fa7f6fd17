"""`copydesk status`: freshness and the last runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from cli.console.options import lake_options, part_option, settings_for, table_options
from cli.console.terminal import say

_MOST_ROWS = 12


@click.command(
    "status",
    epilog="\b\nExamples:\n  copydesk status\n  copydesk status --runs 30 --json\n  copydesk status --part feeds --output feeds.csv",
)
@click.option(
    "--runs",
    "run_count",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Number of latest runs to include.",
)
@part_option("outlets", "runs", "fetched", "feeds", "not_used")
@table_options
@lake_options
def command(
    run_count: int,
    part: str | None,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **forms: Any,
) -> None:
    """Show each outlet's freshness, what the last runs fetched, what could not be used, and why.

    Feeds that fail, have moved or bring nothing new are listed separately.
    """
    settings = settings_for(lake, config)
    from cli.console.display import print_json
    from cli.console.formats import print_part_as
    from warehouse.catalog.open import open_lake
    from warehouse.catalog.sql_files import run_query

    with open_lake(settings, read_only=True) as opened:
        outlets = run_query(opened, "status_outlets").to_pylist()
        runs = run_query(opened, "status_runs", limit=run_count).to_pylist()
        fetches = run_query(opened, "status_fetches", runs=run_count).to_pylist()
        feeds = run_query(opened, "status_feeds").to_pylist()
        failures = run_query(opened, "status_failures", runs=run_count).to_pylist()
    parts = {"outlets": outlets, "runs": runs, "fetched": fetches, "feeds": feeds, "not_used": failures}
    if print_part_as(forms, output, parts, part):
        return
    if forms["as_json"] or forms["form"] == "json":
        print_json(parts)
        return
    _print_some(outlets, "Outlets", "nothing loaded yet")
    _print_some(runs, "Last runs", "none")
    if fetches:
        _print_some(fetches, "Fetched by the last ingest runs", "nothing")
    if feeds:
        _print_some(feeds, "Feeds, sitemaps and sections to look at", "none")
    _print_some(failures, "Inputs of these runs that could not be used", "none")


def _print_some(rows: Sequence[Mapping[str, Any]], title: str, empty: str) -> None:
    """A table of at most _MOST_ROWS rows, so that all of them stay on one screen."""
    from cli.console.display import print_mappings

    print_mappings(rows[:_MOST_ROWS], title=title, empty=empty)
    if len(rows) > _MOST_ROWS:
        say(f"... and {len(rows) - _MOST_ROWS} more; --json and --part show all")
