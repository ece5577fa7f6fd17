"""The folder of a backup: it is empty, or it holds an earlier backup of the same lake.

Anything else there would be replaced: another lake, its backup, or a later state of this one.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ConfigError
from warehouse.catalog.attach import ALIAS
from warehouse.catalog.location import CATALOG_FILE

if TYPE_CHECKING:
    from warehouse.catalog.session import Lake

DUMP_FILE = "catalog.dump"
_CATALOG = f"__ducklake_metadata_{ALIAS}"
# DuckLake gives the schema that each lake begins with an id of its own, and a copy keeps it.
_WHICH = "SELECT schema_uuid::VARCHAR FROM {catalog}.ducklake_schema WHERE schema_id = 0"
_SNAPSHOTS = "SELECT snapshot_id, epoch(snapshot_time::TIMESTAMPTZ) FROM {catalog}.ducklake_snapshot"
_CHOOSE = "choose another folder"


def check_backup_folder(lake: Lake, folder: Path) -> None:
    """Raise ConfigError if a backup of the lake to the folder would replace anything but an earlier backup of it."""
    if folder.resolve() == lake.location.folder.resolve():
        raise ConfigError(f"{folder} is the folder of the lake itself; {_CHOOSE}")
    catalog, dump = folder / CATALOG_FILE, folder / DUMP_FILE
    unexpected = catalog if lake.location.catalog_url else dump
    if unexpected.exists():
        raise ConfigError(f"{unexpected} is of another lake; {_CHOOSE}")
    if dump.exists():
        _check_dump(lake, dump)
    elif catalog.exists():
        _check_catalog(lake, catalog)


def _check_dump(lake: Lake, dump: Path) -> None:
    program = shutil.which("pg_restore")
    if program is None:
        return  # then pg_dump is missing too, and the backup ends there
    command = [program, "--data-only", "--table=ducklake_schema", "--file=-", str(dump)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode == 0 and _tell_which(lake) not in done.stdout:
        raise ConfigError(f"{dump} is the backup of another lake; {_CHOOSE}")


def _check_catalog(lake: Lake, catalog: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{catalog.resolve().as_uri()}?mode=ro", uri=True)) as there:
            which = there.execute("SELECT schema_uuid FROM ducklake_schema WHERE schema_id = 0").fetchone()
            last = there.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone()
            newest = there.execute(
                "SELECT snapshot_id, snapshot_time FROM ducklake_snapshot WHERE snapshot_id = ?", last
            ).fetchone()
    except sqlite3.Error as error:
        raise ConfigError(
            f"{catalog} cannot be read as the catalog of a backup: {error}; {_CHOOSE}"
        ) from error
    if which is None or which[0] != _tell_which(lake):
        raise ConfigError(f"{catalog} is of another lake; {_CHOOSE}")
    snapshots = dict(lake.fetch(_SNAPSHOTS.format(catalog=_CATALOG)))
    number, time = newest
    seconds = datetime.fromisoformat(time).timestamp()
    # A snapshot that the lake has no more has expired there, unless it is later than all of the lake's.
    if number > max(snapshots) or abs(snapshots.get(number, seconds) - seconds) > 0.001:
        raise ConfigError(
            f"{catalog} holds what the lake does not (its snapshot {number} of {time}); {_CHOOSE}"
        )


def _tell_which(lake: Lake) -> str:
    """The id that tells this lake from others, and that its copies keep."""
    return str(lake.fetch(_WHICH.format(catalog=_CATALOG))[0][0])
