"""Maintenance as a run: sizes before and after are recorded in the run's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from core.settings import Settings
from flows.runs.notices import tell_failed_checks
from flows.runs.run import Run, RunReport, open_run, report_run
from flows.runs.steps import DirectSteps, RunSteps
from warehouse.asking.checks import CheckResult, run_checks
from warehouse.catalog.open import open_lake
from warehouse.upkeep.maintenance import MaintenanceReport, Retention, opened_for_dry_run, tidy_lake


@dataclass(frozen=True, slots=True)
class MaintenanceRunReport(RunReport):
    """The report of a maintenance run, with what it did."""

    maintenance: MaintenanceReport | None = None


def maintain_lake(
    settings: Settings, *, dry_run: bool = False, steps: RunSteps | None = None
) -> MaintenanceRunReport:
    """Compact files, expire snapshots and run the data checks; a dry run records and changes nothing.

    Raises ConfigError if the lake does not exist.
    """
    kept = settings.retention
    retention = Retention(
        timedelta(days=kept.snapshot_days), timedelta(days=kept.file_days), timedelta(days=kept.staged_days)
    )
    steps = steps or DirectSteps()
    if dry_run:
        with opened_for_dry_run(settings) as lake:
            done = steps.run("maintain", tidy_lake, lake, retention, dry_run=True)
        return MaintenanceRunReport("", "maintain", "dry run", {}, {}, 0.0, maintenance=done)
    open_lake(settings).close()  # a run would make a missing lake
    with open_run(settings, "maintain", {}) as run:
        done = steps.run("maintain", tidy_lake, run.lake, retention)
        failed = steps.run("check", find_failed_checks, run)
        run.parameters = {**describe_maintenance(done), "failed_checks": [check.name for check in failed]}
        tell_failed_checks(run.settings, failed)
    ended = report_run(run)
    return MaintenanceRunReport(
        ended.run_id, ended.flow, ended.state, ended.counts, ended.reasons, ended.seconds, maintenance=done
    )


def find_failed_checks(run: Run) -> list[CheckResult]:
    """The data checks that fail, all on one snapshot, because others can write meanwhile."""
    with open_lake(run.settings, read_only=True) as lake:
        return [result for result in run_checks(lake) if not result.is_good]


def describe_maintenance(done: MaintenanceReport) -> Mapping[str, object]:
    """Sizes before and after, and removals by step, as `runs.parameters` holds them."""
    return {"before": asdict(done.before), "after": asdict(done.after), "removed": done.removed}
