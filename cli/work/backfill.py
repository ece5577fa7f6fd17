"""`copydesk backfill`: work archived articles again."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.console.options import Day, dry_run_option, json_option, lake_options, settings_for
from cli.console.terminal import say, say_text
from core.errors import CopydeskError

if TYPE_CHECKING:
    from core.settings import Settings
    from flows.backfill.plan import BackfillPlan, BackfillRequest
    from flows.backfill.report import BackfillReport

_REPORT_ROWS = 20
_DIFF_ROWS = 50
_ACTIONS = ("list", "show", "pause", "resume", "cancel", "diff")


@click.command(
    "backfill",
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
@click.argument("action", type=click.Choice(_ACTIONS), required=False)
@click.argument("backfill_id", required=False)
@click.option(
    "--stage",
    type=click.Choice(["clean", "extract", "stories"]),
    default="clean",
    show_default=True,
    help="From which stage on.",
)
@click.option(
    "--from", "date_from", type=Day(), help="First day of publication (of fetching, where unknown)."
)
@click.option("--to", "date_to", type=Day(), help="Last day.")
@click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be given again.")
@click.option("--where", metavar="SQL", help="Only articles that fit this condition over table articles.")
@click.option(
    "--only",
    type=click.Choice(["stale", "failed", "missing", "all"]),
    default="all",
    show_default=True,
    help="stale: made by other code than today's; failed: rejected or quarantined.",
)
@click.option(
    "--chunk-size", type=click.IntRange(1), default=1000, show_default=True, help="Articles per chunk."
)
@click.option(
    "--cores",
    "core_share",
    type=click.FloatRange(0.05, 1.0),
    default=0.5,
    show_default=True,
    help="Share of the cores it may use.",
)
@click.option("--article", "article_id", metavar="ID", help="Of diff: only this article's rows.")
@click.option("--limit", type=click.IntRange(1), help="Of diff: at most so many rows [default: 50].")
@dry_run_option
@json_option
@lake_options
def command(
    action: str | None,
    backfill_id: str | None,
    dry_run: bool,
    as_json: bool,
    lake: Path | None,
    config: Path | None,
    **asked: Any,
) -> None:
    """Work archived articles again with today's code: never the network, chunk by chunk, newest first.

    Stop it with Ctrl-C at any time; `copydesk backfill resume ID` goes on. ACTION (list, show, pause,
    resume, cancel, diff) looks at or steers a backfill that was begun.
    """
    settings = settings_for(lake, config)
    article_id, limit = asked.pop("article_id"), asked.pop("limit")
    if action != "diff" and (article_id or limit):
        raise click.UsageError("--article and --limit belong to `copydesk backfill diff ID`")
    if action == "list":
        _list(settings, as_json)
    elif action and backfill_id is None:
        raise click.UsageError(
            f"which one? copydesk backfill {action} ID; `copydesk backfill list` shows the ids"
        )
    elif action == "diff":
        _print_changes(settings, str(backfill_id), article_id, limit or _DIFF_ROWS, as_json)
    elif action:
        _steer(settings, action, str(backfill_id), as_json)
    else:
        from flows.backfill.plan import BackfillRequest

        _start(settings, BackfillRequest(**asked), dry_run, as_json)


def _start(settings: Settings, request: BackfillRequest, dry_run: bool, as_json: bool) -> None:
    from flows.backfill.plan import plan_backfill

    plan = plan_backfill(settings, request)
    if dry_run:
        _print_plan(plan, as_json)
    elif not plan.chunks:
        say("nothing to do: no article fits")
    else:
        from flows.backfill.work import begin_backfill

        backfill_id = begin_backfill(settings, request, plan=plan)
        try:
            _work(settings, backfill_id, as_json)
        except CopydeskError:
            say_text(_tell_resumption(backfill_id), err=True)
            raise


def _work(settings: Settings, backfill_id: str, as_json: bool) -> None:
    """Work the chunks that are left; stopped, it says how to go on."""
    from cli.console.progress import ProgressBar
    from cli.console.stopping import stoppable
    from flows.backfill.work import resume_backfill
    from flows.scheduling.run_flow import run_flow

    with stoppable(_tell_resumption(backfill_id)), ProgressBar() as progress:
        report = run_flow("backfill", resume_backfill, settings, backfill_id, progress=progress)
    _print_report(report, as_json)


def _tell_resumption(backfill_id: str) -> str:
    """What stands, and the line that goes on: with this call's --lake and --config."""
    given = click.get_current_context().params
    options = [f"--{name}={given[name]}" for name in ("lake", "config") if given[name]]
    line = shlex.join(["copydesk", "backfill", "resume", backfill_id, *options])
    return f"The chunks of backfill {backfill_id} that are done stay. It goes on with:\n  {line}"


