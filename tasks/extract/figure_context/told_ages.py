"""Ages that the people before them give away: "Mara Dell (59) said", "Keith Pruett was 42.", "She is 38, has two children", "the victims
were 27 and 34". English only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from core.outcomes import Row
from tasks.extract.document import Document, drop_taken

_OLDEST = 110
_YOUNGEST = 5  # a smaller number in brackets is a party's seats, a shirt, a note
_IN_BRACKETS = re.compile(r"\s\((\d{1,3})\)(?!\d)")
_SAID = re.compile(
    r"(?:,? who)? (?:is|was)(?: only| just| now)? (\d{1,3})(?=[.,;)]|\s(?:and|when|then|at the time|in (?:19|20)\d\d)\b)"
)
_PRONOUN = re.compile(
    r"\b[Ss]?[Hh]e(?: is| was|['’]s)(?: only| just| now)? (\d{1,3})(?=[.,;)]|$|\s(?:and|now|when|then|at the time|in (?:19|20)\d\d)\b)"
)
# "Dell (23), Bell (45)": goals, shirts and votes come in rows.
_ROW = re.compile(r"\s*(?:[,;&/]|and\b|\d)[^.()]{0,40}\(\d")
_ROW_BEFORE = re.compile(r"\(\d[\d, ]*\)(?:\s*[,;&/]|\sand)\s[^.()]{0,40}$")


# "The victims, both from Sweden, were 27 and 34."
_TOGETHER = re.compile(
    r"\b(?:men|women|boys|girls|children|victims|brothers|sisters|siblings|twins|teenagers|teens|suspects|couple|pair|(?!numbers\b|members\b)[a-z]{3,}(?:ers|ors|ists|men|women))"
    r"(?:,[^.;,]{1,60},)? (?:were|are) (\d{1,2}(?:, \d{1,2})*,? and \d{1,2})(?=[.;,]|$|\s(?:when|at the time)\b)"
)
_NUMBER = re.compile(r"\d+")


def find_told_ages(document: Document, figures: Sequence[Row], mentions: Iterable[Row]) -> list[Row]:
    """Rows of `figures` for ages in brackets. A bare number that is there already becomes an age, in place."""
    if document.language.split("-")[0] != "en":
        return []
    by_start = {row["start_char"]: row for row in figures if row["kind"] == "count"}
    rows = []
    text = document.text
    for start, end in (*_spans(text, mentions), *_spans_of_pronouns(text), *_spans_together(text)):
        known = by_start.get(start)
        if known is None:
            rows.append(_make_row(document, start, end))
        elif known["end_char"] == end and not known["counted"]:
            known.update(kind="age", unit="a")
    return drop_taken(rows, figures)


def _spans(text: str, mentions: Iterable[Row]) -> Iterator[tuple[int, int]]:
    for name in mentions:
        if name["entity_type"] != "person":
            continue
        end = name["end_char"]
        found = _IN_BRACKETS.match(text, end)
        if found is not None and (
            _ROW.match(text, found.end()) or _ROW_BEFORE.search(text[max(0, end - 80) : end])
        ):
            continue
        found = found or _SAID.match(text, end)
        if found is not None and _YOUNGEST <= int(found[1]) <= _OLDEST:
            yield found.span(1)


def _spans_of_pronouns(text: str) -> Iterator[tuple[int, int]]:
    """The ages of "he" and "she"."""
    for found in _PRONOUN.finditer(text):
        if _YOUNGEST <= int(found[1]) <= _OLDEST:
            yield found.span(1)


def _spans_together(text: str) -> Iterator[tuple[int, int]]:
    """The ages of several people, told in a row."""
    for found in _TOGETHER.finditer(text):
        yield from (number.span() for number in _NUMBER.finditer(text, *found.span(1)))


def _make_row(document: Document, start: int, end: int) -> Row:
    surface = document.text[start:end]
    empty = dict.fromkeys(("low", "high", "counted", "suspect_reason", "candidates", "quotation_start_char"))
    values = {"surface": surface, "kind": "age", "value": float(surface), "bound": "exact", "unit": "a"}
    return document.row(start, end, **values, is_suspect=False, **empty)
