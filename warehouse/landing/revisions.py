"""Changes of an article by its outlet: words added and removed, and whether an editor changed it at all."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

_SCHEMA = pa.schema(
    [
        pa.field("capture_id", pa.string(), nullable=False),
        pa.field("added_words_count", pa.int64(), nullable=False),
        pa.field("removed_words_count", pa.int64(), nullable=False),
    ]
)
_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00ad": None}
)
_NUMBER = r"\d[\d.,'\u2019\u00a0\u202f]{0,14}[km]?"
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class CosmeticRules:
    """cosmetic.toml, ready to use: `line` matches a whole line that does not count, `phrase` a counter within a text."""

    line: re.Pattern[str]
    phrase: re.Pattern[str]
    updated: tuple[str, ...]
    date_words: frozenset[str]


@cache
def cosmetic_rules() -> CosmeticRules:
    """The rules of cosmetic.toml."""
    rules = tomllib.loads((Path(__file__).parent / "cosmetic.toml").read_text(encoding="utf-8"))
    counted = "|".join(re.escape(name) for name in rules["counted"])
    phrases = "|".join(re.escape(phrase).replace(r"\{n\}", _NUMBER) for phrase in rules["phrases"])
    return CosmeticRules(
        line=re.compile(rf"{_NUMBER} ?(?:{counted})"),
        phrase=re.compile(rf"\b(?:{phrases})\b"),
        updated=tuple(sorted(rules["updated"], key=len, reverse=True)),
        date_words=frozenset(rules["date_words"]),
    )


def is_edited(before: str, after: str) -> bool:
    """Whether more changed than white space, typography, reader and comment counters, and `updated at`."""
    return list(_read_essence(before)) != list(_read_essence(after))


def count_changed_words(before: str, after: str) -> tuple[int, int]:
    """Numbers of added and removed words, by the longest sequence of words that both texts share.

    A word that only moved counts as removed and added; so does a number with one changed digit.
    """
    from rapidfuzz.distance import LCSseq  # loaded here: few landings meet an edit

    old, new = before.split(), after.split()
    kept = LCSseq.similarity(old, new)
    return len(new) - kept, len(old) - kept


def stage_changed_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table changed_words of the answer to sql/landing's changed_texts: one row per edited article."""
    rows: list[dict[str, Any]] = []
    while texts := connection.fetchmany(_AT_ONCE):
        rows.extend(_compare(texts))
    connection.register("arrow_words", pa.Table.from_pylist(rows, schema=_SCHEMA))
    try:
        connection.execute("CREATE OR REPLACE TEMP TABLE changed_words AS SELECT * FROM arrow_words")
    finally:
        connection.unregister("arrow_words")


def _compare(texts: Iterable[tuple[str, str, str]]) -> Iterable[dict[str, Any]]:
    for capture_id, before, after in texts:
        if is_edited(before, after):
            added, removed = count_changed_words(before, after)
            yield dict(zip(_SCHEMA.names, (capture_id, added, removed), strict=True))


def _read_essence(text: str) -> Iterable[str]:
    """The lines that an editor wrote, with counters masked. Case and punctuation count: they can be corrections."""
    rules = cosmetic_rules()
    for line in unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).splitlines():
        bare = " ".join(line.split())
        small = bare.lower()
        if not bare or rules.line.fullmatch(small.strip(" ()[]|·•")) or _is_update_line(small, rules):
            continue
        yield _mask(bare, small, rules)


def _mask(bare: str, small: str, rules: CosmeticRules) -> str:
    """The line with the counters in it masked."""
    if len(small) != len(bare):  # a letter whose lower case has two: offsets differ, so nothing is masked
        return bare
    parts, end = [], 0
    for found in rules.phrase.finditer(small):
        parts.append(bare[end : found.start()])
        end = found.end()
    return "\0".join([*parts, bare[end:]])


def _is_update_line(line: str, rules: CosmeticRules) -> bool:
    """Whether the line says when the page was changed, and nothing else."""
    label = next((label for label in rules.updated if line.startswith(label)), None)
    if label is None or not any(char.isdigit() for char in line):
        return False
    rest = re.sub(r"[^\w.]+", " ", line[len(label) :]).split()
    words = [word.strip(".") for word in rest if not word[:1].isdigit()]
    return all(word in rules.date_words for word in words if word)
