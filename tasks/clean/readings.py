"""Readings of a page: which of its lines are the article, by the page's structure, by trafilatura, by JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element

from tasks.clean.lines import Line, fold, split_words

# Boxes whose lines are no part of an article, whatever they say.
FOREIGN_MARKS = frozenset(
    [
        "related",
        "share",
        "newsletter",
        "comments",
        "nav",
        "footer",
        "cookie",
        "ad",
        "sidebar",
        "form",
        "button",
        "bio",
        "tags",
        "paywall",
        "widget",
    ]
)
_PROSE_WORDS = 12
_LINKED = 0.5
_HOLDS = 0.75
_SHINGLE = 4
_AGREES = 0.6


def read_structure(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines inside the smallest box that holds three quarters of the page's prose."""
    prose = [n for n, line in enumerate(lines) if is_good_prose(line)]
    container = _find_container([lines[n] for n in prose])
    if container is None:
        return set()
    inside = [n for n, line in enumerate(lines) if _is_inside(line, container)]
    good = [n for n in inside if is_good_prose(lines[n])]
    if not good:
        return set()
    return {n for n in inside if good[0] - 2 <= n <= good[-1] + 3}


def is_good_prose(line: Line) -> bool:
    """A dozen words or more, few of them links, in no foreign box."""
    return len(line.words) >= _PROSE_WORDS and line.linked_ratio < _LINKED and not line.marks & FOREIGN_MARKS


def _find_container(prose: Sequence[Line]) -> Element | None:
    weights: dict[Element, int] = {}
    for line in prose:
        element = line.element
        while element is not None:
            weights[element] = weights.get(element, 0) + len(line.words)
            element = element.getparent()
    if not weights:
        return None
    total = max(weights.values())
    container = None
    best = None
    for element, weight in weights.items():
        if weight >= _HOLDS * total:
            depth = sum(1 for _ in element.iterancestors())
            if best is None or depth > best:
                best, container = depth, element
    return container


def _is_inside(line: Line, container: Element) -> bool:
    element = line.element
    while element is not None:
        if element is container:
            return True
        element = element.getparent()
    return False


def find_text(lines: Sequence[Line], text: str) -> set[int]:
    """Numbers of the page's lines that a text holds: by shared word windows, short ones whole."""
    shingles: set[tuple[str, ...]] = set()
    short: set[str] = set()
    for row in text.split("\n"):
        words = split_words(fold(row))
        shingles.update(_windows(words))
        if len(words) < 2 * _SHINGLE:
            short.add(" ".join(words))
    return {number for number, line in enumerate(lines) if _is_in(line, shingles, short)}


def _is_in(line: Line, shingles: set[tuple[str, ...]], short: set[str]) -> bool:
    words = line.words
    if len(words) < 2 * _SHINGLE and " ".join(words) in short:
        return True
    windows = _windows(words)
    return bool(windows) and sum(window in shingles for window in windows) >= _AGREES * len(windows)


def _windows(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))


def weigh_boxes(lines: Sequence[Line]) -> None:
    """Fill in every line's marks, less those of boxes that hold half of the page's prose."""
    total = 0
    for line in lines:
        if len(line.words) < _PROSE_WORDS or line.linked_ratio >= _LINKED:
            continue
        total += len(line.words)
        box = line.box
        while box is not None:
            box.body_words += len(line.words)
            box = box.parent
    for line in lines:
        if line.box is not None:
            line.marks = line.box.marks(total)
