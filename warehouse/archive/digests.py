"""Digests as WARC headers state them: an algorithm, and a digest in base 16 or base 32."""

from __future__ import annotations

import base64
import re

_ALGORITHMS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}

Said = tuple[str, str] | None


def read_digest(value: str | None) -> Said:
    """Algorithm and hex digest of a header such as WARC-Block-Digest; None if there is no digest to compare."""
    found = re.fullmatch(r"([\w-]+):(\S+)", (value or "").strip())
    if found is None:
        return None
    name = found[1].lower().replace("-", "")
    size = _ALGORITHMS.get(name)
    return (name, digest) if size and (digest := _read_hex(found[2], size)) else None


def _read_hex(text: str, size: int) -> str | None:
    """A digest of that many bytes, written in base 16 or base 32, as hex digits."""
    if len(text) == 2 * size and re.fullmatch(r"[0-9A-Fa-f]+", text):
        return text.lower()
    bare = text.rstrip("=").upper()
    try:
        data = base64.b32decode(bare + "=" * (-len(bare) % 8))
    except ValueError:
        return None
    return data.hex() if len(data) == size else None
