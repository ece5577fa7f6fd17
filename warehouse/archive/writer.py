"""The raw archive: every capture's bytes go into WARC files before anything parses them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from core.captures import Capture
from core.errors import TransientError
from core.http.exchanges import Exchange
from warehouse.archive.journal import Entry, Pointer, journal_path
from warehouse.archive.reader import ArchiveProblem, PayloadReader, read_payload, verify_archive
from warehouse.archive.records.checked import (
    make_checked_exchange,
    make_checked_resource,
    make_checked_revisit,
)
from warehouse.archive.records.payloads import UnreadableRecordError
from warehouse.archive.recovery import discard, find_shards, recover, shard_prefix
from warehouse.archive.seal import find_seal, seal_file
from warehouse.archive.store import open_store
from warehouse.archive.warc_file import WarcFile

__all__ = [
    "ArchiveProblem",
    "ArchiveWriter",
    "Exchange",
    "PayloadReader",
    "Pointer",
    "UnreadableRecordError",
    "read_payload",
    "recover",
    "shard_prefix",
    "verify_archive",
]


def _now() -> datetime:
    return datetime.now(UTC)


class ArchiveWriter:
    """Appends captures to WARC files in `folder`; a new file begins once one has `roll_bytes`.

    The files are named `copydesk-<UTC time>-<prefix>-<serial>.warc.gz`. A capture is readable by its
    pointer as soon as `append` returns. Call `secure` before a landing, so that no landed row points
    at bytes that a power cut could destroy, and `settle` after it; captures that were not settled when the
    process died are found by `recover`, whose pointers, given as `reuse`, are not archived a second time.
    With `publish_to` (a URL such as s3://...), `secure` ends the file and uploads it.
    """

    def __init__(
        self,
        folder: Path,
        roll_bytes: int,
        prefix: str,
        *,
        reuse: Mapping[str, Pointer] | None = None,
        publish_to: str | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.folder = folder
        self._roll_bytes = roll_bytes
        self._prefix = re.sub(r"[^A-Za-z0-9_]+", "-", prefix).strip("-") or "archive"
        self._reuse = dict(reuse or {})
        self._store = open_store(publish_to or folder)
        self._is_remote = publish_to is not None
        self._clock = clock
        self._serial = 0
        self._file: WarcFile | None = None
        self._unsettled: list[Path] = []  # complete files whose captures are still to land
        self._claimed: dict[str, Pointer] = {}  # captures that were found archived
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, capture: Capture, *, sha256: str | None = None) -> Pointer:
        """Archive what was loaded from a file; `sha256` is the payload's, if it is known already.

        Raises UnreadableRecordError, and writes nothing, if the record would not give the payload back.
        """
        if found := self.claim(capture.capture_id):
            return found
        digest = sha256 or hashlib.sha256(capture.payload).hexdigest()
        return self._write(capture.capture_id, digest, make_checked_resource(capture, digest))

    def append_exchange(self, capture: Capture, exchange: Exchange, *, sha256: str | None = None) -> Pointer:
        """Archive a fetched page: response, request, and those of the redirects that led to it.

        `sha256` is that of the decoded payload. A response that would not give the payload back is archived
        without its coding.
        """
        if found := self.claim(capture.capture_id):
            return found
        digest = sha256 or hashlib.sha256(capture.payload).hexdigest()
        return self._write(capture.capture_id, digest, make_checked_exchange(capture, exchange, digest))

    def append_revisit(
        self, capture: Capture, exchange: Exchange | None, original: Pointer, url: str, fetched_at: datetime
    ) -> Pointer:
        """Record that a payload archived before, at `url` and `fetched_at`, was met again; returns `original`.

        The pointer is the original's because that record alone holds the bytes.
        """
        self._current().write(make_checked_revisit(capture, exchange, url, fetched_at))
        return original

    def secure(self) -> None:
        """Write everything appended so far to the disk, or to the remote store."""
        if self._file is not None:
            self._file.sync()
        if self._is_remote:
            self._finish()
            for name in sorted({pointer.warc_file for pointer in self._claimed.values()}):
                if self._store.size_of(name) is None:
                    self._publish(self.folder / name)

    def settle(self, shards_of: str | None = None) -> None:
        """Record that every capture appended so far has landed: their journals are no longer needed.

        `shards_of` is the run whose workers have archived captures, which have landed, too.
        """
        if self._file is not None:
            self._file.settle()
        for path in self._unsettled:
            self._retire(path)
        self._unsettled.clear()
        for path in find_shards(self.folder, shards_of) if shards_of else ():
            self._retire(path)
        if self._claimed:
            for path in discard(self.folder, set(self._claimed)):
                self._retire(path)
            self._claimed.clear()

    def close(self) -> None:
        """End the file. Captures that are not settled stay in its journal, for `recover`."""
        self._finish()
        self._store.close()

    def claim(self, capture_id: str) -> Pointer | None:
        """The pointer of a capture that a crashed run archived; it now lands with this writer's."""
        found = self._reuse.get(capture_id)
        if found:
            self._claimed[capture_id] = found
        return found

    def _write(self, capture_id: str, sha256: str, records: Sequence[bytes]) -> Pointer:
        file = self._current()
        offset = file.write(records)
        length = len(records[0])
        file.journal.note(Entry(capture_id, offset, length, file.end, sha256))
        return Pointer(file.path.name, offset, length)

    def _current(self) -> WarcFile:
        if self._file is not None and self._file.end >= self._roll_bytes:
            self._finish()
        if self._file is None:
            self._file = self._begin()
        return self._file

    def _begin(self) -> WarcFile:
        now = self._clock()
        while True:
            self._serial += 1
            name = f"copydesk-{now:%Y%m%dT%H%M%SZ}-{self._prefix}-{self._serial:05d}.warc.gz"
            try:
                return WarcFile(self.folder / name, now)
            except FileExistsError:
                continue
            except OSError as error:
                raise TransientError(
                    f"cannot write to the archive {self.folder}: {error.strerror}"
                ) from error

    def _finish(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        is_settled = file.close()
        self._publish(file.path)
        if is_settled:
            self._retire(file.path)
        else:
            self._unsettled.append(file.path)

    def _publish(self, path: Path) -> None:
        """Hand over a finished file. One in the remote store is sealed at once, since it is never shortened there."""
        self._store.publish(path)
        if self._is_remote:
            self._store.publish(seal_file(path))

    def _retire(self, path: Path) -> None:
        """Seal a file that has landed whole, and remove its journal."""
        if self._is_remote:
            path.unlink(missing_ok=True)
            find_seal(path).unlink(missing_ok=True)
        elif path.is_file():
            seal_file(path)
        journal_path(path).unlink(missing_ok=True)
