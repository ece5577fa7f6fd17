"""A lake as it is now, for readers in other processes, while others may write to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake


def copy_sqlite(source: Path, target: Path, journal_mode: str = "WAL") -> None:
    """A consistent copy of a database, in WAL mode as the original."""
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source, timeout=60)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute(f"PRAGMA journal_mode = {journal_mode}")


@dataclass(frozen=True, slots=True)
class FrozenLake:
    """A lake as it was at one moment: by a copy of its SQLite catalog, or by the number of a snapshot on its server."""

    location: LakeLocation
    snapshot_id: int | None = None

    @property
    def is_visible(self) -> bool:
        """Whether this machine can see the data: a worker of a cluster can lack the lake's drive."""
        return bool(self.location.data_url) or Path(self.location.data_path).is_dir()

    @contextmanager
    def open(self) -> Iterator[Lake]:
        """The lake, read-only, for many short reads by one core."""
        with open_lake(self.location, read_only=True, as_of=self.snapshot_id) as lake:
            lake.use_one_core()
            yield lake


def freeze_for_readers(lake: Lake, file: Path, *, on_this_machine: bool) -> FrozenLake | None:
    """The lake as it is now. A SQLite catalog is copied to `file`.

    None for readers on other machines if the catalog or the data are on a server: they may not have its credentials.
    """
    location = lake.location
    if not on_this_machine and (location.catalog_url or location.data_url):
        return None
    if location.catalog_file is None:
        return FrozenLake(location, lake.snapshot_id)
    # SQLite's WAL mode needs memory that is shared between all readers, so it does not work on network file systems
    # (https://www.sqlite.org/wal.html).
    copy_sqlite(location.catalog_file, file, journal_mode="DELETE")
    return FrozenLake(replace(location, catalog_copy=file))
