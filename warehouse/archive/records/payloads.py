"""One WARC record in memory: taken apart, its payload decoded as the fetcher decodes it, and read back once written."""

from __future__ import annotations

import hashlib
import re
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator

from core.errors import PermanentError
from core.http.bodies import parse_response, remove_chunks, split_response

GZIP = b"\x1f\x8b"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(r"\r?\n")
_HTTP = ("response", "revisit", "request")


class UnreadableRecordError(PermanentError):
    """A record that would not give back its payload; it is not written."""


class RawRecord(NamedTuple):
    """A record's headers in their order, of any length, and its block."""

    headers: list[tuple[str, str]]
    block: bytes

    def find(self, name: str) -> str:
        """The value of the first header of that name, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def split_record(data: bytes) -> RawRecord | None:
    """The record at the beginning of the bytes, packed as a gzip member or plain; None if it is not whole.

    There is no limit here, so records with headers that other readers refuse are read as well.
    """
    plain = unpack_member(data) if data.startswith(GZIP) else data
    end = _HEAD_END.search(plain) if plain and plain.startswith(b"WARC/") else None
    if plain is None or end is None:
        return None
    lines = _LINE_END.split(plain[: end.start()].decode("utf-8", "replace"))[1:]
    parted = [line.partition(":") for line in lines]
    headers = [(name.strip(), value.strip()) for name, colon, value in parted if colon]
    record = RawRecord(headers, b"")
    length = record.find("Content-Length")
    if not (length.isascii() and length.isdigit()) or len(plain) < end.end() + int(length[:18]):
        return None
    return record._replace(block=plain[end.end() : end.end() + int(length[:18])])


def unpack_member(data: bytes) -> bytes | None:
    """The content of the gzip member at the beginning of the bytes, or None if it is cut off or damaged."""
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = member.decompress(data)
    except zlib.error:
        return None
    return plain if member.eof else None


def iterate_payloads(record: RawRecord) -> Iterator[bytes]:
    """Possible payloads of the record, the likeliest first; the digest decides which one it is.

    Servers mislabel codings (`gzip` for a plain body, `x-gzip`), and then the payload that was taken
    is the body with fewer codings removed.
    """
    is_http = record.find("WARC-Type").lower() in _HTTP
    message = split_response(record.block) if is_http else None
    if message is None:
        bodies = [record.block]
    else:
        decoded = parse_response(record.block, sys.maxsize)
        if decoded:
            yield decoded.body
        bodies = [remove_chunks(message), message.body]
    for body in bodies:
        yield body
        if body.startswith(GZIP) and (unpacked := unpack_member(body)) is not None:
            yield unpacked


def split_http(block: bytes) -> tuple[bytes, bytes]:
    """The HTTP headers of a block, with the blank line after them, and the body; without headers they are empty."""
    end = _HEAD_END.search(block) if block.startswith(b"HTTP/") else None
    return (block[: end.end()], block[end.end() :]) if end else (b"", block)


def check_member(member: bytes, sha256: str | None = None) -> None:
    """Raise UnreadableRecordError unless the member is one record that every reader can read to its end and, if a
    digest is given, that gives back the payload of that digest."""
    plain = unpack_member(member)
    record = split_record(plain) if plain else None
    if plain is None or record is None:
        raise UnreadableRecordError("the archive's record is incomplete")
    try:
        count = sum(1 for _ in ArchiveIterator(BytesIO(plain)))
    except (OSError, ValueError) as error:
        raise UnreadableRecordError(f"cannot read back the archive's record: {error}") from error
    if count != 1:
        raise UnreadableRecordError(f"the archive's record is read back as {count} records")
    if sha256 and not any(hashlib.sha256(body).hexdigest() == sha256 for body in iterate_payloads(record)):
        raise UnreadableRecordError("the archive's record has a different payload")
