"""What killed runs fetched and did not land; the next run that fetches lands it without asking again."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from core.outcomes import Row
from core.tables import TABLES
from flows.runs.run import CURSOR_FILES, Run, has_leftovers
from flows.work.batches import STAGED_CAPTURES
from warehouse.landing.parts import drop_part
from warehouse.upkeep.staging import ALIVE_LOCK

_log = logging.getLogger("copydesk")


def write_cursors(run: Run, rows: Sequence[Row]) -> None:
    """Keep cursors in the run's folder, even an empty list of them: they cover everything that was staged before.

    A dead run's folder with such a file is taken over by the next run that fetches, see has_leftovers.
    """
    number = len(list(run.folder.glob(CURSOR_FILES)))
    file = run.folder / CURSOR_FILES.replace("*", f"{number:06d}")
    unfinished = file.with_suffix(".unfinished")
    pq.write_table(TABLES["feed_cursors"].to_arrow(rows), unfinished)
    unfinished.rename(file)


def restart_cursors(run: Run) -> None:
    """Begin a round of fetching: forget the cursors that have landed. What is staged from now on is taken over if the run
    dies."""
    for file in sorted(run.folder.glob(CURSOR_FILES)):  # the newest last, which has the others' news
        file.unlink()
    write_cursors(run, [])


@dataclass(slots=True)
class Leftovers:
    """Staged captures, parts of outcomes, and cursors of dead runs."""

    folders: list[Path] = field(default_factory=list)
    captures: list[Row] = field(default_factory=list)
    parts: list[Path] = field(default_factory=list)
    outcome_count: int = 0
    input_refs: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(
        default_factory=set
    )  # reference and reason of inputs without a capture
    cursors: list[Row] = field(default_factory=list)
    locks: list[FileLock] = field(default_factory=list)

    recorded: frozenset[str | tuple[str, str]] = frozenset()

    @classmethod
    def find(cls, run: Run, read_recorded: Callable[[Sequence[str]], Iterable[Row]]) -> Leftovers:
        """Take over the leftovers of every dead run beside this one, oldest first.

        `read_recorded` gives the inputs whose outcomes these runs have recorded: a run that died between a landing and
        the removal of what it had staged.
        """
        found = cls()
        folders = [folder for folder in sorted(run.folder.parent.iterdir()) if folder != run.folder]
        dead = [folder for folder in folders if has_leftovers(folder) and found._take_over(folder)]
        found.recorded = frozenset(
            _name_recorded(read_recorded([folder.name for folder in dead])) if dead else ()
        )
        for folder in dead:
            found._read(folder, run.parts_folder)
        return found

    def remove(self) -> None:
        """Remove the folders of the dead runs, whose leftovers have landed."""
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
        for lock in self.locks:
            lock.release()

    def _read(self, folder: Path, parts_folder: Path) -> None:
        cursors = sorted(folder.glob(CURSOR_FILES))
        self.folders.append(folder)
        tables = [_read(file, STAGED_CAPTURES.names) for file in sorted(folder.glob("staged-*.parquet"))]
        told = {part: _read(part / "outcomes.parquet") for part in self._find_parts(folder, parts_folder)}
        for table in tables:
            if table is not None:
                self._take(table)
        for part, table in told.items():
            if table is not None:
                self._take_part(part, table)
        rows = [_read(file) for file in cursors]
        if any(table is None for table in (*tables, *told.values(), *rows)):
            _log.warning(
                "what run %s left is damaged; its listings are read again from the beginning",
                folder.name,
            )
            return
        for table in rows:
            self.cursors.extend(table.to_pylist() if table else [])

    def _find_parts(self, folder: Path, parts_folder: Path) -> list[Path]:
        return sorted(parts_folder.glob(f"outcomes-{folder.name}-*"))

    def _take_part(self, part: Path, table: pa.Table) -> None:
        outcomes = table.select(["run_id", "input_ref", "reason"]).to_pylist()
        if any((row["run_id"], row["input_ref"]) in self.recorded for row in outcomes):
            drop_part(part)  # a part lands whole
            return
        self.parts.append(part)
        self.outcome_count += len(outcomes)
        self.input_refs.update(row["input_ref"] for row in outcomes)
        self.told.update((row["input_ref"], row["reason"]) for row in outcomes)

    def _take_over(self, folder: Path) -> bool:
        """Hold the dead run's lock, so that it seems alive to others. False if another run was faster."""
        lock = FileLock(folder / ALIVE_LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self.locks.append(lock)
        return True

    def _take(self, table: pa.Table) -> None:
        rows = [row for row in table.to_pylist() if row["capture_id"] not in self.recorded]
        self.captures.extend(rows)
        self.input_refs.update(row["input_ref"] for row in rows)


def _name_recorded(rows: Iterable[Row]) -> Iterator[str | tuple[str, str]]:
    """The captures, and the runs and references of inputs, which can have no capture."""
    for row in rows:
        yield row["run_id"], row["input_ref"]
        if row["capture_id"]:
            yield row["capture_id"]


def _read(file: Path, names: Sequence[str] = ()) -> pa.Table | None:
    """The table, or None if the file cannot be read or lacks one of these columns.

    A damaged file of a dead run must not end this run.
    """
    try:
        table = pq.read_table(file)
    except (pa.ArrowException, OSError):
        return None
    return table if set(names) <= set(table.column_names) else None
