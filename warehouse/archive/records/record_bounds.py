"""The beginnings and ends of a WARC file's records, found from its bytes alone."""

from __future__ import annotations

import os
import re
import zlib
from typing import BinaryIO

_PLAIN = b"WARC/"
_PLAIN_START = re.compile(rb"(?<=\n)\r?\n(?=WARC/\d\.\d\r?\n)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_GZIP = b"\x1f\x8b\x08"
_PIECE = 1 << 20
_OVERLAP = 64
_PROBE = 1 << 12
_LONGEST_HEAD = 1 << 26


def measure_record(file: BinaryIO, start: int) -> int | None:
    """The end of the record that begins at `start`: of its gzip member, or of its block in a file that is not packed.

    None if the record is not whole or its checksum is wrong.
    """
    file.seek(start)
    if file.read(len(_GZIP)) == _GZIP:
        return _measure_member(file, start)
    return _measure_plain(file, start)


def find_record(file: BinaryIO, start: int) -> int | None:
    """The beginning of the first record at or after `start`; None if there is no further record."""
    file.seek(0)
    is_packed = file.read(len(_GZIP)) == _GZIP
    at, before = start, b""
    while True:
        file.seek(at)
        piece = file.read(_PIECE)
        if not piece:
            return None
        window, base = before + piece, at - len(before)
        found = _find_member(file, window, base) if is_packed else _find_plain(window, base, start)
        if found is not None:
            return found
        at, before = at + len(piece), window[-_OVERLAP:]


def _find_member(file: BinaryIO, window: bytes, base: int) -> int | None:
    place = window.find(_GZIP)
    while place >= 0:
        file.seek(base + place)
        if _unpack_start(file.read(_PROBE)) == _PLAIN:
            return base + place
        place = window.find(_GZIP, place + 1)
    return None


def _find_plain(window: bytes, base: int, start: int) -> int | None:
    if base == start and window.startswith(_PLAIN):
        return start
    found = _PLAIN_START.search(window)
    return base + found.end() if found else None


def _unpack_start(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(_PLAIN))
    except zlib.error:
        return b""


def _measure_member(file: BinaryIO, start: int) -> int | None:
    member, length = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    file.seek(start)
    try:
        while not member.eof:
            data = member.unconsumed_tail
            if not data:
                data = file.read(_PIECE)
                length += len(data)
            if not data:
                return None
            member.decompress(data, _PIECE)
    except zlib.error:
        return None
    return start + length - len(member.unused_data)


def _measure_plain(file: BinaryIO, start: int) -> int | None:
    head = b""
    file.seek(start)
    while (end := _HEAD_END.search(head, max(len(head) - _PIECE - 4, 0))) is None:
        piece = file.read(_PIECE)
        head += piece
        if not piece or len(head) > _LONGEST_HEAD:
            return None
    found = _LENGTH.search(head, 0, end.start() + 2)
    if not head.startswith(_PLAIN) or found is None:
        return None
    stop = start + end.end() + int(found[1])
    return stop if stop <= file.seek(0, os.SEEK_END) else None
