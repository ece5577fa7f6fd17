"""Copies of a SQLite catalog, which others may write to meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from warehouse.catalog.location import LakeLocation


def copy_sqlite(source: Path, target: Path, journal_mode: str = "WAL") -> None:
    """A consistent copy of a database, in WAL mode as the original."""
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source, timeout=60)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute(f"PRAGMA journal_mode = {journal_mode}")


def freeze_for_readers(location: LakeLocation, file: Path) -> LakeLocation | None:
    """The lake as it is now, for readers of any machine that sees its folder: with a copy of its catalog in `file`.

    None if the catalog or the data are on a server, whose credentials a reader may not have.
    """
    if location.catalog_file is None or location.data_url:
        return None
    # SQLite's WAL mode needs memory that is shared between all readers, so it does not work on network file systems
    # (https://www.sqlite.org/wal.html).
    copy_sqlite(location.catalog_file, file, journal_mode="DELETE")
    return replace(location, catalog_copy=file)
