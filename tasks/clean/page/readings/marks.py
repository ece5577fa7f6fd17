"""What the names of boxes say about a page's lines, less those that say nothing on this page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasks.clean.page.readings.prose import PROSE_WORDS, reads_as_prose
from tasks.clean.words.lines import Line, count_words

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
_WIDGET = frozenset({"widget"})
_HIDDEN = frozenset({"hidden"})
_SHARE = frozenset({"share"})
_NO_PROSE = frozenset(["nav", "button", "tags"])


def weigh_boxes(lines: Sequence[Line]) -> None:
    """Fill in every line's marks, less those that say nothing on this page.

    A box that holds half of the page's prose says nothing about any line of it; a mark of the weaker
    kind that half of the prose bears, be it in many boxes, says nothing either.
    """
    prose = [line for line in lines if reads_as_prose(line)]
    total = count_words(prose)
    _weigh(prose)
    for line in lines:
        if line.box is not None:
            line.marks = line.box.marks(total)
    idle = _find_idle(prose, total)
    for line in lines:
        _drop_misnomers(line)
        line.marks -= idle


def _weigh(prose: Sequence[Line]) -> None:
    """Give each box the words of the prose inside it."""
    for line in prose:
        box = line.box
        while box is not None:
            box.body_words += len(line.words)
            box = box.parent


def _find_idle(prose: Sequence[Line], total: int) -> frozenset[str]:
    """Marks of the weaker kind that half of the prose bears."""
    borne: Counter[str] = Counter()
    for line in prose:
        for mark in line.marks & _SELDOM_BODY:
            borne[mark] += len(line.words)
    return frozenset(mark for mark, words in borne.items() if 2 * words >= total)


def _drop_misnomers(line: Line) -> None:
    """Take off marks that cannot be meant, from what the line itself is."""
    if "embed" in line.marks and "quote" in line.marks:
        line.marks -= _SHARE  # a post of a network, shown as a source
    if "folded" in line.marks and "body" in line.marks:
        line.marks -= _HIDDEN  # a part of the article that opens with a click
    if line.tag == "tr" and "body" in line.marks:
        line.marks -= _WIDGET  # a table inside the article is no device of the page
    if line.marks & _NO_PROSE and len(line.words) >= 2 * PROSE_WORDS and line.linked_ratio < 0.2:
        line.marks -= _NO_PROSE  # boxes called so hold no paragraphs; the name means something else
