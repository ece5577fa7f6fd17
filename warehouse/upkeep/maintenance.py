"""Maintenance keeps a lake small and quick after months of landings.

Nothing that a recent reader can still need is removed: snapshots, replaced files, files
that no snapshot knows (of a killed writer) and staged parts all have an age before they go. What a
living run has staged stays, however old.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.catalog.attach import attach_session
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.schema_version import check_readable
from warehouse.catalog.session import Lake
from warehouse.upkeep.merging import LIVE_FILES, merge_small_files, rewrite_files_with_deletes
from warehouse.upkeep.staging import find_staged, remove_staged

if TYPE_CHECKING:
    from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Retention:
    """Ages at which things are removed: `snapshots` for time travel, `files` that nothing refers to, `staged` parts."""

    snapshots: timedelta = timedelta(days=30)
    files: timedelta = timedelta(days=2)
    staged: timedelta = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class LakeSize:
    """How big a lake is: live and delete files as the catalog knows them, snapshots, catalog bytes."""

    file_count: int
    byte_count: int
    delete_file_count: int
    delete_byte_count: int
    snapshot_count: int
    catalog_byte_count: int


@dataclass(frozen=True, slots=True)
class MaintenanceReport:
    """Sizes before and after, and how many things each step removed, or would remove."""

    before: LakeSize
    after: LakeSize
    removed: dict[str, int] = field(default_factory=dict)
    is_dry_run: bool = False


@contextmanager
def opened_for_dry_run(settings: Settings | LakeLocation) -> Iterator[Lake]:
    """The lake as it is, for `tidy_lake(..., dry_run=True)`: its schema is not brought up to date.

    It is attached for writing, since DuckLake refuses even to count orphans in a lake attached READ_ONLY.
    Raises what `open_lake` raises for a reader.
    """
    location = settings if isinstance(settings, LakeLocation) else LakeLocation.of(settings)
    with Lake(location, attach_session(location, read_only=False), read_only=False) as lake:
        check_readable(lake)
        yield lake


def tidy_lake(
    lake: Lake, retention: Retention | None = None, *, dry_run: bool = False, now: datetime | None = None
) -> MaintenanceReport:
    """Expire snapshots, rewrite and merge files, remove what nothing needs; all behind the gate.

    A dry run changes nothing and reports what expiry, clean-up, orphans and staging would remove.
    """
    keep = retention or Retention()
    moment = now or datetime.now(UTC)
    before = measure_lake(lake)
    if dry_run:
        removed = _count_removals(lake, keep, moment)
        return MaintenanceReport(before, before, removed, is_dry_run=True)
    lake.use_all_cores()
    with writer_gate(lake.location):
        removed = {
            "expire": _call(lake, "expire_snapshots", f"older_than => {_time(moment - keep.snapshots)}"),
            "rewrite": rewrite_files_with_deletes(lake),
            "merge": merge_small_files(lake),
            "cleanup": _call(lake, "cleanup_old_files", f"older_than => {_time(moment - keep.files)}"),
            "orphans": _call(lake, "delete_orphaned_files", f"older_than => {_time(moment - keep.files)}"),
            "staged": remove_staged(lake.location.staging, moment - keep.staged),
        }
        _vacuum_catalog(lake.location)
    return MaintenanceReport(before, measure_lake(lake), removed)


def measure_lake(lake: Lake) -> LakeSize:
    """The lake's size now, from the catalog alone: no file is opened. DuckLake's own sums (table_info) count delete files
    of data files that are gone."""
    files = lake.fetch(
        "SELECT count(*), coalesce(sum(file_size_bytes), 0),"
        f" count(delete_file_id), coalesce(sum(delete_size_bytes), 0) FROM ({LIVE_FILES})"
    )[0]
    snapshots = lake.fetch("SELECT count(*) FROM lake.snapshots()")[0][0]
    catalog = lake.location.catalog_file
    return LakeSize(
        file_count=int(files[0]),
        byte_count=int(files[1]),
        delete_file_count=int(files[2]),
        delete_byte_count=int(files[3]),
        snapshot_count=int(snapshots),
        catalog_byte_count=catalog.stat().st_size if catalog else 0,
    )


def _call(lake: Lake, procedure: str, options: str = "") -> int:
    """Run one of DuckLake's procedures; returns how many snapshots or files it names."""
    arguments = f"'lake', {options}" if options else "'lake'"
    return len(lake.fetch(f"CALL ducklake_{procedure}({arguments})"))


def _count_removals(lake: Lake, keep: Retention, moment: datetime) -> dict[str, int]:
    older = f"dry_run => true, older_than => {_time(moment - keep.files)}"
    snapshots = f"dry_run => true, older_than => {_time(moment - keep.snapshots)}"
    return {
        "expire": _call(lake, "expire_snapshots", snapshots),
        "cleanup": _call(lake, "cleanup_old_files", older),
        "orphans": _call(lake, "delete_orphaned_files", older),
        "staged": sum(1 for _ in find_staged(lake.location.staging, moment - keep.staged)),
    }


def _time(moment: datetime) -> str:
    """The time as a SQL literal; the procedures take no bound values."""
    return f"TIMESTAMPTZ '{moment.astimezone(UTC).isoformat(sep=' ', timespec='microseconds')}'"


def _vacuum_catalog(location: LakeLocation) -> None:
    """Give the space of expired snapshots back; PostgreSQL does so by itself."""
    if location.catalog_file:
        with closing(sqlite3.connect(location.catalog_file, timeout=60, isolation_level=None)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("VACUUM")
