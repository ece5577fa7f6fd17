"""Whether an answer is a page: by its media type, and by its first bytes if the type is vague or wrong."""

from __future__ import annotations

import codecs
import json
import re

from core.captures import CaptureKind
from core.outcomes import Reason
from tasks.acquire.files.single_files import describe_binary

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
START_BYTES = 1 << 13
# What servers and crawlers write when they do not know the type.
_VAGUE_TYPES = frozenset(
    {
        "text/plain",
        "text/unknown",
        "application/octet-stream",
        "application/x-octet-stream",
        "binary/octet-stream",
        "application/unknown",
        "application/x-unknown-content-type",
        "application/download",
        "application/x-download",
        "application/force-download",
        "content/unknown",
        "unknown/unknown",
    }
)
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]*/[a-z0-9][a-z0-9.+_-]*")
_BEFORE = rb"(?:\s|<\?xml[^>]{0,500}\?>|<!--.*?-->)*+"
_PAGE = re.compile(_BEFORE + rb"(?:<!doctype\s+html|<(?:html|head|body)[\s>])", re.IGNORECASE | re.DOTALL)
_PART = re.compile(
    _BEFORE + rb"<(?:title|meta|link|article|main|section|header|div|table|h1|p)(?:\s[^<]{0,500})?/?>",
    re.IGNORECASE | re.DOTALL,
)


def judge_type(declared: str | None, start: bytes) -> CaptureKind | Reason | None:
    """HTML for a page, UNSUPPORTED_TYPE for what looks like a page by its type but is not, None for anything else.

    `declared` is the media type in lower case, without parameters; `start` is how the body begins. A body
    that begins like a page is a page under any type.
    """
    is_vague = _is_vague(declared)
    begin = _as_bytes_of_ascii(start)
    if declared in HTML_TYPES or _PAGE.match(begin) or (is_vague and _PART.match(begin)):
        return CaptureKind.HTML
    return Reason.UNSUPPORTED_TYPE if is_vague and describe_binary(start) is None else None


def read_kind(provenance: str | None) -> CaptureKind | None:
    """What a record of our own archives was loaded as; None for one of other programs."""
    try:
        return CaptureKind(json.loads(provenance or "")["kind"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_vague(declared: str | None) -> bool:
    """Whether a type says nothing of what the bytes are; one that is misspelt, or of a kind of HTML, says too little."""
    if not declared or declared in _VAGUE_TYPES or "html" in declared:
        return True
    return _MEDIA_TYPE.fullmatch(declared) is None


def _as_bytes_of_ascii(start: bytes) -> bytes:
    """The beginning without a byte order mark, UTF-16 as one byte a character: marks of HTML are ASCII."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[: len(start) // 2 * 2].decode("utf-16", "replace").encode("ascii", "replace")
    return start.removeprefix(codecs.BOM_UTF8)