def _list(settings: Settings, as_json: bool) -> None:
    from cli.console.display import print_json, print_mappings
    from flows.backfill.report import list_backfills

    rows = list_backfills(settings)
    print_json(rows) if as_json else print_mappings(rows, empty="no backfill yet")


def _steer(settings: Settings, action: str, backfill_id: str, as_json: bool) -> None:
    from flows.backfill import report as backfill_report
    from flows.backfill import work as backfill

    if action == "resume":
        _work(settings, backfill_id, as_json)
    elif action == "show":
        _print_report(backfill_report.report_backfill(settings, backfill_id), as_json, whole=True)
    else:
        state = {"pause": "paused", "cancel": "cancelled"}[action]
        _print_report(backfill.set_backfill_state(settings, backfill_id, state), as_json)


def _print_changes(
    settings: Settings, backfill_id: str, article_id: str | None, limit: int, as_json: bool
) -> None:
    """The rows that went and came, with a line where there are more of them."""
    from cli.console.display import print_json, print_mappings
    from flows.backfill.report import sample_changes

    rows = sample_changes(settings, backfill_id, article_id=article_id, limit=limit + 1)
    if as_json:
        print_json(rows[:limit])
        return
    print_mappings(rows[:limit], empty="no row changed")
    if len(rows) > limit:
        say(f"The first {limit} rows; --limit shows more, --article ID those of one article.")


def _print_plan(plan: BackfillPlan, as_json: bool) -> None:
    from cli.console.display import print_json, print_mappings

    if as_json:
        print_json(
            {
                "items": plan.item_count,
                "chunks": len(plan.chunks),
                "outlets": plan.item_counts,
                "seconds_estimate": plan.seconds_estimate,
            }
        )
        return
    print_mappings(
        [{"outlet": outlet, "items": count} for outlet, count in plan.item_counts.items()],
        empty="no article fits",
    )
    about = f", about {plan.seconds_estimate:.0f} s" if plan.seconds_estimate else ""
    say(
        f"{plan.item_count} items in {len(plan.chunks)} chunks, newest first{about}; nothing was done (--dry-run)"
    )


def _print_report(report: BackfillReport, as_json: bool, *, whole: bool = False) -> None:
    from dataclasses import asdict

    from cli.console.display import print_json, print_mappings

    if as_json:
        print_json(asdict(report))
        return
    say(
        f"Backfill {report.backfill_id} {report.state}: {report.done_count} of {report.chunk_count} chunks, "
        f"{report.item_count} items in all"
    )
    print_mappings(report.outcomes, title="What became of the items", empty="nothing yet")
    shown = report.changes if whole else report.changes[:_REPORT_ROWS]
    print_mappings(shown, title="Rows before and after, biggest changes first", empty="no rows")
    if len(shown) < len(report.changes):
        say(
            f"{len(shown)} of {len(report.changes)} rows; `copydesk backfill show {report.backfill_id}` prints all"
        )
    if report.quarantined_count:
        say(
            f"Quarantined: {report.quarantined_count}. What could not be worked keeps what was made of it before. "
            "`copydesk archive verify` reads the archive; a later backfill tries them again.",
            err=True,
        )
