"""The fields of an article found in a record, whatever its maker called them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import ConfigError

Fields = dict[str, Any]
_LISTS = ("authors",)


@cache
def field_ranks() -> Mapping[str, tuple[str, int]]:
    """For each name in fields.toml, lower case: our field of that meaning, and its rank (0 is the best)."""
    text = (Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")
    fields = tomllib.loads(text).items()
    return {name: (field, rank) for field, names in fields for rank, name in enumerate(names)}


def find_fields(record: Mapping[str, Any]) -> Fields:
    """What the record says, by our names: texts, `authors` a list of texts; nothing empty is in it."""
    ranks = field_ranks()
    found: dict[str, tuple[int, str | list[str]]] = {}
    for key, said in record.items():
        field, rank = ranks.get(str(key).casefold(), (None, 0))
        if field is None or (field in found and found[field][0] <= rank):
            continue
        if value := _read(said, is_list=field in _LISTS):
            found[field] = (rank, value)
    return {field: found[field][1] for field in sorted(found)}


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise ConfigError for a name of ours that is none: {our field: their column}."""
    known = {field for field, _ in field_ranks().values()}
    if unknown := sorted(set(columns) - known):
        raise ConfigError(f"no field is called {unknown[0]!r}; there are {', '.join(sorted(known))}")


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
