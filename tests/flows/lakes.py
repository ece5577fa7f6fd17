"""Looking into a lake in tests: what it holds, less what differs from run to run by design."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.settings import Settings
from core.tables import TABLES
from flows.backfill.report import BackfillReport
from flows.backfill.request import BackfillRequest
from flows.backfill.work import begin_backfill, resume_backfill
from flows.runs.steps import RunSteps
from warehouse.asking.checks import run_checks
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

# What a second, independent load may have otherwise: which run it was, and where bytes lie.
_OF_A_RUN = {"run_id", "warc_file", "warc_offset", "warc_length", "code_version", "has_stale_questions"}
_ABOUT_RUNS = {"runs", "outcomes", "line_statistics", "backfills", "backfill_chunks"}


def read_tables(lake: Path | Settings, *names: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table about articles, or those of these names, as sorted rows without the columns that belong to a run."""
    with open_lake(_locate(lake), read_only=True) as opened:
        opened.connection.execute("BEGIN")  # the catalog is read once, not for each table
        wanted = [name for name in names or TABLES if name not in _ABOUT_RUNS]
        filled = _find_filled(opened.connection, wanted)
        return {name: _read(opened.connection, name) if name in filled else [] for name in wanted}


def _find_filled(connection: Any, names: Sequence[str]) -> set[str]:
    """The tables that have rows: DuckLake reads the catalog anew for every column of one that has none."""
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    return {name for (name,) in connection.execute(" UNION ALL ".join(asked)).fetchall()}


def _read(connection: Any, name: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(column for column in TABLES[name].column_names if column not in _OF_A_RUN)
    rows: list[tuple[Any, ...]] = connection.execute(f"SELECT {columns} FROM {name}").fetchall()
    return sorted(rows, key=repr)


def ask(lake: Path | Settings, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with open_lake(_locate(lake), read_only=True) as opened:
        rows: list[tuple[Any, ...]] = opened.connection.execute(query).fetchall()
        return rows


def find_bad_checks(lake: Path | Settings) -> list[str]:
    """Names of the data checks that fail."""
    with open_lake(_locate(lake), read_only=True) as opened:
        return [result.name for result in run_checks(opened) if not result.is_good]


def work_backfill(
    settings: Settings, request: BackfillRequest, steps: RunSteps | None = None
) -> BackfillReport:
    """A new backfill, worked to its end."""
    return resume_backfill(settings, begin_backfill(settings, request), steps=steps)


def _locate(lake: Path | Settings) -> LakeLocation:
    return LakeLocation.of(lake) if isinstance(lake, Settings) else LakeLocation.at(lake)
