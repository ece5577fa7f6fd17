"""Find the fields of an article in a record, by the names that its maker gave them."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from core.errors import ConfigError
from tasks.acquire.base.naming import is_web_url
from tasks.acquire.base.printed_values import is_nothing, read_printed

Fields = dict[str, Any]
_BETWEEN_WORDS = re.compile(r"[\s-]+")
_LISTS = ("authors",)
_FAMILY = ("family", "familyname", "lastname", "surname")
_GIVEN = ("given", "givenname", "firstname", "forename")
_AFTER_ALL = 1_000
_MOST_UNREAD = 200  # names
_DEEPEST = 40  # levels of nested values; texts of articles are at most five levels deep
_PARAGRAPHS = ("text", "html")  # lists of them are paragraphs, lists of anything else an enumeration
# Where an object holds its text: NewsAPI and schema.org, WordPress, the New York Times (headline, byline),
# Fundus (html), CSL (dates).
_WITHIN = ("name", "rendered", "main", "original", "content", "raw", "literal", "$date", "$numberLong")


@cache
def field_ranks() -> Mapping[str, Sequence[tuple[str, int]]]:
    """For each lower-case name in fields.toml: our fields with that meaning, and its rank (0 is the best)."""
    text = (Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")
    ranks: dict[str, list[tuple[str, int]]] = {}
    for field, names in tomllib.loads(text).items():
        for rank, name in enumerate(names):
            ranks.setdefault(name, []).append((field, rank))
    return ranks


@dataclasses.dataclass(slots=True)
class UnreadColumns:
    """The columns with values that were not read: in how many records, and the column that was read in place of each."""

    counts: Counter[str] = dataclasses.field(default_factory=Counter)
    in_place: dict[str, str] = dataclasses.field(default_factory=dict)

    def add(self, name: str, in_place: str | None) -> None:
        """Count a column of one record; of a file that names every column differently, the first ones."""
        if name in self.counts or len(self.counts) < _MOST_UNREAD:
            self.counts[name] += 1
            if in_place is not None:
                self.in_place[name] = in_place


def meanings_of(name: str) -> Sequence[tuple[str, int]]:
    """Our fields that a name means, with their ranks; "Article Body" and "article-body" are "article_body"."""
    folded = name.strip().casefold()
    return field_ranks().get(folded) or field_ranks().get(_BETWEEN_WORDS.sub("_", folded), ())


def unwrap(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record inside an envelope (`_source` of Elasticsearch): the one object that has a text or a page, where the
    envelope itself has neither and no address."""
    if has_field(record, "url", "text", "html"):
        return record
    inside = [value for value in record.values() if isinstance(value, dict)]
    found = [value for value in inside if has_field(value, "text", "html")]
    return found[0] if len(found) == 1 else record


def has_field(record: Mapping[str, Any], *fields: str) -> bool:
    """Whether the record has a value for one of these fields; the first that is asked for is looked at first."""
    return any(
        _is_said(said, field)
        for field in fields
        for key, said in record.items()
        if any(field == meant for meant, _ in meanings_of(str(key)))
    )


def find_fields(record: Mapping[str, Any], unread: UnreadColumns | None = None) -> Fields:
    """The fields of the record by our names: texts, and `authors` as a list of texts; empty fields are left out.

    The best name that has a value wins. A web address comes before any other value for an address. Columns whose
    values are in no field are added to `unread`.
    """
    found: dict[str, tuple[int, str | list[str]]] = {}
    winners: dict[str, str] = {}
    for key, said in record.items():
        for field, rank in meanings_of(str(key)):
            value = _read(said, field)
            if field == "url" and isinstance(value, str) and not is_web_url(value):
                rank += _AFTER_ALL
            if value and (field not in found or rank < found[field][0]):
                found[field] = (rank, value)
                winners[field] = str(key)
    if unread is not None:
        _add_unread(record, winners, unread)
    return {field: found[field][1] for field in sorted(found)}


