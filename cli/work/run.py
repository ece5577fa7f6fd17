"""`copydesk run`: one ingest now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.console.options import json_option, lake_options, settings_for
from cli.console.terminal import say

if TYPE_CHECKING:
    from flows.intake.report import IngestReport


_STOPPED = "What has landed stays, and what was fetched is archived; the same command lands it and goes on."


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
    """Fetch what is new at the OUTLETS, or at all outlets if none is named.

    Fetching is polite: robots.txt is obeyed, each host gets one request at a time, nothing is fetched twice. If it is
    stopped, the next run lands what was fetched. Listings that could not be read are listed; exit code 3
    if no listing could be read.
    """
    settings = settings_for(lake, config, workers=workers)
    from cli.console.display import print_report
    from cli.console.progress import ProgressBar
    from cli.console.stopping import stoppable
    from flows.ingest import ingest_outlets
    from flows.scheduling.run_flow import run_flow

    with stoppable(_STOPPED), ProgressBar() as progress:
        report = run_flow("ingest", ingest_outlets, settings, outlets, progress=progress)
    print_report(report, as_json, report.describe())
    if not as_json:
        _print_troubles(report)
    if report.has_followed_nothing:
        raise SystemExit(3)


def _print_troubles(report: IngestReport) -> None:
    """Print which outlets were skipped and why, and how many pages are still to be fetched."""
    from cli.console.display import print_mappings

    if report.troubles:
        print_mappings(report.troubles, title="Listings with trouble")
    for key in report.left_out:
        say(f"Skipped {key}: another run is following it")
    if report.waiting_count:
        say(f"Pages left for the next runs: {report.waiting_count}")
    if report.has_followed_nothing:
        say("No listing could be read.")
