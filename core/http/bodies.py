"""HTTP messages out of WARC blocks and off the wire: headers parted from bodies, bodies decoded, bounded."""
# Why: see docs/decisions.md, "Every WARC header has a limit".

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import zstandard
from fastwarc.stream_io import BrotliReader

CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(r"\r?\n")  # not splitlines, which takes bytes of UTF-8 characters for line ends
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[^\r\n]*\r?\n")


class BodyTooLargeError(Exception):
    """The decoded body is longer than the limit; reading stopped there."""


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """A response: `headers` by lower-case name (the first of each); parse_response takes the body's codings off."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """The declared character set."""
        return find_charset(self.headers.get("content-type"))


def find_charset(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type, without quotes."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:+-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def parse_response(block: bytes, max_bytes: int) -> HttpMessage | None:
    """The response in a WARC block, or None if the block is not a response; BodyTooLargeError past `max_bytes`."""
    message = split_response(block)
    if message is None:
        return None
    body = decode_body(remove_chunks(message), message.headers.get("content-encoding"), max_bytes)
    return HttpMessage(message.status_code, message.headers, body)


def split_response(block: bytes) -> HttpMessage | None:
    """The response in a WARC block with its body unchanged, or None if the block is not a response."""
    end = _HEAD_END.search(block, 0, 1 << 18)
    head = block[: end.start()] if end else block[: 1 << 18]
    status, *lines = _LINE_END.split(head.decode("latin-1"))
    found = re.match(r"HTTP/\d(?:\.\d)? +(\d{3})", status)
    if not found:
        return None
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return HttpMessage(int(found[1]), headers, block[end.end() :] if end else b"")


def remove_chunks(message: HttpMessage) -> bytes:
    """The body without the chunked encoding that its headers announce."""
    if "chunked" in message.headers.get("transfer-encoding", "").lower():
        return join_chunks(message.body)
    return message.body


def join_chunks(body: bytes) -> bytes:
    """A body without its chunking; as it is where it has none (crawlers often keep the header alone)."""
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
        if at >= len(body):
            return b"".join(parts)
    return body


def decode_body(body: bytes, content_encoding: str | None, max_bytes: int) -> bytes:
    """The body without Content-Encoding; unchanged where it does not have the coding it is said to have.

    Raises BodyTooLargeError once it is longer than `max_bytes`, however little it was compressed.
    """
    for coding in reversed([part.strip().lower() for part in (content_encoding or "").split(",")]):
        if coding in _DECODERS:
            try:
                body = _join_bounded(_DECODERS[coding](body), max_bytes)
            except (zlib.error, OSError, EOFError, zstandard.ZstdError):
                return body
    if len(body) > max_bytes:
        raise BodyTooLargeError
    return body


def decode_beginning(body: bytes, content_encoding: str | None, max_bytes: int) -> bytes:
    """Like decode_body, but of what is longer, or cut off, the beginning."""
    for coding in reversed([part.strip().lower() for part in (content_encoding or "").split(",")]):
        if coding in _DECODERS:
            start = _take_pieces(_DECODERS[coding](body), max_bytes)
            body = start or body
    return body[:max_bytes]


def _take_pieces(pieces: Iterator[bytes], max_bytes: int) -> bytes:
    """What comes before the limit or an error."""
    start = b""
    with contextlib.suppress(zlib.error, OSError, EOFError, zstandard.ZstdError):
        while len(start) < max_bytes and (piece := next(pieces, b"")):
            start += piece
    return start


def _join_bounded(pieces: Iterator[bytes], max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise BodyTooLargeError
        parts.append(piece)
    return b"".join(parts)


def _inflate(body: bytes, wbits: int) -> Iterator[bytes]:
    """What is packed in each member: RFC 1952 2.2 lets several of them follow each other, and tools make such files."""
    data = yield from _inflate_member(body, wbits)
    with contextlib.suppress(zlib.error):  # data after a whole member that is not a member is ignored
        while data.startswith(_GZIP):
            data = yield from _inflate_member(data, wbits)


def _inflate_member(data: bytes, wbits: int) -> Generator[bytes, None, bytes]:
    decoder = zlib.decompressobj(wbits)
    piece = b""
    while not decoder.eof and (data or len(piece) == CHUNK):
        piece = decoder.decompress(data, CHUNK)
        yield piece
        data = decoder.unconsumed_tail
    return decoder.unused_data


def _deflate(body: bytes) -> Iterator[bytes]:
    """Deflate with the zlib header that RFC 9110 asks for, or bare, as some servers send it."""
    is_zlib = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflate(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    reader = BrotliReader(BytesIO(body))
    while piece := reader.read(CHUNK):
        yield bytes(piece)


def _unzstd(body: bytes) -> Iterator[bytes]:
    with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body) as reader:
        while piece := reader.read(CHUNK):
            yield piece


_DECODERS = {
    "gzip": lambda body: _inflate(body, zlib.MAX_WBITS | 16),
    "x-gzip": lambda body: _inflate(body, zlib.MAX_WBITS | 16),
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
