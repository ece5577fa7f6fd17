"""A backup of catalog, Parquet and WARC files, restored into an empty place, is the lake that it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner
from lakes import ask, find_bad_checks, read_tables, work_backfill

from cli.keep.lake import command
from core.errors import ConfigError
from core.settings import Settings
from flows.backfill.request import BackfillRequest
from flows.load import load_files
from tests.servers import create_database
from warehouse.catalog.open import open_lake
from warehouse.upkeep.backup import back_up, restore

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_an_embedded_lake_is_restored_with_its_past(
    settings: Settings, tmp_path: Path, articles: Path
) -> None:
    folder = tmp_path / "backup"
    load_files(settings, [articles / "courier"])
    first = back_up(settings, folder)
    load_files(settings, [articles])
    second = back_up(settings, folder)
    assert second.kept_count >= first.copied_count - 1
    before = read_tables(settings)
    snapshots = ask(settings, "SELECT count(*) FROM lake.snapshots()")
    shutil.rmtree(settings.lake)

    words = ["restore", str(folder), "--lake", str(settings.lake)]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    assert read_tables(settings) == before
    assert find_bad_checks(settings) == []
    assert ask(settings, "SELECT count(*) FROM lake.snapshots()") == snapshots
    assert work_backfill(settings, BackfillRequest()).state == "completed"  # from the restored archive
    assert read_tables(settings) == before
    assert load_files(settings, [articles]).reasons == {("unchanged", "same_bytes"): 3}


def test_a_backup_that_was_stopped_leaves_the_older_one(
    settings: Settings, tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backup"
    load_files(settings, [articles / "courier"])
    back_up(settings, folder)
    before = read_tables(settings)
    load_files(settings, [articles])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("warehouse.upkeep.backup.shutil.copyfileobj", stop)
        with pytest.raises(KeyboardInterrupt):
            back_up(settings, folder)
    assert read_tables(folder) == before
    assert find_bad_checks(folder) == []
    back_up(settings, folder)
    assert read_tables(folder) == read_tables(settings)


def test_nothing_is_restored_over_a_lake(settings: Settings, tmp_path: Path, articles: Path) -> None:
    load_files(settings, [articles / "courier"])
    back_up(settings, tmp_path / "backup")
    with pytest.raises(ConfigError, match="restore to an empty place"):
        restore(settings, tmp_path / "backup")


def test_a_file_that_has_grown_is_not_written_over_by_a_shorter_one(
    settings: Settings, tmp_path: Path, articles: Path
) -> None:
    load_files(settings, [articles / "courier"])
    back_up(settings, tmp_path / "backup")
    (settings.lake / "catalog.sqlite").unlink()
    warc = next((settings.lake / "archive").glob("*.warc.gz"))
    grown = warc.read_bytes() + b"more"
    warc.write_bytes(grown)
    with pytest.raises(ConfigError, match="is longer than"):
        restore(settings, tmp_path / "backup")
    assert warc.read_bytes() == grown


@pytest.mark.servers
def test_a_server_lake_is_restored_into_another_database_and_bucket(
    settings: Settings, tmp_path: Path, articles: Path, postgres_server: str, s3_url: str
) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump here: `apt-get install postgresql-client`")
    server = settings.model_copy(update={"catalog_url": create_database(postgres_server), "data_url": s3_url})
    load_files(server, [articles])
    before = read_tables(server)
    folder = tmp_path / "backup"
    back_up(server, folder)
    assert (folder / "catalog.dump").is_file()
    assert back_up(server, folder).copied_count == 0  # an earlier backup of the same lake is replaced
    other = settings.model_copy(
        update={"catalog_url": create_database(postgres_server), "lake": tmp_path / "other"}
    )
    open_lake(other, create=True).close()
    with pytest.raises(ConfigError, match="is the backup of another lake"):
        back_up(other, folder)

    boto3.client("s3").create_bucket(Bucket="elsewhere")
    place = {"catalog_url": create_database(postgres_server), "data_url": "s3://elsewhere/desk"}
    there = server.model_copy(update={**place, "lake": tmp_path / "there"})
    restore(there, folder)
    assert read_tables(there) == before
    assert find_bad_checks(there) == []
    assert work_backfill(there, BackfillRequest()).state == "completed"
    with pytest.raises(ConfigError, match="restore to an empty place"):
        restore(there.model_copy(update={"data_url": "s3://elsewhere/other"}), folder)
    assert boto3.client("s3").list_objects_v2(Bucket="elsewhere", Prefix="other")["KeyCount"] == 0
    with pytest.raises(ConfigError, match="no backup of an embedded lake"):
        restore(settings.model_copy(update={"lake": tmp_path / "local"}), folder)
