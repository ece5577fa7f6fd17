"""WARC files from anywhere, streamed: a capture per HTML page in a response or resource record."""

from __future__ import annotations

import contextlib
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from core.captures import CaptureKind, RecordPlace
from core.http.bodies import (
    BodyTooLargeError,
    HttpMessage,
    decode_beginning,
    find_charset,
    parse_response,
    remove_chunks,
    split_response,
)
from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.naming import EARLIEST, LATEST, file_url, make_capture, modified_at, pick_outlet
from tasks.acquire.base.options import STAGE, FileOptions
from tasks.acquire.base.unexpected import attempt, describe_unexpected
from tasks.acquire.files.long_paths import is_long_path, open_file, read_status
from tasks.acquire.files.page_types import START_BYTES, judge_type, read_kind
from tasks.acquire.files.record_file import Item
from tasks.acquire.files.single_files import judge_payload
from tasks.acquire.files.streams import CompressionBombError
from tasks.acquire.files.warc_choice import is_wanted, says_language

_RESOURCE_KINDS = {
    "text/plain": CaptureKind.TEXT,
    "application/json": CaptureKind.RECORD,
}
_HEAD_BYTES = 1 << 16
_STEP = 1 << 25
_NO_CONTENT = 204
_GZIP = b"\x1f\x8b\x08"


class BrokenWarcError(Exception):
    """The file breaks off or cannot be read on; `args[0]` says where."""


_FATAL = (OSError, ValueError, BrokenWarcError, CompressionBombError)  # the file cannot be read on


def iterate_warc(path: Path, options: FileOptions, tally: Counter[str] | None = None) -> Iterator[Item]:
    """Captures of the HTML pages in the file, HTTP and content codings taken off, in file order.

    A page is known by its type or by its first bytes; what only looks like a page has an outcome. Records of
    other kinds and pages that `options` does not want are only counted (`tally["skipped"]`,
    of these `tally["not_wanted"]`); a page with an error status is
    HTTP_STATUS. Raises BrokenWarcError after the last whole record when the file breaks off.
    """
    with open_file(path) as file:
        file.seek(options.start_offset)
        reader = _WarcReader(path, file, options, Counter() if tally is None else tally)
        yield from reader.read(ArchiveIterator(file, parse_http=False))
        reader.check_end()


def _is_last_member(file: BinaryIO, offset: int) -> bool:
    """Whether the gzip member at `offset` is whole and followed only by zeros (tape blocks)."""
    file.seek(offset)
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while not member.eof:
        data = member.unconsumed_tail or file.read(_HEAD_BYTES)
        if not data:
            return False
        member.decompress(data, _HEAD_BYTES)
    return not (member.unused_data + file.read(_HEAD_BYTES)).strip(b"\x00")


