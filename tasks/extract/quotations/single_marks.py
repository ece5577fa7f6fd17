"""Words in single quotation marks, distinguished from apostrophes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from tasks.extract.quotations.marks import Mark, MarkedLine, Stretch, mark_rules

_DECADE_OR_YEAR = re.compile(r"\d0s|\d\d\b")
_FIRST_WORD = re.compile(r"[^\W\d_]*'?")
_MIN_CHARS = 2


def pair_singles(line: MarkedLine) -> None:
    """Adds what is in single marks outside every double stretch; apostrophes pair with nothing.

    In a line that has '' for a double mark, single marks are inside those, so they are passed over.
    Curly single marks can hold double ones, as British outlets set them; straight ones, which look
    like apostrophes, cannot.
    """
    if "''" in line.text:
        return
    free = list(_marks_outside(line))
    opened: Mark | None = None
    found: list[Stretch] = []
    for place, mark in enumerate(free):
        if opened is None:
            opened = mark if _opens(line.text, mark) else None
        elif _closes(line.text, free, place, opened):
            if len(line.text[opened.end : mark.start].strip()) >= _MIN_CHARS:
                found.append(_make_stretch(line, opened, mark))
            opened = None
    line.stretches = _join(line, found)


def leave_single_open(line: MarkedLine, following: MarkedLine | None, *, was_open: bool) -> bool:
    """Words in curly single marks that go on over paragraphs, each with its opening mark: adds those that no mark
    of their own line closes, and gives whether the next line goes on with them."""
    first = _first_opening(line)
    if first is None:
        return False
    start = line.start + first.start
    place = next((at for at, one in enumerate(line.stretches) if one.start_char == start), None)
    if place is not None:
        line.stretches[place] = replace(line.stretches[place], continues=was_open)
        return False
    if following is None or _first_opening(following) is None:
        return False
    end = line.start + len(line.text.rstrip())
    held = [one for one in line.stretches if one.start_char > start]
    if not held:
        open_words = Stretch(start, end, start + 1, end, is_closed=False, continues=was_open, is_single=True)
        line.stretches.append(open_words)
    return not held


def _first_opening(line: MarkedLine) -> Mark | None:
    first = line.singles[0] if line.singles else None
    is_begin = first is not None and first.char == "‘" and first.start <= line.indent
    return first if first is not None and is_begin and _opens(line.text, first) else None


def _marks_outside(line: MarkedLine) -> Iterator[Mark]:
    """The single marks that are in no double stretch."""
    place = 0
    for mark in line.singles:
        while place < len(line.stretches) and line.stretches[place].end_char - line.start <= mark.start:
            place += 1
        if place == len(line.stretches) or mark.start < line.stretches[place].start_char - line.start:
            yield mark


def _make_stretch(line: MarkedLine, opened: Mark, closing: Mark) -> Stretch:
    base = line.start
    return Stretch(
        base + opened.start, base + closing.end, base + opened.end, base + closing.start, is_single=True
    )


def _join(line: MarkedLine, singles: list[Stretch]) -> list[Stretch]:
    """Both sorts in order; of a double stretch inside single marks, and its holder, one stays."""
    starts = [stretch.start_char for stretch in line.stretches]
    held: set[int] = set()
    kept = []
    for single in singles:
        inside = range(bisect_left(starts, single.start_char), bisect_left(starts, single.end_char))
        if inside and line.text[single.start_char - line.start] == "'":
            continue
        held.update(inside)
        kept.append(single)
    outer = [stretch for place, stretch in enumerate(line.stretches) if place not in held]
    return sorted((*outer, *kept), key=lambda stretch: stretch.start_char)


def _opens(text: str, mark: Mark) -> bool:
    if not mark.may_open or mark.char not in mark_rules()["single_closers"]:
        return False
    rest = text[mark.end : mark.end + 12]
    word = _FIRST_WORD.match(rest)
    is_elision = word is not None and word[0].lower() in mark_rules()["apostrophes"]["elisions"]
    return not (is_elision or _DECADE_OR_YEAR.match(rest) or rest[:1].isspace())


def _closes(text: str, marks: list[Mark], place: int, opened: Mark) -> bool:
    """A closing mark, unless it is the possessive of a plural and a better one follows."""
    mark = marks[place]
    if mark.char not in mark_rules()["single_closers"][opened.char] or not mark.may_close:
        return False
    if text[mark.start - 1] != "s" or not re.match(r" [a-z]", text[mark.end : mark.end + 2]):
        return True
    later = marks[place + 1 : place + 4]
    return not any(m.may_close and not m.may_open for m in later) or any(m.may_open for m in later[:1])
