"""Printed times near the headline: what a reader sees as the time of publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from lxml import etree
from lxml.etree import _Element as Element

from tasks.clean.moments import Moment, read_moment
from tasks.clean.page import Page, text_of
from tasks.clean.site_names import compact
from tasks.clean.word_lists import read_words

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "option"})
_HEADINGS = ("h1", "h2", "legend")
_BEFORE, _AFTER = 10, 9  # pieces of text looked at before and behind the headline
_MAX_PIECES = 1_500
_MAX_CHARS = 90
_PARAGRAPH_CHARS = 200  # a piece as long as this is body text: the headline's surroundings end there


@dataclass(frozen=True, slots=True)
class Dateline:
    """A printed time beside the headline; `is_bare` if the piece of text holds little else."""

    moment: Moment
    is_modified: bool
    is_bare: bool


def find_datelines(page: Page, title: str | None, zone: tzinfo, *, day_first: bool) -> list[Dateline]:
    """Times printed around the headline, those behind it first, each with its label read."""
    pieces, place = _collect_pieces(page, title)
    if place is None:
        return []
    behind = _until_body(pieces, range(place + 1, min(len(pieces), place + 1 + _AFTER)))
    before = _until_body(pieces, range(place - 1, max(-1, place - 1 - _BEFORE), -1))
    found = []
    for number in (*behind, *before):
        text = pieces[number]
        if len(text) > _MAX_CHARS or not any(char.isdigit() for char in text):
            continue
        moment = read_moment(text, zone, day_first=day_first)
        if moment:
            label = " ".join(pieces[max(0, number - 2) : number])[-60:]
            modified = _says_modified(text) or (_says_modified(label) and not _says_published(text))
            found.append(Dateline(moment, modified, _count_words(text) <= 6))
    return found


def says_modified(text: str) -> bool:
    """Whether a text before or around a time says that it is the time of a change."""
    return _says_modified(text) and not _says_published(text)


def _collect_pieces(page: Page, title: str | None) -> tuple[list[str], int | None]:
    """Pieces of visible text in order, up to a while behind the headline, and the headline's place."""
    pieces: list[str] = []
    place: int | None = None
    wanted = compact(title)[:24] if title else ""
    for element, text in _walk(page.tree):
        if place is None and element is not None and _is_headline(element, wanted):
            place = len(pieces)
        if text:
            pieces.append(text)
        if len(pieces) > _MAX_PIECES or (place is not None and len(pieces) > place + _AFTER):
            break
    return pieces, place


def _walk(tree: Element) -> Iterator[tuple[Element | None, str]]:
    """Elements as they open, with their text; then None with the text behind each."""
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        unseen = element.tag in _UNSEEN
        if event == "start":
            hidden += unseen
            if not hidden:
                yield element, _squeeze(element.text)
        else:
            hidden -= unseen
            if not hidden:
                yield None, _squeeze(element.tail)


def _is_headline(element: Element, wanted: str) -> bool:
    if element.tag not in _HEADINGS:
        return False
    return bool(wanted) and wanted in compact(text_of(element))


def _until_body(pieces: list[str], numbers: range) -> Iterator[int]:
    for number in numbers:
        if len(pieces[number]) > _PARAGRAPH_CHARS:
            return
        yield number


def _says_modified(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in read_words("dates")["modified_words"])


def _says_published(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in read_words("dates")["published_words"])


def _count_words(text: str) -> int:
    return len(text.split())


def _squeeze(text: str | None) -> str:
    return " ".join(text.split()) if text else ""
