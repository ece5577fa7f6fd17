"""Merging: small files become one, a large one waits for as many bytes of smaller ones, and history stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.catalog.gate import writer_gate
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.transactions import write_transaction
from warehouse.upkeep import merging
from warehouse.upkeep.maintenance import measure_lake
from warehouse.upkeep.merging import merge_small_files, rewrite_files_with_deletes


@pytest.fixture
def lake(empty_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    """An empty lake, in which no file is so small that it is always merged."""
    monkeypatch.setattr(merging, "FEW_ROWS", 0)
    shutil.copytree(empty_lake, tmp_path / "lake")
    with open_lake(LakeLocation.at(tmp_path / "lake")) as opened:
        yield opened


def add_night(lake: Lake, night: int, count: int, month: str = "2031-05-01") -> None:
    """A landing of `count` removed lines that compress badly."""
    statement = (
        f"INSERT INTO removed_lines BY NAME SELECT 'a{night}-' || range AS article_id, 1 AS line_number,"
        " md5(article_id) || md5('x' || article_id) AS text, 'furniture' AS rule, 'tail' AS section,"
        f" DATE '{month}' AS month FROM range({count})"
    )
    write_transaction(lake, "test", lambda: lake.connection.execute(statement))


def delete(lake: Lake, condition: str) -> None:
    statement = f"DELETE FROM removed_lines WHERE {condition}"
    write_transaction(lake, "test", lambda: lake.connection.execute(statement))


def merge(lake: Lake) -> int:
    with writer_gate(lake.location):
        return merge_small_files(lake)


def files(lake: Lake) -> int:
    return len(lake.fetch("SELECT * FROM ducklake_list_files('lake', 'removed_lines')"))


def test_a_large_file_is_written_anew_only_with_as_many_bytes_of_smaller_ones(lake: Lake) -> None:
    add_night(lake, 1, 6_000)
    seen = []
    for night in range(2, 8):
        add_night(lake, night, 1_000)
        merge(lake)
        seen.append(files(lake))
    assert seen == [2, 3, 2, 3, 4, 1], (
        "three small ones become one, six small ones are a match for the large one"
    )
    assert lake.fetch("SELECT count(*), count(DISTINCT article_id) FROM removed_lines") == [(12_000, 12_000)]


def test_a_row_is_written_anew_a_few_times_however_many_nights_pass(lake: Lake) -> None:
    written = 0
    for night in range(8):
        add_night(lake, night, 200)
        written += merge(lake)
    assert files(lake) <= 4
    assert written < 8


def test_partitions_are_judged_by_themselves_and_a_second_call_makes_no_snapshot(lake: Lake) -> None:
    add_night(lake, 1, 3_000, "2031-04-01")
    add_night(lake, 2, 1_000, "2031-05-01")
    assert merge(lake) == 0
    add_night(lake, 3, 1_100, "2031-05-01")
    add_night(lake, 4, 1_200, "2031-05-01")
    assert merge(lake) == 1
    snapshot = lake.snapshot_id
    assert merge(lake) == 0
    assert (files(lake), lake.snapshot_id) == (2, snapshot)


def test_files_of_a_few_rows_are_always_merged(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "FEW_ROWS", 5_000)
    add_night(lake, 1, 3_000)
    add_night(lake, 2, 10)
    assert merge(lake) == 1
    assert files(lake) == 1


def test_the_lake_as_it_was_shows_the_same_rows_after_merging(lake: Lake) -> None:
    moments = []
    for night in range(4):
        add_night(lake, night, 100)
        moments.append((lake.snapshot_id, 100 * (night + 1)))
    assert merge(lake) == 1
    for snapshot, count in moments:
        with open_lake(lake.location, read_only=True, as_of=snapshot) as then:
            assert then.fetch("SELECT count(*) FROM removed_lines") == [(count,)]


def test_a_file_that_has_deletes_waits_until_it_is_rewritten(lake: Lake) -> None:
    for night in range(2):
        add_night(lake, night, 100)
    delete(lake, "article_id = 'a1-8'")
    snapshot = lake.snapshot_id
    assert (rewrite_files_with_deletes(lake), lake.snapshot_id) == (0, snapshot), "one row of a hundred"
    delete(lake, "article_id LIKE 'a1-%' AND article_id <> 'a1-7'")
    assert measure_lake(lake).delete_file_count == 1
    assert merge(lake) == 0
    assert rewrite_files_with_deletes(lake) == 1
    assert measure_lake(lake).delete_file_count == 0
    assert merge(lake) == 0, "one row is no match for a hundred"
    assert lake.fetch("SELECT count(*) FROM removed_lines") == [(101,)]
