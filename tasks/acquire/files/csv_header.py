"""The header of a table in a text file: its delimiter, and the columns that we know."""
# Why: see docs/decisions.md, "The delimiter of a CSV file is found by its header".

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence

from tasks.acquire.base.fields import meanings_of

_DELIMITERS = (",", ";", "\t", "|")  # spreadsheets of half of Europe write semicolons; the first wins a tie
_SAID = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_NEEDED = frozenset({"text", "html", "url"})


def said_delimiter(line: str) -> str | None:
    """The delimiter in Excel's first line `sep=;`, or None for any other line."""
    found = _SAID.fullmatch(line)
    return found[1] if found else None


def choose_delimiter(line: str, columns: Mapping[str, str], *, usual: str = ",") -> str:
    """The delimiter of a header: the one that gives most known names, else most names; `usual` if none gives any.
    `columns` are the user's names, {our field: their column}."""

    def count(delimiter: str) -> tuple[int, int, bool]:
        try:
            names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:  # the reader of the whole file will say what is wrong
            return 0, 0, delimiter == usual
        return len(_find_meanings(names, columns)), len(names), delimiter == usual

    return max(_DELIMITERS, key=count)


def tell_missing(names: Sequence[str], columns: Mapping[str, str]) -> str | None:
    """The problem of a header without a text, a page or an address; None for other headers."""
    if _NEEDED.intersection(_find_meanings(names, columns)):
        return None
    has = ", ".join(repr(name[:40]) for name in names[:12])
    return f"no column is known as that of the text, the html or the url; the first line has {has}"


def _find_meanings(names: Iterable[str], columns: Mapping[str, str]) -> set[str]:
    """Our fields that the columns mean."""
    ours = {theirs: field for field, theirs in columns.items()}
    meanings: set[str] = set()
    for name in names:
        known = meanings_of(name)
        meanings.update([ours[name]] if name in ours else [field for field, _ in known])
    return meanings