class _WarcReader:
    def __init__(self, path: Path, file: BinaryIO, options: FileOptions, tally: Counter[str]) -> None:
        self._path, self._file, self._options, self._tally = path, file, options, tally
        self._read_at = modified_at(read_status(path))
        self._last_offset = -1
        self._repeats = 0

    def read(self, records: ArchiveIterator) -> Iterator[Item]:
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                item = self._take(record)
            except (OSError, ValueError) as error:
                raise BrokenWarcError(f"{error}, after the record at {self._last_offset}") from error
            if item is None:
                self._tally["skipped"] += 1
            else:
                yield item

    def _take(self, record: WarcRecord) -> Item | None:
        """The page of the record, or None; an unexpected error costs only this record."""
        ref = self._make_ref(record)
        item = attempt(lambda: self._read_record(record, ref), passing=_FATAL)
        return describe_unexpected(ref, item) if isinstance(item, Exception) else item

    def _read_record(self, record: WarcRecord, ref: str) -> Item | None:
        length = record.content_length
        limit = self._options.max_input_bytes + _HEAD_BYTES
        is_page = record.record_type in (WarcRecordType.response, WarcRecordType.resource)
        if is_page and not is_wanted(
            record.headers.get("WARC-Target-URI"), self._date(record), self._options
        ):
            self._check_whole(record, 0)
            self._tally["not_wanted"] += 1
            return None
        block = bytes(record.reader.read(min(length, limit) if is_page else 0)) if is_page else b""
        self._check_whole(record, len(block))
        if not is_page:
            return None
        if record.record_type == WarcRecordType.resource:
            return self._read_resource(record, ref, block)
        return self._read_response(record, ref, block)

    def check_end(self) -> None:
        """Raise BrokenWarcError if bytes are left that made no record: the reader skips them silently."""
        if self._last_offset < 0:
            if read_status(self._path).st_size > self._options.start_offset:
                raise BrokenWarcError("there is no whole record in it")
            return
        self._file.seek(self._last_offset)
        starts_member = self._file.read(len(_GZIP)) == _GZIP
        if starts_member and not _is_last_member(self._file, self._last_offset):
            raise BrokenWarcError(f"it breaks off after the record at {self._last_offset}")

    def _make_ref(self, record: WarcRecord) -> str:
        """The reference `path@offset`. If the whole file is one gzip member, offsets repeat, and a count is added."""
        offset = record.stream_pos
        self._repeats = self._repeats + 1 if offset == self._last_offset else 0
        self._last_offset = offset
        return f"{self._path}@{offset}" + (f"+{self._repeats}" if self._repeats else "")

    def _check_whole(self, record: WarcRecord, count: int) -> None:
        """Skip the rest of the record. Raises BrokenWarcError if the record is cut off, CompressionBombError if it is out of
        proportion to the bytes read of the file."""
        left = record.content_length - count
        is_whole = "Content-Length" in record.headers
        while left > 0 and is_whole:
            passed = record.consume(min(left, _STEP))
            left -= passed
            is_whole = passed > 0
            self._check_expansion(record.content_length - left, record.stream_pos)
        if not is_whole:
            raise BrokenWarcError(f"it breaks off in the record at {self._last_offset}")

    def _check_expansion(self, count: int, offset: int) -> None:
        options = self._options
        taken = max(self._file.tell() - offset, 1)
        if count > options.max_input_bytes + _STEP and count > options.max_expansion_ratio * taken:
            raise CompressionBombError(
                f"the record at {offset} grows to more than {count // taken} times its size"
            )

    def _read_response(self, record: WarcRecord, ref: str, block: bytes) -> Item | None:
        head = split_response(block)
        if head is None:
            return self._read_bare(record, ref, block)
        if head.status_code == _NO_CONTENT or 300 <= head.status_code < 400:
            return None
        start = decode_beginning(remove_chunks(head), head.headers.get("content-encoding"), START_BYTES)
        kind = judge_type(head.content_type, start)
        if kind is None:
            return None
        try:
            message = parse_response(block, self._options.max_input_bytes) or head
        except BodyTooLargeError:
            return self._too_large(ref)
        if not says_language(message, self._options.languages):
            self._tally["not_wanted"] += 1
            return None
        if message.status_code >= 400:
            detail = f"HTTP status {message.status_code}"
            return InputOutcome(ref, Reason.HTTP_STATUS, STAGE, detail=detail)
        return self._take_page(record, ref, kind, message)

    def _read_bare(self, record: WarcRecord, ref: str, block: bytes) -> Item | None:
        """A response without HTTP headers: some programs keep only the body of a page."""
        if not (record.headers.get("WARC-Target-URI") or "").strip("<> ").startswith(("http://", "https://")):
            return None
        kind = judge_type(None, block[:START_BYTES])
        if kind is None:
            return None
        if len(block) < record.content_length:
            return self._too_large(ref)
        return self._take_page(record, ref, kind, HttpMessage(200, {}, block))

    def _read_resource(self, record: WarcRecord, ref: str, block: bytes) -> Item | None:
        declared = record.headers.get("Content-Type") or ""
        media_type = declared.partition(";")[0].strip().lower()
        kind = read_kind(record.headers.get("WARC-JSON-Metadata"))
        judged = kind or judge_type(media_type or None, block[:START_BYTES])
        if judged is not CaptureKind.HTML:
            judged = kind or _RESOURCE_KINDS.get(media_type) or judged
        if judged is None:
            return None
        if len(block) < record.content_length:
            return self._too_large(ref)
        return self._take_page(record, ref, judged, HttpMessage(200, {"content-type": declared}, block))

    def _take_page(
        self, record: WarcRecord, ref: str, kind: CaptureKind | Reason, message: HttpMessage
    ) -> Item:
        if isinstance(kind, CaptureKind):
            return self._capture(record, ref, kind, message)
        detail = f"content type {message.content_type or 'not given'}, and no HTML"
        problem = judge_payload(ref, message.body, self._options.max_input_bytes)
        return problem or InputOutcome(ref, kind, STAGE, detail=detail)

    def _capture(self, record: WarcRecord, ref: str, kind: CaptureKind, message: HttpMessage) -> Item:
        if problem := judge_payload(ref, message.body, self._options.max_input_bytes):
            return problem
        url = (record.headers.get("WARC-Target-URI") or f"{file_url(self._path)}@{ref}").strip("<> ")
        return make_capture(
            input_ref=ref,
            outlet=pick_outlet(self._path, self._options, None, url),
            url=url,
            kind=kind,
            payload=message.body,
            fetched_at=self._date(record),
            content_type=message.content_type,
            charset=find_charset(message.headers.get("content-type")),
            origin=None
            if self._repeats or is_long_path(self._path)
            else RecordPlace(str(self._path), self._last_offset),
        )

    def _date(self, record: WarcRecord) -> datetime:
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            said = datetime.fromisoformat((record.headers.get("WARC-Date") or "").strip())
            moment = said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
            if EARLIEST <= moment <= LATEST:
                return moment
        return self._read_at

    def _too_large(self, ref: str) -> InputOutcome:
        limit = self._options.max_input_bytes
        return InputOutcome(ref, Reason.TOO_LARGE, STAGE, detail=f"a page of more than {limit:,} bytes")
