"""The lines of a page in reading order, each with what the page calls the boxes around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree
from lxml.etree import _Element as Element

from tasks.clean.page.page import squeeze
from tasks.clean.words.box_names import NO_MARKS, Box, read_marks
from tasks.clean.words.lines import HEADINGS, MOST_LINES, Line
from tasks.clean.words.moments import read_moment
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import read_byline

# Elements that begin a line of their own: https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
# Elements that show no text, or none that belongs to what is read.
_SILENT_TAGS = frozenset(
    [
        "applet",
        "area",
        "audio",
        "base",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "img",
        "input",
        "link",
        "map",
        "meta",
        "noscript",
        "object",
        "param",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
        "math",
    ]
)
_IMAGE_TAGS = frozenset({"img", "video", "iframe", "svg"})
_CELL_TAGS = frozenset({"td", "th"})
# Words within a sentence; what they are called says nothing about it.
_PLAIN_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "wbr",
    ]
)
_ROW_WORDS, _TIME_WORDS = 30, 8
_STOPS = (".", "!", "?", "…", "”", '"', "»", "“", "。", "！", "？", "؟")
_BREAK = "\x1f"
_JOINT = "\x1e"
# Elements that are side by side with a gap that only the style sheet makes.
_SPACED_TAGS = frozenset({"a", "span", "time"})
_JOINTS = re.compile(rf"(?<=[^\W_][^\W_]){_JOINT}(?=[^\W_])")
_TEXT_TAGS = frozenset({"p", "li", "pre", "blockquote", "dd", "tr", "table"})
_LABEL_MARKS = frozenset({"byline", "date"})
_JOINT_CHARS = 160  # a line of labels; longer ones are paragraphs, whose parts are parted by their own spaces
_MOST_BOXES = 200  # one inside another; what is called so deep down says no more
_Row = tuple[str, int]  # its words, and how many characters of them are links


def read_lines(tree: Element, url: str | None = None) -> list[Line]:
    """Every line of text that the page holds, hidden ones too (marked `hidden`), at most 20,000.

    `url` is the page's address, so that links to other sites are distinguished from its own.
    """
    reader = _LineReader(_host_of(url) if url else "")
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


def count_inline(tree: Element) -> int:
    """The most elements in a row that begin no line of their own."""
    most = run = 0
    for element in tree.iter(etree.Element):
        run = 0 if element.tag in _BLOCK_TAGS else run + 1
        most = max(most, run)
    return most


def measure_nesting(tree: Element) -> tuple[int, int]:
    """How deep elements are one inside another, and how deep tables are, in one walk."""
    depth = tables = deepest = most_tables = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        tables += step * (element.tag == "table")
        deepest, most_tables = max(deepest, depth), max(most_tables, tables)
    return deepest, most_tables


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
        if not isinstance(tag, str) or tag in _SILENT_TAGS:
            self._image = self._image or tag in _IMAGE_TAGS
            self._boxes.append(self._boxes[-1])
            return True
        own = NO_MARKS if tag in _PLAIN_TAGS or self._is_in_heading() else read_marks(element)
        around = self._boxes[-1]
        deep = len(self._boxes) > _MOST_BOXES
        self._boxes.append(Box(own, around) if own and not deep else around)
        if tag in _BLOCK_TAGS:
            self.flush()
            self._blocks.append(element)
        elif tag == "br":
            self._pieces.append(_BREAK)
            self._linked.append(0)
        elif tag in _CELL_TAGS:
            self._pieces.append(" ")
        elif tag in _SPACED_TAGS and _touches_sibling(element):
            self._pieces.append(_JOINT)
        if tag == "a":
            self._links.append(_leads_around(str(element.get("href") or ""), self._host))
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
        if tag in _BLOCK_TAGS:
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
        for part in _part_by_breaks(rows) if len(rows) > 1 else [rows]:
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
        return tag not in _TEXT_TAGS or not _LABEL_MARKS.isdisjoint(marks)


def _touches_sibling(element: Element) -> bool:
    """Whether an element of labels comes right after another, with no text or space between."""
    before = element.getprevious()
    return before is not None and before.tag in _SPACED_TAGS and not before.tail


def _part_by_breaks(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    """Paragraphs between double line breaks, with bylines, times and notices around them as lines of their own."""
    for is_row, run in groupby(rows, lambda row: bool(row[0])):
        if is_row:
            yield from _part_rows(list(run))


def _part_rows(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    """Rows between single line breaks as one paragraph, but for bylines, times and notices above its sentences
    and notices under them. Rows without a sentence, as a list's or a form's, stay together, but under a notice over links."""
    first, last = 0, len(rows)
    while first < last and (_is_notice(rows[first][0]) or _is_heading_row(rows[first][0])):
        first += 1
    while last > first and _is_notice(rows[last - 1][0]):
        last -= 1
    rest = rows[first:last]
    are_links = bool(rest) and all(linked >= len(row) for row, linked in rest)
    if first and are_links:
        yield from ([row] for row in rows)
        return
    if rest and not any(row.endswith(_STOPS) for row, _ in rest):
        yield rows
        return
    yield from ([row] for row in rows[:first])
    if rest:
        yield rest
    yield from ([row] for row in rows[last:])


def _is_notice(row: str) -> bool:
    return len(row.split()) <= _ROW_WORDS and phrase_book().find(Line(row)) is not None


def _is_heading_row(row: str) -> bool:
    """Whether a row is a byline or a time."""
    if read_byline(row):
        return True
    return len(row.split()) <= _TIME_WORDS and read_moment(row) is not None


def _leads_around(href: str, host: str) -> bool:
    """Whether a link leads through the outlet's own pages or to a social network, and not to a source
    elsewhere, a mail address or a place on the same page."""
    if href.startswith(("#", "mailto:")):
        return False
    if not host or not href.startswith(("http://", "https://", "//")):
        return True
    target = _host_of(href)
    return target.endswith(_site_of(host)) or host.endswith(_site_of(target)) or target in _SOCIAL_HOSTS


def _host_of(url: str) -> str:
    return url.split("//", 1)[-1].split("/", 1)[0].split("?", 1)[0].lower().removeprefix("www.")


def _site_of(host: str) -> str:
    """The last two labels of a host, or three where the second is a country's (co.uk)."""
    labels = host.split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])


_SOCIAL_HOSTS = frozenset(
    [
        "facebook.com",
        "twitter.com",
        "x.com",
        "linkedin.com",
        "pinterest.com",
        "whatsapp.com",
        "wa.me",
        "t.me",
        "telegram.me",
        "reddit.com",
        "instagram.com",
        "api.whatsapp.com",
        "youtube.com",
        "news.google.com",
        "apps.apple.com",
        "play.google.com",
    ]
)
