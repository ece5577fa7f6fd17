"""What is around the headline on the page: byline, time, labels, in the reader's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree
from lxml.etree import _Element as Element

from tasks.clean.page.page import Page, squeeze, text_of
from tasks.clean.page.site_names import compact
from tasks.clean.words.box_names import read_marks

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "option"})
_LESSER_HEADINGS = ("h2", "h3", "legend")
_OTHER_TAGS = ("div", "p", "span", "a", "strong", "b", "td", "font", "center")
_BEFORE, _BEHIND = 10, 14  # pieces of text before and behind the headline that can belong to it
_MAX_HEADINGS = 30
_MAX_ELEMENTS = 3_000
_MAX_STEPS = 400  # elements looked through on either side for those pieces
_WANTED_CHARS = 24  # of the title, letters and digits only: enough to know its heading by
# Boxes whose times and names are those of other articles and comments.
_FOREIGN_MARKS = frozenset({"related", "nav", "sidebar", "comments", "ad", "cookie"})
_MOST_FOREIGN_CHARS = 4_000  # a box that holds more is the page's column, however it is called
_PARAGRAPH_CHARS = 400  # a piece as long as this is body text: the headline's surroundings end there


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of visible text with the element that holds it (None for text behind a closed element);
    `is_foreign` in a box of related articles or the like."""

    text: str
    element: Element | None
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The pieces of text behind the headline and those before it, both in page order."""

    behind: Sequence[TextRun] = ()
    before: Sequence[TextRun] = ()


def find_surroundings(page: Page, title: str | None) -> Surroundings:
    """The text around the headline, as far as the first paragraph, less boxes of related articles and the
    like; nothing if no headline is found."""
    headline = _find_headline(page, title)
    if headline is None:
        return Surroundings()
    behind = _take(_walk_on(headline), _BEHIND)
    before = _take(_walk_back(headline), _BEFORE)[::-1]
    own_behind, own_before = ([piece for piece in part if not piece.is_foreign] for part in (behind, before))
    return Surroundings(own_behind, own_before)


def _find_headline(page: Page, title: str | None) -> Element | None:
    """The first h1 that holds the title, else the only h1, else another heading or text that holds it."""
    wanted = compact(title)[:_WANTED_CHARS] if title else ""
    if not wanted:
        return None
    main = [tag for tag in islice(page.tree.iter("h1"), _MAX_HEADINGS) if text_of(tag)]
    lesser = islice(page.tree.iter(*_LESSER_HEADINGS), _MAX_HEADINGS)
    others = islice(page.tree.iter(*_OTHER_TAGS), _MAX_ELEMENTS)
    ways: tuple[Iterator[Element], ...] = (
        (tag for tag in main if wanted in compact(text_of(tag))),
        iter(main if len(main) == 1 else []),
        (tag for tag in lesser if wanted in compact(text_of(tag))),
        (tag for tag in others if tag.text and wanted in compact(tag.text)),
    )
    return next(chain.from_iterable(ways), None)


def _take(pieces: Iterator[TextRun | None], count: int) -> list[TextRun]:
    """The next pieces that hold text, as far as the first paragraph; None stands for a step without text."""
    found: list[TextRun] = []
    for piece in islice(pieces, _MAX_STEPS):
        if piece is None:
            continue
        if len(piece.text) > _PARAGRAPH_CHARS or len(found) >= count:
            break
        found.append(piece)
    return found


def _walk_on(start: Element) -> Iterator[TextRun | None]:
    """The text behind an element, in page order."""
    node: Element | None = start
    while node is not None:
        yield _piece(node.tail, None)
        for sibling in node.itersiblings():
            yield from _walk_inside(sibling)
            yield _piece(sibling.tail, None)
        node = node.getparent()


def _walk_back(start: Element) -> Iterator[TextRun | None]:
    """The text before an element, nearest first."""
    node: Element | None = start
    while node is not None:
        for sibling in node.itersiblings(preceding=True):
            yield _piece(sibling.tail, None)
            yield from reversed(list(_walk_inside(sibling)))
        node = node.getparent()
        if node is not None:
            yield _piece(node.text, node)


def _walk_inside(element: Element) -> Iterator[TextRun | None]:
    """The visible text of an element, in page order."""
    hidden = foreign = 0
    for event, part in etree.iterwalk(element, events=("start", "end")):
        unseen = part.tag in _UNSEEN
        if event == "start":
            hidden += unseen
            foreign += bool(foreign) or _is_foreign(part)
            yield None if hidden else _piece(part.text, part, foreign > 0)
        else:
            hidden -= unseen
            foreign -= bool(foreign)
            yield None if hidden or part is element else _piece(part.tail, None, foreign > 0)


def _is_foreign(element: Element) -> bool:
    """Whether the page calls a box related, sidebar or the like, and it holds no paragraph."""
    if read_marks(element).isdisjoint(_FOREIGN_MARKS):
        return False
    texts = [text_of(part) for part in (element, *element.iter("p"))]
    return len(texts[0]) <= _MOST_FOREIGN_CHARS and all(len(text) <= _PARAGRAPH_CHARS for text in texts[1:])


def _piece(text: str | None, element: Element | None, is_foreign: bool = False) -> TextRun | None:
    squeezed = squeeze(text)
    return TextRun(squeezed, element, is_foreign) if squeezed else None
