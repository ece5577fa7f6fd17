"""Maintenance merges small files where that pays, and leaves large ones alone.

A file is written anew only together with smaller files of its partition that hold at least as many bytes. So a row is
rewritten once each time the file around it doubles, not every night, and a partition keeps a handful of files. Files
of a few thousand rows cost next to nothing and are always merged.
"""

from __future__ import annotations

from contextlib import suppress

from core.errors import CopydeskError
from warehouse.catalog.attach import ALIAS
from warehouse.catalog.extensions import quote
from warehouse.catalog.session import Lake

FEW_ROWS = 10_000
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
    SELECT schemas.schema_name, tables.table_name, max(ranked.file_size_bytes) + 1 AS max_size
    FROM ranked
    INNER JOIN {_CATALOG}.ducklake_table AS tables
        ON ranked.table_id = tables.table_id AND tables.end_snapshot IS NULL
    INNER JOIN {_CATALOG}.ducklake_schema AS schemas
        ON tables.schema_id = schemas.schema_id AND schemas.end_snapshot IS NULL
    WHERE ranked.smaller_bytes >= ranked.file_size_bytes
        OR (ranked.smaller_bytes IS NOT NULL AND ranked.record_count < $few_rows)
    GROUP BY ALL
    ORDER BY ALL"""


def merge_small_files(lake: Lake) -> int:
    """Merge what is worth it, all tables in one snapshot; returns how many files were written. Call it behind the gate."""
    tables = lake.fetch(_WORTH_MERGING, {"few_rows": FEW_ROWS})
    if not tables:
        return 0
    lake.execute("BEGIN")
    try:
        written = sum(_merge(lake, *table) for table in tables)
        lake.execute("COMMIT")
    except BaseException:
        with suppress(CopydeskError):  # a failed COMMIT has ended the transaction already
            lake.execute("ROLLBACK")
        raise
    return written


def _merge(lake: Lake, schema: str, table: str, max_size: int) -> int:
    arguments = f"'{ALIAS}', '{quote(table)}', schema => '{quote(schema)}', max_file_size => {int(max_size)}"
    return len(lake.fetch(f"CALL ducklake_merge_adjacent_files({arguments})"))


def rewrite_files_with_deletes(lake: Lake) -> int:
    """Write files anew of which DuckLake says that most rows are deleted; returns how many were written."""
    if not lake.fetch(f"SELECT 1 FROM ({LIVE_FILES}) WHERE delete_file_id IS NOT NULL LIMIT 1"):
        return 0
    return len(lake.fetch(f"CALL ducklake_rewrite_data_files('{ALIAS}')"))
