"""Maintenance merges small files where that pays, leaves large ones alone, and rewrites those with many deletes.

A file is written anew only together with smaller files of its partition that hold at least as many bytes. So a row is
rewritten once each time the file around it doubles, not every night, and a partition keeps a handful of files. Files
of a few thousand rows cost next to nothing and are always merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from core.errors import CopydeskError
from warehouse.catalog.attach import ALIAS
from warehouse.catalog.extensions import quote
from warehouse.catalog.session import Lake

FEW_ROWS = 10_000
_MOSTLY_DELETED = 0.95  # of a file's rows
_CATALOG = f"__ducklake_metadata_{ALIAS}"

# A row per live data file, with its live delete file; of dropped tables there are none. Delete files of data files that
# are gone stay in the catalog: they do not count.
LIVE_FILES = f"""
    SELECT
        files.data_file_id,
        files.table_id,
        files.record_count,
        files.file_size_bytes,
        deletes.delete_file_id,
        deletes.delete_count,
        deletes.file_size_bytes AS delete_size_bytes
    FROM {_CATALOG}.ducklake_data_file AS files
    LEFT JOIN {_CATALOG}.ducklake_delete_file AS deletes
        ON files.data_file_id = deletes.data_file_id AND deletes.end_snapshot IS NULL
    WHERE files.end_snapshot IS NULL"""

# A row per table that has files to merge: all below `max_size` are. DuckLake merges no file that has deletes.
_WORTH_MERGING = f"""
    WITH partitions AS (
        SELECT data_file_id, list(partition_value ORDER BY partition_key_index) AS place
        FROM {_CATALOG}.ducklake_file_partition_value
        GROUP BY data_file_id
    ),
    ranked AS (
        SELECT
            live.*,
            sum(live.file_size_bytes) OVER (
                PARTITION BY live.table_id, partitions.place
                ORDER BY live.file_size_bytes, live.data_file_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS smaller_bytes
        FROM ({LIVE_FILES}) AS live
        LEFT JOIN partitions ON live.data_file_id = partitions.data_file_id
        WHERE live.delete_file_id IS NULL
    )
    SELECT table_id, max(file_size_bytes) + 1 AS max_size
    FROM ranked
    WHERE smaller_bytes >= file_size_bytes OR (smaller_bytes IS NOT NULL AND record_count < $few_rows)
    GROUP BY table_id"""

_WORTH_REWRITING = f"SELECT DISTINCT table_id FROM ({LIVE_FILES}) WHERE delete_count >= $share * record_count"


def merge_small_files(lake: Lake) -> int:
    """Merge what is worth it, all tables in one snapshot; returns how many files were written. Call it behind the gate."""
    calls = [
        f"CALL ducklake_merge_adjacent_files({table}, max_file_size => {max_size})"
        for table, max_size in _find_tables(lake, _WORTH_MERGING, {"few_rows": FEW_ROWS})
    ]
    return _call_at_once(lake, calls)


def rewrite_files_with_deletes(lake: Lake) -> int:
    """Rewrite the files whose rows are nearly all deleted; returns how many were written. Call it behind the gate."""
    calls = [
        f"CALL ducklake_rewrite_data_files({table}, delete_threshold => {_MOSTLY_DELETED})"
        for (table,) in _find_tables(lake, _WORTH_REWRITING, {"share": _MOSTLY_DELETED})
    ]
    return _call_at_once(lake, calls)


def _find_tables(lake: Lake, worth: str, values: Mapping[str, float]) -> list[tuple[Any, ...]]:
    """The tables that are worth it, as a procedure's first arguments, and the other columns of `worth`."""
    rows = lake.fetch(
        f"SELECT schemas.schema_name, tables.table_name, worth.* EXCLUDE (table_id) FROM ({worth}) AS worth"
        f" INNER JOIN {_CATALOG}.ducklake_table AS tables"
        " ON worth.table_id = tables.table_id AND tables.end_snapshot IS NULL"
        f" INNER JOIN {_CATALOG}.ducklake_schema AS schemas"
        " ON tables.schema_id = schemas.schema_id AND schemas.end_snapshot IS NULL ORDER BY ALL",
        values,
    )
    return [
        (f"'{ALIAS}', '{quote(table)}', schema => '{quote(schema)}'", *more) for schema, table, *more in rows
    ]


def _call_at_once(lake: Lake, calls: list[str]) -> int:
    """Call them in one transaction, so that they make one snapshot; returns how many rows they answer."""
    if not calls:
        return 0
    lake.execute("BEGIN")
    try:
        answered = sum(len(lake.fetch(call)) for call in calls)
        lake.execute("COMMIT")
    except BaseException:
        with suppress(CopydeskError):  # a failed COMMIT has ended the transaction already
            lake.execute("ROLLBACK")
        raise
    return answered
