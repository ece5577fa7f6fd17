"""From bytes to text: the declared charset where it is right, a repair that is noted where it is not."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from tasks.clean.page.charsets import decode_strictly, guess_by_language
from tasks.clean.page.mojibake import repair_mojibake

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
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read under these labels: https://encoding.spec.whatwg.org/#names-and-labels
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_META_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.I
)
_TEXT_CODECS = frozenset(
    {"utf-8", "cp1252", "gb18030", "cp932", "cp949", "euc_jp", "big5hkscs", "cp1251", "koi8-r"}
)
# Letters and marks of Western European languages; in them they stand alone between plain letters.
_WESTERN = frozenset(
    "ÁÂÀÃÊËÍÎÏÓÔÕÚÛÙŒ†‡‹›¶¹¼¾äöüßÄÖÜéèêëàâáãçñíîïóôõúùûåæøÅÆØœÉÈÀÇÑ’‘“”„–—…•€£§°©®«»¿¡´·\xa0½²³™"
)
_MOSTLY = 0.95
_ALONE = 1.5  # mean length of a run of such letters; in Cyrillic and Greek it is that of a word
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 32_768
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_UNWANTED_BYTES = bytes({*range(32), 127} - {9, 10, 12, 13})
_CONTROL_SHARE = 0.02  # text has practically none; compressed and executable files have about a tenth
_CONTROL_CHARACTERS = dict.fromkeys([*_UNWANTED_BYTES, 0xFEFF])
_HIGH_BYTES = bytes(range(128, 256))
_STRAY_BYTES = re.compile("[\udc80-\udcff]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_C1_CONTROLS = re.compile(r"[\x80-\x9f]")


class PayloadError(ValueError):
    """The payload cannot be read as text; the message says why, for an outcome's detail."""


class BinaryPayloadError(PayloadError):
    """The payload is no text at all: an image, a PDF, an archive."""


class EncodingError(PayloadError):
    """The payload can be text, but no charset makes sense of it."""


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


def refuse_binary(payload: bytes) -> None:
    """Raise BinaryPayloadError for what is no text: known signatures, or too many control bytes."""
    if payload.startswith(_BINARY_SIGNATURES):
        raise BinaryPayloadError(f"not text: begins with {payload[:4]!r}")
    if payload[:4] == b"RIFF" or payload[4:8] == b"ftyp":
        raise BinaryPayloadError("not text: an audio, picture or video file")
    sample = payload[:_SAMPLE_BYTES]
    if _by_bom(payload) or _guess_utf16(payload):
        return
    control = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if control > max(8, _CONTROL_SHARE * len(sample)):
        raise BinaryPayloadError(f"not text: {control} control bytes among the first {len(sample)}")


def _decode(payload: bytes, charset: str | None, url: str | None) -> tuple[str, str, list[str]]:
    """Text, charset and notes."""
    declared = _codec(charset)
    wide = _by_bom(payload) or _guess_utf16(payload)
    if wide:
        return _decode_wide(payload, wide)
    if b"\x1b$" in payload and (text := decode_strictly(payload, "iso2022_jp_ext")) is not None:
        return text, "iso2022_jp_ext", []
    text = decode_strictly(payload, "utf-8")
    if text is not None:
        return text, "utf-8", _note_utf8(payload, text, charset)
    return _decode_other(payload, charset, declared, url)


def _note_utf8(payload: bytes, text: str, charset: str | None) -> list[str]:
    """Which wrong charsets server and page declare of valid UTF-8, and how many characters were lost before."""
    if payload.isascii():
        return []
    labels = dict.fromkeys(label for label in (charset, _label_of_page(payload)) if label)
    wrong = [label for label in labels if _codec(label) not in (None, "utf-8")]
    notes = [f"declared {' and '.join(wrong)}, is utf-8"] if wrong else []
    return notes + _note_lost(text)


def _note_lost(text: str) -> list[str]:
    lost = text.count("\ufffd")
    return [f"{lost} characters were lost before (U+FFFD)"] if lost else []


