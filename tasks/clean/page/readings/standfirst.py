"""Sentences between the headline and the body: standfirsts and leads in boxes of their own."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.page.readings.marks import FOREIGN_MARKS
from tasks.clean.page.readings.prose import reads_as_sentence
from tasks.clean.words.lines import Line, split_words

_NO_STANDFIRST = frozenset(["byline", "date", "figure", "notice"])
_RELATED = frozenset({"related"})
_HEAD_BOXES = frozenset({"standfirst", "header"})
_SIDE_BOXES = frozenset({"sidebar", "related", "widget"})
_TOPIC_CHARS = 4
_LEAD_WORDS = 3


def find_standfirst(lines: Sequence[Line], first: int, title: str, is_article: bool) -> set[int]:
    """Numbers of the sentences between the headline and the body, whose first line is `first`."""
    start = _find_headline(lines, first, title)
    if start is None:
        return set()
    found = {
        n
        for n in range(start + 1, first)
        if _is_standfirst(lines[n], title) or (is_article and _is_lead(lines[n], title))
    }
    for number in found:
        lines[number].marks -= _SIDE_BOXES
    return found


def _find_headline(lines: Sequence[Line], first: int, title: str) -> int | None:
    for number in range(first - 1, max(-1, first - 40), -1):
        if lines[number].tag == "h1" or (title and lines[number].key == title):
            return number
    return None


def _is_standfirst(line: Line, title: str) -> bool:
    """Whether a line between headline and body introduces the article. A box called `related` can hold it, if it also
    is called a standfirst or the head, and shares a word with the headline."""
    foreign = line.marks & FOREIGN_MARKS
    if foreign == _RELATED and not line.marks.isdisjoint(_HEAD_BOXES):
        words = {word for word in split_words(title) if len(word) >= _TOPIC_CHARS}
        foreign = foreign if words.isdisjoint(line.words) else frozenset()
    if foreign or (line.marks & _NO_STANDFIRST and "standfirst" not in line.marks):
        return False
    return len(line.words) >= 8 and line.linked_ratio < 0.3


def _is_lead(line: Line, title: str) -> bool:
    """Whether a sentence between headline and body, in a box called sidebar, related or widget and nothing else, tells
    what the headline does: it shares three words of it, or all, and links nowhere."""
    foreign = line.marks & FOREIGN_MARKS
    if not foreign or line.marks - _SIDE_BOXES or line.linked_ratio:
        return False
    topic = {word for word in split_words(title) if len(word) >= _TOPIC_CHARS}
    shared = topic.intersection(line.words)
    return reads_as_sentence(line) and len(shared) >= min(_LEAD_WORDS, len(topic)) > 1
