"""Readings of a page: which of its lines are the article, by the page's structure, by trafilatura, by JSON-LD."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.etree import _Element as Element

from tasks.clean.words.lines import Line, count_words, fold, split_words

# Boxes whose lines are no part of an article, whatever they say and however much they hold.
_NEVER_BODY = frozenset(["comments", "cookie"])
# Boxes whose lines do not count either, unless the page gives half of its text such a name.
_SELDOM_BODY = frozenset(
    [
        "related",
        "nav",
        "footer",
        "share",
        "newsletter",
        "ad",
        "sidebar",
        "form",
        "button",
        "bio",
        "tags",
        "widget",
        "hidden",
        "caption",
    ]
)
FOREIGN_MARKS = _NEVER_BODY | _SELDOM_BODY
_HEAD_MARKS = frozenset(["byline", "date", "kicker", "title"])
_NO_STANDFIRST = frozenset(["byline", "date", "figure", "notice"])
_MOST_BELOW = 40
_OPENING_LINES = 2
_IN_BODY = frozenset({"body", "quote"})
_WIDGET = frozenset({"widget"})
_HIDDEN = frozenset({"hidden"})
_NO_PROSE = frozenset(["nav", "button", "tags"])
_SHARE = frozenset({"share"})
_TEXT_TAGS = frozenset(["p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "h2", "h3", "h4", "h5", "h6"])
_SIDEBAR = frozenset({"sidebar"})
_SIDE_OF_BODY = frozenset({"sidebar", "standfirst"})
_RELATED = frozenset({"related"})
_HEAD_BOXES = frozenset({"standfirst", "header"})
_SIDE_BOXES = frozenset({"sidebar", "related", "widget"})
_TOPIC_CHARS = 4
_LEAD_WORDS = 3
_LEAST_BODY = 40  # words; below, the whole reading may be wrong (see second_look.py)
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]」]{0,2}$")
_PROSE_WORDS = 12
_LINKED = 0.5
_HOLDS = 0.75
_SHINGLE = 4
_AGREES = 0.6


def weigh_boxes(lines: Sequence[Line]) -> None:
    """Fill in every line's marks, less those that say nothing on this page.

    A box that holds half of the page's prose says nothing about any line of it; a mark of the weaker
    kind that half of the prose bears, be it in many boxes, says nothing either.
    """
    prose = [line for line in lines if _reads_as_prose(line)]
    total = count_words(prose)
    for line in prose:
        box = line.box
        while box is not None:
            box.body_words += len(line.words)
            box = box.parent
    for line in lines:
        if line.box is not None:
            line.marks = line.box.marks(total)
    borne: Counter[str] = Counter()
    for line in prose:
        for mark in line.marks & _SELDOM_BODY:
            borne[mark] += len(line.words)
    for line in lines:
        _drop_misnomers(line)
    idle = frozenset(mark for mark, words in borne.items() if 2 * words >= total)
    if idle:
        for line in lines:
            line.marks -= idle


def _drop_misnomers(line: Line) -> None:
    """Take off marks that cannot be meant, from what the line itself is."""
    if "embed" in line.marks and "quote" in line.marks:
        line.marks -= _SHARE  # a post of a network, shown as a source
    if "folded" in line.marks and "body" in line.marks:
        line.marks -= _HIDDEN  # a part of the article that opens with a click
    if line.tag == "tr" and "body" in line.marks:
        line.marks -= _WIDGET  # a table inside the article is no device of the page
    if line.marks & _NO_PROSE and len(line.words) >= 2 * _PROSE_WORDS and line.linked_ratio < 0.2:
        line.marks -= _NO_PROSE  # boxes called so hold no paragraphs; the name means something else


def read_structure(lines: Sequence[Line], title: str | None = None) -> set[int]:
    """Numbers of the lines inside the smallest box that holds three quarters of the page's prose,
    with the standfirst between the headline and that box."""
    prose = [n for n, line in enumerate(lines) if is_good_prose(line)]
    container = _find_container([lines[n] for n in prose])
    if container is None:
        return set()
    within = _Inside(container)
    inside = [n for n, line in enumerate(lines) if within.holds(line)]
    good = _narrow_to_body(lines, [n for n in inside if is_good_prose(lines[n])])
    good = _narrow_to_groups(lines, good)
    if not good:
        return set()
    first = _extend_up(lines, good[0], inside[0])
    last = _extend_down(lines, good[-1], inside[-1])
    found = {n for n in inside if first <= n <= last} | _find_opening(lines, first)
    _unfold(lines, found)
    _take_in_sidebars(lines, found)
    is_article = count_words(lines[n] for n in found) >= _LEAST_BODY
    return found | _find_standfirst(lines, min(found), fold(title or ""), is_article)


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
        if is_named_so and _reads_as_prose(line) and _SENTENCE.search(line.text):
            line.marks -= _SIDEBAR


def _find_opening(lines: Sequence[Line], first: int) -> set[int]:
    """The paragraphs above the reading that the page calls the article's body as well: a text that is
    parted in two boxes, by a table or a picture. One paragraph alone can be a standfirst or a teaser."""
    if "body" not in lines[first].marks:
        return set()
    above = [n for n in range(first) if "body" in lines[n].marks and not lines[n].marks & FOREIGN_MARKS]
    prose = [n for n in above if _reads_as_prose(lines[n])]
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
        if _belongs(line, lines[first]) or (line.is_heading and number == best - 1):
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
        if _belongs(line, lines[last]):
            best = number
    return best


def _belongs(line: Line, prose: Line) -> bool:
    """Whether a short line in the neighbourhood of prose is text of the same article."""
    if line.linked_ratio >= _LINKED or (line.marks & _HEAD_MARKS and len(line.words) < 20):
        return False
    if line.is_heading:
        return False
    sibling = _are_siblings(line, prose)
    return len(line.words) >= (2 if sibling or line.tag in ("li", "tr", "dd") else 5)


def _are_siblings(one: Line, other: Line) -> bool:
    if one.element is None or other.element is None:
        return False
    return one.element is other.element or one.element.getparent() is other.element.getparent()


def _find_standfirst(lines: Sequence[Line], first: int, title: str, is_article: bool) -> set[int]:
    """Sentences between the headline and the body: a standfirst, an introduction in a box of its own."""
    start = None
    for number in range(first - 1, max(-1, first - 40), -1):
        if lines[number].tag == "h1" or (title and lines[number].key == title):
            start = number
            break
    if start is None:
        return set()
    found = {
        n
        for n in range(start + 1, first)
        if _is_standfirst(lines[n], title) or (is_article and _is_lead(lines[n], title))
    }
    for number in found:
        lines[number].marks -= _RELATED | _SIDEBAR | _WIDGET
    return found


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
    is_sentence = _reads_as_prose(line) and _SENTENCE.search(line.text) is not None
    return is_sentence and len(shared) >= min(_LEAD_WORDS, len(topic)) > 1


def _narrow_to_body(lines: Sequence[Line], good: list[int]) -> list[int]:
    """The prose in boxes that the page calls the article's body, where these hold half of it."""
    named = [n for n in good if "body" in lines[n].marks]
    words = sum(len(lines[n].words) for n in named)
    return named if 2 * words >= sum(len(lines[n].words) for n in good) else good


