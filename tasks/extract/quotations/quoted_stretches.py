"""The stretches of a text that are inside quotation marks.

Outer marks only: what is quoted inside a quotation belongs to it. A stretch never crosses the end of
a paragraph: words that run on over paragraphs, each with its repeated opening mark, come as one
stretch per paragraph, the later ones marked `continues`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.quotations.marks import Mark, MarkedLine, Stretch, mark_rules, read_marked_lines
from tasks.extract.quotations.single_marks import leave_single_open, pair_singles

# Where words left open end at the latest: "..., she said" and "..., said Mr Orr".
_REPORT_AFTER_COMMA = re.compile(
    r"[,?!] (?:(?:he|she|they|[A-Z][\w'’-]{1,30}) (?:said|says|added|wrote|told)\b|(?:said|says|added|wrote) )"
)


def find_stretches(text: str, language: str = "en") -> list[Stretch]:
    """All quoted stretches of the text in order; none overlaps another."""
    found: list[Stretch] = []
    left_open: Mark | None = None
    single_open = False
    lines = list(read_marked_lines(text, language))
    for number, line in enumerate(lines):
        marks = line.doubles if left_open is None else _continue_line(line, left_open)
        left_open = _pair_doubles(line, marks, lines[number + 1] if number + 1 < len(lines) else None)
        pair_singles(line)
        following = lines[number + 1] if number + 1 < len(lines) else None
        single_open = leave_single_open(line, following, was_open=single_open)
        found.extend(line.stretches)
    return found


def _continue_line(line: MarkedLine, left_open: Mark) -> list[Mark]:
    """Goes on with words left open above: repeated opening mark, or none and only the closing one."""
    marks = line.doubles
    if marks and marks[0].char == "»" and left_open.char == "«" and _is_repeated(line, marks[0]):
        marks = line.doubles = [Mark(marks[0].start, marks[0].end, "«", True, False), *marks[1:]]
    if marks and marks[0].start <= line.indent:
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


def _is_repeated(line: MarkedLine, mark: Mark) -> bool:
    """Whether a "»" begins a paragraph of words that go on, as in Spanish, and does not end them."""
    return mark.start <= line.indent and line.text[mark.end : mark.end + 1].isalnum()


def _pair_doubles(line: MarkedLine, marks: Sequence[Mark], following: MarkedLine | None) -> Mark | None:
    """Pairs the double marks of a line; gives the mark left open when the next line goes on with it."""
    opened: Mark | None = None
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


def _closes(mark: Mark, opened: Mark) -> bool:
    if mark.char not in mark_rules()["closers"].get(opened.char, ()):
        return False
    return mark.may_close or not mark.may_open


def _add(line: MarkedLine, opened: Mark, closing: Mark, *, is_closed: bool = True) -> None:
    """Adds the words from one mark to the other; without a closing mark, up to the next one, trimmed."""
    inner_end = closing.start
    end = closing.end if is_closed else opened.end + len(line.text[opened.end : inner_end].rstrip())
    inner_end = inner_end if is_closed else end
    if not line.text[opened.end : inner_end].strip():
        return
    continues = line.continues and opened.start <= line.indent
    base = line.start
    line.stretches.append(
        Stretch(base + opened.start, base + end, base + opened.end, base + inner_end, is_closed, continues)
    )


def _leave_open(line: MarkedLine, opened: Mark, following: MarkedLine | None) -> Mark | None:
    """Ends words whose mark stays open: with the line when the next one goes on, else before "she said"."""
    first = following.doubles[0] if following and following.doubles else None
    goes_on = False
    if following is not None and first is not None:
        repeated = first.char == opened.char and first.start <= following.indent
        goes_on = repeated or (first.may_close and not first.may_open and _closes(first, opened))
    end = len(line.text)
    if not goes_on:
        report = _REPORT_AFTER_COMMA.search(line.text, opened.end)
        end = report.start() + 1 if report else end
    _add(line, opened, Mark(end, end, "", False, True), is_closed=False)
    return opened if goes_on else None
