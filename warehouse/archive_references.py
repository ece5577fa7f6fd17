"""WARC files from elsewhere, referenced where they lie instead of copied into the archive."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator

from warehouse.archive_journal import Pointer

_GZIP = b"\x1f\x8b\x08"
_PIECE = 1 << 16


def reference_record(path: Path, offset: int) -> Pointer | None:
    """The pointer to the record at `offset` of a WARC file anywhere, under its absolute path.

    None where the record cannot be read by itself: in a file that is one gzip member as a whole, in
    one of another compression, or where no record begins. Such captures have to be copied.
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
    return Pointer(str(path.absolute()), offset, length) if length else None


def _measure_member(file: BinaryIO) -> int | None:
    """The length of the gzip member that begins here, if it is whole and begins with a WARC record."""
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    length, count = 0, 0
    while not member.eof:
        data = member.unconsumed_tail or file.read(_PIECE)
        if not data:
            return None
        taken = 0 if member.unconsumed_tail else len(data)
        try:
            plain = member.decompress(data, _PIECE)
        except zlib.error:
            return None
        if count == 0 and plain and not plain.startswith(b"WARC/"):
            return None
        count += len(plain)
        length += taken
    return length - len(member.unused_data)


def _measure_plain(file: BinaryIO) -> int | None:
    """The length of the uncompressed record that begins here, its closing blank lines aside."""
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
