"""The journal beside a WARC file that is being written: which records are whole, and which have landed.

JSON lines: `{"capture_id", "offset", "length", "end", "sha256"}` after each capture, and
`{"settled": offset}` once everything before that offset has landed. The journal is locked by its
writer for as long as it lives (a POSIX record lock, which the system drops with the process and which
forked workers do not inherit), so a journal that can be locked belongs to a writer that died.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

JOURNAL_SUFFIX = ".journal"
_open_here: set[Path] = set()
_write_json = json.JSONEncoder(separators=(",", ":")).encode


class Pointer(NamedTuple):
    """The place of a capture's payload, in bytes: the columns of the same names in `captures`."""

    warc_file: str
    warc_offset: int
    warc_length: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A journalled capture: its payload's record, and where its last record ends."""

    capture_id: str
    offset: int
    length: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class JournalState:
    """The state of a journal: everything before `settled` has landed, `entries` have not, in file order."""

    settled: int
    entries: tuple[Entry, ...]


class Journal:
    """The journal of one WARC file, held locked until closed."""

    def __init__(self, warc_path: Path) -> None:
        self.path = journal_path(warc_path).absolute()
        self._file = self.path.open("xb")
        fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _open_here.add(self.path)

    def note(self, entry: Entry) -> None:
        """Record that a capture's records are in the file, whole."""
        self._write({name: getattr(entry, name) for name in Entry.__slots__})

    def settle(self, offset: int) -> None:
        """Record that everything before `offset` has landed."""
        self._write({"settled": offset})

    def sync(self) -> None:
        """Bring it onto the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Release the lock; the file stays."""
        _open_here.discard(self.path)
        self._file.close()

    def _write(self, line: dict[str, object]) -> None:
        self._file.write(_write_json(line).encode() + b"\n")
        self._file.flush()


class DeadJournal:
    """A journal whose writer has died, locked so that only one process recovers it."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """The journal, or None if its writer lives (in this process or another) or the file is gone."""
        path = path.absolute()
        if path in _open_here:
            return None
        try:
            file = path.open("r+b")
        except FileNotFoundError:
            return None
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        _open_here.add(path)
        return cls(path, file)

    @property
    def warc_path(self) -> Path:
        """The WARC file of this journal."""
        return self.path.with_name(self.path.name.removesuffix(JOURNAL_SUFFIX))

    def read(self) -> JournalState:
        """Its state; a line that the crash cut off, and all after it, do not count."""
        settled, entries = 0, []
        for line in self._file.read().splitlines():
            try:
                fields = json.loads(line)
                if "settled" in fields:
                    settled = int(fields["settled"])
                else:
                    entries.append(Entry(**fields))
            except (ValueError, TypeError):
                break
        return JournalState(settled, tuple(entry for entry in entries if entry.offset >= settled))

    def close(self, *, remove: bool) -> None:
        """Release it, and remove the file if it is no longer needed."""
        if remove:
            self.path.unlink(missing_ok=True)
        _open_here.discard(self.path)
        self._file.close()


def journal_path(warc_path: Path) -> Path:
    """The journal that belongs to a WARC file."""
    return warc_path.with_name(warc_path.name + JOURNAL_SUFFIX)
