"""Readers of a frozen lake see it as it was, wherever the catalog is; one on a server is frozen for this machine alone."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from core.settings import Settings
from flows.runs.run import open_run
from warehouse.catalog.copying import freeze_for_readers
from warehouse.catalog.extensions import open_session
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake

RUNS = "SELECT count(*) FROM runs"


def test_readers_of_a_frozen_lake_see_it_as_it_was_and_leave_no_files(
    tmp_path: Path, empty_lake: Path
) -> None:
    shutil.copytree(empty_lake, tmp_path / "lake")
    with open_lake(LakeLocation.at(tmp_path / "lake"), read_only=True) as lake:
        frozen = freeze_for_readers(lake, tmp_path / "frozen" / "catalog.sqlite", on_this_machine=False)
    assert frozen and frozen.is_visible
    with open_run(Settings(lake=tmp_path / "lake"), "load", {}) as run:
        assert run.lake.fetch(RUNS) == [(1,)]
        with frozen.open() as lake:
            assert lake.fetch(RUNS) == [(0,)]
    assert [file.name for file in (tmp_path / "frozen").iterdir()] == ["catalog.sqlite"]


@pytest.mark.servers
@pytest.mark.slow
def test_readers_of_this_machine_see_a_lake_on_a_server_as_it_was(
    tmp_path: Path, postgres_url: str, s3_url: str
) -> None:
    settings = Settings(lake=tmp_path / "lake", catalog_url=postgres_url, data_url=s3_url)
    with open_run(settings, "load", {}) as run:
        frozen = freeze_for_readers(run.lake, tmp_path / "catalog.sqlite", on_this_machine=True)
    assert frozen and frozen.is_visible
    with open_run(settings, "load", {}), frozen.open() as lake:
        assert lake.fetch(RUNS) == [(1,)]
    assert not (tmp_path / "catalog.sqlite").exists()


@pytest.mark.parametrize(
    "place", [{"catalog_url": "postgresql://db.example/lake"}, {"data_url": "s3://bucket/lake"}]
)
def test_a_lake_on_a_server_is_not_frozen_for_other_machines(tmp_path: Path, place: dict[str, str]) -> None:
    with closing(open_session()) as connection:
        lake = Lake(LakeLocation.at(tmp_path, **place), connection, read_only=True)
        assert freeze_for_readers(lake, tmp_path / "catalog.sqlite", on_this_machine=False) is None
    assert list(tmp_path.iterdir()) == []
