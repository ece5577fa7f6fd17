"""Plain Parquet of a lake: the rows that count, whole files, and nothing in the lake's own folder."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.errors import ConfigError
from core.settings import Settings
from core.tables import TABLES
from tests.warehouse.conftest import BODY, PartFolder, make_rows, make_run
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.landing.land import land_parts
from warehouse.upkeep.exporting import export_tables


@pytest.fixture
def settings(location: LakeLocation) -> Settings:
    """Settings of a lake with an article that was replaced once."""
    with open_lake(location) as lake:
        part = PartFolder(lake)
        for number in range(2):
            rows = make_rows("a", body=f"{BODY} {number}")
            land_parts(lake, make_run(f"run-{number}"), [part(rows)], replace=True)
    return Settings(lake=location.folder)


def test_every_table_is_a_file_with_the_rows_that_count(settings: Settings, tmp_path: Path) -> None:
    counts = export_tables(settings, tmp_path / "out")
    assert list(counts) == list(TABLES)
    assert counts["articles"] == 1
    for name, count in counts.items():
        table = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert table.num_rows == count
        assert table.column_names == list(TABLES[name].column_names)
    assert len(list((tmp_path / "out").iterdir())) == len(TABLES)


def test_named_tables_and_views_replace_earlier_files_and_no_others(
    settings: Settings, tmp_path: Path
) -> None:
    for name in ("articles.parquet", "notes.txt"):
        (tmp_path / name).write_text("old")
    assert export_tables(settings, tmp_path, ["articles", "figures_in_context"]).keys() == {
        "articles",
        "figures_in_context",
    }
    assert pq.read_table(tmp_path / "articles.parquet").num_rows == 1
    assert (tmp_path / "notes.txt").read_text() == "old"


def test_a_wrong_name_or_place_is_refused_before_anything_is_written(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="did you mean articles"):
        export_tables(settings, tmp_path / "out", ["article"])
    with pytest.raises(ConfigError, match="within the lake's own folder"):
        export_tables(settings, settings.lake / "data" / "out")
    assert not (tmp_path / "out").exists()
