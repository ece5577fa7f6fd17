"""`copydesk run`: one ingest now."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import json_option, lake_options, settings_for


@click.command(
    "run",
    epilog="""\b
Examples:
  copydesk run                                every outlet of copydesk.toml
  copydesk run harbour-post valley-times""",
)
@click.argument("outlets", nargs=-1)
@click.option("--workers", type=click.IntRange(1), help="Worker processes [default: all cores].")
@json_option
@lake_options
def command(
    outlets: tuple[str, ...], workers: int | None, as_json: bool, lake: Path | None, config: Path | None
) -> None:
    """Fetch what is new at the OUTLETS (all, when none is named), to the end.

    Politely: robots.txt is obeyed, one request at a time per host, nothing is fetched twice. If it is
    stopped, the next run lands what was fetched.
    """
    settings = settings_for(lake, config, workers=workers)
    from cli.display import print_report
    from cli.progress import ProgressBar
    from flows.direct_or_prefect import run_flow
    from flows.ingest import ingest_outlets

    with ProgressBar() as progress:
        report = run_flow("ingest", ingest_outlets, settings, outlets, progress=progress)
    print_report(report, as_json)
