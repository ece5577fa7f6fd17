"""The lake: a DuckLake catalog and its Parquet files, attached to a DuckDB session of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from core.errors import ConfigError, CopydeskError
from warehouse.extensions import create_s3_secret, extensions_of, open_session, quote
from warehouse.faults import explain_fault
from warehouse.gate import writer_gate
from warehouse.location import LakeLocation
from warehouse.schema import check_version

if TYPE_CHECKING:
    from datetime import datetime

    from core.settings import Settings

ALIAS = "lake"
_CATALOG_SECRET = "copydesk_catalog"  # noqa: S105 - a name
_BUSY_MILLISECONDS = 20_000


class Lake:
    """An open lake. `connection` is a DuckDB session that uses it; close it by leaving the context."""

    def __init__(
        self, location: LakeLocation, connection: duckdb.DuckDBPyConnection, read_only: bool
    ) -> None:
        self.location = location
        self.connection = connection
        self.read_only = read_only

    def execute(
        self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Run SQL of our own; a failure comes out as the CopydeskError that says what to do."""
        try:
            return self.connection.execute(sql, values)
        except duckdb.Error as error:
            raise explain_fault(error, self.location) from error

    @property
    def snapshot_id(self) -> int:
        """The newest snapshot."""
        row = self.execute(f"SELECT id FROM {ALIAS}.current_snapshot()").fetchone()
        assert row is not None
        return int(row[0])

    def attach_sql(self) -> str:
        """Statements with which any DuckDB client reads this lake; never a password."""
        return attach_sql(self.location)

    def close(self) -> None:
        """Detach, then close."""
        detach(self.connection)

    def __enter__(self) -> Lake:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_lake(
    settings: Settings | LakeLocation,
    *,
    read_only: bool = False,
    create: bool = False,
    as_of: int | datetime | None = None,
) -> Lake:
    """The lake that the settings name, with its schema brought up to date unless `read_only`.

    `create` makes a lake where there is none; `as_of`, for readers, shows it as it was at that
    snapshot or time. Raises ConfigError for a missing lake, PermanentError
    for one of a newer version or a broken catalog, TransientError for a catalog that is locked or away.
    """
    location = settings if isinstance(settings, LakeLocation) else LakeLocation.of(settings)
    with writer_gate(location) if _prepare(location, create and not read_only) else nullcontext():
        connection = attach_session(location, read_only=read_only, as_of=as_of)
    lake = Lake(location, connection, read_only)
    try:
        _check(lake)
    except BaseException:
        lake.close()
        raise
    return lake


def _check(lake: Lake) -> None:
    if lake.read_only:
        if check_version(lake) is None:
            raise ConfigError(f"the lake at {lake.location} is empty; load something first")
    else:
        from warehouse.migrations import migrate

        migrate(lake)


def attach_session(
    location: LakeLocation, *, read_only: bool, as_of: int | datetime | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB session that has the lake attached under the name `lake` and uses it.

    `as_of` is a snapshot's number or a time; the session then sees the lake as it was.
    """
    connection = open_session(*extensions_of(location))
    try:
        if location.data_url:
            create_s3_secret(connection)
        if location.catalog_url:
            _create_catalog_secret(connection, location)
        connection.execute(_attach_statement(location, read_only, as_of))
        connection.execute(f"USE {ALIAS}")
    except duckdb.Error as error:
        connection.close()
        raise explain_fault(error, location) from None
    except CopydeskError:
        connection.close()
        raise
    return connection


def detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Detach the lake and close the session, whatever state it is in."""
    try:
        connection.execute("USE memory")
        connection.execute(f"DETACH {ALIAS}")
    except duckdb.Error:
        pass  # it was never attached, or a fatal error has already invalidated the session
    finally:
        connection.close()


def attach_sql(location: LakeLocation) -> str:
    """The statements that `copydesk doctor` prints for other DuckDB clients; never a password.

    With a server catalog the client takes the password from PGPASSWORD or ~/.pgpass, and the S3
    credentials from a secret of its own.
    """
    loads = {"postgres_scanner": "postgres", "sqlite_scanner": "sqlite"}
    names = [loads.get(name, name) for name in extensions_of(location)]
    install = " ".join(f"INSTALL {name}; LOAD {name};" for name in names)
    source = f"sqlite:{location.catalog_file}"
    if location.catalog_url:
        known = {key: value for key, value in location.catalog_parameters.items() if key != "password"}
        source = "postgres:" + " ".join(f"{key}={value}" for key, value in known.items())
    options = f"READ_ONLY, DATA_PATH '{quote(location.data_path)}', OVERRIDE_DATA_PATH true"
    return f"{install}\nATTACH 'ducklake:{quote(source)}' AS {ALIAS} ({options});\nUSE {ALIAS};"


def _attach_statement(location: LakeLocation, read_only: bool, as_of: int | datetime | None) -> str:
    options = [f"DATA_PATH '{quote(location.data_path)}'", "OVERRIDE_DATA_PATH true"]
    if location.catalog_url:
        source = "postgres:"
        options.append(f"META_SECRET '{_CATALOG_SECRET}'")
    else:
        source = f"sqlite:{location.catalog_file}"
        options.append(f"META_BUSY_TIMEOUT {_BUSY_MILLISECONDS}")
    if read_only:
        options.append("READ_ONLY")
    else:
        options.append("DATA_INLINING_ROW_LIMIT 0")
    if isinstance(as_of, int):
        options.append(f"SNAPSHOT_VERSION {as_of}")
    elif as_of is not None:
        options.append(f"SNAPSHOT_TIME '{as_of.isoformat()}'")
    return f"ATTACH 'ducklake:{quote(source)}' AS {ALIAS} ({', '.join(options)})"


def _create_catalog_secret(connection: duckdb.DuckDBPyConnection, location: LakeLocation) -> None:
    names = {"dbname": "DATABASE"}
    options = "".join(
        f", {names.get(key, key.upper())} '{quote(value)}'"
        for key, value in location.catalog_parameters.items()
    )
    connection.execute(f"CREATE OR REPLACE SECRET {_CATALOG_SECRET} (TYPE postgres{options})")


def _prepare(location: LakeLocation, create: bool) -> bool:
    """Whether the lake is about to be made; then its folder and empty catalog file are there."""
    file = location.catalog_file
    if file is None:
        if create:
            location.folder.mkdir(parents=True, exist_ok=True)
        return create
    if file.is_file():
        return False
    if not create:
        raise ConfigError(
            f"no lake at {location.folder}; `copydesk load` or `copydesk run` makes one, --lake names another"
        )
    try:
        _create_catalog_file(file)
    except OSError as error:
        raise ConfigError(f"no lake can be made at {location.folder}: {error.strerror}") from error
    return True


def _create_catalog_file(file: Path) -> None:
    """An empty SQLite database in WAL mode, so that readers are never blocked by the writer."""
    (file.parent / "data").mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=60)) as database:
        database.execute("PRAGMA journal_mode = WAL")
