"""`copydesk backfill`: work archived articles again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from cli.console.groups import NearGroup
from cli.console.options import (
    Day,
    chosen_form,
    dry_run_option,
    json_option,
    lake_options,
    part_option,
    settings_for,
    table_options,
)
from cli.console.terminal import say, say_text
from core.errors import CopydeskError
from core.settings import Settings
from flows.backfill.request import BackfillRequest, Option, iterate_options

if TYPE_CHECKING:
    from flows.backfill.plan import BackfillPlan
    from flows.backfill.report import BackfillReport

F = TypeVar("F", bound=Callable[..., Any])
REPORT_ROWS = 10
_DIFF_ROWS = 50
_HERE = ("lake", "config", "as_json")  # options that an action takes before its name as well


def _request_options(function: F) -> F:
    """One option for each option of a backfill."""
    for option in reversed(list(iterate_options())):
        function = click.option(
            f"--{option.flag}",
            option.name,
            type=_find_type(option),
            multiple=option.type == tuple[str, ...],
            default=option.default,
            show_default=option.default not in (None, ()),
            metavar="SQL" if option.name == "where" else None,
            help=option.help,
        )(function)
    return function


def _find_type(option: Option) -> click.ParamType[Any]:
    if option.choices:
        return click.Choice(option.choices)
    if option.type == (date | None):
        return Day()
    if option.type is int:
        return click.IntRange(option.least, option.most)
    if option.type is float:
        return click.FloatRange(option.least, option.most, min_open=option.is_above)
    return click.STRING


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
@_request_options
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
        _start(settings_for(lake, config), BackfillRequest(**options), dry_run, as_json)
    elif given := [name for name in context.params if name not in _HERE and _is_given(context, name)]:
        flag = next(one.opts[0] for one in context.command.params if one.name == given[0])
        raise click.UsageError(
            f"{flag} belongs to a new backfill; leave it out of `copydesk backfill {context.invoked_subcommand}`"
        )


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _need_id(context: click.Context, _: click.Parameter, backfill_id: str | None) -> str:
    if backfill_id is None and not context.resilient_parsing:
        raise click.UsageError(
            f"copydesk backfill {context.info_name}: the id is missing; `copydesk backfill list` shows the ids"
        )
    return str(backfill_id)


_id_argument = click.argument("backfill_id", metavar="ID", required=False, callback=_need_id)


def _settings_of_action(lake: Path | None, config: Path | None) -> Settings:
    """Settings of an action, whose --lake and --config can come before its name as well."""
    given = _find_given()
    return settings_for(lake or given["lake"], config or given["config"])


def _find_given() -> dict[str, Any]:
    """--lake, --config and --json of this call, given before or after the action's name."""
    context = click.get_current_context()
    outer = context.parent.params if context.command is not command and context.parent else {}
    return {name: context.params.get(name) or outer.get(name) for name in _HERE}


@command.command("list", epilog="\b\nExamples:\n  copydesk backfill list\n  copydesk backfill list --json")
@table_options
@lake_options
def list_all(output: Path | None, lake: Path | None, config: Path | None, **forms: Any) -> None:
    """List the backfills, newest first."""
    from cli.console.formats import print_rows_as
    from flows.backfill.report import list_backfills

    rows = list_backfills(_settings_of_action(lake, config))
    form = chosen_form({**forms, "as_json": _find_given()["as_json"]})
    print_rows_as(form, output, rows, empty="no backfill yet")


@command.command(
    epilog="\b\nExamples:\n  copydesk backfill show 20261122T081500-a1b2c3\n  copydesk backfill show 20261122T081500-a1b2c3 --part changes --output changes.csv"
)
@_id_argument
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

    report = report_backfill(_settings_of_action(lake, config), backfill_id)
    forms["as_json"] = _find_given()["as_json"]
    parts = {"changes": report.changes, "outcomes": report.outcomes}
    if not print_part_as(forms, output, parts, part):
        print_backfill(report, chosen_form(forms) == "json", most=None)


