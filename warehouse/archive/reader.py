"""Payloads read back from WARC files by pointer, exact and checked against their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from core.errors import PermanentError
from warehouse.archive.journal import Pointer
from warehouse.archive.records.payloads import iterate_payloads, split_record
from warehouse.archive.store import ArchiveStore, open_store


class ArchiveProblem(NamedTuple):
    """A record that differs from its row in `captures`; `problem` is one line."""

    pointer: Pointer
    problem: str


class PayloadReader:
    """Reads payloads of many pointers from one archive, keeping files open; use it in a `with` block."""

    def __init__(self, folder: Path | str) -> None:
        self._store: ArchiveStore = open_store(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, pointer: Pointer, sha256: str) -> bytes:
        """The payload, without HTTP headers and codings. Raises PermanentError if its digest differs."""
        data = self._store.read_range(*pointer)
        where = f"archive file {pointer.warc_file} at {pointer.warc_offset}"
        if len(data) < pointer.warc_length:
            raise PermanentError(f"{where}: the file ends within the record; restore it from a backup")
        record, found = split_record(data), None
        for payload in iterate_payloads(record) if record else ():
            digest = hashlib.sha256(payload).hexdigest()
            if digest == sha256:
                return payload
            found = found or digest
        what = f"the payload's SHA-256 is {found}, not {sha256}" if found else "no whole record begins there"
        raise PermanentError(f"{where}: {what}; restore the file from a backup")

    def tell_missing(self, name: str) -> str | None:
        """The message for a missing file, or None if the file exists."""
        if self._store.size_of(name) is not None:
            return None
        try:
            self._store.read_range(name, 0, 1)
        except PermanentError as error:
            return str(error)
        return None

    def close(self) -> None:
        """Close open files."""
        self._store.close()


def read_payload(folder: Path | str, pointer: Pointer, *, sha256: str) -> bytes:
    """One payload; see PayloadReader.read, which is faster for many."""
    with PayloadReader(folder) as reader:
        return reader.read(pointer, sha256)


def verify_archive(folder: Path | str, pointers: Iterable[tuple[Pointer, str]]) -> Iterator[ArchiveProblem]:
    """A problem for each (pointer, sha256) whose payload cannot be read back exactly.

    A missing file is one problem for all consecutive pointers into it.
    """
    with PayloadReader(folder) as reader:
        for name, group in groupby(pointers, key=lambda item: item[0].warc_file):
            if missing := reader.tell_missing(name):
                count = sum(1 for _ in group)
                yield ArchiveProblem(Pointer(name, 0, 0), f"{missing}; it holds {count:,} captures")
                continue
            for pointer, sha256 in group:
                try:
                    reader.read(pointer, sha256)
                except PermanentError as error:
                    yield ArchiveProblem(pointer, str(error))
