"""Text that every table, file and terminal can hold."""

from __future__ import annotations

from typing import Any


def make_writable(value: Any) -> Any:
    """The value with halves of characters and NUL in its texts spelled out ("\\ud83d", "\\x00"), in lists and
    mappings too.

    JSON can name half of a character ("\\ud83d"), and Python reads a byte of a file name that is no UTF-8 as one;
    neither can be written as UTF-8. Spelled out, two such names stay two.
    """
    if isinstance(value, str):
        if value.isascii() and "\x00" not in value:
            return value
        return value.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")
    if isinstance(value, dict):
        return {make_writable(key): make_writable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [make_writable(item) for item in value]
    return value
