"""A lake attached to a DuckDB session: with its secrets, read-only or not, now or as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import duckdb

from core.errors import ConfigError, CopydeskError
from warehouse.catalog.extensions import (
    check_duckdb,
    create_s3_secret,
    extension_binary,
    extensions_of,
    load_extension,
    open_session,
    quote,
)
from warehouse.catalog.faults import MissingLakeError, explain_fault
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.location import LakeLocation

ALIAS = "lake"
# A moment in a lake's history: a snapshot's number, a time, or the newest snapshot, kept for the whole session.
AsOf = int | datetime | Literal["now"]
_BUSY_MILLISECONDS = 20_000


def attach_or_create(location: LakeLocation) -> duckdb.DuckDBPyConnection:
    """A session that writes to the lake; a missing lake is made first."""
    try:
        return attach_session(location, read_only=False)
    except MissingLakeError:
        _make_folder(location)
    with writer_gate(location):
        try:  # another process can have made it in the meantime
            return attach_session(location, read_only=False)
        except MissingLakeError:
            if location.catalog_file:
                _make_catalog_file(location.catalog_file)
            return attach_session(location, read_only=False, create=True)


def attach_session(
    location: LakeLocation, *, read_only: bool, as_of: AsOf | None = None, create: bool = False
) -> duckdb.DuckDBPyConnection:
    """A DuckDB session that has the lake attached under the name `lake` and uses it.

    `as_of` is a snapshot's number or a time; the session then sees the lake as it was. "now" keeps the
    newest snapshot: all statements of the session see the same rows, whatever others write meanwhile. Without it
    each statement sees the newest rows, even inside a transaction. Raises MissingLakeError if there is no lake and `create` is false.
    """
    if location.catalog_file and not location.catalog_file.is_file():
        raise MissingLakeError(location)
    check_duckdb()
    config = {} if read_only else _writer_config(location)
    connection = open_session(*extensions_of(location), **config)
    try:
        if location.data_url:
            create_s3_secret(connection)
        if location.catalog_url:
            _create_catalog_secret(connection, location, ALIAS)
        moment = None if as_of == "now" else as_of
        connection.execute(_attach_statement(location, read_only, moment, create))
        if as_of == "now":
            _keep_snapshot(connection, location, read_only)
        connection.execute(f"USE {ALIAS}")
    except duckdb.Error as error:
        fault = explain_fault(error, location)
        if as_of is not None and "no snapshot found" in str(error).lower():
            fault = ConfigError(f"{fault}; {_tell_snapshots(connection, location)}")
        connection.close()
        raise fault from None
    except CopydeskError:
        connection.close()
        raise
    return connection


def _keep_snapshot(connection: duckdb.DuckDBPyConnection, location: LakeLocation, read_only: bool) -> None:
    """Attach the lake again at the snapshot that is the newest now.

    The number comes from the catalog's own table: current_snapshot() would read every table's description, which the
    second attachment reads once more.
    """
    row = connection.execute(
        f"SELECT max(snapshot_id) FROM __ducklake_metadata_{ALIAS}.ducklake_snapshot"
    ).fetchone()
    assert row is not None
    connection.execute(f"DETACH {ALIAS}")
    connection.execute(_attach_statement(location, read_only, int(row[0]), False))


def _writer_config(location: LakeLocation) -> dict[str, str]:
    """Set what suits a writer. It reads each staged file and each old row once: caching them costs memory and saves
    no time. It runs beside workers that keep every core busy: a second thread costs a third more CPU time per
    landing. Remote files are waited for, not computed: there threads save time."""
    config = {"enable_external_file_cache": "false"}
    return config if location.data_url else {**config, "threads": "1"}


def _tell_snapshots(connection: duckdb.DuckDBPyConnection, location: LakeLocation) -> str:
    """The first and the last snapshot, by number and time."""
    try:
        connection.execute(_attach_statement(location, True, None, False))
        rows = connection.execute(
            "SELECT snapshot_id, strftime(snapshot_time, '%Y-%m-%dT%H:%M:%SZ')"
            f" FROM {ALIAS}.snapshots() ORDER BY snapshot_id"
        ).fetchall()
    except duckdb.Error:
        return "give another --as-of"
    (first, began), (last, ended) = rows[0], rows[-1]
    return f"the first is {first} of {began}, the last {last} of {ended}"


@contextmanager
def attached_beside(
    connection: duckdb.DuckDBPyConnection, location: LakeLocation, alias: str
) -> Iterator[None]:
    """A second lake in the session, read-only, under the name `alias`."""
    try:
        for name in extensions_of(location):
            load_extension(connection, name)
        if location.data_url:
            create_s3_secret(connection)
        if location.catalog_url:
            _create_catalog_secret(connection, location, alias)
        connection.execute(_attach_statement(location, True, None, False, alias))
    except duckdb.Error as error:
        raise explain_fault(error, location) from None
    try:
        yield
    finally:
        connection.execute(f"DETACH {alias}")


def detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Detach the lake and close the session, whatever state it is in."""
    try:
        connection.execute("USE memory")
        connection.execute(f"DETACH {ALIAS}")
    except duckdb.Error:
        pass  # it was never attached, or a fatal error has already invalidated the session
    finally:
        connection.close()


def loads_here(location: LakeLocation) -> str | None:
    """Statements that load the extensions from their packages on this machine, for a client that cannot reach
    DuckDB's server; None if the packages are not installed."""
    binaries = [extension_binary(name) for name in extensions_of(location)]
    return " ".join(f"LOAD '{quote(str(file))}';" for file in binaries) if all(binaries) else None


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


def _attach_statement(
    location: LakeLocation,
    read_only: bool,
    as_of: int | datetime | None,
    create: bool,
    alias: str = ALIAS,
) -> str:
    options = [
        f"DATA_PATH '{quote(location.data_path)}'",
        "OVERRIDE_DATA_PATH true",
        f"CREATE_IF_NOT_EXISTS {str(create).lower()}",
    ]
    if location.catalog_url:
        source = "postgres:"
        options.append(f"META_SECRET '{_secret_name(alias)}'")
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
    return f"ATTACH 'ducklake:{quote(source)}' AS {alias} ({', '.join(options)})"


def _secret_name(alias: str) -> str:
    return f"copydesk_catalog_of_{alias}"


def _create_catalog_secret(connection: duckdb.DuckDBPyConnection, location: LakeLocation, alias: str) -> None:
    names = {"dbname": "DATABASE"}
    options = "".join(
        f", {names.get(key, key.upper())} '{quote(value)}'"
        for key, value in location.catalog_parameters.items()
    )
    connection.execute(f"CREATE OR REPLACE SECRET {_secret_name(alias)} (TYPE postgres{options})")


def _make_folder(location: LakeLocation) -> None:
    try:
        location.folder.mkdir(parents=True, exist_ok=True)
        if not location.data_url:
            (location.folder / "data").mkdir(exist_ok=True)
    except OSError as error:
        raise ConfigError(f"cannot make a lake at {location.folder}: {error.strerror}") from error


def _make_catalog_file(file: Path) -> None:
    """An empty SQLite database in WAL mode, so that readers are never blocked by the writer."""
    with closing(sqlite3.connect(file, timeout=60)) as database:
        database.execute("PRAGMA journal_mode = WAL")
