"""The prose of a box narrowed to the article's: what the page calls its body, and groups of sibling paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element

from tasks.clean.words.lines import Line


def narrow_to_body(lines: Sequence[Line], good: list[int]) -> list[int]:
    """The prose in boxes that the page calls the article's body, where these hold half of it."""
    named = [n for n in good if "body" in lines[n].marks]
    words = sum(len(lines[n].words) for n in named)
    return named if 2 * words >= sum(len(lines[n].words) for n in good) else good


def narrow_to_groups(lines: Sequence[Line], good: list[int]) -> list[int]:
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
