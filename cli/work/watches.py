"""`copydesk watches`: list, test and run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cli.console.groups import NearGroup
from cli.console.options import chosen_form, lake_options, settings_for, table_options
from cli.console.terminal import say_text


@click.group(
    "watches",
    cls=NearGroup,
    epilog="""\b
Examples:
  copydesk watches list
  copydesk watches test steel-jobs
  copydesk watches run --dry-run""",
)
def command() -> None:
    """Look at the [[watches]] of copydesk.toml: questions whose new rows are sent after each run."""


@command.command("list", epilog="\b\nExamples:\n  copydesk watches list\n  copydesk watches list --json")
@table_options
@lake_options
def list_watches(output: Path | None, lake: Path | None, config: Path | None, **forms: Any) -> None:
    """List the watches with what each asks, its recipients by service, and when it last sent something."""
    from cli.console.formats import print_rows_as
    from flows.runs.notices import services_of
    from flows.watches.sending import recipients
    from flows.watches.state import read_state

    settings = settings_for(lake, config)
    rows = [
        {
            "watch": watch.name,
            "asks": watch.query or watch.search or watch.sql,
            "recipients": ", ".join(services_of(recipients(settings, watch))),
            "last_sent_at": read_state(settings, watch.name).last_sent_at,
        }
        for watch in settings.watches
    ]
    print_rows_as(chosen_form(forms), output, rows, empty="no watch yet; add [[watches]] to copydesk.toml")


@command.command("test", epilog="\b\nExample:\n  copydesk watches test steel-jobs")
@click.argument("name")
@lake_options
def test(name: str, lake: Path | None, config: Path | None) -> None:
    """Send the first rows of the watch NAME to its recipients, marked as a test; nothing is remembered."""
    from flows.watches.sending import find_watch, send_test

    settings = settings_for(lake, config)
    report = send_test(settings, find_watch(settings, name))
    _tell(report.reached_count, report.failures)


@command.command("run", epilog="\b\nExamples:\n  copydesk watches run --dry-run\n  copydesk watches run")
@click.option("--dry-run", is_flag=True, help="Print what would be sent; send and remember nothing.")
@lake_options
def run(dry_run: bool, lake: Path | None, config: Path | None) -> None:
    """Send what is new now, as each run does at its end."""
    from flows.watches.sending import run_watches

    settings = settings_for(lake, config)
    reports = run_watches(settings, dry_run=dry_run)
    for report in reports:
        say_text(report.text if dry_run and report.text else f"{report.name}: {report.new_count} new rows")
    if not reports:
        say_text("no watch yet; add [[watches]] to copydesk.toml")
    failures = [failure for report in reports for failure in report.failures]
    if failures:
        _tell(0, failures)


def _tell(reached_count: int, failures: tuple[str, ...] | list[str]) -> None:
    if reached_count:
        say_text(
            "1 recipient was reached" if reached_count == 1 else f"{reached_count} recipients were reached"
        )
    for failure in failures:
        say_text(failure, err=True)
    if failures:
        raise SystemExit(1)
