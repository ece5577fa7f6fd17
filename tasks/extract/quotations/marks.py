"""The stretches of a text that stand inside quotation marks.

Outer marks only: what is quoted inside a quotation belongs to it. A stretch never crosses the end of
a paragraph: words that run on over paragraphs, each with its repeated opening mark, come as one
stretch per paragraph, the later ones marked `continues`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
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
# Where words left open end at the latest: "..., she said" and "..., said Mr Orr".
_REPORT_AFTER_COMMA = re.compile(
    r"[,?!] (?:(?:he|she|they|[A-Z][\w'’-]{1,30}) (?:said|says|added|wrote|told)\b|(?:said|says|added|wrote) )"
)
_SINGLES = "‘’'‚‹›"


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
class _Mark:
    start: int
    end: int
    char: str  # a doubled mark stands for its double mark
    may_open: bool
    may_close: bool


@dataclass(slots=True)
class _Line:
    text: str
    start: int
    end: int
    doubles: list[_Mark]
    singles: list[_Mark]
    stretches: list[Stretch] = field(default_factory=list)
    continues: bool = False  # its first words go on from the line before


@cache
def mark_rules() -> dict[str, Any]:
    """The contents of marks.toml."""
    return tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))


@cache
def _inch_after_number() -> re.Pattern[str]:
    words = "|".join(mark_rules()["primes"]["inch_words"])
    return re.compile(rf"\d(?:[\"”″]|''|’’)(?=[ -](?:{words})\b)")


def find_stretches(text: str, language: str = "en") -> list[Stretch]:
    """All quoted stretches of the text in order; none overlaps another."""
    found: list[Stretch] = []
    left_open: _Mark | None = None
    lines = list(_read_lines(text, language))
    for number, line in enumerate(lines):
        marks = line.doubles if left_open is None else _continue_line(line, left_open)
        left_open = _pair_doubles(line, marks, lines[number + 1] if number + 1 < len(lines) else None)
        _pair_singles(line)
        found.extend(sorted(line.stretches, key=lambda stretch: stretch.start_char))
    return found


def _read_lines(text: str, language: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        other = _other_uses(match[0])
        marks = [
            _read_mark(match[0], m, language) for m in _MARK.finditer(match[0]) if m.start() not in other
        ]
        yield _Line(
            match[0],
            match.start(),
            match.end(),
            [mark for mark in marks if mark.char not in _SINGLES],
            [mark for mark in marks if mark.char in _SINGLES],
        )


def _other_uses(line: str) -> set[int]:
    """Places of signs that are no quotation marks: primes, and marks of a tag's attributes."""
    others: set[int] = set()
    for pattern in (_FEET_AND_INCHES, _inch_after_number(), _ATTRIBUTE):
        for match in pattern.finditer(line):
            others.update(range(match.start(), match.end()))
    return others


def _read_mark(line: str, match: re.Match[str], language: str) -> _Mark:
    rules = mark_rules()
    char = rules["doubled"].get(match[0], match[0])
    before = line[match.start() - 1] if match.start() else " "
    after = line[match.end()] if match.end() < len(line) else " "
    if match[0] in rules["doubled"]:
        return _Mark(match.start(), match.end(), char, False, True)
    free_before = before.isspace() or before in rules["places"]["before_opening"] or before in "“‘\"'«„"
    free_after = after.isspace() or after in rules["places"]["after_closing"] or after in "”’\"'»“"
    may_open = free_before and not after.isspace()
    may_close = free_after and not before.isspace()
    return _Mark(match.start(), match.end(), char, *_limit_by_shape(char, may_open, may_close, language))


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


def _continue_line(line: _Line, left_open: _Mark) -> list[_Mark]:
    """Goes on with words left open above: repeated opening mark, or none and only the closing one."""
    marks = line.doubles
    if marks and not line.text[: marks[0].start].strip():
        line.continues = True
        return marks
    closers = mark_rules()["closers"].get(left_open.char, ())
    if marks and marks[0].may_close and not marks[0].may_open and marks[0].char in closers:
        line.stretches.append(
            Stretch(
                line.start, line.start + marks[0].end, line.start, line.start + marks[0].start, continues=True
            )
        )
        return marks[1:]
    return marks


