"""Move a lake: copy it while no run writes to it, then check the copy."""

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
    """What was copied, and the data checks that fail at the new place."""

    report: MoveReport
    failed_checks: Sequence[CheckResult] = ()


def move_lake(source: Settings, target: Settings) -> Moved:
    """Copy the lake and run every data check at its new place; the old lake stays as it is.

    Raises TransientError while a run is using the lake, and the errors of warehouse.upkeep.moving.copy_lake.
    """
    runs = source.staging / "runs"
    for folder in sorted(runs.iterdir()) if runs.is_dir() else []:
        if is_alive(folder):
            raise TransientError(
                f"run {folder.name} is using {source.lake}; move the lake once the run has ended"
            )
    report = copy_lake(source, target)
    with open_lake(target, read_only=True) as lake:
        failed = [result for result in run_checks(lake) if not result.is_good]
    return Moved(report, failed)


def plan_move(source: Settings) -> MoveReport:
    """What a move would copy; nothing is written."""
    with open_lake(source, read_only=True) as lake:
        counts = count_rows(lake.connection, "lake")
    files = list_archive(source)
    return MoveReport(counts, len(files), sum(file.stat().st_size for file in files))
