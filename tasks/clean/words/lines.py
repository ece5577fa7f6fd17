"""A line: the unit that cleaning keeps or removes, whether it comes from a page or a plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import _Element as Element

from tasks.clean.words.box_names import NO_MARKS, Box


@dataclass(eq=False)
class Line:
    """One block of a page (paragraph, heading, list item, table row) or one line of a text.

    `text` has single spaces and can hold single line breaks. `tag` is the HTML element that makes it
    a block, `p` in plain text. `box` is the innermost marked element around it, and `marks` what the
    page calls it and the boxes around it (see marks.py); `linked_chars` is how many of its characters
    are link text. `gap` counts the blank lines before it (1 between the blocks of a page);
    `after_image` tells that an image is between it and the line before.
    """

    text: str
    tag: str = "p"
    box: Box | None = None
    linked_chars: int = 0
    element: Element | None = None
    marks: frozenset[str] = NO_MARKS
    gap: int = 1
    after_image: bool = False

    @property
    def linked_ratio(self) -> float:
        """Share of its characters that are link text, 0 to 1."""
        return min(1.0, self.linked_chars / len(self.text)) if self.text else 0.0

    @cached_property
    def key(self) -> str:
        """The text as it is compared: case-folded, letters and digits only, single spaces."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The words of `key`; a run of CJK characters counts as one word for each two of them."""
        return split_words(self.key)

    @property
    def is_heading(self) -> bool:
        """Whether the page makes it a heading."""
        return self.tag in HEADINGS


MOST_LINES = 20_000  # of a page or text; what follows is not read, and the outcome says so
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def fold(text: str) -> str:
    """The text case-folded, with everything but letters and digits made single spaces."""
    return _NO_WORD.sub(" ", text.casefold()).strip()


_NO_WORD = re.compile(r"[\W_]+")
# Scripts written without spaces: kana, Han (Unicode blocks 3040-30FF, 3400-9FFF, F900-FAFF)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def split_words(folded: str) -> list[str]:
    """Words of folded text; scripts without spaces are cut into pairs of characters."""
    if folded.isascii() or not _UNSPACED.search(folded):
        return folded.split()
    words: list[str] = []
    for run in folded.split():
        if _UNSPACED.search(run):
            words.extend(run[at : at + 2] for at in range(0, len(run), 2))
        else:
            words.append(run)
    return words


def count_words(lines: Iterable[Line]) -> int:
    """Words in all the lines."""
    return sum(len(line.words) for line in lines)
