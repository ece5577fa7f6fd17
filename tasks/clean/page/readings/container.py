"""The box of a page that holds its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.etree import _Element as Element

from tasks.clean.words.lines import Line

_TEXT_TAGS = frozenset(["p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "h2", "h3", "h4", "h5", "h6"])
_HOLDS = 0.75


def find_container(prose: Sequence[Line]) -> Element | None:
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


class Inside:
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
