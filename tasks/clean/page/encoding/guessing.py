"""The charset of a payload that is not valid UTF-8: what it declares, stray bytes, and detection."""

from __future__ import annotations

import re

import charset_normalizer

from tasks.clean.page.encoding.binary import count_broken
from tasks.clean.page.encoding.charsets import decode_strictly, guess_by_language
from tasks.clean.page.encoding.labels import codec_of, label_of_page

# Letters and marks of Western European languages; in them they stand alone between plain letters.
_WESTERN = frozenset(
    "ÁÂÀÃÊËÍÎÏÓÔÕÚÛÙŒ†‡‹›¶¹¼¾äöüßÄÖÜéèêëàâáãçñíîïóôõúùûåæøÅÆØœÉÈÀÇÑ’‘“”„–—…•€£§°©®«»¿¡´·\xa0½²³™"
)
_MOSTLY = 0.95
_ALONE = 1.5  # mean length of a run of such letters; in Cyrillic and Greek it is that of a word
_SAMPLE_BYTES = 32_768
_HIGH_BYTES = bytes(range(128, 256))
_STRAY_BYTES = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_C1_CONTROLS = re.compile(r"[\x80-\x9f]")


def decode_other(
    payload: bytes, charset: str | None, declared: str | None, url: str | None
) -> tuple[str, str, list[str]]:
    """Text of a payload that is not valid UTF-8."""
    mixed = _decode_mixed(payload)
    if mixed:
        return mixed
    own = codec_of(label_of_page(payload))
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
    count_broken(text, encoding)
    return text, encoding


def _looks_western(text: str) -> bool:
    runs = _NOT_ASCII.findall(text[:_SAMPLE_BYTES])
    letters = "".join(runs)
    common = sum(char in _WESTERN for char in letters)
    return bool(runs) and common >= _MOSTLY * len(letters) and len(letters) <= _ALONE * len(runs)