def _narrow_to_groups(lines: Sequence[Line], good: list[int]) -> list[int]:
    """The prose up to the last group of sibling paragraphs, where groups hold most of it.

    What stands alone under them, each piece in a box of its own, is a teaser, a notice or a company's
    description.
    """
    groups: dict[Element | None, list[int]] = {}
    for number in good:
        groups.setdefault(_group_of(lines, number), []).append(number)
    total = sum(len(lines[n].words) for n in good)
    solid = [n for group in groups.values() if len(group) >= 2 for n in group]
    if 5 * sum(len(lines[n].words) for n in solid) < 4 * total:
        return good
    end = max(solid)
    return [n for n in good if n <= end or "body" in lines[n].marks]


def _group_of(lines: Sequence[Line], number: int) -> Element | None:
    """The element that a line shares with its sibling paragraphs."""
    element = lines[number].element
    for beside in (number - 1, number + 1):
        if 0 <= beside < len(lines) and lines[beside].element is element:
            return element
    parent = element.getparent() if element is not None else None
    if parent is not None and parent.tag in ("ul", "ol", "dl", "blockquote"):
        return parent.getparent()
    return parent


def _reads_as_prose(line: Line) -> bool:
    return line.linked_ratio < _LINKED and len(line.words) >= _PROSE_WORDS


