"""One WARC file while it is written, with its journal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from core.errors import TransientError
from core.safety.disk import sync_path
from warehouse.archive.journal import Journal
from warehouse.archive.records.warc_records import make_warcinfo


class WarcFile:
    """One WARC file while it is written, with its journal."""

    def __init__(self, path: Path, created_at: datetime) -> None:
        if path.exists():
            raise FileExistsError(path)
        self.path = path
        self.journal = Journal(path)
        self._file: BinaryIO = path.open("xb")
        self.end = 0
        self.write([make_warcinfo(path.name, created_at)])
        self._settled = self.end

    def write(self, records: Sequence[bytes]) -> int:
        """Append the records and return the offset of the first; a record is written whole or not at all."""
        offset = self.end
        try:
            for record in records:
                self._file.write(record)
            self._file.flush()
        except OSError as error:
            os.ftruncate(self._file.fileno(), offset)
            self._file.seek(offset)
            raise TransientError(f"cannot write archive file {self.path}: {error.strerror}") from error
        self.end = offset + sum(map(len, records))
        return offset

    def sync(self) -> None:
        """Write it to the disk, with its journal: a part can point at its records from now on."""
        os.fsync(self._file.fileno())
        self.journal.sync()
        sync_path(self.path.parent)

    def settle(self) -> None:
        """Record in the journal that all of it has landed."""
        self._settled = self.end
        self.journal.settle(self.end)

    def close(self) -> bool:
        """End the file; returns whether everything in it has landed."""
        self.sync()
        self._file.close()
        self.journal.close()
        return self._settled == self.end
