"""Maintenance: fewer and smaller files, the same rows, and nothing young is removed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from tests.warehouse.conftest import BODY, PartFolder, make_rows, make_run, snapshot_tables
from warehouse.lake import Lake
from warehouse.landing import land_parts
from warehouse.maintenance import Retention, maintain_lake, measure_lake

NOTHING_KEPT = Retention(timedelta(0), timedelta(0), timedelta(0))


def land_some(lake: Lake, part: PartFolder) -> None:
    for number, slug in enumerate("abca"):
        rows = make_rows(slug, body=f"{BODY} {number}", fetched_at=datetime(2024, 5, 1 + number, tzinfo=UTC))
        land_parts(lake, make_run(f"run-{number}"), [part(rows)])


def test_files_are_merged_and_old_snapshots_go_while_rows_stay(lake: Lake, part: PartFolder) -> None:
    land_some(lake, part)
    rows = snapshot_tables(lake)
    report = maintain_lake(lake, NOTHING_KEPT)
    assert snapshot_tables(lake) == rows
    assert report.before.snapshot_count > report.after.snapshot_count
    assert report.before.file_count > report.after.file_count
    assert report.after.delete_file_count == 0
    assert report.removed["expire"] > 0
    assert report.removed["cleanup"] > 0
    on_disk = list((lake.location.folder / "data").rglob("*.parquet"))
    assert len(on_disk) == report.after.file_count


def test_a_dry_run_counts_and_changes_nothing(lake: Lake, part: PartFolder) -> None:
    land_some(lake, part)
    before = measure_lake(lake)
    report = maintain_lake(lake, NOTHING_KEPT, dry_run=True)
    assert report.is_dry_run
    assert report.removed["expire"] > 0
    assert report.removed["staged"] == 4
    assert measure_lake(lake) == before


def test_what_is_young_is_kept(lake: Lake, part: PartFolder) -> None:
    land_some(lake, part)
    before = measure_lake(lake)
    orphan = lake.location.folder / "data" / "main" / "stories" / "of-a-running-writer.parquet"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"not finished yet")
    report = maintain_lake(lake)
    assert report.after.snapshot_count >= before.snapshot_count
    assert report.removed["staged"] == 0
    assert orphan.exists()


def test_staged_parts_of_runs_long_dead_are_removed(lake: Lake, part: PartFolder) -> None:
    old, young = part(make_rows("a")), part(make_rows("b"))
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(old, (long_ago, long_ago))
    report = maintain_lake(lake)
    assert report.removed["staged"] == 1
    assert not old.exists()
    assert young.exists()
