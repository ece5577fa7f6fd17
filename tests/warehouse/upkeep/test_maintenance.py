"""Maintenance: fewer and smaller files, the same rows, and nothing young is removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from tests.warehouse.conftest import BODY, PartFolder, make_rows, make_run, snapshot_tables
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.transactions import write_transaction
from warehouse.landing.land import land_parts
from warehouse.upkeep.maintenance import Retention, measure_lake, tidy_lake

NOTHING_KEPT = Retention(timedelta(0), timedelta(0), timedelta(0))


@pytest.fixture(scope="module")
def used_lake(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """The folder of a lake of three articles, one of them changed: four landings, parts still staged."""
    folder = tmp_path_factory.mktemp("maintenance") / "lake"
    shutil.copytree(empty_lake, folder)
    with open_lake(LakeLocation.at(folder)) as lake:
        part = PartFolder(lake)
        for number, slug in enumerate("abca"):
            fetched_at = datetime(2024, 5, 1 + number, tzinfo=UTC)
            rows = make_rows(slug, body=f"{BODY} {number}", fetched_at=fetched_at)
            land_parts(lake, make_run(f"run-{number}"), [part(rows)])
    return folder


@pytest.fixture
def lake(used_lake: Path, tmp_path: Path) -> Iterator[Lake]:
    """A copy of it."""
    shutil.copytree(used_lake, tmp_path / "lake")
    with open_lake(LakeLocation.at(tmp_path / "lake")) as opened:
        yield opened


def test_files_are_merged_and_old_snapshots_go_while_rows_stay(lake: Lake) -> None:
    rows = snapshot_tables(lake)
    report = tidy_lake(lake, NOTHING_KEPT)
    assert snapshot_tables(lake) == rows
    assert report.before.snapshot_count > report.after.snapshot_count
    assert report.before.file_count > report.after.file_count
    assert report.after.delete_file_count == 0
    assert report.removed["expire"] > 0
    assert report.removed["cleanup"] > 0
    on_disk = list((lake.location.folder / "data").rglob("*.parquet"))
    assert len(on_disk) == report.after.file_count


def test_a_dry_run_counts_and_changes_nothing(lake: Lake) -> None:
    before = measure_lake(lake)
    report = tidy_lake(lake, NOTHING_KEPT, dry_run=True)
    assert report.is_dry_run
    assert report.removed["expire"] > 0
    assert report.removed["staged"] == 4
    assert measure_lake(lake) == before


def test_a_delete_file_whose_data_file_is_gone_is_not_counted(lake: Lake) -> None:
    def delete(condition: str) -> int:
        statement = f"DELETE FROM articles WHERE {condition}"
        write_transaction(lake, "test", lambda: lake.connection.execute(statement))
        return measure_lake(lake).delete_file_count

    tidy_lake(lake, NOTHING_KEPT)
    some = delete("article_id = (SELECT min(article_id) FROM articles)")
    assert delete("true") < some
    known = lake.execute("SELECT sum(delete_file_count) FROM lake.table_info()").fetchall()[0][0]
    assert known == some, "DuckLake no longer counts dead ones: measure_lake can ask it again"


def test_what_is_young_is_kept(lake: Lake) -> None:
    before = measure_lake(lake)
    orphan = lake.location.folder / "data" / "main" / "stories" / "of-a-running-writer.parquet"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"not finished yet")
    report = tidy_lake(lake)
    assert report.after.snapshot_count >= before.snapshot_count
    assert report.removed["staged"] == 0
    assert orphan.exists()


def test_staged_parts_of_runs_long_dead_are_removed(lake: Lake) -> None:
    old, *young = sorted(lake.location.parts.iterdir())
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(old, (long_ago, long_ago))
    report = tidy_lake(lake)
    assert report.removed["staged"] == 1
    assert sorted(lake.location.parts.iterdir()) == young


def test_what_a_living_run_has_staged_stays_however_old(lake: Lake) -> None:
    staging = lake.location.staging
    living, dead = (staging / "runs" / name for name in ("living", "dead"))
    for folder in (living, dead):
        folder.mkdir(parents=True)
        (folder / "alive.lock").touch()
        (folder / "staged-00000.parquet").touch()
    resumed = staging / "backfill-b1.lock"
    older, own = sorted(lake.location.parts.iterdir())[:2]
    for path, days in ((living / "staged-00000.parquet", 5), (own, 4), (older, 6), (living, 5), (dead, 6)):
        moment = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    with FileLock(living / "alive.lock"), FileLock(resumed):
        os.utime(resumed, (moment, moment))
        report = tidy_lake(lake)
        assert report.removed["staged"] == 2
        assert (living / "staged-00000.parquet").exists() and own.exists() and resumed.exists()
        assert not dead.exists() and not older.exists()
    os.utime(resumed, (moment, moment))
    tidy_lake(lake)
    assert not living.exists() and not own.exists() and not resumed.exists()
