"""Repair of Copydesk's own records whose headers are too long for readers: rewritten in the same place and length."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import BinaryIO, NamedTuple

from warehouse.archive.digests import read_digest
from warehouse.archive.records.header_fields import (
    MAX_FIELD_BYTES,
    MAX_HEAD_BYTES,
    Headers,
    http_fields,
    one_address,
    one_line,
)
from warehouse.archive.records.payloads import (
    RawRecord,
    UnreadableRecordError,
    check_member,
    iterate_payloads,
    split_http,
    split_record,
)
from warehouse.archive.records.record_bounds import measure_record
from warehouse.archive.records.warc_records import describe_record, join_record

_WRITTEN_LAST = ("content-type", "content-length")
_EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"  # of deflate, stored; its first bit says whether it is the last
_LAST_BLOCK = b"\x01\x00\x00\xff\xff"
_GZIP_HEAD = b"\x1f\x8b\x08%c\x00\x00\x00\x00\x00\xff"
_HAS_NAME = b"\x08"


class Mended(NamedTuple):
    """A record for the bytes from `offset` to `end`, and the record that holds its headers whole."""

    offset: int
    end: int
    member: bytes
    metadata: bytes


def mend_record(file: BinaryIO, offset: int) -> Mended | None:
    """The record at `offset` with headers that every reader accepts, in its old length; None if that is impossible:
    the record is damaged, its headers are fine, or it would get longer."""
    end = measure_record(file, offset)
    file.seek(offset)
    record = split_record(file.read(end - offset)) if end else None
    if end is None or record is None or not _is_as_it_says(record):
        return None
    headers = [field for name, value in record.headers if (field := _shorten(name, value))]
    head, body = split_http(record.block)
    block = _shorten_http(head) + body if len(head) > MAX_HEAD_BYTES else record.block
    if block != record.block:
        headers = [field for field in headers if field[0].lower() != "warc-block-digest"]
    if headers == [field for field in record.headers if _is_kept(field[0])] and block == record.block:
        return None
    member = pack_to(join_record(headers, one_line(record.find("Content-Type")), block), end - offset)
    if member is None or not _gives_back(member, record):
        return None
    return Mended(offset, end, member, _describe(record, head if block != record.block else b""))


def pack_to(plain: bytes, length: int) -> bytes | None:
    """A gzip member of exactly that length, filled with empty blocks and a name; None if it needs more."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    data = packer.compress(plain) + packer.flush(zlib.Z_SYNC_FLUSH) + _LAST_BLOCK
    tail = zlib.crc32(plain).to_bytes(4, "little") + (len(plain) & 0xFFFFFFFF).to_bytes(4, "little")
    left = length - len(data) - len(tail) - len(_GZIP_HEAD % 0)
    if left < 0:
        return None
    blocks, rest = divmod(left, len(_EMPTY_BLOCK))
    name = b"-" * (rest - 1) + b"\x00" if rest else b""
    data = data.removesuffix(_LAST_BLOCK) + _EMPTY_BLOCK * blocks + _LAST_BLOCK
    return _GZIP_HEAD % (_HAS_NAME[0] if rest else 0) + name + data + tail


def _is_as_it_says(record: RawRecord) -> bool:
    said = read_digest(record.find("WARC-Block-Digest"))
    return said is None or hashlib.new(said[0], record.block, usedforsecurity=False).hexdigest() == said[1]


def _is_kept(name: str) -> bool:
    return name.lower() not in _WRITTEN_LAST


def _shorten(name: str, value: str) -> tuple[str, str] | None:
    """A header as it is written today; None for one that is dropped or written separately."""
    if not _is_kept(name):
        return None
    if name.endswith("-URI"):
        return name, one_address(value)
    if name == "WARC-JSON-Metadata" and len(value) > MAX_FIELD_BYTES:
        return name, _shorten_provenance(value)
    return name, one_line(value)


def _shorten_provenance(value: str) -> str:
    try:
        said = json.loads(value)
        return json.dumps({key: one_line(str(said[key]), 100) for key in ("capture_id", "kind")})
    except (ValueError, KeyError, TypeError):
        return "{}"


def _shorten_http(head: bytes) -> bytes:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    parted = [line.partition(":") for line in lines]
    fields: Headers = http_fields([(name, value.strip()) for name, _, value in parted])
    told = [one_line(first), *(f"{name}: {value}" for name, value in fields), "", ""]
    return "\r\n".join(told).encode("latin-1", "replace")


def _gives_back(member: bytes, record: RawRecord) -> bool:
    """Whether every reader can read the new record, and its payload is unchanged."""
    payload = next(iterate_payloads(record))
    try:
        check_member(member, hashlib.sha256(payload).hexdigest())
    except UnreadableRecordError:
        return False
    return True


def _describe(record: RawRecord, http_head: bytes) -> bytes:
    whole: dict[str, object] = {"headers": [list(field) for field in record.headers]}
    if http_head:
        whole["http_head"] = http_head.decode("latin-1")
    address = one_address(record.find("WARC-Target-URI"))
    return describe_record(
        one_line(record.find("WARC-Record-ID")), address, one_line(record.find("WARC-Date")), whole
    )
