"""Whoever only answers SQL connects to a catalog on PostgreSQL as a user that may only read it."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from core.errors import ConfigError, CopydeskError
from core.settings import Settings
from flows.doctor import diagnose
from tests.servers import find_postgres
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.user_sql import open_for_user_sql
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.catalog.role import look_at_role
from warehouse.landing.land import land_parts

pytestmark = [pytest.mark.servers, pytest.mark.slow]
SCRIPT = Path(__file__).resolve().parents[3] / "deploy" / "create-databases.sh"
CANARY = "canary-of-another-schema"


@pytest.fixture(scope="module")
def users(own_postgres: str) -> Iterator[dict[str, str]]:
    """URLs of the lake's two users, made by the script of the deployment on a server of the test's."""
    parts = urlsplit(own_postgres)
    passwords = {name: secrets.token_hex(8) for name in ("postgres", "prefect", "lake", "lake_reader")}
    environment = {
        "PATH": f"{find_postgres()}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(parts.port),
        "PGPASSWORD": passwords["postgres"],
        "PREFECT_DB_PASSWORD": passwords["prefect"],
        "LAKE_DB_PASSWORD": passwords["lake"],
        "LAKE_READER_PASSWORD": passwords["lake_reader"],
    }
    with psycopg.connect(f"{own_postgres}/postgres", autocommit=True) as server:
        server.execute(f"CREATE ROLE postgres SUPERUSER LOGIN PASSWORD '{passwords['postgres']}'".encode())
        subprocess.run(["sh", str(SCRIPT)], env=environment, check=True, capture_output=True)
        yield {
            name: f"postgresql://{name}:{passwords[name]}@127.0.0.1:{parts.port}/lake"
            for name in ("lake", "lake_reader", "postgres")
        }


@pytest.fixture(scope="module")
def folder(users: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readers") / "lake"
    with open_lake(Settings(lake=folder, catalog_url=users["lake"]), create=True) as lake:
        land_parts(lake, make_run(), [PartFolder(lake)(make_rows("a"), make_rows("b"))])
    with psycopg.connect(users["postgres"], autocommit=True) as server:
        server.execute("CREATE SCHEMA staff")
        server.execute("CREATE TABLE staff.wages (note text)")
        server.execute(f"INSERT INTO staff.wages VALUES ('{CANARY}')".encode())
    return folder


def test_the_reader_of_the_deployment_reads_the_lake_and_can_do_nothing_else(
    users: dict[str, str], folder: Path
) -> None:
    reader = LakeLocation.at(folder, users["lake_reader"])
    with open_for_user_sql(reader) as session:
        assert session.run("select count(*) from articles").fetch(1) == [(2,)]
    assert look_at_role(reader) == ("lake_reader", ())
    with pytest.raises(CopydeskError), open_lake(reader) as lake:
        lake.execute("DELETE FROM articles")
    with psycopg.connect(users["lake_reader"], autocommit=True) as server:
        for statement in (
            "DELETE FROM ducklake_table",
            "CREATE TABLE public.x (a int)",
            "CREATE SCHEMA x",
            "SELECT * FROM staff.wages",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute(statement.encode())


def test_doctor_warns_of_a_reader_that_may_do_more(users: dict[str, str], folder: Path) -> None:
    def look(user: str) -> tuple[bool, bool, str]:
        settings = Settings(lake=folder, catalog_url=users[user])
        (found,) = [found for found in diagnose(lambda: settings)[0] if found.subject == "catalog user"]
        return found.is_good, found.is_warning, found.detail

    assert look("lake_reader") == (True, False, "lake_reader only reads the lake's catalog")
    good, warning, detail = look("lake")
    assert (good, warning) == (True, True)
    assert "lake has rights on the whole server or database, writes to schema public" in detail
    with psycopg.connect(users["postgres"], autocommit=True) as server:
        server.execute("GRANT USAGE ON SCHEMA staff TO lake_reader")
        server.execute("GRANT SELECT ON staff.wages TO lake_reader")
        try:
            assert look("lake_reader")[1:] == (
                True,
                "lake_reader reads schema staff; right for loading pages, too much for answering SQL"
                " (docs/runbook.md, Readers)",
            )
        finally:
            server.execute("REVOKE ALL ON staff.wages FROM lake_reader")
            server.execute("REVOKE ALL ON SCHEMA staff FROM lake_reader")


@pytest.mark.parametrize("user", ["lake_reader", "postgres"])
def test_no_query_shows_another_schema_or_a_password_even_to_a_user_with_rights(
    users: dict[str, str], folder: Path, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = urlsplit(users[user]).password or ""
    monkeypatch.setenv("PGPASSWORD", password)
    without = users[user].replace(f":{password}", "")
    with open_for_user_sql(LakeLocation.at(folder, without)) as session:
        assert "PGPASSWORD" not in os.environ
        assert session.run("select count(*) from articles").fetch(1) == [(2,)]
        for sql in (
            "from __ducklake_metadata_lake.staff.wages",
            "from staff.wages",
            "from histogram_values('__ducklake_metadata_lake.staff.wages', note)",
            'from histogram_values("__ducklake_metadata_lake.pg_catalog.pg_authid", rolpassword)',
            "select json_serialize_plan('from postgres_scan(''host=127.0.0.1'', ''staff'', ''wages'')')",
            "from postgres_query('__ducklake_metadata_lake', 'select * from staff.wages')",
            "from pg_catalog.pg_authid",
            "from pg_shadow",
        ):
            with pytest.raises(ConfigError) as caught:
                session.run(sql).fetch(10)
            assert CANARY not in str(caught.value)
            assert password not in str(caught.value)
        for sql in (
            "from duckdb_tables()",
            "from duckdb_columns()",
            "from information_schema.tables",
            "from information_schema.columns",
            "from pg_catalog.pg_class",
            "from sqlite_master",
            "show all tables",
        ):
            assert "wages" not in str(session.run(sql).fetch(100_000)), sql
    assert os.environ["PGPASSWORD"] == password
