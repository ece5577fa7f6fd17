"""What `copydesk backfill` prints: a plan, a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cli.console.terminal import say

if TYPE_CHECKING:
    from flows.backfill.plan import BackfillPlan
    from flows.backfill.report import BackfillReport

REPORT_ROWS = 10


def print_plan(plan: BackfillPlan, as_json: bool) -> None:
    """Print what a backfill would work."""
    if as_json:
        _print_plan_json(plan)
        return
    _print_biggest(plan.item_counts)
    if plan.meant_days:
        say(plan.meant_days)
    about = f", about {plan.seconds_estimate:.0f} s" if plan.seconds_estimate else ""
    chunks = _tell_chunks(len(plan.chunks))
    say(f"{plan.item_count} items in {chunks}, newest first{about}; nothing was done (--dry-run)")


def _print_plan_json(plan: BackfillPlan) -> None:
    from cli.console.display import print_json

    print_json(
        {
            "items": plan.item_count,
            "chunks": len(plan.chunks),
            "days": plan.meant_days,
            "outlets": plan.item_counts,
            "seconds_estimate": plan.seconds_estimate,
        }
    )


def _print_biggest(counts: Mapping[str, int]) -> None:
    """Print the outlets with the most items, and a line about the others."""
    from cli.console.display import print_mappings

    biggest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [{"outlet": outlet, "items": count} for outlet, count in biggest]
    print_mappings(rows[:REPORT_ROWS], empty="no article matches")
    if rest := biggest[REPORT_ROWS:]:
        say(f"and {sum(count for _, count in rest)} items of {len(rest)} more outlets")


def _tell_chunks(count: int) -> str:
    return f"{count} chunk" if count == 1 else f"{count} chunks"


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
