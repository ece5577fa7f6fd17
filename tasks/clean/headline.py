"""What stands around the headline on the page: byline, time, labels, in the reader's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from tasks.clean.page import Page, text_of
from tasks.clean.site_names import compact

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "option"})
_HEADINGS = ("h2", "h3", "legend")
_BEFORE, _BEHIND = 10, 14  # pieces of text before and behind the headline that may belong to it
_MAX_PIECES = 1_500
_PARAGRAPH_CHARS = 200  # a piece as long as this is body text: the headline's surroundings end there


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of visible text with the element that holds it (None for text behind a closed element)."""

    text: str
    element: Element | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The pieces of text behind the headline and those before it, both in page order."""

    behind: Sequence[Piece] = ()
    before: Sequence[Piece] = ()


def find_surroundings(page: Page, title: str | None) -> Surroundings:
    """The text around the headline, as far as the first paragraph.

    The headline is the first h1 that holds the title, else the only h1, else the first other heading
    or text that holds the title.
    """
    wanted = compact(title)[:24] if title else ""
    if not wanted:
        return Surroundings()
    alone = len(page.h1s) == 1
    kinds: list[Callable[[Element, Piece | None], bool]] = [
        lambda element, _: element.tag == "h1" and wanted in compact(text_of(element)),
        lambda element, _: alone and element.tag == "h1" and bool(text_of(element)),
        lambda element, _: element.tag in _HEADINGS and wanted in compact(text_of(element)),
        lambda _, piece: piece is not None and wanted in compact(piece.text),
    ]
    found = (_look_around(page, is_headline) for is_headline in kinds)
    return next((around for around in found if around is not None), Surroundings())


def _look_around(page: Page, is_headline: Callable[[Element, Piece | None], bool]) -> Surroundings | None:
    before: list[Piece] = []
    steps = _walk(page.tree)
    for element, piece in steps:
        if element is not None and is_headline(element, piece):
            return Surroundings(_collect_behind(steps, element), _collect_before(before))
        if piece:
            before.append(piece)
        if len(before) > _MAX_PIECES:
            break
    return None


def _walk(tree: Element) -> Iterator[tuple[Element | None, Piece | None]]:
    """Elements as they open, with their text; then None with the text behind each."""
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        unseen = element.tag in _UNSEEN
        if event == "start":
            hidden += unseen
            if not hidden:
                yield element, _piece(element.text, element)
        else:
            hidden -= unseen
            if not hidden:
                yield None, _piece(element.tail, None)


def _piece(text: str | None, element: Element | None) -> Piece | None:
    squeezed = " ".join(text.split()) if text else ""
    return Piece(squeezed, element) if squeezed else None


def _collect_behind(steps: Iterator[tuple[Element | None, Piece | None]], heading: Element) -> list[Piece]:
    inside = compact(text_of(heading)).removeprefix(compact(heading.text or ""))
    found: list[Piece] = []
    for _, piece in steps:
        if piece is None:
            continue
        own = compact(piece.text)
        if inside and own and inside.startswith(own):
            inside = inside[len(own) :]
            continue
        if len(piece.text) > _PARAGRAPH_CHARS or len(found) >= _BEHIND:
            break
        found.append(piece)
    return found


def _collect_before(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in reversed(pieces[-_BEFORE:]):
        if len(piece.text) > _PARAGRAPH_CHARS:
            break
        found.append(piece)
    return found[::-1]