def is_good_prose(line: Line) -> bool:
    """A dozen words or more, few of them links, in no foreign box."""
    return _reads_as_prose(line) and not line.marks & FOREIGN_MARKS


def _find_container(prose: Sequence[Line]) -> Element | None:
    """The innermost element that holds three quarters of these lines' words."""
    weights: Counter[Element] = Counter()
    for line in prose:
        if line.element is not None:
            weights[line.element] += len(line.words)
    depths = _measure_depths(weights)
    for element in sorted(
        depths, key=depths.__getitem__, reverse=True
    ):  # each gives its words to its parent, once
        parent = element.getparent()
        if parent is not None:
            weights[parent] += weights[element]
    enough = _HOLDS * max(weights.values(), default=0)
    holding = [element for element in depths if weights[element] >= enough]
    return _climb_out_of_text(max(holding, key=depths.__getitem__, default=None))


def _climb_out_of_text(element: Element | None) -> Element | None:
    """The box around a paragraph, list or quotation: these hold text and are not the box of an article, however
    much of it they hold."""
    while element is not None and element.tag in _TEXT_TAGS and element.getparent() is not None:
        element = element.getparent()
    return element


def _measure_depths(elements: Iterable[Element]) -> dict[Element, int]:
    """How deep these elements and those around them lie; each is looked at once."""
    depths: dict[Element, int] = {}
    for element in elements:
        path: list[Element] = []
        place: Element | None = element
        while place is not None and place not in depths:
            path.append(place)
            place = place.getparent()
        depth = -1 if place is None else depths[place]
        for own in reversed(path):
            depth += 1
            depths[own] = depth
    return depths


class _Inside:
    """Whether lines are inside an element; each element around them is looked at once."""

    def __init__(self, container: Element) -> None:
        self._known: dict[Element, bool] = {container: True}

    def holds(self, line: Line) -> bool:
        """Whether the line is in the container or in what it holds."""
        path: list[Element] = []
        element = line.element
        while element is not None and element not in self._known:
            path.append(element)
            element = element.getparent()
        is_inside = element is not None and self._known[element]
        self._known.update(dict.fromkeys(path, is_inside))
        return is_inside


def find_text(lines: Sequence[Line], text: str) -> set[int]:
    """Numbers of the page's lines that a text holds: by shared word windows, short ones whole."""
    shingles: set[tuple[str, ...]] = set()
    short: set[str] = set()
    for row in text.split("\n"):
        words = split_words(fold(row))
        shingles.update(windows(words))
        if len(words) < 2 * _SHINGLE:
            short.add(" ".join(words))
    return {number for number, line in enumerate(lines) if _is_in(line, shingles, short)}


def _is_in(line: Line, shingles: set[tuple[str, ...]], short: set[str]) -> bool:
    words = line.words
    if len(words) < 2 * _SHINGLE and " ".join(words) in short:
        return True
    own = windows(words)
    return bool(own) and sum(window in shingles for window in own) >= _AGREES * len(own)


def windows(words: list[str]) -> list[tuple[str, ...]]:
    """All runs of four words, in order."""
    return list(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))
