"""The fields of an article found in a record, whatever its maker called them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

Fields = dict[str, Any]
_PARTED = ("authors",)


@cache
def field_names() -> Mapping[str, Sequence[str]]:
    """Our field names, each with the names it goes by (fields.toml), lower case, best first."""
    text = (Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")
    return {field: tuple(names) for field, names in tomllib.loads(text).items()}


def find_fields(record: Mapping[str, Any]) -> Fields:
    """What the record says, by our names: texts, `authors` a list of texts; nothing empty is in it."""
    by_name = {str(key).casefold(): value for key, value in reversed(list(record.items()))}
    found: Fields = {}
    for field, names in field_names().items():
        for name in names:
            value = _read(by_name.get(name), is_list=field in _PARTED)
            if value:
                found[field] = value
                break
    return found


def rename_columns(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The record with the user's columns under our names: `columns` says {our field: their column}."""
    theirs = {column: field for field, column in columns.items()}
    kept = {key: value for key, value in record.items() if key not in theirs and key not in columns}
    return kept | {theirs[key]: value for key, value in record.items() if key in theirs}


def _read(value: Any, *, is_list: bool) -> str | list[str] | None:
    texts = _texts(value)
    if is_list:
        return texts or None
    return ", ".join(texts) if texts else None


def _texts(value: Any) -> list[str]:
    """The texts in a value: itself, its `name` (as NewsAPI and schema.org have it), or its members'."""
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, Mapping):
        return _texts(value.get("name"))
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    text = (value.isoformat() if isinstance(value, date) else str(value)).strip()
    return [text] if text else []
