"""Rules for the lines above the first paragraphs: headline, byline, time, standfirst."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.clean.page.printed_times import split_times
from tasks.clean.rules.rule import declare, rule
from tasks.clean.words.agencies import is_agency
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.authors.printed_names import read_after_by
from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.moments import read_moment
from tasks.clean.words.printed_bylines import is_name, is_name_with_outlet, is_role, read_byline

TITLE = declare("title", "the headline; kept in articles.title")
BYLINE = declare("byline", "who wrote it; kept in articles.authors")
PRINTED_DATE = declare("date", "printed times of publication; kept in articles.published_at")
_HEAD_LINES = 10
_DATE_WORDS = 16
_TIME_WORDS = 8  # "March 3, 2026, 10:15 a.m." ends with a full stop and is no sentence
_DATED_WORDS = 48  # of a line with several times: published, updated, printed
_TIME_ENDS = ("min.", "a.m.", "p.m.", " h.")  # a full stop that ends no sentence
_BYLINE_WORDS = 16
_TITLE_LIKENESS = 0.8


def find_head(draft: Draft) -> list[int]:
    """Numbers of the kept lines before the second prose line, at most ten."""
    head: list[int] = []
    prose = 0
    for number in draft.kept[:_HEAD_LINES]:
        prose += is_prose(draft.lines[number])
        if prose > 1:
            break
        head.append(number)
    return head


@rule(TITLE)
def take_title(draft: Draft) -> Iterator[int]:
    """The headline, repeated above or right after the first paragraph, with or without a label."""
    title = fold(draft.title or "").split()
    if not title:
        return
    for number in find_head(draft):
        line = draft.lines[number]
        if line.key == " ".join(title) or (not is_long(line) and _alike(line.words, title)):
            yield number


def is_long(line: Line) -> bool:
    """Whether a line is longer than any headline with its label."""
    return len(line.words) > 30


def _alike(words: list[str], title: list[str]) -> bool:
    """Whether a line says little but the title: the words they share, over the longer of both."""
    shared = len(set(words) & set(title))
    return len(title) >= 3 and shared >= _TITLE_LIKENESS * max(len(set(words)), len(set(title)))


@rule(PRINTED_DATE)
def take_dates(draft: Draft) -> Iterator[int]:
    """Short lines above the text that print a date or a time: published, updated, reading time."""
    for number in find_head(draft):
        line = draft.lines[number]
        if len(line.words) > _DATED_WORDS or not any(char.isdigit() for char in line.text):
            continue
        if (
            not _is_sentence(line)
            and not line.is_heading
            and line.tag not in ("li", "tr")
            and _is_dated(line)
        ):
            yield number


def _is_sentence(line: Line) -> bool:
    """Whether a line ends like a sentence and is longer than a time."""
    ends = line.text.endswith((".", "?", "!", "”", '"')) and not line.text.lower().endswith(_TIME_ENDS)
    return ends and len(line.words) > _TIME_WORDS


def _is_dated(line: Line) -> bool:
    """Whether a line is a time with its label, or several of them, each with its own."""
    if len(line.words) <= _DATE_WORDS:
        return read_moment(line.text) is not None
    parts = split_times(line.text)
    return len(parts) > 1 and all(
        len(fold(part).split()) <= _DATE_WORDS and read_moment(part) for part in parts
    )


@rule(BYLINE)
def take_bylines(draft: Draft) -> Iterator[int]:
    """Short lines above the text that name its authors."""
    authors = {fold(author) for author in draft.authors}
    for number in find_head(draft):
        line = draft.lines[number]
        if line.is_heading and line.tag not in {"h5", "h6"}:
            continue
        named = line.key in authors or is_name_with_outlet(line.text) or _credits(line, authors)
        named = named or is_agency(line.text)
        named = named or (draft.removed.get(number - 1) == BYLINE and is_role(line.text))
        if named or read_byline(line.text) or (is_name(line.text) and line.tag != "li"):
            yield number


def _credits(line: Line, authors: set[str]) -> bool:
    """Whether a short line begins like a byline and names only authors of the article."""
    if len(line.words) > _BYLINE_WORDS or not read_after_by(line.text):
        return False
    names = [fold(name) for name in clean_authors([line.text])]
    return bool(names) and authors.issuperset(names)


@rule("standfirst", "the paragraph between headline and body that sums it up")
def take_standfirst(draft: Draft) -> Iterator[int]:
    """The standfirst of English pages, which repeats what the article says. In other languages it is the first
    paragraph, and the text continues from it."""
    if draft.language != "en":
        return
    for number in find_head(draft):
        line = draft.lines[number]
        if (
            len(line.words) <= 60
            and ("standfirst" in line.marks or "header" in line.marks)
            and "body" not in line.marks
        ):
            yield number


HEAD_RULES = (take_title, take_standfirst, take_dates, take_bylines)
