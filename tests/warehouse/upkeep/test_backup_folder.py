"""A backup replaces an earlier backup of the same lake, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import ConfigError
from core.settings import Settings
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.landing.land import land_parts
from warehouse.upkeep.backup import back_up


@pytest.fixture
def settings(location: LakeLocation) -> Settings:
    """Settings of an empty lake of the test's own."""
    return Settings(lake=location.folder)


def _land_an_article(folder: Path, slug: str) -> None:
    with open_lake(LakeLocation.at(folder)) as lake:
        land_parts(lake, make_run(f"run-{slug}"), [PartFolder(lake)(make_rows(slug))])


def _count_articles(folder: Path) -> int:
    with open_lake(LakeLocation.at(folder), read_only=True) as lake:
        return int(lake.fetch("SELECT count(*) FROM lake.main.articles")[0][0])


def test_a_later_backup_replaces_an_earlier_one(settings: Settings, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(settings, backup)
    _land_an_article(settings.lake, "a")
    back_up(settings, backup)
    assert _count_articles(backup) == 1


def test_another_lake_is_not_replaced_by_a_backup(settings: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other"
    open_lake(LakeLocation.at(other), create=True).close()
    _land_an_article(other, "a")
    with pytest.raises(ConfigError, match="is of another lake"):
        back_up(settings, other)
    assert _count_articles(other) == 1


def test_the_lake_itself_is_no_place_for_its_backup(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="the folder of the lake itself"):
        back_up(settings, settings.lake)


def test_a_copy_with_articles_of_its_own_is_not_replaced(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(settings.lake, copy)
    _land_an_article(copy, "a")
    with pytest.raises(ConfigError, match="holds what the lake does not"):
        back_up(settings, copy)
    _land_an_article(settings.lake, "b")
    _land_an_article(settings.lake, "c")  # more snapshots than the copy, but others
    with pytest.raises(ConfigError, match="holds what the lake does not"):
        back_up(settings, copy)
    assert _count_articles(copy) == 1


def test_a_dump_of_a_server_catalog_is_not_joined_by_an_embedded_one(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "catalog.dump").write_bytes(b"PGDMP")
    with pytest.raises(ConfigError, match="of another lake"):
        back_up(settings, tmp_path / "backup")
