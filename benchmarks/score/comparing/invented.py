"""Invented stories with gold (tests/data/sides): which figures answer one question, which quotations are one utterance.

A story is a text file. Lines before its first article name the gold:

    slot dead: update            a question and its verdict; `a|b` where either is right; `dead?` may also stay apart
    quote fear: ab verbatim      an utterance, and the alignment of the first and the second article's quotations
    name: Ana Bell | Anna Bell   spellings of one person
    date march: conflict         a day, and the verdict

`== outlet, time` begins an article. In its text, `{dead: nine people}` marks a figure, `[fear: ...]` quoted words and
`<march: Sunday>` a date. `{?: ...}` is not judged. Every other figure answers no question of two outlets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

Row = dict[str, Any]
SIDES = ROOT / "tests" / "data" / "sides"
NOT_JUDGED = "?"
_KINDS = {"{": "figure", "[": "quotation", "<": "date"}
_OPEN = re.compile(r"([{\[<])([\w.?]+): ?")
_CLOSE = {"{": "}", "[": "]", "<": ">"}
_TABLES = ("figures", "mentions", "sentences", "quotations", "dates", "entities")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of an article, and what it answers."""

    kind: str
    name: str
    start: int
    end: int


@dataclass(slots=True)
class InventedArticle:
    """An article's row, its marks, and the rows that the extractors make of it."""

    row: Row
    marks: list[Mark]
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def name_of(self, kind: str, start: int, end: int) -> str | None:
        """What the mark answers that covers the beginning or a third of the span; None without one."""
        found = (
            mark
            for mark in self.marks
            if mark.kind == kind
            and (
                mark.start <= start < mark.end
                or 3 * (min(end, mark.end) - max(start, mark.start)) >= end - start
            )
        )
        return next((mark.name for mark in found), None)


@dataclass(slots=True)
class InventedStory:
    """A story with its gold: verdicts by slot and by date, alignments by utterance and articles, names."""

    name: str
    articles: list[InventedArticle] = field(default_factory=list)
    slots: dict[str, frozenset[str]] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    alignments: dict[tuple[str, str, str], str] = field(default_factory=dict)
    names: list[list[str]] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)


def read_stories(folders: Iterable[Path]) -> list[InventedStory]:
    """The stories of the folders, extracted. Two folders may have a story of one name."""
    return [story for folder in folders for story in _read_folder(folder)]


def _read_folder(folder: Path) -> list[InventedStory]:
    stories = [read_story(path) for path in sorted(folder.glob("*.txt"))]
    articles = [article for story in stories for article in story.articles]
    found = extract_articles([article.row for article in articles], ExtractOptions()).rows
    rows: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for table in _TABLES:
        for row in found.get(table, ()):
            rows[table, row.get("article_id", "")].append(row)
    for article in articles:
        article.tables = {table: rows[table, article.row["article_id"]] for table in _TABLES}
    return stories


def read_story(path: Path) -> InventedStory:
    """A story from its file."""
    head, *parts = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    story = InventedStory(path.stem)
    for line in head.splitlines():
        _read_gold(story, line)
    for number, part in enumerate(parts):
        story.articles.append(_read_article(path.stem, number, part))
    return story


def _read_gold(story: InventedStory, line: str) -> None:
    title, _, value = line.partition(":")
    kind, _, name = title.partition(" ")
    if kind == "slot":
        if name.endswith("?"):
            story.optional.add(name := name.rstrip("?"))
        story.slots[name] = frozenset(value.strip().split("|"))
    elif kind == "quote":
        for told in value.split(","):
            sides, _, alignment = told.strip().partition(" ")
            story.alignments[name, sides[0], sides[1]] = alignment
    elif kind == "name":
        story.names.append([spelling.strip() for spelling in value.split("|")])
    elif kind == "date":
        story.dates[name] = value.strip()
    elif line.strip():
        raise ValueError(f"{story.name}: no such line of gold: {line}")


def _read_article(story: str, number: int, part: str) -> InventedArticle:
    first, _, rest = part.partition("\n")
    outlet, _, printed = first.partition(", ")
    published = datetime.fromisoformat(printed.strip()).replace(tzinfo=UTC)
    text, marks = _take_marks(rest.strip())
    title, _, body = text.partition("\n\n")
    shift = len(title) + 2
    row = {
        "article_id": f"{story}-{'abcdefgh'[number]}",
        "month": published.date().replace(day=1),
        "outlet": outlet,
        "title": title,
        "body_text": body,
        "language": "en",
        "published_at": published,
        "published_precision": "minute",
    }
    inside = [Mark(m.kind, m.name, m.start - shift, m.end - shift) for m in marks if m.start >= shift]
    return InventedArticle(row, inside)


def _take_marks(marked: str) -> tuple[str, list[Mark]]:
    """The text without its marks, and the marks as spans of that text; marks can lie in one another."""
    text, marks, begun, place = "", list[Mark](), list[tuple[str, str, int]](), 0
    while place < len(marked):
        if opened := _OPEN.match(marked, place):
            begun.append((opened[1], opened[2], len(text)))
            place = opened.end()
            continue
        if begun and marked[place] == _CLOSE[begun[-1][0]]:
            sign, name, start = begun.pop()
            marks.append(Mark(_KINDS[sign], name, start, len(text)))
        else:
            text += marked[place]
        place += 1
    return text, sorted(marks, key=lambda mark: mark.start)


def marks_of(story: InventedStory, kind: str) -> Iterator[tuple[InventedArticle, Mark]]:
    """The story's marks of a kind with their articles."""
    return ((article, mark) for article in story.articles for mark in article.marks if mark.kind == kind)