def _add_unread(record: Mapping[str, Any], winners: Mapping[str, str], unread: UnreadColumns) -> None:
    read = set(winners.values())
    for key, said in record.items():
        name = str(key)
        if name not in read and not (said is None or (isinstance(said, str | list | dict) and not said)):
            meant = (winners[field] for field, _ in meanings_of(name) if field in winners)
            unread.add(name, next(meant, None))


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise ConfigError for an unknown field in {our field: their column}."""
    known = {field for meanings in field_ranks().values() for field, _ in meanings}
    if unknown := sorted(set(columns) - known):
        raise ConfigError(f"no field is called {unknown[0]!r}; there are {', '.join(sorted(known))}")


def rename_columns(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The record with the user's columns under our names: `columns` says {our field: their column}."""
    theirs = {column: field for field, column in columns.items()}
    kept = {key: value for key, value in record.items() if key not in theirs and key not in columns}
    return kept | {theirs[key]: value for key, value in record.items() if key in theirs}


def _is_said(value: Any, field: str) -> bool:
    """Whether _read finds anything; a page or a text that begins as usual is not read for that."""
    if isinstance(value, str) and (value[:1].isalnum() or value[:1] == "<") and field not in _LISTS:
        return not is_nothing(value)
    return bool(_read(value, field))


def _read(value: Any, field: str) -> str | list[str] | None:
    if isinstance(value, str):
        value = None if is_nothing(value) else read_printed(value)
    texts = [] if field in _PARAGRAPHS and isinstance(value, (int, float)) else _texts(value)
    if field in _LISTS:
        return [name for text in texts if not is_nothing(text) for name in _split_listed(text)] or None
    return ("\n\n" if field in _PARAGRAPHS else ", ").join(texts) or None


def _split_listed(text: str) -> list[str]:
    """The names in a list that is printed without quotation marks (`[Ida Lund, Per Holm]`), else the text."""
    if not (text.startswith("[") and text.endswith("]") and "[" not in text[1:]):
        return [text]
    return [name for part in text[1:-1].split(",") if (name := part.strip()) and not is_nothing(name)]


def _texts(value: Any, depth: int = 0) -> list[str]:
    """The texts in a value: the value itself, the text of an object, or the texts of a list, down to _DEEPEST levels."""
    if value is None or isinstance(value, bool) or depth > _DEEPEST:
        return []
    if isinstance(value, float) and not isfinite(value):  # tables write NaN for an empty cell
        return []
    if isinstance(value, Mapping):
        return _texts_within(value, depth)
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item, depth + 1)]
    text = _spell(value).strip()
    return [text] if text else []


def _spell(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # tables with an empty cell write whole numbers so
    return value.isoformat() if isinstance(value, date) else str(value)


def _texts_within(value: Mapping[str, Any], depth: int) -> list[str]:
    """The text that an object represents: a name, a rendered text, or a day (CSL JSON)."""
    if name := _join_name(value, depth):
        return [name]
    if parts := value.get("date-parts"):
        return _read_date_parts(parts)
    return next((texts for key in _WITHIN if (texts := _texts(value.get(key), depth + 1))), [])


def _join_name(value: Mapping[str, Any], depth: int) -> str:
    """The name of a person given in parts, as CSL JSON, schema.org and databases call these; "" if there is no surname."""
    by_name = {str(key).replace("_", "").lower(): part for key, part in value.items()}
    family = next((found for name in _FAMILY if (found := _texts(by_name.get(name), depth + 1))), [])
    if not family or _texts(by_name.get("name"), depth + 1):
        return ""
    given = next((found for name in _GIVEN if (found := _texts(by_name.get(name), depth + 1))), [])
    return " ".join([*given, *_texts(by_name.get("non-dropping-particle"), depth + 1), *family])


def _read_date_parts(parts: Any) -> list[str]:
    """`[[2026, 3, 1]]` as 2026-03-01. Month and day can be missing, and numbers can be texts."""
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [str(number).strip() for number in first[:3]]
    if not numbers or not all(number.isascii() and number.isdigit() for number in numbers):
        return []
    return ["-".join(number.zfill(2) for number in numbers)]
