"""`copydesk backfill`: work archived articles again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import Day, dry_run_option, json_option, lake_options, settings_for

if TYPE_CHECKING:
    from core.settings import Settings
    from flows.backfill_plan import BackfillPlan
    from flows.backfill_report import BackfillReport

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
  copydesk backfill resume 20261122T081500-a1b2c3""",
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
    **asked: object,
) -> None:
    """Work archived articles again with today's code: never the network, chunk by chunk, newest first.

    Stop it with Ctrl-C at any time; `copydesk backfill resume ID` goes on. ACTION (list, show, pause,
    resume, cancel, diff) looks at or steers a backfill that was begun.
    """
    settings = settings_for(lake, config)
    if action:
        _steer(settings, action, backfill_id, as_json)
        return
    from flows.backfill_plan import BackfillRequest, plan_backfill

    plan = plan_backfill(settings, BackfillRequest(**asked))  # type: ignore[arg-type]
    if dry_run:
        _print_plan(plan, as_json)
        return
    if not plan.chunks:
        click.echo("nothing to do: no article fits")
        return
    from cli.progress import ProgressBar
    from flows.backfill import start_backfill
    from flows.direct_or_prefect import run_flow

    with ProgressBar() as progress:
        report = run_flow("backfill", start_backfill, settings, plan.request, plan=plan, progress=progress)
    _print_report(report, as_json)


def _steer(settings: Settings, action: str, backfill_id: str | None, as_json: bool) -> None:
    from cli.display import print_json, print_mappings
    from cli.progress import ProgressBar
    from flows import backfill, backfill_report

    if action == "list":
        rows = backfill_report.list_backfills(settings)
        print_json(rows) if as_json else print_mappings(rows, empty="no backfill yet")
        return
    if backfill_id is None:
        raise click.UsageError(
            f"which one? copydesk backfill {action} ID; `copydesk backfill list` shows the ids"
        )
    if action == "resume":
        with ProgressBar() as progress:
            _print_report(backfill.resume_backfill(settings, backfill_id, progress=progress), as_json)
    elif action == "diff":
        rows = backfill_report.sample_changes(settings, backfill_id)
        print_json(rows) if as_json else print_mappings(rows, empty="no row changed")
    elif action == "show":
        _print_report(backfill_report.report_backfill(settings, backfill_id), as_json)
    else:
        state = {"pause": "paused", "cancel": "cancelled"}[action]
        _print_report(backfill.set_backfill_state(settings, backfill_id, state), as_json)


def _print_plan(plan: BackfillPlan, as_json: bool) -> None:
    from cli.display import print_json, print_mappings

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
    click.echo(
        f"{plan.item_count} items in {len(plan.chunks)} chunks, newest first{about}; nothing was done (--dry-run)"
    )


def _print_report(report: BackfillReport, as_json: bool) -> None:
    from dataclasses import asdict

    from cli.display import print_json, print_mappings

    if as_json:
        print_json(asdict(report))
        return
    click.echo(
        f"Backfill {report.backfill_id} {report.state}: {report.done_count} of {report.chunk_count} chunks, "
        f"{report.item_count} items in all"
    )
    print_mappings(report.outcomes, title="What became of the items", empty="nothing yet")
    print_mappings(report.changes[:20], title="Rows before and after, biggest changes first", empty="no rows")
    if report.quarantined_count:
        click.echo(
            f"Quarantined: {report.quarantined_count}. What could not be worked keeps what was made of it before. "
            "`copydesk archive verify` reads the archive; a later backfill tries them again.",
            err=True,
        )
