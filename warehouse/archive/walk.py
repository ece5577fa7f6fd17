"""A check of every WARC file of the archive from end to end: whole, right digests, no file missing."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import WarcRecord, WarcRecordType

from warehouse.archive.digests import Said, read_digest
from warehouse.archive.iteration import Unread, iterate_records
from warehouse.archive.journal import Pointer, journal_path
from warehouse.archive.reader import ArchiveProblem
from warehouse.archive.repair import is_mendable
from warehouse.archive.seal import SEAL_SUFFIX, read_seal
from warehouse.archive.store import WARC_SUFFIXES, ArchiveStore, open_store

_PIECE = 1 << 20
_GZIP = b"\x1f\x8b"
_LONGEST_HTTP = 1 << 15  # FastWARC refuses more
_RESTORE = "restore it from a backup"


def walk_archive(
    place: Path | str, writing: Path, advance: Callable[[int], None] = lambda _: None
) -> Iterator[ArchiveProblem]:
    """A problem for each WARC file that is missing, cut off or altered; for each record, if it can be located.

    A file is missing if its seal exists and the file does not. Files that are being written, which have a journal
    in the folder `writing`, are skipped until the next time. `advance` is called for each file.
    """
    store = open_store(place)
    try:
        names = store.list_names()
        sealed = {name.removesuffix(SEAL_SUFFIX) for name in names if name.endswith(SEAL_SUFFIX)}
        files = {name for name in names if name.endswith(WARC_SUFFIXES)}
        for name in sorted(files | sealed):
            if name not in files:
                yield _tell(name, 0, f"it is missing, but its seal {name}{SEAL_SUFFIX} exists; {_RESTORE}")
            elif not journal_path(writing / name).exists():
                yield from _check_file(store, name, is_sealed=name in sealed)
            advance(1)
    finally:
        store.close()


def count_files(place: Path | str) -> int:
    """The number of files that walk_archive reads."""
    store = open_store(place)
    try:
        names = store.list_names()
    finally:
        store.close()
    return len(
        {name.removesuffix(SEAL_SUFFIX) for name in names if name.endswith((*WARC_SUFFIXES, SEAL_SUFFIX))}
    )


def _check_file(store: ArchiveStore, name: str, *, is_sealed: bool) -> Iterator[ArchiveProblem]:
    with store.open_file(name) as file:
        digest, broken = _check_members(file)
    if broken is not None:
        yield _tell(name, broken, f"the file is cut off or altered there; {_RESTORE}")
    elif is_sealed and (said := read_seal(store, name)) not in (None, digest):
        yield _tell(name, 0, f"the file's SHA-256 is {digest}, its seal says {said}; {_RESTORE}")
    with store.open_file(name) as file:
        for offset, problem in iterate_records(file, _check_record, parse_http=False):
            if offset != broken and problem:
                yield _tell(name, offset, _explain(name, file, offset, problem))


def _explain(name: str, file: BinaryIO, offset: int, problem: str | Unread) -> str:
    """The problem with what to do about it."""
    if not isinstance(problem, Unread):
        return f"{problem}; {_RESTORE}"
    told = f"cannot read the record there ({problem.problem}); reading went on after it"
    remedy = "run `copydesk archive verify --repair`" if is_mendable(name, file, offset) else _RESTORE
    return f"{told}; {remedy}"


def _tell(name: str, offset: int, problem: str) -> ArchiveProblem:
    return ArchiveProblem(Pointer(name, offset, 0), f"archive file {name} at {offset}: {problem}")


def _check_members(file: BinaryIO) -> tuple[str, int | None]:
    """The file's SHA-256, and the beginning of its first gzip member that is cut off or damaged (by its CRC)."""
    digest, members = hashlib.sha256(), _Members()
    while piece := file.read(_PIECE):
        digest.update(piece)
        members.feed(piece)
    return digest.hexdigest(), members.find_broken()


class _Members:
    """Walks over gzip members piece by piece; a file that is not gzip has no broken member."""

    def __init__(self) -> None:
        self._member: Any = None
        self._at = self._start = 0
        self._is_gzip: bool | None = None
        self._is_broken = False

    def feed(self, piece: bytes) -> None:
        if self._is_gzip is None:
            self._is_gzip = piece.startswith(_GZIP)
        while piece and self._is_gzip and not self._is_broken:
            piece = self._feed_member(piece)

    def _feed_member(self, piece: bytes) -> bytes:
        """The rest of the piece, which belongs to the members after this one."""
        if self._member is None:
            self._member, self._start = zlib.decompressobj(zlib.MAX_WBITS | 16), self._at
        rest = piece
        try:
            while rest and not self._member.eof:
                self._member.decompress(rest, _PIECE)
                rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        except zlib.error:
            self._is_broken = True
            return b""
        self._at += len(piece) - len(rest)
        if self._member.eof:
            self._member = None
        return bytes(rest)

    def find_broken(self) -> int | None:
        """The beginning of the member that is broken or cut off by the end of the file."""
        return self._start if self._is_broken or self._member is not None else None


def _check_record(record: WarcRecord) -> str | None:
    """The fault of a record, or None. A payload's digest is compared if it is that of the body as stored: some
    writers give that of the decoded body, for which the digest of the block then vouches."""
    said = [_read_said(record, f"WARC-{what}-Digest") for what in ("Block", "Payload")]
    size, block, payload = _hash_record(record, *said)
    if size < record.content_length:
        return f"the record has {size:,} of its {record.content_length:,} bytes"
    if said[0] and block != said[0][1]:
        return f"the record's block does not match its {said[0][0]}"
    if said[1] and payload != said[1][1] and (said[0] is None or _is_ours(record)):
        return f"the record's payload does not match its {said[1][0]}"
    return None


def _is_ours(record: WarcRecord) -> bool:
    return "WARC-JSON-Metadata" in record.headers


def _hash_record(record: WarcRecord, of_block: Said, of_payload: Said) -> tuple[int, str, str]:
    """Bytes of the block; digests of the block and of the payload, which is what follows HTTP headers."""
    algorithms = (of_block or ("sha1", ""))[0], (of_payload or ("sha1", ""))[0]
    block, body = (hashlib.new(name, usedforsecurity=False) for name in algorithms)
    size, head = 0, b""
    is_http = "application/http" in (record.headers.get("Content-Type") or "").lower()
    while piece := bytes(record.reader.read(_PIECE)):
        size += len(piece)
        block.update(piece)
        if is_http:
            before, blank, piece = (head + piece).partition(b"\r\n\r\n")
            head, piece = (before, piece) if blank else (before, b"")
            is_http = not blank
        body.update(piece)
    if len(head) > _LONGEST_HTTP:
        raise ValueError(f"its HTTP headers have {len(head):,} bytes")
    return size, block.hexdigest(), body.hexdigest()


def _read_said(record: WarcRecord, header: str) -> Said:
    """Algorithm and hex digest; None if there is nothing to compare: revisits state the payload of another record."""
    if header == "WARC-Payload-Digest" and _has_other_payload(record):
        return None
    return read_digest(record.headers.get(header))


def _has_other_payload(record: WarcRecord) -> bool:
    is_segment = record.headers.get("WARC-Segment-Number") is not None
    return is_segment or record.record_type in (WarcRecordType.revisit, WarcRecordType.request)
