"""The same lake with its catalog on PostgreSQL and its Parquet files on S3."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import duckdb
import pytest

from core.errors import ConfigError, CopydeskError, TransientError
from core.settings import Settings
from tests.warehouse.conftest import BODY, PartFolder, count_rows, make_rejection, make_rows, make_run
from warehouse.asking.checks import run_checks
from warehouse.asking.search import search
from warehouse.asking.user_sql import open_for_user_sql
from warehouse.catalog.attach import attach_session, detach
from warehouse.catalog.extensions import extension_binary
from warehouse.catalog.faults import is_conflict
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts
from warehouse.upkeep.maintenance import Retention, tidy_lake

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@pytest.fixture
def settings(tmp_path: Path, postgres_url: str, s3_url: str) -> Settings:
    return Settings(lake=tmp_path / "lake", catalog_url=postgres_url, data_url=s3_url)


@pytest.fixture
def server_lake(settings: Settings) -> Iterator[Lake]:
    with open_lake(settings, create=True) as opened:
        yield opened


def test_articles_land_change_and_go_as_in_an_embedded_lake(server_lake: Lake) -> None:
    part = PartFolder(server_lake)
    first, second = make_rows("a"), make_rows("b")
    land_parts(server_lake, make_run(), [part(first, second)])
    newer = make_rows("a", body=BODY + " More.", fetched_at=datetime(2024, 6, 1, tzinfo=UTC))
    land_parts(server_lake, make_run("run-2"), [part(newer)])
    gone = make_rejection("b", second["captures"][0]["capture_id"])
    land_parts(server_lake, make_run("run-3"), [part(gone)], replace=True)
    assert count_rows(server_lake, "articles") == 1
    assert [result.name for result in run_checks(server_lake) if not result.is_good] == []
    assert [hit.outlet for hit in search(server_lake, "boats")] == ["dunmore-ledger"]


def test_its_files_are_on_s3(server_lake: Lake) -> None:
    land_parts(server_lake, make_run(), [PartFolder(server_lake)(make_rows("a"))])
    bucket = str(server_lake.location.data_url).split("/")[2]
    keys = [item["Key"] for item in boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]]
    assert any(key.startswith("lake/data/main/articles/month=2024-05-01/") for key in keys)
    assert not (server_lake.location.folder / "data").exists()


def test_a_reader_sees_whole_snapshots_and_time_travels(server_lake: Lake, settings: Settings) -> None:
    report = land_parts(server_lake, make_run(), [PartFolder(server_lake)(make_rows("a"))])
    with open_for_user_sql(settings) as session:
        assert session.run("select count(*) from articles").fetch(1) == [(1,)]
    with open_for_user_sql(settings, as_of=report.snapshot_id - 1) as session:
        assert session.run("select count(*) from articles").fetch(1) == [(0,)]


def test_a_user_finds_no_password_and_no_key_anywhere(server_lake: Lake, settings: Settings) -> None:
    land_parts(server_lake, make_run(), [PartFolder(server_lake)(make_rows("a"))])
    password = server_lake.location.catalog_parameters["password"]
    for source in ("duckdb_secrets()", "duckdb_databases()", "duckdb_settings()"):
        shown = str(server_lake.execute(f"SELECT * FROM {source}").fetchall())
        assert password not in shown, source
        assert "desk-secret-key" not in shown, source
    with open_for_user_sql(settings) as session:
        for sql in (
            "select current_setting('s3_secret_access_key')",
            "from postgres_query('__ducklake_metadata_lake', 'select 1')",
            "from postgres_scan('', 'public', 'ducklake_table')",
            "call postgres_execute('__ducklake_metadata_lake', 'drop table ducklake_table')",
            "from __ducklake_metadata_lake.public.ducklake_table",
            "from duckdb_databases()",
            "from duckdb_settings()",
            "copy (select 1) to 's3://elsewhere/x.csv'",
            "from read_csv('s3://elsewhere/x.csv')",
        ):
            with pytest.raises(ConfigError) as caught:
                session.run(sql).fetch(1)
            assert "desk-secret-key" not in str(caught.value)
    shown = server_lake.fetch("SELECT current_setting('s3_secret_access_key')")
    assert "desk-secret-key" not in str(shown)


def test_a_wrong_password_or_key_is_named_without_being_shown(
    server_lake: Lake, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = server_lake.location.catalog_parameters["password"]
    wrong = str(settings.catalog_url).replace("desk:", "desk:wr0ng")
    with pytest.raises(CopydeskError) as caught:
        open_lake(settings.model_copy(update={"catalog_url": wrong}), read_only=True)
    assert "wr0ng" not in str(caught.value)
    assert password not in str(caught.value)


def test_the_attach_line_works_with_the_password_from_the_environment(
    server_lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    land_parts(server_lake, make_run(), [PartFolder(server_lake)(make_rows("a"))])
    monkeypatch.setenv("PGPASSWORD", server_lake.location.catalog_parameters["password"])
    attach = server_lake.attach_sql().split("\n", 1)[1]
    with closing(duckdb.connect()) as client:
        for name in ("ducklake", "postgres_scanner", "httpfs"):
            client.execute(f"LOAD '{extension_binary(name)}'")
        client.execute(
            "CREATE SECRET (TYPE s3, KEY_ID 'desk-key-id', SECRET 'desk-secret-key', URL_STYLE 'path',"
            f" USE_SSL false, ENDPOINT '{s3_host()}')"
        )
        client.execute(attach)
        assert client.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        client.execute("USE memory; DETACH lake")


def test_the_gate_is_one_lock_for_all_machines(server_lake: Lake) -> None:
    with (
        writer_gate(server_lake.location),
        pytest.raises(TransientError, match="timed out waiting to write to"),
        writer_gate(server_lake.location, wait_seconds=0.3),
    ):
        pass


def test_two_writers_of_the_same_new_articles_leave_each_once(server_lake: Lake, settings: Settings) -> None:
    part = PartFolder(server_lake)
    parts = [part(make_rows("a"), make_rows("b")) for _ in range(4)]
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            with open_lake(settings) as lake:
                for turn in range(2):
                    land_parts(lake, make_run(f"run-{number}-{turn}"), [parts[2 * number + turn]])
        except CopydeskError as error:
            errors.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert count_rows(server_lake, "articles") == 2
    assert [result.name for result in run_checks(server_lake) if not result.is_good] == []


def test_past_the_gate_two_writers_insert_the_same_key_unless_they_touch_its_row(server_lake: Lake) -> None:
    other = attach_session(server_lake.location, read_only=False)
    for connection in (server_lake.connection, other):
        connection.execute("BEGIN")
        connection.execute("INSERT INTO stories VALUES ('s', 't', NULL, NULL, 1, 1, NULL)")
    server_lake.connection.execute("COMMIT")
    other.execute("COMMIT")
    assert count_rows(server_lake, "stories") == 2  # this is why there is a gate
    for connection in (server_lake.connection, other):
        connection.execute("BEGIN")
        connection.execute("UPDATE internal.writer_gate SET n = n + 1")
    server_lake.connection.execute("COMMIT")
    with pytest.raises(duckdb.TransactionException) as caught:
        other.execute("COMMIT")
    assert is_conflict(caught.value)
    detach(other)


def test_maintenance_leaves_the_rows_alone(server_lake: Lake) -> None:
    part = PartFolder(server_lake)
    for slug in "abc":
        land_parts(server_lake, make_run(f"run-{slug}"), [part(make_rows(slug))])
    now = timedelta(0)
    report = tidy_lake(server_lake, Retention(now, now, now))
    assert report.after.file_count < report.before.file_count
    assert report.after.snapshot_count < report.before.snapshot_count
    assert count_rows(server_lake, "articles") == 3


def test_a_missing_lake_on_a_server_is_told(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="no lake at"):
        open_lake(settings, read_only=True)
    with pytest.raises(ConfigError, match="no lake at"):
        open_lake(settings)


def s3_host() -> str:
    import os

    return os.environ["AWS_ENDPOINT_URL"].split("//")[1]


def test_a_location_says_the_server_and_not_the_password() -> None:
    location = LakeLocation.at("lake", "postgresql://desk:s3cret@db.example/news")
    assert str(location) == "postgresql://db.example/news"
