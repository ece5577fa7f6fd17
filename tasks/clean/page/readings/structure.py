"""The article by the page's structure: the smallest box that holds most of the prose, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tasks.clean.page.readings.container import Inside, find_container
from tasks.clean.page.readings.marks import FOREIGN_MARKS
from tasks.clean.page.readings.narrowing import narrow_to_body, narrow_to_groups
from tasks.clean.page.readings.prose import MOSTLY_LINKED, ends_sentence, reads_as_prose, reads_as_sentence
from tasks.clean.page.readings.standfirst import find_standfirst
from tasks.clean.words.lines import Line, count_words, fold

_HEAD_MARKS = frozenset(["byline", "date", "kicker", "title"])
_MOST_BELOW = 40
_OPENING_LINES = 2
_IN_BODY = frozenset({"body", "quote"})
_HIDDEN = frozenset({"hidden"})
_SIDEBAR = frozenset({"sidebar"})
_SIDE_OF_BODY = frozenset({"sidebar", "standfirst"})
_LEAST_BODY = 40  # words; below, the whole reading may be wrong (see second_look.py)
_PARAGRAPH = range(12, 60)  # words


def read_structure(lines: Sequence[Line], title: str | None = None) -> set[int]:
    """Numbers of the lines inside the smallest box that holds three quarters of the page's prose,
    with the standfirst between the headline and that box."""
    prose = [n for n, line in enumerate(lines) if is_good_prose(line)]
    container = find_container([lines[n] for n in prose])
    if container is None:
        return set()
    within = Inside(container)
    inside = [n for n, line in enumerate(lines) if within.holds(line)]
    good = narrow_to_body(lines, [n for n in inside if is_good_prose(lines[n])])
    good = narrow_to_groups(lines, good)
    if not good:
        return set()
    first = _extend_up(lines, good[0], inside[0])
    last = _extend_down(lines, good[-1], inside[-1])
    found = {n for n in inside if first <= n <= last} | _find_opening(lines, first)
    _unfold(lines, found)
    _take_in_sidebars(lines, found)
    is_article = count_words(lines[n] for n in found) >= _LEAST_BODY
    return found | find_standfirst(lines, min(found), fold(title or ""), is_article)


def is_good_prose(line: Line) -> bool:
    """A dozen words or more, few of them links, in no foreign box."""
    return reads_as_prose(line) and not line.marks & FOREIGN_MARKS


def _unfold(lines: Sequence[Line], found: Iterable[int]) -> None:
    """Take off the mark `hidden` of what opens with a click between the article's paragraphs."""
    for number in found:
        if "folded" in lines[number].marks:
            lines[number].marks -= _HIDDEN


def _take_in_sidebars(lines: Sequence[Line], found: Iterable[int]) -> None:
    """Take off the mark `sidebar` of sentences between the article's paragraphs whose boxes have no other such name."""
    for number in found:
        line = lines[number]
        is_named_so = "sidebar" in line.marks and line.marks <= _SIDE_OF_BODY
        if is_named_so and reads_as_sentence(line):
            line.marks -= _SIDEBAR


def _find_opening(lines: Sequence[Line], first: int) -> set[int]:
    """The paragraphs above the reading that the page calls the article's body as well: a text that is
    parted in two boxes, by a table or a picture. One paragraph alone can be a standfirst or a teaser."""
    if "body" not in lines[first].marks:
        return set()
    above = [n for n in range(first) if "body" in lines[n].marks and not lines[n].marks & FOREIGN_MARKS]
    prose = [n for n in above if reads_as_prose(lines[n])]
    if len(prose) < _OPENING_LINES:
        return set()
    return {n for n in above if n >= prose[0] and not lines[n].marks & _HEAD_MARKS}


def _extend_up(lines: Sequence[Line], first: int, stop: int) -> int:
    """The first of the lines right above the first prose that belong to it: subheads, short paragraphs."""
    named = "body" in lines[first].marks
    best = first
    for number in range(first - 1, stop - 1, -1):
        line = lines[number]
        if line.tag == "h1" or line.marks & FOREIGN_MARKS or (named and "body" not in line.marks):
            break
        is_next = number == best - 1
        if _belongs(line, lines[first]) or (is_next and (line.is_heading or _is_linked(line, lines[first]))):
            best = number
    return best


def _extend_down(lines: Sequence[Line], last: int, stop: int) -> int:
    """The last of the lines right under the last prose that belong to it: list items, short paragraphs."""
    named = "body" in lines[last].marks
    best = last
    for number in range(last + 1, min(stop, last + _MOST_BELOW) + 1):
        line = lines[number]
        if line.marks & FOREIGN_MARKS or (named and line.marks.isdisjoint(_IN_BODY)):
            break
        if _belongs(line, lines[last]) or (number == last + 1 and _is_linked(line, lines[last])):
            best = number
    return best


def _is_linked(line: Line, prose: Line) -> bool:
    """Whether a line is a sentence in a link, and a sibling of the prose; what it leads to is judged by the rules."""
    is_sentence = len(line.words) in _PARAGRAPH and ends_sentence(line)
    return is_sentence and line.tag == prose.tag and _are_siblings(line, prose)


def _belongs(line: Line, prose: Line) -> bool:
    """Whether a short line in the neighbourhood of prose is text of the same article."""
    if line.linked_ratio >= MOSTLY_LINKED or (line.marks & _HEAD_MARKS and len(line.words) < 20):
        return False
    if line.is_heading:
        return False
    sibling = _are_siblings(line, prose)
    return len(line.words) >= (2 if sibling or line.tag in ("li", "tr", "dd") else 5)


def _are_siblings(one: Line, other: Line) -> bool:
    if one.element is None or other.element is None:
        return False
    return one.element is other.element or one.element.getparent() is other.element.getparent()
