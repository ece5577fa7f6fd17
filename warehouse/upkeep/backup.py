"""Backup of a lake to a folder, and back: catalog, Parquet and WARC files together.

The catalog is copied first and put in place last. Every file that it names exists at that moment, changes only
by appending, and is kept for two days after its last use (settings.retention): so a backup made while runs go
on is whole if it takes less than those two days. Files that the folder has already are not copied again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ConfigError, PermanentError, TransientError
from warehouse.catalog.copying import copy_sqlite
from warehouse.catalog.faults import redact
from warehouse.catalog.location import CATALOG_FILE, LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.upkeep.backup_folder import DUMP_FILE, check_backup_folder

if TYPE_CHECKING:
    from core.settings import Settings

_UNFINISHED = ".unfinished"
_LEFT_OUT = (".journal", ".part", _UNFINISHED)


@dataclass(frozen=True, slots=True)
class CopyReport:
    """Numbers of files that were copied, and of files that existed already."""

    copied_count: int
    copied_byte_count: int
    kept_count: int


def back_up(settings: Settings, folder: Path) -> CopyReport:
    """Bring the backup in `folder` up to date with the lake; until it is whole, the older one counts.

    The backup of an embedded lake is a lake itself. That of a server catalog holds what pg_dump writes. Raises
    ConfigError if the folder holds anything but an earlier backup of this lake.
    """
    location = LakeLocation.of(settings)
    with open_lake(location, read_only=True) as lake:  # raises for a missing or broken lake
        check_backup_folder(lake, folder)
    folder.mkdir(parents=True, exist_ok=True)
    name = DUMP_FILE if location.catalog_url else CATALOG_FILE
    unfinished = folder / (name + _UNFINISHED)
    if location.catalog_file:
        copy_sqlite(location.catalog_file, unfinished)
    else:
        _run_postgres(location, "pg_dump", "--format=custom", "--no-owner", "--file", str(unfinished))
    report = _copy_all((location.data_path, folder / "data"), (_archive(settings), folder / "archive"))
    unfinished.replace(folder / name)
    return report


def restore(settings: Settings, folder: Path) -> CopyReport:
    """Restore the backup in `folder` to the place that the settings name, which must be empty.

    Files first, then the catalog in one step, so that a restore that was stopped can be started again.
    """
    location = LakeLocation.of(settings)
    catalog = folder / (DUMP_FILE if location.catalog_url else CATALOG_FILE)
    if not catalog.is_file():
        kind = "a catalog on PostgreSQL" if location.catalog_url else "an embedded lake"
        raise ConfigError(
            f"{folder} holds no backup of {kind}: {catalog.name} is missing; name the folder of a backup"
        )
    if location.catalog_file.exists() if location.catalog_file else _is_lake(location):
        raise ConfigError(f"{location} already holds a lake; restore to an empty place")
    report = _copy_all((folder / "data", location.data_path), (folder / "archive", _archive(settings)))
    if location.catalog_file:
        unfinished = location.catalog_file.with_name(CATALOG_FILE + _UNFINISHED)
        copy_sqlite(catalog, unfinished)
        unfinished.replace(location.catalog_file)
    else:
        name = location.catalog_parameters.get("dbname", "")
        options = ("--no-owner", "--single-transaction", "--exit-on-error", "--dbname", name)
        _run_postgres(location, "pg_restore", *options, str(catalog))
    return report


def _is_lake(location: LakeLocation) -> bool:
    """Whether the database of a server catalog holds a lake, wherever its files are.

    Raises TransientError if the server cannot be reached.
    """
    try:
        with open_lake(location, read_only=True):
            return True
    except ConfigError:
        return False
    except PermanentError:
        return True  # a catalog whose files are not at this place


def _archive(settings: Settings) -> Path | str:
    return settings.archive_url or settings.archive_folder


def _run_postgres(location: LakeLocation, program: str, *options: str) -> None:
    """pg_dump or pg_restore; the password goes by the environment, never by the command line."""
    path = shutil.which(program)
    if path is None:
        raise ConfigError(f"a catalog on PostgreSQL needs {program}; install the PostgreSQL client programs")
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
    }
    known = {names[key]: value for key, value in location.catalog_parameters.items()}
    done = subprocess.run(  # noqa: S603 - the program of that name, options of our own
        [path, *options], env={**os.environ, **known}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[0]
        raise TransientError(f"{program} failed for {location}: {redact(said, location)}")


def _copy_all(*pairs: tuple[Path | str, Path | str]) -> CopyReport:
    sizes, kept = [], 0
    for source, target in pairs:
        for size in _copy_missing(str(source), str(target)):
            if size is None:
                kept += 1
            else:
                sizes.append(size)
    return CopyReport(len(sizes), sum(sizes), kept)


def _copy_missing(source: str, target: str) -> Iterator[int | None]:
    """Copy each file that the target lacks or has shorter: its size, or None if the target has it.

    Files only grow (WARC) or stay as they are (Parquet). Raises ConfigError for one that is longer at the target.
    """
    import fsspec  # here because it is slow to import

    old, root = fsspec.core.url_to_fs(source)
    new, place = fsspec.core.url_to_fs(target)
    root, place = root.rstrip("/"), place.rstrip("/")
    there = {path[len(place) :]: info["size"] for path, info in new.find(place, detail=True).items()}
    for path, info in sorted(old.find(root, detail=True).items()):
        name = path[len(root) :]
        if name.endswith(_LEFT_OUT):
            continue
        if there.get(name) == info["size"]:
            yield None
        elif there.get(name, 0) > info["size"]:
            raise ConfigError(
                f"{place}{name} is longer than {path}, so it holds data that would be lost; "
                "choose an empty place"
            )
        else:
            _copy_file(old, path, new, place + name, is_local="://" not in target)
            yield int(info["size"])


def _copy_file(old: Any, path: str, new: Any, place: str, *, is_local: bool) -> None:
    unfinished = place + _UNFINISHED if is_local else place  # an upload is whole or does not exist
    if is_local:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
    with old.open(path, "rb") as source, new.open(unfinished, "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    if is_local:
        Path(unfinished).replace(place)
