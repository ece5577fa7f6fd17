"""Links that are sentences of the article, and what hangs under the heading of a promotion without being a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from tasks.clean.rules.link_targets import card_of, names_its_target, stays_on_page
from tasks.clean.rules.phrase_lines import GROUPS
from tasks.clean.rules.rule import rule
from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import is_name
from tasks.clean.words.word_lists import word_set

_SENTENCE_WORDS = 5
_LEAST_WORDS = 3
_PARAGRAPH_WORDS = range(12, 60)
_SENTENCE = re.compile(r"[^.…][.。।።][\"'”’»)\]]{0,2}$")
_HEADLINE_ENDS = (".", "…", "。", "।", ":", "：", ";", ",")
_CLOSERS = "\"'”’»)]"
_HEADLINE_WORDS = range(3, 21)
_LABEL_WORDS = 4
_HEADING_WORDS = 8
_LONGEST_ANSWER = 8  # lines from one question to the next
_DEFINITIONS = frozenset({"dt", "dd"})
_LEAST_INSIDE = 2  # headlines between paragraphs; one alone can be a line of the article


def find_linked_sentences(draft: Draft, links: Sequence[int]) -> set[int]:
    """Those of these links that are sentences between paragraphs of the article, or beside the outer ones, by the stop at their end.

    A row of links is judged as a whole: one headline among them, or the label of a promotion above, and all are
    links to other articles.
    """
    first, last = draft.bounds()
    found: set[int] = set()
    for row in _split_rows(draft, links):
        above = draft.lines[row[0] - 1] if row[0] else None
        lines = [draft.lines[number] for number in row]
        is_inside = (first < row[0] and row[-1] < last) or _adjoins(draft, row, first, last)
        if is_inside and _are_sentences(lines):
            found.update(row if above is None or not _is_promotion(above) else ())
    return found


def _adjoins(draft: Draft, row: Sequence[int], first: int, last: int) -> bool:
    """Whether a linked line is the paragraph right above the first or right below the last one, in the same element."""
    beside = first if row[0] == first - 1 else last if row[0] == last + 1 else None
    if beside is None or len(row) > 1 or len(draft.lines[row[0]].words) not in _PARAGRAPH_WORDS:
        return False
    element = draft.lines[row[0]].element
    if element is None or sum(1 for _ in element.iter("a")) > 1:
        return False
    return row[0] in draft.body and _place(draft.lines[row[0]]) == _place(draft.lines[beside])


def _are_sentences(lines: Sequence[Line]) -> bool:
    """Whether each linked line is a sentence that a story prints; short ones stand beside longer ones only."""
    longest = max(len(line.words) for line in lines)
    return longest >= _SENTENCE_WORDS and all(_is_sentence(line) for line in lines)


def _split_rows(draft: Draft, numbers: Sequence[int]) -> list[list[int]]:
    """Numbers in rows without another line of the page between them."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _is_sentence(line: Line) -> bool:
    """Whether a linked line ends in a full stop and is no call to read on, no card and no headline of where it leads."""
    if len(line.words) < _LEAST_WORDS or _SENTENCE.search(line.text) is None:
        return False
    leads_away = card_of(line) is not None or names_its_target(line) or stays_on_page(line)
    return phrase_book().find(line) is None and not leads_away


@rule(GROUPS["related"])
def take_promoted(draft: Draft) -> Iterator[int]:
    """Headlines without links, in a row under a line that announced other articles or programmes. Between paragraphs
    these are two or more, in elements of one kind.
    """
    last = draft.bounds()[1]
    kept = set(draft.kept)
    for label in [number for number in draft.removed if _is_heading_of_others(draft.lines[number])]:
        row = list(takewhile(kept.__contains__, read_row(draft, label + 1)))
        if row and (row[-1] > last or len(row) >= _LEAST_INSIDE):
            yield from row


@rule(GROUPS["related"])
def take_asked(draft: Draft) -> Iterator[int]:
    """The label "People also ask" and the questions in a row under it, with their answers."""
    kept = draft.kept
    for label in [n for n in kept if draft.lines[n].key in word_set("titles", "asked")]:
        yield label
        below = [n for n in kept if n > label]
        asked = [place for place, n in enumerate(below) if draft.lines[n].text.rstrip(_CLOSERS).endswith("?")]
        if not asked or asked[0]:
            continue
        for place, following in pairwise([*asked, asked[-1] + 2]):
            if following - place > _LONGEST_ANSWER:
                yield from below[place : place + 2]
                break
            yield from below[place:following]


def read_row(draft: Draft, start: int) -> Iterator[int]:
    """The headlines from this line on that are siblings; a subhead of the text below them is not."""
    if start < len(draft.lines) and draft.lines[start].tag in _DEFINITIONS:
        yield from _read_definitions(draft, start)
        return
    for number in range(start, len(draft.lines)):
        line, below = draft.lines[number], draft.lines[number + 1 : number + 2]
        is_subhead = line.is_heading and any(is_prose(next_line) for next_line in below)
        if not _is_headline(line) or is_subhead or _place(line) != _place(draft.lines[start]):
            return
        yield number


def _read_definitions(draft: Draft, start: int) -> Iterator[int]:
    """The terms and descriptions of the list that begins here."""
    home = _place(draft.lines[start])[1]
    for number in range(start, len(draft.lines)):
        if draft.lines[number].tag not in _DEFINITIONS or _place(draft.lines[number])[1] is not home:
            return
        yield number


def _place(line: Line) -> tuple[str, object]:
    return line.tag, line.element.getparent() if line.element is not None else None


def _is_headline(line: Line) -> bool:
    """Whether a line can be a headline: some words, no full stop at the end, and no name."""
    ends = line.text.rstrip(_CLOSERS).endswith(_HEADLINE_ENDS)
    return len(line.words) in _HEADLINE_WORDS and not ends and not is_name(line.text)


def _is_heading_of_others(line: Line) -> bool:
    """Whether a line announces what is under it: a label alone, without a headline of its own."""
    most = _HEADING_WORDS if line.is_heading else _LABEL_WORDS
    is_alone = len(line.words) <= most and ":" not in line.text[:-1] and not line.text.endswith((".", "!"))
    return is_alone and _is_promotion(line)


def _is_promotion(line: Line) -> bool:
    """Whether a line is a label of other articles, and not one behind which the article goes on."""
    group = phrase_book().find(line)
    is_related = group is not None and group.name == GROUPS["related"]
    return is_related and not any(word in line.key for word in word_set("titles", "goes_on"))
