"""Readers of a frozen lake see it as it was, wherever the catalog is; one on a server is not frozen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.settings import Settings
from flows.runs.run import open_run
from warehouse.catalog.copying import freeze_for_readers
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

RUNS = "SELECT count(*) FROM runs"


def test_readers_of_a_frozen_lake_see_it_as_it_was_and_leave_no_files(
    tmp_path: Path, empty_lake: Path
) -> None:
    shutil.copytree(empty_lake, tmp_path / "lake")
    frozen = freeze_for_readers(LakeLocation.at(tmp_path / "lake"), tmp_path / "frozen" / "catalog.sqlite")
    assert frozen
    with open_run(Settings(lake=tmp_path / "lake"), "load", {}) as run:
        assert run.lake.fetch(RUNS) == [(1,)]
        with open_lake(frozen, read_only=True) as lake:
            assert lake.fetch(RUNS) == [(0,)]
    assert [file.name for file in (tmp_path / "frozen").iterdir()] == ["catalog.sqlite"]


@pytest.mark.parametrize(
    "place", [{"catalog_url": "postgresql://db.example/lake"}, {"data_url": "s3://bucket/lake"}]
)
def test_a_lake_on_a_server_is_not_frozen(tmp_path: Path, place: dict[str, str]) -> None:
    location = LakeLocation.at(tmp_path, **place)
    assert freeze_for_readers(location, tmp_path / "catalog.sqlite") is None
    assert list(tmp_path.iterdir()) == []
