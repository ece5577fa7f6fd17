"""Plain and compressed files read as one stream that stops before a compression bomb goes off."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

import zstandard

from tasks.acquire.files.long_paths import open_file

COMPRESSIONS = (".gz", ".zst")
STREAM_ERRORS = (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError)
_MAX_WINDOW = 1 << 27  # 128 MB, the most that `zstd -19` needs without --ultra --long
_PIECE = 1 << 18
_SIP = 1024  # zstd's decoder returns everything at once, at most 128 KB for 4 bytes: 32 MB


class CompressionBombError(Exception):
    """The decompressed size is out of proportion to the compressed size."""


class LineTooLongError(Exception):
    """Line `number` (from 1) exceeds the limit. Reading can continue with the next line."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number} is too long")
        self.number = number


class _Sips:
    """A file read in small pieces, so that `taken` is close to the bytes that the decoder has used."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(_SIP if size < 0 else min(size, _SIP))
        self.taken += len(data)
        return data

    def close(self) -> None:
        self._file.close()


class _Expander(io.RawIOBase):
    """The bytes of a decoder, compared with the bytes that it took from the file."""

    def __init__(self, file: _Sips, decoder: Any, max_ratio: float, allowance: int) -> None:
        self._file, self._decoder = file, decoder
        self._max_ratio, self._allowance = max_ratio, allowance
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._decoder.read(len(buffer))
        self._count += len(data)
        if self._count > self._allowance and self._count > self._max_ratio * max(self._file.taken, 1):
            raise CompressionBombError(f"it grows to more than {self._max_ratio:.0f} times its size")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._decoder.close()
            self._file.close()
        super().close()


def open_stream(path: Path, max_ratio: float, allowance: int) -> BinaryIO:
    """The file's bytes, decompressed by its last suffix (.gz, .zst).

    Reading raises CompressionBombError once more than `allowance` bytes came out at a ratio above `max_ratio`, and one
    of STREAM_ERRORS if the compressed data is broken or cut off.
    """
    file = open_file(path)
    suffix = path.suffix.lower()
    if suffix not in COMPRESSIONS:
        return file
    sips: Any = _Sips(file)
    decoder = gzip.GzipFile(fileobj=sips, mode="rb") if suffix == ".gz" else _ZstdFile(sips)
    return io.BufferedReader(_Expander(sips, decoder, max_ratio, allowance), 1 << 16)


class _ZstdFile(io.RawIOBase):
    """All frames of a zstd file. Raises EOFError if the last frame is cut off, which the library does not report."""

    def __init__(self, file: _Sips) -> None:
        self._file = file
        self._frames = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
        self._frame = self._frames.decompressobj()
        self._input, self._output = b"", b""
        self._is_within = False

    def read(self, size: int = -1) -> bytes:
        while not self._output:
            data = self._input or self._file.read()
            if not data:
                if self._is_within:
                    raise EOFError("Compressed file ended before the end-of-stream marker was reached")
                return b""
            self._output, self._input = self._frame.decompress(data), b""
            self._is_within = True
            if self._frame.eof:
                self._input = self._frame.unused_data
                self._frame, self._is_within = self._frames.decompressobj(), False
        piece, self._output = self._output[:size], self._output[size:]
        return piece


class _Transcoder(io.RawIOBase):
    """A UTF-16 stream as UTF-8, with unpaired code units replaced."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        self._output = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._output:
            data = self._stream.read(1 << 14)
            self._output = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        piece, self._output = self._output[: len(buffer)], self._output[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def open_text_stream(path: Path, max_ratio: float, allowance: int) -> BinaryIO:
    """Like open_stream, but a file with a UTF-16 byte order mark (spreadsheets) is read as UTF-8."""
    stream: Any = open_stream(path, max_ratio, allowance)
    try:
        start = stream.peek(2)[:2]
    except BaseException:
        stream.close()
        raise
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.BufferedReader(_Transcoder(stream))
    return cast(BinaryIO, stream)


def read_bounded(stream: BinaryIO, max_bytes: int) -> bytes:
    """The whole stream, or a little more than `max_bytes` of it if it is longer."""
    parts: list[bytes] = []
    size = 0
    while size <= max_bytes and (piece := stream.read(_PIECE)):
        parts.append(piece)
        size += len(piece)
    return b"".join(parts)


class BoundedLines:
    """The lines of a stream without line ends. A line longer than `max_bytes` raises LineTooLongError once."""

    def __init__(self, stream: BinaryIO, max_bytes: int) -> None:
        self._stream, self._max_bytes = stream, max_bytes
        self.number = 0
        self.taken = 0  # bytes

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        line = self._stream.readline(self._max_bytes + 2)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken += len(line)
        if len(line) > self._max_bytes and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(1 << 16)
                self.taken += len(line)
            raise LineTooLongError(self.number)
        return line


def iterate_numbered(lines: BoundedLines) -> Iterator[tuple[int, bytes | LineTooLongError]]:
    """Each line with its number from 1, or the error if the line is too long."""
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLongError as error:
            yield error.number, error
        else:
            yield lines.number, line