@command.command(epilog="\b\nExample:\n  copydesk backfill resume 20261122T081500-a1b2c3")
@_id_argument
@json_option
@lake_options
def resume(backfill_id: str, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Work the chunks that are left."""
    _work(_settings_of_action(lake, config), backfill_id, _find_given()["as_json"])


@command.command(epilog="\b\nExample:\n  copydesk backfill pause 20261122T081500-a1b2c3")
@_id_argument
@json_option
@lake_options
def pause(backfill_id: str, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Stop a backfill after its running chunk; `resume` goes on."""
    _set_state(_settings_of_action(lake, config), backfill_id, "paused")


@command.command(epilog="\b\nExample:\n  copydesk backfill cancel 20261122T081500-a1b2c3")
@_id_argument
@json_option
@lake_options
def cancel(backfill_id: str, as_json: bool, lake: Path | None, config: Path | None) -> None:
    """Stop a backfill for good after its running chunk; chunks that are done stay."""
    _set_state(_settings_of_action(lake, config), backfill_id, "cancelled")


def _set_state(settings: Settings, backfill_id: str, state: str) -> None:
    from flows.backfill.work import set_backfill_state

    print_backfill(set_backfill_state(settings, backfill_id, state), _find_given()["as_json"])


@command.command(
    epilog="\b\nExamples:\n  copydesk backfill diff 20261122T081500-a1b2c3 --limit 200\n  copydesk backfill diff 20261122T081500-a1b2c3 --article 4be0612a --format jsonl"
)
@_id_argument
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
    settings = _settings_of_action(lake, config)
    form = chosen_form({**forms, "as_json": _find_given()["as_json"]})
    _print_changes(settings, backfill_id, article_id, limit, form, output)


def _start(settings: Settings, request: BackfillRequest, dry_run: bool, as_json: bool) -> None:
    from flows.backfill.plan import plan_backfill

    plan = plan_backfill(settings, request)
    if dry_run:
        _print_plan(plan, as_json)
    elif not plan.chunks:
        say("nothing to do: no article matches")
    else:
        from flows.backfill.work import begin_backfill

        backfill_id = begin_backfill(settings, request, plan=plan)
        try:
            _work(settings, backfill_id, as_json)
        except CopydeskError:
            say_text(_tell_resumption(backfill_id), err=True)
            raise


def _work(settings: Settings, backfill_id: str, as_json: bool) -> None:
    """Work the chunks that are left; if stopped, print how to resume."""
    from cli.console.progress import ProgressBar
    from cli.console.stopping import stoppable
    from flows.backfill.work import resume_backfill
    from flows.scheduling.run_flow import run_flow

    with stoppable(_tell_resumption(backfill_id)), ProgressBar() as progress:
        report = run_flow("backfill", resume_backfill, settings, backfill_id, progress=progress)
    print_backfill(report, as_json)


def _tell_resumption(backfill_id: str) -> str:
    """The line that resumes the backfill, with this call's --lake and --config."""
    given = _find_given()
    options = [f"--{name}={given[name]}" for name in ("lake", "config") if given[name]]
    line = shlex.join(["copydesk", "backfill", "resume", backfill_id, *options])
    return f"The finished chunks of backfill {backfill_id} are kept. Resume it with:\n  {line}"


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


def _print_plan(plan: BackfillPlan, as_json: bool) -> None:
    from cli.console.display import print_json, print_mappings

    if as_json:
        print_json(
            {
                "items": plan.item_count,
                "chunks": len(plan.chunks),
                "days": plan.meant_days,
                "outlets": plan.item_counts,
                "seconds_estimate": plan.seconds_estimate,
            }
        )
        return
    biggest = sorted(plan.item_counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [{"outlet": outlet, "items": count} for outlet, count in biggest]
    print_mappings(rows[:REPORT_ROWS], empty="no article matches")
    if len(rows) > REPORT_ROWS:
        say(
            f"and {sum(count for _, count in biggest[REPORT_ROWS:])} items of {len(rows) - REPORT_ROWS} more outlets"
        )
    if plan.meant_days:
        say(plan.meant_days)
    about = f", about {plan.seconds_estimate:.0f} s" if plan.seconds_estimate else ""
    say(
        f"{plan.item_count} items in {_tell_chunks(len(plan.chunks))}, newest first{about}; nothing was done (--dry-run)"
    )


def _tell_chunks(count: int) -> str:
    return f"{count} chunk" if count == 1 else f"{count} chunks"


def _print_changed_counts(report: BackfillReport, most: int | None) -> None:
    """Print the sum of each table and the biggest changes; all of them, unchanged ones too, without `most`."""
    from cli.console.display import print_mappings

    print_mappings(_sum_tables(report.changes), title="Rows before and after", empty="no rows")
    changed = [row for row in report.changes if row["change"]]
    shown = report.changes if most is None else changed[:most]
    if shown:
        print_mappings(shown, title="By outlet and table, biggest changes first")
    if len(shown) < len(report.changes):
        head = f"{len(shown)} of {len(changed)} changes are shown" if changed else "No count changed"
        say(f"{head}; `copydesk backfill show {report.backfill_id}` prints every outlet and table")


def _sum_tables(changes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of each table of all outlets, before and after."""
    sums: dict[str, dict[str, Any]] = {}
    for row in changes:
        total = sums.setdefault(row["table"], {"table": row["table"], "before": 0, "after": 0, "change": 0})
        for name in ("before", "after", "change"):
            total[name] += row[name]
    return sorted(sums.values(), key=lambda row: (-abs(row["change"]), row["table"]))


def print_backfill(report: BackfillReport, as_json: bool, *, most: int | None = REPORT_ROWS) -> None:
    """Print what a backfill did, with at most `most` rows of changes; None for all."""
    from dataclasses import asdict

    from cli.console.display import print_json, print_mappings

    if as_json:
        print_json(asdict(report))
        return
    say(
        f"Backfill {report.backfill_id} {report.state}: {report.done_count} of {_tell_chunks(report.chunk_count)}, "
        f"{report.item_count} items in all"
    )
    print_mappings(report.outcomes, title="What became of the items", empty="nothing yet")
    _print_changed_counts(report, most)
    if report.quarantined_count:
        say(
            f"Quarantined: {report.quarantined_count}. These items keep the rows they had before. "
            "Check the archive with `copydesk archive verify`; a later backfill tries them again.",
            err=True,
        )
