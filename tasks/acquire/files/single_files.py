"""One file, one article: a page of HTML or a text, plain or compressed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.naming import file_url, make_capture, modified_at, pick_outlet
from tasks.acquire.base.options import STAGE, FileOptions
from tasks.acquire.files.listing import describe_os_error
from tasks.acquire.files.long_paths import read_status
from tasks.acquire.files.mhtml import MHTML_SUFFIXES, SavedPage, read_saved_page
from tasks.acquire.files.streams import (
    COMPRESSIONS,
    STREAM_ERRORS,
    CompressionBombError,
    open_stream,
    read_bounded,
)

# First bytes of common files that are not text, whatever their names (file(1)'s magic database).
_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP file or office document",
    b"\x1f\x8b\x08": "gzip data without .gz in its name",
    b"\x28\xb5\x2f\xfd": "zstd data without .zst in its name",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "an SQLite database",
    b"PAR1": "a Parquet file without .parquet in its name",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"OggS": "an audio file",
    b"ID3": "an audio file",
}
_CONTROLS = bytes(c for c in range(1, 32) if c not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_SAMPLE = 1 << 16
_MAX_CONTROL_RATIO = 0.05  # random bytes have 0.1; texts in any encoding of the web almost 0


def read_page(path: Path, kind: CaptureKind, options: FileOptions) -> Capture | InputOutcome:
    """The file as a capture, or why not: EMPTY, TOO_LARGE, BINARY, or what reading it ran into."""
    try:
        status = read_status(path)
        with open_stream(path, options.max_expansion_ratio, options.max_input_bytes) as stream:
            payload = read_bounded(stream, options.max_input_bytes)
    except CompressionBombError as error:
        return _reject(path, Reason.COMPRESSION_BOMB, str(error))
    except STREAM_ERRORS as error:
        return _reject(path, Reason.BROKEN_ARCHIVE, f"the compressed data is broken: {error}")
    except OSError as error:
        return describe_os_error(path, error)
    if problem := judge_payload(str(path), payload, options.max_input_bytes):
        return problem
    if stem_suffix(path) in MHTML_SUFFIXES and not _is_bare_page(payload):
        return _take_saved(path, read_saved_page(payload), options, modified_at(status))
    return make_capture(
        input_ref=str(path),
        outlet=pick_outlet(path, options),
        url=file_url(path),
        kind=kind,
        payload=payload,
        fetched_at=modified_at(status),
    )


def _is_bare_page(payload: bytes) -> bool:
    """Whether a file is a page and no message, whatever its name says."""
    return payload.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _take_saved(
    path: Path, page: SavedPage | None, options: FileOptions, modified: datetime
) -> Capture | InputOutcome:
    """The page that a browser saved, under its own address and time where the file gives them."""
    if page is None:
        return _reject(path, Reason.UNSUPPORTED_TYPE, "no part of it is a page; save the page again as HTML")
    if problem := judge_payload(str(path), page.payload, options.max_input_bytes):
        return problem
    return make_capture(
        input_ref=str(path),
        outlet=pick_outlet(path, options, None, page.url),
        url=page.url or file_url(path),
        kind=CaptureKind.HTML,
        payload=page.payload,
        fetched_at=page.saved_at or modified,
        charset=page.charset,
    )


def judge_payload(input_ref: str, payload: bytes, max_bytes: int) -> InputOutcome | None:
    """Why a page's or text's bytes cannot be an article, or None: TOO_LARGE, EMPTY or BINARY."""
    if len(payload) > max_bytes:
        return InputOutcome(input_ref, Reason.TOO_LARGE, STAGE, detail=f"more than {max_bytes:,} bytes")
    if not payload.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        detail = "no bytes" if not payload else "nothing but blanks"
        return InputOutcome(input_ref, Reason.EMPTY, STAGE, detail=detail)
    if what := describe_binary(payload):
        return InputOutcome(input_ref, Reason.BINARY, STAGE, detail=f"it is {what}")
    return None


def describe_binary(payload: bytes) -> str | None:
    """What the bytes are, when they are clearly no text in any encoding; null bytes alone do not count."""
    for signature, what in _SIGNATURES.items():
        if payload.startswith(signature):
            return what
    if payload.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return None  # UTF-16 and UTF-32 by their byte order mark
    sample = payload[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "binary data" if controls > _MAX_CONTROL_RATIO * len(sample) else None


def stem_suffix(path: Path) -> str:
    """The suffix that says what is in the file, in lower case, below .gz or .zst."""
    name = path.name.lower()
    for compression in COMPRESSIONS:
        name = name.removesuffix(compression)
    dot = name.rfind(".")  # as Path.suffix, which takes three times as long
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def _reject(path: Path, reason: Reason, detail: str) -> InputOutcome:
    return InputOutcome(str(path), reason, STAGE, detail=detail)