def _decode_wide(payload: bytes, encoding: str) -> tuple[str, str, list[str]]:
    text = payload.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(2, 0.05 * len(text)):
        raise EncodingError(f"{broken} of {len(text)} characters are broken as {encoding}")
    return text, encoding.removesuffix("-sig"), [f"{broken} broken characters"] if broken else []


def _decode_other(
    payload: bytes, charset: str | None, declared: str | None, url: str | None
) -> tuple[str, str, list[str]]:
    """Text of a payload that is not valid UTF-8."""
    mixed = _decode_mixed(payload)
    if mixed:
        return mixed
    own = _codec(_label_of_page(payload))
    for encoding in dict.fromkeys(name for name in (declared, own) if name and name != "utf-8"):
        text = decode_strictly(payload, encoding)
        if text is not None and not _C1_CONTROLS.search(text):
            note = f"declared {charset}, is {encoding}" if declared and encoding != declared else None
            return text, encoding, [note] if note else []
    text, encoding = _detect(payload, declared or own, url)
    label = charset or own or "nothing"
    return text, encoding, [f"declared {label}, read as {encoding}"]


def _decode_mixed(payload: bytes) -> tuple[str, str, list[str]] | None:
    """UTF-8 with stray bytes of another charset in it, those read as cp1252; None if it is not that."""
    text = payload.decode("utf-8", "surrogateescape")
    stray = len(_STRAY_BYTES.findall(text))
    right = len(text) - len(payload.translate(None, _HIGH_BYTES)) - stray
    if right < max(2, 2 * stray):
        return None
    text = re.sub("[\udc80-\udcff]+", lambda run: _read_stray(run.group()), text)
    return text, "utf-8", [f"{stray} bytes are not utf-8, read as cp1252"]


def _read_stray(run: str) -> str:
    return run.encode("ascii", "surrogateescape").decode("cp1252", "replace")


def _detect(payload: bytes, declared: str | None, url: str | None) -> tuple[str, str]:
    """Text and charset by detection: those of the page's own language or country, then Western single bytes, as they
    are by far the most common."""
    if own := guess_by_language(payload, url):
        return own
    western = decode_strictly(payload, "cp1252")
    if western is not None and _looks_western(western):
        return western, "cp1252"
    best = charset_normalizer.from_bytes(payload[:_SAMPLE_BYTES], steps=5, chunk_size=512).best()
    for encoding in (best.encoding if best else None, "cp1252"):
        text = decode_strictly(payload, encoding) if encoding else None
        if text is not None and encoding and not _C1_CONTROLS.search(text):
            return text, encoding
    encoding = declared or (best.encoding if best else "utf-8")
    text = payload.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(2, 0.05 * len(text)):
        raise EncodingError(f"{broken} of {len(text)} characters are broken as {encoding}")
    return text, encoding


def _looks_western(text: str) -> bool:
    runs = _NOT_ASCII.findall(text[:_SAMPLE_BYTES])
    letters = "".join(runs)
    common = sum(char in _WESTERN for char in letters)
    return bool(runs) and common >= _MOSTLY * len(letters) and len(letters) <= _ALONE * len(runs)


def _by_bom(payload: bytes) -> str | None:
    return next((encoding for bom, encoding in _BOMS if payload.startswith(bom)), None)


def _guess_utf16(payload: bytes) -> str | None:
    """utf-16-le or -be for text without a mark whose every other byte is mostly NUL."""
    sample = payload[:_HEAD_BYTES]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[::2], sample[1::2]
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _label_of_page(payload: bytes) -> str | None:
    """The charset that the page itself declares, as it writes it."""
    found = _META_CHARSET.search(payload[:_HEAD_BYTES])
    return found.group(1).decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    """Python's codec for a declared charset, as browsers read that label; None for an unknown one."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip(" \"';").lower()).name
    except (LookupError, ValueError):
        return None
    name = _AS_BROWSERS_DO.get(name, name)
    return name if name in _TEXT_CODECS or _is_text_codec(name) else None


def _is_text_codec(name: str) -> bool:
    """Whether the codec makes text of bytes and is no transport or escape code (rot13, idna, utf-7)."""
    return name.startswith(
        ("cp", "iso", "koi8", "mac", "euc", "hp-roman", "kz1048", "ptcp154", "johab", "tis")
    )
