"""Repair of Copydesk's WARC files whose headers are too long for readers; every record keeps its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from fastwarc.warc import WarcRecord

from warehouse.archive.cdxj import name_index, write_index
from warehouse.archive.iteration import Unread, iterate_records
from warehouse.archive.journal import Pointer, journal_path
from warehouse.archive.mending import Mended, mend_record
from warehouse.archive.reader import ArchiveProblem
from warehouse.archive.seal import SEAL_SUFFIX, find_seal, seal_file
from warehouse.archive.store import WARC_SUFFIXES, ArchiveStore, open_store

_PIECE = 1 << 20
_OURS = "copydesk-"


def repair_archive(
    place: Path | str, writing: Path, advance: Callable[[int], None] = lambda _: None
) -> Iterator[ArchiveProblem]:
    """The repaired records, one by one: those whose headers are too long for readers.

    A good copy replaces the file in one step, with a new seal and index. No record moves, so captures'
    pointers stay right; the headers that were too long are kept whole in a `metadata` record at the file's
    end. Files of other programs, and files that are being written, are left alone. `advance` is called for each file.
    """
    store = open_store(place)
    try:
        for name in store.list_names():
            if name.endswith(WARC_SUFFIXES):
                if name.startswith(_OURS) and not journal_path(writing / name).exists():
                    yield from _repair_file(store, name, writing)
                advance(1)
    finally:
        store.close()


def is_mendable(name: str, file: BinaryIO, offset: int) -> bool:
    """Whether repair_archive can repair the record at `offset` of this file."""
    return name.startswith(_OURS) and mend_record(file, offset) is not None


def _repair_file(store: ArchiveStore, name: str, writing: Path) -> Iterator[ArchiveProblem]:
    with store.open_file(name) as file:
        mended = [found for offset in _find_unread(file) if (found := mend_record(file, offset))]
    if not mended:
        return
    writing.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".repair-", dir=writing) as folder:
        copy = Path(folder) / name
        with store.open_file(name) as file, copy.open("xb") as target:
            places = _write_copy(file, target, mended)
        _replace(store, copy)
    for record, at in zip(mended, places, strict=True):
        told = f"the record can be read again; its headers are whole in the metadata record at {at}"
        pointer = Pointer(name, record.offset, record.end - record.offset)
        yield ArchiveProblem(pointer, f"archive file {name} at {record.offset}: {told}")


def _find_unread(file: BinaryIO) -> list[int]:
    # HTTP headers are read as well: too long ones are refused on their own.
    records = iterate_records(file, _pass_over, parse_http=True)
    return [offset for offset, found in records if isinstance(found, Unread)]


def _pass_over(record: WarcRecord) -> None:
    record.consume()


def _write_copy(file: BinaryIO, target: BinaryIO, mended: Sequence[Mended]) -> list[int]:
    """Write the file with the repaired records in place and their metadata at the end; returns the metadata's offsets."""
    places = []
    for record in mended:
        _copy_until(file, target, record.offset)
        target.write(record.member)
        file.seek(record.end)
    shutil.copyfileobj(file, target, _PIECE)
    for record in mended:
        places.append(target.tell())
        target.write(record.metadata)
    target.flush()
    os.fsync(target.fileno())
    return places


def _copy_until(file: BinaryIO, target: BinaryIO, end: int) -> None:
    while (left := end - file.tell()) > 0:
        target.write(file.read(min(left, _PIECE)))


def _replace(store: ArchiveStore, copy: Path) -> None:
    """Replace the file by the copy. The old seal goes first, so that a kill in between leaves no wrong seal."""
    names = store.list_names()
    seal = copy.name + SEAL_SUFFIX
    if seal in names:
        store.remove(seal)
    store.publish(copy)
    if seal in names:
        seal_file(copy)
        store.publish(find_seal(copy))
    if name_index(copy.name) in names:
        write_index(store, copy.name)
