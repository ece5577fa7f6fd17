"""Read sitemaps that are not well formed: one address at a time, and only elements that are closed."""
# Why: see docs/decisions.md, "A faulty sitemap is read entry by entry".

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.entities import html5

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9._-]{1,40})")
_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(url|sitemap)(?=[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,40})(?:\s[^<>]*)?(?<!/)(/?)>")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,31}));")
_PLAIN = {"utf-8", "utf8", "us-ascii", "windows-1252", "windows-1251", "windows-1250", "koi8-r", "shift_jis"}
_PLAIN |= {
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "euc-jp",
    "euc-kr",
    *(f"iso-8859-{n}" for n in range(1, 17) if n != 12),
}
_HEAD_BYTES = 100_000
_PICTURES = ("image", "video")


def read_past_faults(data: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each `url` and `sitemap` of the data, with its values by name; captions of images are left out.

    A bare "&" is kept, and an HTML entity becomes its character. A value counts only if its element is closed, so that
    no address is cut short, or at least the element around it. After a wrong tag, the rest of an entry is left out.
    """
    text = _drop_comments(_decode(data))
    starts = list(_ENTRY.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    for start, end in zip(starts, ends, strict=False):
        yield start[1].lower(), _read_entry(text[start.start() : end])


def _decode(data: bytes) -> str:
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return data.decode(name if name in _PLAIN else "utf-8", "replace")


def _drop_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join(kept) + text[at:] if kept else text


def _read_entry(text: str) -> dict[str, str]:
    """The first value of each name, up to the entry's end or its first wrong tag."""
    said: dict[str, str] = {}
    open_names: list[str] = []
    at, is_leaf = 0, False
    for tag in _TAG.finditer(text):
        closes, name, is_empty = tag[1], tag[2].lower(), tag[3]
        if closes:
            if not open_names:
                break
            inner = open_names.pop()
            if inner != name and not (is_leaf and open_names[-1:] == [name]):
                break
            is_caption = bool(open_names) and open_names[-1] in _PICTURES
            value = _read_value(text[at : tag.start()])
            if is_leaf and value and not is_caption and (inner == name or "<" not in value):
                said.setdefault(inner, value)
            if not open_names or inner != name:
                break
        elif not is_empty:
            open_names.append(name)
        at, is_leaf = tag.end(), not (closes or is_empty)
    return said


def _read_value(text: str) -> str:
    value = text.strip()
    if value.startswith("<![CDATA[") and value.endswith("]]>"):
        return value[9:-3].strip()
    return _REFERENCE.sub(_read_reference, value)


def _read_reference(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return html5.get(f"{name};", found[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return chr(number) if is_character else "\ufffd"
