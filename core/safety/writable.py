"""Text that every table, file and terminal can hold."""

from __future__ import annotations

from typing import Any


def make_writable(value: Any, *, spelled: bool = True) -> Any:
    """The value with halves of characters and NUL in its texts spelled out ("\\ud83d", "\\x00") or left out, in
    lists and mappings too.

    JSON can name half of a character ("\\ud83d"), and Python reads a byte of a file name that is no UTF-8 as one;
    neither can be written as UTF-8. Spelled out, two such names stay two; words for people are better without.
    """
    if isinstance(value, str):
        if value.isascii() and "\x00" not in value:
            return value
        text = value.encode("utf-8", "backslashreplace" if spelled else "ignore").decode("utf-8")
        return text.replace("\x00", "\\x00" if spelled else "")
    if isinstance(value, dict):
        return {
            make_writable(key, spelled=spelled): make_writable(item, spelled=spelled)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [make_writable(item, spelled=spelled) for item in value]
    return value
