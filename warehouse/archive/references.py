"""WARC files from elsewhere, referenced in place instead of copied into the archive."""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator

from core.errors import PermanentError
from warehouse.archive.journal import Pointer
from warehouse.archive.reader import PayloadReader

_GZIP = b"\x1f\x8b\x08"
_PIECE = 1 << 16
_END = b"\r\n\r\n"
_CONTENT_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class References:
    """Pointers to records that need no copy; keep it open for many records, then close it.

    A file in the archive's own folder is named as the archive's files are, any other by its absolute path.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = Path(os.path.normpath(folder.absolute()))
        self._reader = PayloadReader(folder)

    def find(self, path: Path, offset: int, sha256: str) -> Pointer | None:
        """The pointer to the record, or None if the record alone does not give back the payload of that digest."""
        pointer = reference_record(path, offset)
        if pointer is None:
            return None
        if Path(pointer.warc_file).parent == self._folder:
            pointer = pointer._replace(warc_file=path.name)
        try:
            self._reader.read(pointer, sha256)
        except PermanentError:
            return None
        return pointer

    def close(self) -> None:
        """Close open files."""
        self._reader.close()


def reference_record(path: Path, offset: int) -> Pointer | None:
    """The pointer to the record at `offset` of a WARC file anywhere, under its absolute path.

    None if the record cannot be read by itself: the file is one single gzip member, has another
    compression, or no record begins there. Such captures have to be copied.
    """
    with path.open("rb") as file:
        file.seek(offset)
        start = file.read(len(_GZIP))
        file.seek(offset)
        if start == _GZIP:
            length = _measure_member(file)
        elif start == b"WAR":
            length = _measure_plain(file)
        else:
            return None
    return Pointer(os.path.normpath(path.absolute()), offset, length) if length else None


def _measure_member(file: BinaryIO) -> int | None:
    """The length of the gzip member that begins here, if it is whole and holds exactly one WARC record."""
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    length, count, expected = 0, 0, None
    while not member.eof:
        data = member.unconsumed_tail or file.read(_PIECE)
        if not data:
            return None
        taken = 0 if member.unconsumed_tail else len(data)
        try:
            plain = member.decompress(data, _PIECE)
        except zlib.error:
            return None
        if count == 0 and plain and (expected := _record_length(plain)) is None:
            return None
        count += len(plain)
        length += taken
        if expected is not None and count > expected + len(_END):
            return None
    return length - len(member.unused_data)


def _record_length(start: bytes) -> int | None:
    """The bytes of the record that begins here, without its closing blank lines; None if no record begins here."""
    head, blank, _ = start.partition(_END)
    found = _CONTENT_LENGTH.search(head)
    if not start.startswith(b"WARC/") or not blank or found is None:
        return None
    return len(head) + len(blank) + int(found[1])


def _measure_plain(file: BinaryIO) -> int | None:
    """The length of the uncompressed record that begins here, without its closing blank lines."""
    start = file.tell()
    try:
        record = next(iter(ArchiveIterator(file, parse_http=False)), None)
        if record is None or record.consume() < record.content_length:
            return None
    except (OSError, ValueError):
        return None
    file.seek(start)
    head = 0
    while (line := file.readline(_PIECE)) not in (b"\r\n", b"\n", b""):
        head += len(line)
    return head + len(line) + record.content_length
