"""DuckDB sessions with the extensions a lake needs, loaded from the packages that carry them."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import duckdb

from core.errors import ConfigError

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation

_SESSION_NUMBERS = itertools.count(1)
OLDEST_DUCKDB = "1.5"  # older ones have no DuckLake extension that reads the lake's format
SESSION = {
    # DuckDB downloads nothing by itself, and takes no Python variable for a table
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


def check_duckdb(version: str = duckdb.__version__) -> None:
    """Raises ConfigError if this version of DuckDB is too old to read a lake."""
    parts = [int(part) for part in version.split(".")[:2]]
    if parts < [int(part) for part in OLDEST_DUCKDB.split(".")]:
        raise ConfigError(
            f"DuckDB {version} cannot read a lake; install DuckDB {OLDEST_DUCKDB} or later in this environment"
        )


def extensions_of(location: LakeLocation) -> tuple[str, ...]:
    """The extensions that a lake at this place needs."""
    catalog = "postgres_scanner" if location.catalog_url else "sqlite_scanner"
    return ("ducklake", catalog, "httpfs") if location.data_url else ("ducklake", catalog)


def open_session(*extensions: str, **config: str) -> duckdb.DuckDBPyConnection:
    """A DuckDB session in memory, in UTC, with these extensions loaded."""
    # what does not fit into memory is spilled to a folder that is made, and removed, when needed
    spill = f"{tempfile.gettempdir()}/copydesk-spill-{os.getpid()}-{next(_SESSION_NUMBERS)}"
    given = {**SESSION, "temp_directory": spill, **config}
    connection = duckdb.connect(":memory:", config={**given, "allow_unsigned_extensions": "true"})
    try:
        connection.execute("SET GLOBAL TimeZone = 'UTC'")  # cursors of the session too
        # DuckDB draws its bar on standard output, into the middle of what --json prints. SET fails in a notebook that
        # has no ipywidgets.
        connection.execute("PRAGMA disable_progress_bar")
        _load_packaged(connection, extensions)
        for name in extensions:
            load_extension(connection, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _load_packaged(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """Load the extensions that lie in packages beside DuckDB's own, and check the signature of every later one.

    What is not in a package, or does not load, is left to load_extension.
    """
    # Why: see docs/decisions.md, "Extensions from packages are loaded as DuckDB itself is".
    for binary in filter(None, map(extension_binary, names)):
        with suppress(duckdb.Error):
            connection.execute(f"LOAD '{quote(str(binary))}'")
    # DuckDB lets nobody switch it on again while the session lasts.
    connection.execute("SET GLOBAL allow_unsigned_extensions = false")


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its package, else by INSTALL; nothing happens if open_session has loaded it already.

    Raises ConfigError if neither works.
    """
    binary = extension_binary(name)
    try:
        if binary is None:
            connection.install_extension(name)
        connection.execute(f"LOAD '{quote(str(binary))}'" if binary else f"LOAD {name}")
    except duckdb.Error as error:
        package = f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
        raise ConfigError(
            f"cannot load DuckDB's extension {name}; install the package {package} ({first_line(error)})"
        ) from error


def extension_binary(name: str) -> Path | None:
    """The binary in the package duckdb-extension-NAME that fits this DuckDB, or None."""
    spec = util.find_spec(f"duckdb_extension_{name}")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}"
    binary = folder / f"{name}.duckdb_extension"
    return binary if binary.is_file() else None


def create_s3_secret(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the session the S3 credentials of the environment (the AWS_ variables that boto reads).

    DuckDB shows a secret redacted; no later statement that can fail contains it.
    """
    given = {
        "KEY_ID": os.environ.get("AWS_ACCESS_KEY_ID"),
        "SECRET": os.environ.get("AWS_SECRET_ACCESS_KEY"),
        "SESSION_TOKEN": os.environ.get("AWS_SESSION_TOKEN"),
        "REGION": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
        **_endpoint(os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")),
    }
    options = "".join(f", {key} '{quote(value)}'" for key, value in given.items() if value)
    try:
        connection.execute(f"CREATE OR REPLACE SECRET copydesk_data (TYPE s3{options})")
        # httpfs has copied the environment into settings too, where current_setting() would show it
        for setting in ("s3_access_key_id", "s3_secret_access_key", "s3_session_token"):
            connection.execute(f"SET GLOBAL {setting} = ''")
    except duckdb.Error:
        raise ConfigError(
            "DuckDB refuses the S3 credentials of the environment; check the variables AWS_..."
        ) from None


def _endpoint(url: str | None) -> dict[str, str]:
    if not url:
        return {}
    parts = urlsplit(url)
    return {"ENDPOINT": parts.netloc, "URL_STYLE": "path", "USE_SSL": str(parts.scheme != "http").lower()}


def quote(text: str) -> str:
    """The text for use between single quotes in SQL, where a value cannot be bound."""
    return text.replace("'", "''")


def first_line(error: BaseException) -> str:
    """The first line of an error's message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
