"""A lake copied to another place: from SQLite and a folder to PostgreSQL and S3, or to another folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import ConfigError, ContractError
from core.tables import TABLES
from warehouse.archive.seal import find_seal
from warehouse.archive.store import open_store
from warehouse.catalog.attach import attached_beside
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.transactions import write_transaction

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from core.settings import Settings

_ORIGIN = "origin"
# Snapshot numbers of the source: at the target they would name other snapshots.
_SNAPSHOT_COLUMNS = {"runs": ("snapshot_id",), "backfill_chunks": ("snapshot_before", "snapshot_after")}


@dataclass(frozen=True, slots=True)
class MoveReport:
    """What was copied: rows by table, and WARC files (those that were there already are not counted)."""

    row_counts: dict[str, int]
    archive_file_count: int
    archive_byte_count: int


def copy_lake(source: Settings, target: Settings) -> MoveReport:
    """Copy WARC files and the newest rows of every table; the source stays as it is.

    The source's writers wait for the copy. WARC files go first, one by one, so that a copy that was stopped
    can go on; the rows come in one transaction, compared with the source's before the commit: all of
    them or none. Snapshots of the past are not copied, and columns with their numbers are null at the target.

    Raises:
        ConfigError: no lake at the source, rows at the target already, or a source with files on S3.
        ContractError: the copied rows are not those of the source.
    """
    origin, place = LakeLocation.of(source), LakeLocation.of(target)
    if origin.data_url:
        raise ConfigError(f"the files of {origin} are on S3; copy the bucket with the store's own tools")
    with open_lake(origin, read_only=True), writer_gate(origin), open_lake(place, create=True) as lake:
        if taken := [name for name, count in count_rows(lake.connection, "lake").items() if count]:
            raise ConfigError(f"the lake at {place} already has rows ({taken[0]}); name an empty place")
        lake.use_all_cores()
        files = list_archive(source)
        copied = _copy_archive(files, target.archive_url or target.archive_folder)
        with attached_beside(lake.connection, origin, _ORIGIN):
            counts = write_transaction(lake, f"moved from {origin}", lambda: _copy_rows(lake))
    return MoveReport(counts, len(copied), sum(file.stat().st_size for file in copied))


def list_archive(settings: Settings) -> list[Path]:
    """The WARC files in the lake's folder, by name."""
    folder = settings.archive_folder
    return sorted([*folder.glob("*.warc.gz"), *folder.glob("*.warc")])


def count_rows(connection: duckdb.DuckDBPyConnection, alias: str) -> dict[str, int]:
    """Rows of every table of an attached lake."""
    return {name: int(measure_rows(connection, alias, name, ("'same'",))[0]) for name in TABLES}


def _copy_archive(files: list[Path], place: Path | str) -> list[Path]:
    store = open_store(place)
    try:
        missing = [file for file in files if store.size_of(file.name) != file.stat().st_size]
        for file in missing:
            store.publish(file)
            if (seal := find_seal(file)).is_file():
                store.publish(seal)
    finally:
        store.close()
    return missing


def _copy_rows(lake: Lake) -> dict[str, int]:
    counts = {}
    for name in TABLES:
        columns = _shared_columns(lake, name)
        listed = ", ".join(columns)
        lake.connection.execute(
            f"INSERT INTO lake.main.{name} ({listed}) SELECT {listed} FROM {_ORIGIN}.main.{name}"
        )
        before, after = (measure_rows(lake.connection, alias, name, columns) for alias in (_ORIGIN, "lake"))
        if before != after:
            raise ContractError(
                f"the copied rows of {name} differ from the source's; nothing was moved, try again"
            )
        counts[name] = int(after[0])
    return counts


def _shared_columns(lake: Lake, name: str) -> tuple[str, ...]:
    """The table's columns to copy: those that the source has (an older lake can lack the newest) and that mean the
    same at the target."""
    found = lake.connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = $lake AND table_name = $name",
        {"lake": _ORIGIN, "name": name},
    ).fetchall()
    known = {row[0] for row in found}.difference(_SNAPSHOT_COLUMNS.get(name, ()))
    return tuple(column for column in TABLES[name].column_names if column in known)


def measure_rows(
    connection: duckdb.DuckDBPyConnection, alias: str, name: str, columns: tuple[str, ...]
) -> tuple[int, int]:
    """Number of rows, and a digest of their values that does not depend on their order."""
    digest = f"hash({', '.join(columns)})" if columns else "0"
    row = connection.execute(
        f"SELECT count(*), coalesce(sum({digest}::HUGEINT), 0) FROM {alias}.main.{name}"
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
