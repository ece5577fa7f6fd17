"""Corrections of stories as a file: a lake that is built anew from its archive takes them over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from core.errors import ConfigError, ContractError
from core.outcomes import Row
from core.settings import Settings
from core.tables import TABLES
from flows.correcting.correct import work_correction
from flows.correcting.plans import Correction, plan_rows
from warehouse.catalog.open import open_lake
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query


def export_corrections(settings: Settings) -> list[Row]:
    """The rows of `story_corrections`, by decision."""
    with open_lake(settings, read_only=True) as lake:
        ids = [row["correction_id"] for row in run_query(lake, "story_corrections").to_pylist()]
        rows: list[Row] = run_query(lake, "correction_rows", ids=ids).to_pylist()
        return rows


def import_corrections(settings: Settings, file: Path, *, dry_run: bool = False) -> Correction | None:
    """Take over the corrections of another lake; those that this lake has are left out. None if it has all of them.

    Articles that this lake does not have yet are put where they belong when they are loaded. Raises ConfigError for a file that
    `export_corrections` did not write.
    """
    given = _read_file(file)

    def plan(lake: Lake) -> Correction:
        fresh = _leave_out_known(lake, given)
        return plan_rows(lake, fresh) if fresh else Correction((), {}, {})

    planned = work_correction(settings, plan, "import", dry_run)
    return planned if planned.rows else None


def _read_file(file: Path) -> list[Row]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"corrections {file} cannot be read: {error}") from error
    return [_read_line(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _read_line(file: Path, number: int, line: str) -> Row:
    table = TABLES["story_corrections"]
    times = [column.name for column in table.columns if pa.types.is_timestamp(column.type)]
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise TypeError("it is not a JSON object")
        row |= {name: datetime.fromisoformat(row[name]) for name in times if row.get(name)}
        (read,) = table.to_arrow([row]).to_pylist()
    except (ValueError, TypeError, ContractError) as error:
        raise ConfigError(
            f"line {number} of {file} is no correction: {error}; give a file that `copydesk stories export` wrote"
        ) from error
    return dict(read)


def _leave_out_known(lake: Lake, rows: Sequence[Row]) -> list[Row]:
    ids = sorted({row["correction_id"] for row in rows})
    known = {row["correction_id"] for row in run_query(lake, "correction_rows", ids=ids).to_pylist()}
    return [row for row in rows if row["correction_id"] not in known]
