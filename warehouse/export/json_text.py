"""Values as JSON text that every reader of JSON accepts."""

from __future__ import annotations

import json
import math
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.safety.visible import escape_json


def write_json(value: Any) -> str:
    """One line of JSON: times as ISO 8601, bytes as Base64, null for a number that is not finite.

    Characters that control a terminal or the direction of reading are written as escapes, and so is half a surrogate
    pair, which UTF-8 has no bytes for.
    """
    return escape_json(json.dumps(as_json(value), ensure_ascii=False))


def as_json(value: Any) -> Any:
    """The value in types that JSON has; what it has no form for becomes text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else _as_key(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(item) for item in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(value).decode("ascii")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _as_key(value: Any) -> str:
    found = as_json(value)
    return found if isinstance(found, str) else json.dumps(found)
