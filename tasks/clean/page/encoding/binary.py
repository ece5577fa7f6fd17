"""Refuses payloads that are not text, and text that is broken in too many places."""

from __future__ import annotations

from tasks.clean.page.encoding.labels import find_bom, guess_utf16

# The bytes in front of files that are no text, whatever their name says (file(1), "magic" database).
_BINARY_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG\r\n",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"Rar!\x1a",
    b"7z\xbc\xaf\x27\x1c",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"wOFF",
    b"wOF2",
    b"OggS",
    b"ID3",
    b"SQLite format 3\x00",
    b"\xd0\xcf\x11\xe0",
    b"PAR1",
)
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_CONTROL_SHARE = 0.02  # text has practically none; compressed and executable files have about a tenth
_SAMPLE_BYTES = 32_768
_BROKEN_SHARE = 0.05


class PayloadError(ValueError):
    """The payload cannot be read as text; the message says why, for an outcome's detail."""


class BinaryPayloadError(PayloadError):
    """The payload is no text at all: an image, a PDF, an archive."""


class EncodingError(PayloadError):
    """The payload can be text, but no charset makes sense of it."""


def refuse_binary(payload: bytes) -> None:
    """Raise BinaryPayloadError for what is no text: known signatures, or too many control bytes."""
    if payload.startswith(_BINARY_SIGNATURES):
        raise BinaryPayloadError(f"not text: begins with {payload[:4]!r}")
    if payload[:4] == b"RIFF" or payload[4:8] == b"ftyp":
        raise BinaryPayloadError("not text: an audio, picture or video file")
    sample = payload[:_SAMPLE_BYTES]
    if find_bom(payload) or guess_utf16(payload):
        return
    control = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if control > max(8, _CONTROL_SHARE * len(sample)):
        raise BinaryPayloadError(f"not text: {control} control bytes among the first {len(sample)}")


def count_broken(text: str, encoding: str) -> int:
    """How many characters could not be read. Raises EncodingError if they are more than a twentieth."""
    broken = text.count("\ufffd")
    if broken > max(2, _BROKEN_SHARE * len(text)):
        raise EncodingError(f"{broken} of {len(text)} characters are broken as {encoding}")
    return broken
