"""Quotation marks in their lines, and which of them can open and which can close (marks.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"''+|’’|[\"“”„«»「」『』‘’'‚‹›]")
# An attribute of a tag that cleaning left in the text (<tweet id="123">).
_ATTRIBUTE = re.compile(r"(?<=\w=)\"[^\"\n<>]{0,300}\"")
# Feet and inches (6'2"), whatever marks were typed.
_FEET_AND_INCHES = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:\.\d+)?\s?(?:[\"”″]|''|’’)")
SINGLES = "‘’'‚‹›"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted words: half-open offsets with the marks and without them.

    `is_closed` is False when the closing mark is missing; `continues` when the words go on from the
    paragraph before; `is_single` when the marks are single ones.
    """

    start_char: int
    end_char: int
    inner_start: int
    inner_end: int
    is_closed: bool = True
    continues: bool = False
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark by its offsets in its line, and what its shape and place let it do."""

    start: int
    end: int
    char: str  # a doubled mark stands for its double mark
    may_open: bool
    may_close: bool


@dataclass(slots=True)
class MarkedLine:
    """A line with its marks; the stretches found in it are added to `stretches`."""

    text: str
    start: int
    end: int
    doubles: list[Mark]
    singles: list[Mark]
    stretches: list[Stretch] = field(default_factory=list)
    continues: bool = False  # its first words go on from the line before
    indent: int = 0  # white space at its begin


@cache
def mark_rules() -> dict[str, Any]:
    """The contents of marks.toml."""
    return tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))


@cache
def _inch_after_number() -> re.Pattern[str]:
    words = "|".join(mark_rules()["primes"]["inch_words"])
    return re.compile(rf"\d(?:[\"”″]|''|’’)(?=[ -](?:{words})\b)")


def read_marked_lines(text: str, language: str) -> Iterator[MarkedLine]:
    """The lines that are not empty, with their marks; primes and marks inside tags are left out."""
    for match in _LINE.finditer(text):
        other = _other_uses(match[0])
        marks = [
            _read_mark(match[0], m, language) for m in _MARK.finditer(match[0]) if m.start() not in other
        ]
        yield MarkedLine(
            match[0],
            match.start(),
            match.end(),
            [mark for mark in marks if mark.char not in SINGLES],
            [mark for mark in marks if mark.char in SINGLES],
            indent=len(match[0]) - len(match[0].lstrip()),
        )


def _other_uses(line: str) -> set[int]:
    """Places of signs that are no quotation marks: primes, and marks of a tag's attributes."""
    others: set[int] = set()
    for pattern in (_FEET_AND_INCHES, _inch_after_number(), _ATTRIBUTE):
        for match in pattern.finditer(line):
            others.update(range(match.start(), match.end()))
    return others


def _read_mark(line: str, match: re.Match[str], language: str) -> Mark:
    rules = mark_rules()
    char = rules["doubled"].get(match[0], match[0])
    before = line[match.start() - 1] if match.start() else " "
    after = line[match.end()] if match.end() < len(line) else " "
    if match[0] in rules["doubled"]:
        return Mark(match.start(), match.end(), char, False, True)
    free_before = before.isspace() or before in rules["places"]["before_opening"] or before in "“‘\"'«„"
    free_after = after.isspace() or after in rules["places"]["after_closing"] or after in "”’\"'»“"
    may_open = free_before and not after.isspace()
    may_close = free_after and not before.isspace()
    return Mark(match.start(), match.end(), char, *_limit_by_shape(char, may_open, may_close, language))


def _limit_by_shape(char: str, may_open: bool, may_close: bool, language: str) -> tuple[bool, bool]:
    """Marks with a direction go by it; only straight ones go by their place alone."""
    places = mark_rules()["places"]
    if char in "「『„‚‹":
        return True, False
    if char in "」』›":
        return False, True
    if char == "«":
        inward = language in places["guillemets_inward"]
        return (may_open or not inward), (inward and not may_open)
    if char == "»":
        inward = language in places["guillemets_inward"]
        return (inward and may_open), (not inward or not may_open)
    if char in "“‘":
        return (may_open or not may_close), (may_close and not may_open)
    if char == "”":
        return (language in places["same_mark_both_sides"] and may_open), True
    return may_open, may_close
