"""Looking into a lake in tests: what it holds, less what differs from run to run by design."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.tables import TABLES
from warehouse import connect

# What a second, independent load may have otherwise: which run it was, and where bytes lie.
_OF_A_RUN = {"run_id", "warc_file", "warc_offset", "warc_length", "code_version"}
_ABOUT_RUNS = {"runs", "outcomes", "line_statistics", "backfills", "backfill_chunks"}


def read_tables(lake: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table about articles as sorted rows, without the columns that belong to a run."""
    with connect(lake) as connection:
        return {name: _read(connection, name) for name in TABLES if name not in _ABOUT_RUNS}


def _read(connection: Any, name: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(column for column in TABLES[name].column_names if column not in _OF_A_RUN)
    rows: list[tuple[Any, ...]] = connection.sql(f"SELECT {columns} FROM {name}").fetchall()
    return sorted(rows, key=repr)


def ask(lake: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connect(lake) as connection:
        rows: list[tuple[Any, ...]] = connection.sql(query).fetchall()
        return rows
