"""`copydesk backfill`: work archived articles again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from cli.console.groups import NearGroup
from cli.console.options import (
    chosen_form,
    dry_run_option,
    json_option,
    lake_options,
    part_option,
    settings_for,
    table_options,
)
from cli.console.terminal import say
from cli.work.backfilling.options import (
    SHARED_OPTIONS,
    find_given,
    id_argument,
    request_options,
    settings_of_action,
)
from cli.work.backfilling.printing import print_backfill
from cli.work.backfilling.working import start_backfill, work_chunks
from core.settings import Settings
from flows.backfill.request import BackfillRequest

_DIFF_ROWS = 50


@click.group(
    "backfill",
    cls=NearGroup,
    invoke_without_command=True,
    subcommand_metavar="[ACTION [ID]]",
    epilog="""\b
Examples:
  copydesk backfill --stage extract --only stale --dry-run
  copydesk backfill --from 2026-10-01 --to 2026-10-31 --outlet harbour-post
  copydesk backfill --where "language = 'de' and word_count > 300"
  copydesk backfill list
  copydesk backfill pause 20261122T081500-a1b2c3
  copydesk backfill resume 20261122T081500-a1b2c3
  copydesk backfill diff 20261122T081500-a1b2c3 --limit 200""",
)
@request_options
@dry_run_option
@json_option
@lake_options
@click.pass_context
def command(
    context: click.Context,
    /,
    dry_run: bool,
    as_json: bool,
    lake: Path | None,
    config: Path | None,
    **options: Any,
) -> None:
    """Work archived articles again with today's code, chunk by chunk, newest first, without the network.

    Stop it with Ctrl-C at any time; `copydesk backfill resume ID` goes on.
    """
    if context.invoked_subcommand is None:
        start_backfill(settings_for(lake, config), BackfillRequest(**options), dry_run, as_json)
    elif given := [
        name for name in context.params if name not in SHARED_OPTIONS and _is_given(context, name)
    ]:
        flag = next(one.opts[0] for one in context.command.params if one.name == given[0])
        raise click.UsageError(
            f"{flag} belongs to a new backfill; leave it out of `copydesk backfill {context.invoked_subcommand}`"
        )


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


@command.command("list", epilog="\b\nExamples:\n  copydesk backfill list\n  copydesk backfill list --json")
@table_options
@lake_options
def list_all(output: Path | None, lake: Path | None, config: Path | None, **forms: Any) -> None:
    """List the backfills, newest first."""
    from cli.console.formats import print_rows_as
    from flows.backfill.report import list_backfills

    rows = list_backfills(settings_of_action(lake, config))
    form = chosen_form({**forms, "as_json": find_given()["as_json"]})
    print_rows_as(form, output, rows, empty="no backfill yet")


@command.command(
    epilog="\b\nExamples:\n  copydesk backfill show 20261122T081500-a1b2c3\n  copydesk backfill show 20261122T081500-a1b2c3 --part changes --output changes.csv"
)
@id_argument
@part_option("changes", "outcomes")
@table_options
@lake_options
def show(
    backfill_id: str,
    part: str | None,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **forms: Any,
) -> None:
    """Show a backfill's state, outcomes and changes in row counts."""
    from cli.console.formats import print_part_as
    from flows.backfill.report import report_backfill

    report = report_backfill(settings_of_action(lake, config), backfill_id)
    forms["as_json"] = find_given()["as_json"]
    parts = {"changes": report.changes, "outcomes": report.outcomes}
    if not print_part_as(forms, output, parts, part):
        print_backfill(report, chosen_form(forms) == "json", most=None)


@command.command(epilog="\b\nExample:\n  copydesk backfill resume 20261122T081500-a1b2c3")
@id_argument
@json_option
@lake_options
def resume(backfill_id: str, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Work the chunks that are left."""
    work_chunks(settings_of_action(lake, config), backfill_id, find_given()["as_json"])


@command.command(epilog="\b\nExample:\n  copydesk backfill pause 20261122T081500-a1b2c3")
@id_argument
@json_option
@lake_options
def pause(backfill_id: str, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Stop a backfill after its running chunk; `resume` goes on."""
    _set_state(settings_of_action(lake, config), backfill_id, "paused")


@command.command(epilog="\b\nExample:\n  copydesk backfill cancel 20261122T081500-a1b2c3")
@id_argument
@json_option
@lake_options
def cancel(backfill_id: str, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Stop a backfill for good after its running chunk; chunks that are done stay."""
    _set_state(settings_of_action(lake, config), backfill_id, "cancelled")


def _set_state(settings: Settings, backfill_id: str, state: str) -> None:
    from flows.backfill.work import set_backfill_state

    print_backfill(set_backfill_state(settings, backfill_id, state), find_given()["as_json"])


@command.command(
    epilog="\b\nExamples:\n  copydesk backfill diff 20261122T081500-a1b2c3 --limit 200\n  copydesk backfill diff 20261122T081500-a1b2c3 --article 4be0612a --format jsonl"
)
@id_argument
@click.option("--article", "article_id", metavar="ID", help="Only the rows of this article.")
@click.option(
    "--limit", type=click.IntRange(1), default=_DIFF_ROWS, show_default=True, help="Show at most N rows."
)
@table_options
@lake_options
def diff(
    backfill_id: str,
    article_id: str | None,
    limit: int,
    output: Path | None,
    lake: Path | None,
    config: Path | None,
    **forms: Any,
) -> None:
    """Show the rows that a backfill removed (-) and added (+)."""
    settings = settings_of_action(lake, config)
    form = chosen_form({**forms, "as_json": find_given()["as_json"]})
    _print_changes(settings, backfill_id, article_id, limit, form, output)


def _print_changes(
    settings: Settings,
    backfill_id: str,
    article_id: str | None,
    limit: int,
    form: str | None,
    output: Path | None,
) -> None:
    """Print the rows that were removed and added, and a line if there are more."""
    from cli.console.formats import print_rows_as
    from flows.backfill.report import sample_changes

    rows = sample_changes(settings, backfill_id, article_id=article_id, limit=limit + 1)
    print_rows_as(form, output, rows[:limit], empty="no row changed")
    if len(rows) > limit:
        told = f"The first {limit} rows; --limit shows more, --article ID shows those of one article."
        say(told, err=form not in (None, "table"))
