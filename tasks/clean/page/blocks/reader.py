"""The lines of a page in reading order, each with what the page calls the boxes around it."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from tasks.clean.page.blocks.breaks import part_by_breaks
from tasks.clean.page.blocks.links import host_of_link, leads_around
from tasks.clean.page.blocks.tags import (
    BLOCK_TAGS,
    CELL_TAGS,
    IMAGE_TAGS,
    PARAGRAPH_TAGS,
    PLAIN_TAGS,
    SILENT_TAGS,
    SPACED_TAGS,
)
from tasks.clean.page.page import squeeze
from tasks.clean.words.box_names import NO_MARKS, Box, read_marks
from tasks.clean.words.lines import HEADINGS, MOST_LINES, Line

_BREAK = "\x1f"
_JOINT = "\x1e"
_JOINTS = re.compile(rf"(?<=[^\W_][^\W_]){_JOINT}(?=[^\W_])")
_LABEL_MARKS = frozenset({"byline", "date"})
_JOINT_CHARS = 160  # a line of labels; longer ones are paragraphs, whose parts are parted by their own spaces
_MOST_BOXES = 200  # one inside another; what is called so deep down says no more


def read_lines(tree: Element, url: str | None = None) -> list[Line]:
    """Every line of text that the page holds, hidden ones too (marked `hidden`), at most 20,000.

    `url` is the page's address, so that links to other sites are distinguished from its own.
    """
    reader = _LineReader(host_of_link(url) if url else "")
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if reader.open(element):
                walk.skip_subtree()
        else:
            reader.close(element)
        if len(reader.lines) >= MOST_LINES:
            break
    reader.flush()
    return reader.lines


class _LineReader:
    """Collects text between block boundaries; never recursive, so depth costs nothing."""

    def __init__(self, host: str) -> None:
        self._host = host
        self.lines: list[Line] = []
        self._boxes: list[Box | None] = [None]
        self._blocks: list[Element] = []
        self._links: list[bool] = []
        self._pieces: list[str] = []
        self._linked = [0]  # characters of links, by row between line breaks
        self._longest = 0
        self._image = False
        self._line_box: Box | None = None

    def open(self, element: Element) -> bool:
        """Take an element's start; True if its content is silent and to be skipped."""
        tag = element.tag
        if not isinstance(tag, str) or tag in SILENT_TAGS:
            self._image = self._image or tag in IMAGE_TAGS
            self._boxes.append(self._boxes[-1])
            return True
        own = NO_MARKS if tag in PLAIN_TAGS or self._is_in_heading() else read_marks(element)
        around = self._boxes[-1]
        deep = len(self._boxes) > _MOST_BOXES
        self._boxes.append(Box(own, around) if own and not deep else around)
        if tag in BLOCK_TAGS:
            self.flush()
            self._blocks.append(element)
        elif tag == "br":
            self._pieces.append(_BREAK)
            self._linked.append(0)
        elif tag in CELL_TAGS:
            self._pieces.append(" ")
        elif tag in SPACED_TAGS and _touches_sibling(element):
            self._pieces.append(_JOINT)
        if tag == "a":
            self._links.append(leads_around(str(element.get("href") or ""), self._host))
        if element.text:
            self._take(element.text)
        return False

    def _is_in_heading(self) -> bool:
        """Whether the element is inside a heading; what is named there are anchors and icons."""
        return bool(self._blocks) and self._blocks[-1].tag in HEADINGS

    def close(self, element: Element) -> None:
        """Take an element's end and the text after it."""
        tag = element.tag
        self._boxes.pop()
        if tag in BLOCK_TAGS:
            self.flush()
            self._blocks.pop()
        elif tag == "a" and self._links:
            self._links.pop()
        if element.tail:
            self._take(element.tail)

    def _take(self, text: str) -> None:
        self._pieces.append(text.replace(_BREAK, " "))
        size = len(text)
        if size > self._longest and not text.isspace():
            self._longest, self._line_box = size, self._boxes[-1]
        if self._links and self._links[-1]:
            self._linked[-1] += len(text.strip())

    def flush(self) -> None:
        """End the line that is being read; two line breaks in a row part it into several."""
        if self._longest:
            self._add_lines("".join(self._pieces))
        self._pieces.clear()
        self._linked, self._longest = [0], 0

    def _add_lines(self, text: str) -> None:
        block = self._blocks[-1] if self._blocks else None
        tag = block.tag if block is not None else "p"
        if _JOINT in text:
            text = _JOINTS.sub(" ", text) if self._is_labels(text, tag) else text
            text = text.replace(_JOINT, "")
        rows = [(squeeze(row), linked) for row, linked in zip(text.split(_BREAK), self._linked, strict=True)]
        for part in part_by_breaks(rows) if len(rows) > 1 else [rows]:
            words = "\n".join(row for row, _ in part)
            if words:
                line = Line(words, tag, self._line_box, sum(linked for _, linked in part), block)
                line.after_image, self._image = self._image, False
                self.lines.append(line)

    def _is_labels(self, text: str, tag: str) -> bool:
        """Whether a line is a row of labels, as name, place and time under a headline, and no paragraph."""
        if len(text) > _JOINT_CHARS or tag in HEADINGS:
            return False
        marks = self._line_box.own if self._line_box else NO_MARKS
        return tag not in PARAGRAPH_TAGS or not _LABEL_MARKS.isdisjoint(marks)


def _touches_sibling(element: Element) -> bool:
    """Whether an element of labels comes right after another, with no text or space between."""
    before = element.getprevious()
    return before is not None and before.tag in SPACED_TAGS and not before.tail
