"""Opening a lake: made where asked, refused with one clear line where it cannot be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest

from core.errors import ConfigError, ContractError, PermanentError, TransientError
from core.settings import Settings
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog import faults
from warehouse.catalog.extensions import check_duckdb, extension_binary, load_extension
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, attach_sql, open_lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_parts


def test_a_missing_lake_is_a_wrong_setting_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no lake at .*nowhere"):
        open_lake(Settings(lake=tmp_path / "nowhere"), read_only=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_lake_is_made_where_asked_with_a_catalog_in_wal_mode(location: LakeLocation) -> None:
    assert location.catalog_file is not None
    with closing(sqlite3.connect(location.catalog_file)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_writer_leaves_the_cores_to_its_workers_until_it_works_alone(lake: Lake) -> None:
    threads = "SELECT current_setting('threads')"
    assert lake.execute(threads).fetchone() == (1,)
    lake.use_all_cores()
    with duckdb.connect() as plain:
        assert lake.execute(threads).fetchone() == plain.execute(threads).fetchone()


@pytest.mark.parametrize(
    "read", [lambda lake: run_query(lake, "running_runs"), lambda lake: lake.snapshot_id]
)
def test_a_server_that_goes_while_the_answer_is_read_is_worth_another_try(
    location: LakeLocation, read: Callable[[Lake], object]
) -> None:
    said = 'Failed to execute query "COMMIT": server closed the connection unexpectedly'
    gone = Mock(
        side_effect=duckdb.TransactionException(f"TransactionContext Error: Failed to commit: {said}")
    )
    answer = Mock(to_arrow_table=gone, fetchall=gone)
    with pytest.raises(TransientError, match=r"cannot reach the lake at .*, or it is busy; try again"):
        read(Lake(location, Mock(execute=Mock(return_value=answer)), read_only=False))


def test_a_lake_of_a_newer_version_is_refused(lake: Lake) -> None:
    lake.execute("INSERT INTO internal.schema_versions VALUES (9999, 'x', now())")
    for read_only in (True, False):
        with pytest.raises(PermanentError, match=r"schema version 9999.*upgrade Copydesk"):
            open_lake(lake.location, read_only=read_only)


def test_a_catalog_that_is_no_database_is_told_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"this is no database at all " * 100)
    with pytest.raises(PermanentError, match="damaged"):
        open_lake(LakeLocation.at(tmp_path), read_only=True)


def test_a_reader_cannot_write(lake: Lake) -> None:
    with (
        open_lake(lake.location, read_only=True) as reader,
        pytest.raises(Exception, match="read-only"),
    ):
        reader.execute("DELETE FROM articles")


def test_a_snapshot_that_is_not_there_is_a_wrong_wish(lake: Lake) -> None:
    with pytest.raises(ConfigError, match="does not have this snapshot"):
        open_lake(lake.location, read_only=True, as_of=99_999)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ConfigError, match="cannot make a lake"):
        open_lake(LakeLocation.at(tmp_path / "file" / "lake"), create=True)


def test_a_creation_that_was_cut_off_is_finished_by_the_next(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "catalog.sqlite").close()
    (tmp_path / "catalog.sqlite").touch()
    with pytest.raises(ConfigError, match="no lake at"):
        open_lake(LakeLocation.at(tmp_path), read_only=True)
    with open_lake(LakeLocation.at(tmp_path), create=True) as made:
        assert made.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_the_extensions_come_signed_from_their_packages() -> None:
    with closing(duckdb.connect()) as checking:
        for name in ("ducklake", "sqlite_scanner", "postgres_scanner", "httpfs"):
            assert extension_binary(name) is not None, name
            load_extension(checking, name)


def test_a_duckdb_that_cannot_read_a_lake_is_refused_before_it_tries() -> None:
    for version in ("1.5.0", "1.10.2", "2.0.0"):
        check_duckdb(version)
    for version in ("1.4.3", "0.10.1"):
        with pytest.raises(ConfigError, match=rf"DuckDB {version} cannot read a lake; install DuckDB 1\.5"):
            check_duckdb(version)


def test_the_attach_line_serves_any_duckdb_client(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    script = lake.attach_sql().replace("INSTALL ducklake; LOAD ducklake; INSTALL sqlite; LOAD sqlite;", "")
    with closing(duckdb.connect()) as client:
        for name in ("ducklake", "sqlite_scanner"):  # no network here: what INSTALL would have fetched
            client.execute(f"LOAD '{extension_binary(name)}'")
        client.execute(script)
        assert client.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert client.execute("SELECT thing FROM figure_readings").fetchone() == ("boat",)
        assert client.execute("SELECT span_of('abcdef', 1, 3)").fetchone() == ("bc",)
        with pytest.raises(duckdb.Error, match="read-only"):
            client.execute("DELETE FROM articles")
        client.execute("USE memory; DETACH lake")


def test_a_lake_that_lacks_a_table_of_today_says_how_to_bring_it_up_to_date(lake: Lake) -> None:
    lake.connection.execute("DROP TABLE feed_cursors")
    with pytest.raises(PermanentError, match=r"`copydesk maintain` brings it up to date .*feed_cursors"):
        lake.execute("SELECT count(*) FROM feed_cursors")


def test_a_lake_that_lacks_a_column_of_today_says_the_same_and_its_runs_are_shown(lake: Lake) -> None:
    lake.connection.execute("ALTER TABLE runs DROP COLUMN problem")
    with pytest.raises(PermanentError, match=r"`copydesk maintain` brings it up to date .*problem"):
        lake.execute("SELECT problem FROM runs")
    assert "problem" in run_query(lake, "status_runs", limit=1).column_names


def test_a_lake_may_be_moved(lake: Lake, part: PartFolder, tmp_path: Path) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    lake.close()
    (tmp_path / "lake").rename(tmp_path / "elsewhere")
    with open_lake(LakeLocation.at(tmp_path / "elsewhere"), read_only=True) as moved:
        assert moved.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_the_attach_line_of_a_server_lake_holds_no_password() -> None:
    location = LakeLocation.at("lake", "postgresql://desk:s3cret@db.example:5433/news", "s3://bucket/lake")
    line = attach_sql(location)
    assert "s3cret" not in line
    assert "s3cret" not in str(location)
    assert "host=db.example port=5433 dbname=news user=desk" in line
    assert "s3://bucket/lake/data/" in line


def test_a_password_never_gets_into_an_error() -> None:
    location = LakeLocation.at("lake", "postgresql://desk:s3cret@127.0.0.1:1/news")
    error = duckdb.IOException("IO Error: host=x password=other s3cret postgresql://desk:hidden@db failed")
    said = str(faults.explain_fault(error, location))
    for secret in ("s3cret", "other", "hidden"):
        assert secret not in said


def test_the_reason_after_a_catalogs_long_query_is_told() -> None:
    location = LakeLocation.at("lake", "postgresql://desk:s3cret@127.0.0.1:1/news")
    said = 'Binder Error: Failed to prepare query "SELECT data_file_id\nFROM files\nWHERE "a" = 1": {}'
    gone = faults.explain_fault(
        duckdb.BinderException(said.format("no connection to the server\n")), location
    )
    assert isinstance(gone, TransientError)
    other = faults.explain_fault(duckdb.BinderException(said.format('relation "files" is gone\n')), location)
    assert isinstance(other, ContractError)
    assert str(other).endswith('"SELECT data_file_id ... relation "files" is gone')


def test_a_server_that_is_away_is_worth_another_try() -> None:
    location = LakeLocation.at("lake", "postgresql://desk:s3cret@127.0.0.1:1/news")
    with pytest.raises(TransientError) as caught:
        open_lake(location, read_only=True)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        "server closed the connection unexpectedly",
        "current transaction is aborted, commands ignored",
        "TransactionContext Error: cannot rollback - no transaction is active",
    ],
)
def test_a_catalog_that_went_away_in_the_middle_is_worth_another_try(said: str) -> None:
    location = LakeLocation.at("lake", "postgresql://desk@127.0.0.1:1/news")
    assert isinstance(faults.explain_fault(duckdb.Error(said), location), TransientError)


def test_a_user_of_the_catalog_who_may_only_read_is_told_so() -> None:
    location = LakeLocation.at("lake", "postgresql://reader@127.0.0.1:1/news")
    error = duckdb.Error("Failed to commit: ERROR: permission denied for table ducklake_snapshot")
    explained = faults.explain_fault(error, location)
    assert isinstance(explained, ConfigError)
    assert "connect as the user that loads" in str(explained)


@pytest.mark.parametrize(
    ("catalog_url", "data_url"), [("mysql://x/y", None), (None, "ftp://x/y"), (None, "/data")]
)
def test_an_address_of_an_unknown_kind_is_a_wrong_setting(
    catalog_url: str | None, data_url: str | None
) -> None:
    with pytest.raises(ConfigError, match="must begin with"):
        LakeLocation.at("lake", catalog_url, data_url)


def test_importing_warehouse_imports_nothing_heavy() -> None:
    heavy = "{'duckdb', 'pandas', 'pyarrow', 'pydantic'}"
    script = f"import sys, warehouse; sys.exit(bool({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=False, env={**os.environ})
    assert done.returncode == 0


def test_user_sql_imports_neither_pandas_nor_arrow(lake: Lake) -> None:
    script = (
        "import sys\n"
        "from warehouse.catalog.location import LakeLocation\n"
        "import warehouse.asking.apart\n"
        "from warehouse.asking.user_sql import open_for_user_sql\n"
        f"with open_for_user_sql(LakeLocation.at({str(lake.location.folder)!r})) as session:\n"
        "    assert list(session.run('select 1')) == [(1,)]\n"
        "sys.exit(', '.join({'pandas', 'pyarrow', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_a_slow_query_draws_nothing_into_the_output(lake: Lake) -> None:
    found = lake.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    assert found == (False,)
