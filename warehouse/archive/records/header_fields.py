"""Header fields of WARC records from values of any length: what other programs can read, in one line each.

Readers refuse a record whose WARC headers, or HTTP headers, have more than 32 KiB together (FastWARC), and all
after it. The limits here add up to less; what they cut is kept whole in a `metadata` record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

MAX_HEAD_BYTES = 32_000  # of the WARC headers, and of the HTTP headers, of a record
MAX_FIELD_BYTES = 8_000
_MAX_HTTP_BYTES = 30_000
_MAX_SHORT_BYTES = 500
_ADDRESS_BYTES = 64
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200}")  # RFC 9110 5.6.2
_HTTP_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")  # values are bytes: from 80 on, parts of characters
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]+")
_ADDRESS_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# The payload cannot be read back without these.
_DECIDING = frozenset({"content-type", "content-encoding"})

Headers = Sequence[tuple[str, str]]


def one_line(text: str, max_bytes: int = MAX_FIELD_BYTES) -> str:
    """The text with a blank for each run of control characters, cut to `max_bytes` of UTF-8."""
    return _cut(_CONTROLS.sub(" ", text).strip(), max_bytes)


def short_line(text: str) -> str:
    """A field of few words, such as a media type or a status."""
    return one_line(text, _MAX_SHORT_BYTES)


def one_address(url: str) -> str:
    """A URL for WARC-Target-URI: control characters as %XX; a long one is cut and made distinct by a digest."""
    line = _ADDRESS_CONTROLS.sub(_quote_control, url)
    if len(line.encode("utf-8", "replace")) <= MAX_FIELD_BYTES:
        return line
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    start = re.sub(r"%[0-9A-Fa-f]?$", "", _cut(line.partition("#")[0], MAX_FIELD_BYTES - _ADDRESS_BYTES))
    return f"{start}~cut-{digest}"


def http_fields(headers: Headers) -> list[tuple[str, str]]:
    """HTTP headers in their order; long values are cut; invalid headers, and those past the limit, are left out."""
    fields = [(name, _HTTP_CONTROLS.sub(" ", value)) for name, value in headers if _TOKEN.fullmatch(name)]
    deciding: dict[str, int] = {}
    for place, (name, _) in enumerate(fields):
        if name.lower() in _DECIDING:
            deciding.setdefault(name.lower(), place)
    kept, left = [], _MAX_HTTP_BYTES
    for place, (name, value) in enumerate(fields):
        is_deciding = place in deciding.values()
        value = _cut(value, _MAX_SHORT_BYTES if is_deciding else MAX_FIELD_BYTES)
        left -= len(name) + len(value.encode("utf-8", "replace")) + len(": \r\n")
        if is_deciding or left >= 0:
            kept.append((name, value))
    return kept


def _quote_control(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _cut(text: str, max_bytes: int) -> str:
    data = text.encode("utf-8", "replace")
    return text if len(data) <= max_bytes else data[:max_bytes].decode("utf-8", "ignore")
