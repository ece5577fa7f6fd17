"""Which field of a record looks like its text, where none has a name that we know."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from tasks.acquire.base.fields import meanings_of

_LEAST_WORDS = 8  # of a text; a headline has hardly more
_LEAST_SHARE = 2.0  # the text is that much longer than any other field


def guess_text(record: Mapping[str, Any], least_words: int = _LEAST_WORDS) -> str | None:
    """The name of the one unknown field that is by far the longest, if it holds running words; else None."""
    sizes = {
        str(name): len(value)
        for name, value in record.items()
        if isinstance(value, str) and not meanings_of(str(name))
    }
    ordered = sorted(sizes, key=lambda name: -sizes[name])
    if not ordered or len(str(record.get(ordered[0])).split()) < least_words:
        return None
    if len(ordered) > 1 and sizes[ordered[0]] < _LEAST_SHARE * sizes[ordered[1]]:
        return None
    return ordered[0]


def tell_columns(column: str | None) -> str:
    """The end of a message: how to name the column of the text, and which one looks like it."""
    if column is None:
        return ". Name yours: --columns text=...,title=..."
    said = f'"{column}"' if shlex.quote(column) != column else column
    return f". {column!r} looks like the text: name it with --columns text={said}"