def _pair_doubles(line: _Line, marks: Sequence[_Mark], following: _Line | None) -> _Mark | None:
    """Pairs the double marks of a line; gives the mark left open when the next line goes on with it."""
    opened: _Mark | None = None
    depth = 0
    for place, mark in enumerate(marks):
        if opened is None:
            opened = mark if mark.may_open or not mark.may_close else None
            depth = 0
        elif _closes(mark, opened):
            if depth:
                depth -= 1
                continue
            _add(line, opened, mark)
            opened = None
        elif mark.may_open and mark.char == opened.char:
            if (len(marks) - place) % 2:
                depth += 1
            else:
                _add(line, opened, mark, is_closed=False)
                opened = mark
    if opened is None:
        return None
    return _leave_open(line, opened, following)


def _closes(mark: _Mark, opened: _Mark) -> bool:
    if mark.char not in mark_rules()["closers"].get(opened.char, ()):
        return False
    return mark.may_close or not mark.may_open


def _add(line: _Line, opened: _Mark, closing: _Mark, *, is_closed: bool = True) -> None:
    """Adds the words from one mark to the other; without a closing mark, up to the next one, trimmed."""
    inner_end = closing.start
    end = closing.end if is_closed else len(line.text[:inner_end].rstrip())
    inner_end = inner_end if is_closed else end
    if not line.text[opened.end : inner_end].strip():
        return
    continues = line.continues and not line.text[: opened.start].strip()
    base = line.start
    line.stretches.append(
        Stretch(base + opened.start, base + end, base + opened.end, base + inner_end, is_closed, continues)
    )


def _leave_open(line: _Line, opened: _Mark, following: _Line | None) -> _Mark | None:
    """Ends words whose mark stays open: with the line when the next one goes on, else before "she said"."""
    first = following.doubles[0] if following and following.doubles else None
    goes_on = False
    if following is not None and first is not None:
        repeated = first.char == opened.char and not following.text[: first.start].strip()
        goes_on = repeated or (first.may_close and not first.may_open and _closes(first, opened))
    end = len(line.text)
    if not goes_on:
        report = _REPORT_AFTER_COMMA.search(line.text, opened.end)
        end = report.start() + 1 if report else end
    _add(line, opened, _Mark(end, end, "", False, True), is_closed=False)
    return opened if goes_on else None


def _pair_singles(line: _Line) -> None:
    """Adds what stands in single marks outside every double stretch; apostrophes pair with nothing.

    In a line that has '' for a double mark, single marks stand inside those, so they are passed over.
    """
    if "''" in line.text:
        return
    taken = [(s.start_char - line.start, s.end_char - line.start) for s in line.stretches]
    opened: _Mark | None = None
    found: list[tuple[_Mark, _Mark]] = []
    for place, mark in enumerate(line.singles):
        if any(start <= mark.start < end for start, end in taken):
            continue
        if opened is None:
            opened = mark if _opens_single(line.text, mark) else None
        elif _closes_single(line, place, opened):
            found.append((opened, mark))
            opened = None
    for opening, closing in found:
        _add_single(line, opening, closing)


def _opens_single(text: str, mark: _Mark) -> bool:
    if not mark.may_open or mark.char not in mark_rules()["single_closers"]:
        return False
    rest = text[mark.end : mark.end + 12]
    word = re.match(r"[^\W\d_]*'?", rest)
    is_elision = bool(word) and word[0].lower() in mark_rules()["apostrophes"]["elisions"]  # type: ignore[index]
    return not (is_elision or re.match(r"\d0s|\d\d\b", rest)) and not rest[:1].isspace()


def _closes_single(line: _Line, place: int, opened: _Mark) -> bool:
    """A closing mark, unless it is the possessive of a plural and a better one follows."""
    mark = line.singles[place]
    if mark.char not in mark_rules()["single_closers"][opened.char] or not mark.may_close:
        return False
    after = line.text[mark.end : mark.end + 2]
    if line.text[mark.start - 1] != "s" or not re.match(r" [a-z]", after):
        return True
    later = line.singles[place + 1 : place + 4]
    return not any(m.may_close and not m.may_open for m in later) or any(m.may_open for m in later[:1])


def _add_single(line: _Line, opened: _Mark, closing: _Mark) -> None:
    base = line.start
    inside = line.text[opened.end : closing.start]
    if len(inside.strip()) < 2:
        return
    line.stretches = [s for s in line.stretches if not opened.start <= s.start_char - base < closing.start]
    line.stretches.append(
        Stretch(
            base + opened.start,
            base + closing.end,
            base + opened.end,
            base + closing.start,
            is_single=True,
        )
    )
