"""The part of a feed that a parser sees."""

from __future__ import annotations

import codecs
import re

from tasks.acquire.follow.cut_markup import Bounds, Cut, cut_markup

# feedparser searches names for a mail address, in time that grows with the square of the name's length.
MAX_NAME_CHARS = 1_000
MAX_FIELD_CHARS = 10_000
MAX_TEXT_CHARS = 2_000_000
_NAMES = b"author creator managingeditor webmaster publisher contributor owner credit name email editor"
_FIELDS = (
    b"title link id guid pubdate published updated modified issued created date category subject keywords "
    b"language rights generator url uri origlink comments docs"
)
_TEXTS = b"description summary content encoded body subtitle tagline fullitem"
_TEXT_BYTES = {
    **dict.fromkeys(_TEXTS.split(), MAX_TEXT_CHARS),
    **dict.fromkeys(_FIELDS.split(), MAX_FIELD_CHARS),
    **dict.fromkeys(_NAMES.split(), MAX_NAME_CHARS),
}
_ENTRY_NAMES = frozenset((b"item", b"entry"))
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    ("<".encode("utf-32-le"), "utf-32-le"),
    ("<".encode("utf-32-be"), "utf-32-be"),
    ("<".encode("utf-16-le"), "utf-16-le"),
    ("<".encode("utf-16-be"), "utf-16-be"),
)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")


def cut_feed(body: bytes, content_type: str | None, max_entries: int) -> tuple[Cut, str | None]:
    """The feed without texts and entries beyond the limits, and the type to read it as.

    A feed in UTF-16 or UTF-32 becomes one in UTF-8, since tags are looked for byte by byte.
    """
    encoding = next((name for mark, name in _WIDE if body.startswith(mark)), None)
    if encoding:
        text = body.decode(encoding, "replace").encode("utf-8", "replace")
        body, content_type = _DECLARATION.sub(b"", text, count=1), "application/xml; charset=utf-8"
    return cut_markup(body, Bounds(_TEXT_BYTES, _ENTRY_NAMES, max_entries)), content_type
