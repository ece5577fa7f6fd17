"""Move a lake: copied while nobody writes to it, then looked over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import TransientError
from core.settings import Settings
from flows.runs.run import is_alive
from warehouse.asking.checks import CheckResult, run_checks
from warehouse.catalog.open import open_lake
from warehouse.upkeep.moving import MoveReport, copy_lake, count_rows, list_archive


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied, and the checks that fail at the new place: none, when all is well."""

    report: MoveReport
    failed_checks: Sequence[CheckResult] = ()


def move_lake(source: Settings, target: Settings) -> Moved:
    """Copy the lake and run every data check at its new place; the old one stays as it is.

    Raises TransientError while a run is at work on it, and what warehouse.upkeep.moving.copy_lake raises.
    """
    runs = source.staging / "runs"
    for folder in sorted(runs.iterdir()) if runs.is_dir() else []:
        if is_alive(folder):
            raise TransientError(f"run {folder.name} is at work on {source.lake}; move it when it has ended")
    report = copy_lake(source, target)
    with open_lake(target, read_only=True) as lake:
        failed = [result for result in run_checks(lake) if not result.is_good]
    return Moved(report, failed)


def plan_move(source: Settings) -> MoveReport:
    """What a move would copy, writing nothing."""
    with open_lake(source, read_only=True) as lake:
        counts = count_rows(lake.connection, "lake")
    files = list_archive(source)
    return MoveReport(counts, len(files), sum(file.stat().st_size for file in files))
