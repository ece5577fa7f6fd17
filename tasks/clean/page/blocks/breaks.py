"""Text between line breaks: paragraphs, and the bylines, times and notices around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tasks.clean.words.lines import Line
from tasks.clean.words.moments import read_moment
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import read_byline

_ROW_WORDS, _TIME_WORDS = 30, 8
_STOPS = (".", "!", "?", "…", "”", '"', "»", "“", "。", "！", "？", "؟")
BrokenRow = tuple[str, int]  # its words, and how many characters of them are links


def part_by_breaks(rows: Sequence[BrokenRow]) -> Iterator[Sequence[BrokenRow]]:
    """Paragraphs between double line breaks, with bylines, times and notices around them as lines of their own."""
    for is_row, run in groupby(rows, lambda row: bool(row[0])):
        if is_row:
            yield from _part_rows(list(run))


def _part_rows(rows: Sequence[BrokenRow]) -> Iterator[Sequence[BrokenRow]]:
    """Rows between single line breaks as one paragraph, but for bylines, times and notices above its sentences
    and notices under them. Rows without a sentence, as a list's or a form's, stay together, but under a notice over links."""
    first, last = 0, len(rows)
    while first < last and (_is_notice(rows[first][0]) or _is_heading_row(rows[first][0])):
        first += 1
    while last > first and _is_notice(rows[last - 1][0]):
        last -= 1
    rest = rows[first:last]
    are_links = bool(rest) and all(linked >= len(row) for row, linked in rest)
    if first and are_links:
        yield from ([row] for row in rows)
        return
    if rest and not any(row.endswith(_STOPS) for row, _ in rest):
        yield rows
        return
    yield from ([row] for row in rows[:first])
    if rest:
        yield rest
    yield from ([row] for row in rows[last:])


def _is_notice(row: str) -> bool:
    return len(row.split()) <= _ROW_WORDS and phrase_book().find(Line(row)) is not None


def _is_heading_row(row: str) -> bool:
    """Whether a row is a byline or a time."""
    if read_byline(row):
        return True
    return len(row.split()) <= _TIME_WORDS and read_moment(row) is not None
