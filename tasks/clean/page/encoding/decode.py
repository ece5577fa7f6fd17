"""From bytes to text: the declared charset where it is right, a repair that is noted where it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.clean.page.encoding.binary import count_broken, refuse_binary
from tasks.clean.page.encoding.charsets import decode_strictly
from tasks.clean.page.encoding.guessing import decode_other
from tasks.clean.page.encoding.labels import codec_of, find_bom, guess_utf16, label_of_page
from tasks.clean.page.encoding.mojibake import repair_mojibake

_UNWANTED_BYTES = bytes({*range(32), 127} - {9, 10, 12, 13})
_CONTROL_CHARACTERS = dict.fromkeys([*_UNWANTED_BYTES, 0xFEFF])
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a payload, the charset that it was read with, and what had to be repaired (or None)."""

    text: str
    encoding: str
    note: str | None


def decode_text(payload: bytes, charset: str | None = None, url: str | None = None) -> Decoded:
    """The payload as text, without byte order mark, NUL and other control characters.

    A byte order mark decides; then valid UTF-8 is taken as such, whatever was declared (text in
    another charset is practically never valid UTF-8 by chance); then the charset declared by the
    server, then the page's own; then UTF-8 with stray cp1252 bytes; then detection, by the page's language or
    the country of its `url` first. Text that was encoded twice ("â€™") is repaired, and characters that were
    lost before (U+FFFD) are counted in the note. Raises BinaryPayloadError or EncodingError.
    """
    refuse_binary(payload)
    text, encoding, notes = _decode(payload, charset, url)
    if "\ufeff" in text or len(payload.translate(None, _UNWANTED_BYTES)) != len(payload):
        text = text.translate(_CONTROL_CHARACTERS)
    repaired, count = repair_mojibake(text)
    if count:
        notes.append(f"{count} passages encoded twice, repaired")
    return Decoded(repaired, encoding, "; ".join(notes) or None)


def decode_field(text: str, decoded: Decoded) -> Decoded:
    """The text of a field of a decoded record, cleaned as `decode_text` cleans a payload.

    JSON escapes can hide in a field what was taken out of the payload: NUL, control characters,
    halves of characters, text that was encoded twice.
    """
    repaired, count = repair_mojibake(drop_unwritable(text))
    notes = [decoded.note] if decoded.note else []
    notes += _note_lost(text) if not decoded.note else []
    if count:
        notes.append(f"{count} passages encoded twice, repaired")
    return Decoded(repaired, decoded.encoding, "; ".join(notes) or None)


def drop_unwritable(text: str) -> str:
    """The text without lone surrogates (halves of characters), which cannot be written as UTF-8, NUL and
    other control characters, which no text holds; tabs and line ends stay."""
    return text if text.isprintable() else _UNWRITABLE.sub("", text)


def _decode(payload: bytes, charset: str | None, url: str | None) -> tuple[str, str, list[str]]:
    """Text, charset and notes."""
    declared = codec_of(charset)
    wide = find_bom(payload) or guess_utf16(payload)
    if wide:
        return _decode_wide(payload, wide)
    if b"\x1b$" in payload and (text := decode_strictly(payload, "iso2022_jp_ext")) is not None:
        return text, "iso2022_jp_ext", []
    text = decode_strictly(payload, "utf-8")
    if text is not None:
        return text, "utf-8", _note_utf8(payload, text, charset)
    return decode_other(payload, charset, declared, url)


def _note_utf8(payload: bytes, text: str, charset: str | None) -> list[str]:
    """Which wrong charsets server and page declare of valid UTF-8, and how many characters were lost before."""
    if payload.isascii():
        return []
    labels = dict.fromkeys(label for label in (charset, label_of_page(payload)) if label)
    wrong = [label for label in labels if codec_of(label) not in (None, "utf-8")]
    notes = [f"declared {' and '.join(wrong)}, is utf-8"] if wrong else []
    return notes + _note_lost(text)


def _note_lost(text: str) -> list[str]:
    lost = text.count("\ufffd")
    return [f"{lost} characters were lost before (U+FFFD)"] if lost else []


def _decode_wide(payload: bytes, encoding: str) -> tuple[str, str, list[str]]:
    text = payload.decode(encoding, "replace")
    broken = count_broken(text, encoding)
    return text, encoding.removesuffix("-sig"), [f"{broken} broken characters"] if broken else []
