"""Which charset a payload names: its byte order mark, the labels of server and page, the NULs of UTF-16."""

from __future__ import annotations

import codecs
import re

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
_HEAD_BYTES = 4096


def find_bom(payload: bytes) -> str | None:
    """The charset of the byte order mark that a payload begins with, or None."""
    return next((encoding for bom, encoding in _BOMS if payload.startswith(bom)), None)


def guess_utf16(payload: bytes) -> str | None:
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


def label_of_page(payload: bytes) -> str | None:
    """The charset that the page itself declares, as it writes it."""
    found = _META_CHARSET.search(payload[:_HEAD_BYTES])
    return found.group(1).decode("ascii") if found else None


def codec_of(label: str | None) -> str | None:
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
