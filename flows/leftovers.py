"""What a killed ingest had fetched and not landed; the next ingest lands it without asking again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from core.outcomes import Row
from core.tables import TABLES
from flows.runs import Run, is_alive
from warehouse.staging import ALIVE_LOCK

_CURSORS = "cursors"


def write_cursors(run: Run, rows: Sequence[Row]) -> None:
    """Keep cursors in the run's folder: they cover what was staged before them."""
    number = len(list(run.folder.glob(f"{_CURSORS}-*.parquet")))
    file = run.folder / f"{_CURSORS}-{number:06d}.parquet"
    unfinished = file.with_suffix(".unfinished")
    pq.write_table(TABLES["feed_cursors"].to_arrow(rows), unfinished)
    unfinished.rename(file)


@dataclass(slots=True)
class Leftovers:
    """Staged captures, parts of outcomes and cursors of dead ingest runs."""

    folders: list[Path] = field(default_factory=list)
    captures: list[Row] = field(default_factory=list)
    parts: list[Path] = field(default_factory=list)
    outcome_count: int = 0
    input_refs: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)  # inputs that gave no capture, and the reasons
    cursors: list[Row] = field(default_factory=list)
    locks: list[FileLock] = field(default_factory=list)

    @classmethod
    def find(cls, run: Run) -> Leftovers:
        """Those of every dead ingest run beside this one, oldest first; they are this run's from now on."""
        found = cls()
        for folder in sorted(run.folder.parent.iterdir()):
            if folder != run.folder and not is_alive(folder):
                found._read(folder, run.parts_folder)
        return found

    def remove(self) -> None:
        """They have landed: take the dead runs' folders away."""
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
        for lock in self.locks:
            lock.release()

    def _read(self, folder: Path, parts_folder: Path) -> None:
        cursors = sorted(folder.glob(f"{_CURSORS}-*.parquet"))
        if not cursors or not self._take_over(folder):
            return
        self.folders.append(folder)
        for file in cursors:
            self.cursors.extend(pq.read_table(file).to_pylist())
        for file in sorted(folder.glob("staged-*.parquet")):
            self._take(pq.read_table(file))
        for part in sorted(parts_folder.glob(f"outcomes-{folder.name}-*")):
            outcomes = pq.read_table(part / "outcomes.parquet", columns=["input_ref", "reason"]).to_pylist()
            self.parts.append(part)
            self.outcome_count += len(outcomes)
            self.input_refs.update(row["input_ref"] for row in outcomes)
            self.told.update((row["input_ref"], row["reason"]) for row in outcomes)

    def _take_over(self, folder: Path) -> bool:
        """Hold the dead run's lock: to others it lives. False when another run was faster."""
        lock = FileLock(folder / ALIVE_LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self.locks.append(lock)
        return True

    def _take(self, table: pa.Table) -> None:
        rows = table.to_pylist()
        self.captures.extend(rows)
        self.input_refs.update(row["input_ref"] for row in rows)
