"""The rule for texts of whole pages, with menus above the article and other articles under it.

The article is the stretch of lines with the greatest sum of scores: sentences count for it, labels against it. This
is maximum subsequence segmentation, after Pasternack and Roth, "Extracting article text from the web with
maximum subsequence segmentation" (WWW 2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.clean.rules.phrase_lines import COMMENTS
from tasks.clean.rules.rule import declare, rule_of
from tasks.clean.rules.threads import find_thread
from tasks.clean.words.draft import Draft, RuleName
from tasks.clean.words.lines import Line
from tasks.clean.words.phrases import phrase_book

SURROUNDINGS = declare("surroundings", "text before and after the article in the text of a whole page")
_SENTENCE_END = re.compile(r"[.!?…。！？؟:；;][\"'”’»)\]]{0,2}$")
_MENU_LINES = 25
_MENU_LABELS = 15
_LABEL_COST = -9.0
_SHORT_COST = -2.0
_MOST_WORDS = 60  # a longer line counts no more, so that one legal notice does not outweigh an article
_SECTION_ENDS = frozenset({"comment_form", "related", "newsletter", "share"})
_REST_SHARE = 0.45
_TITLE_REACH = 14
_LIKE_TITLE = 1.0  # words shared with the article, squared, over all words of the line


@rule_of(SURROUNDINGS, COMMENTS)
def take_surroundings(draft: Draft) -> Iterator[tuple[int, RuleName]]:
    """Lines above and under the article in the text of a whole page. Labels in a row within the article are kept: they
    are far more often lists and tables, one cell a line, than menus."""
    lines = [draft.lines[number] for number in draft.body]
    numbers = draft.body
    if not _is_whole_page(lines):
        yield from ((number, COMMENTS) for number in numbers[find_thread(lines) :])
        return
    first, last = _find_stretch(lines)
    last = min(_cut_at_section(lines, first, last), first + find_thread(lines[first : last + 1]) - 1)
    yield from ((number, SURROUNDINGS) for number in (*numbers[:first], *numbers[last + 1 :]))


def _is_whole_page(lines: Sequence[Line]) -> bool:
    """Whether a text begins with a menu and holds a line that only pages print.

    A list of short lines, a recipe or a table begins like a menu too, but does not ask readers to sign in, share
    or subscribe.
    """
    if sum(_is_label(line) for line in lines[:_MENU_LINES]) < _MENU_LABELS:
        return False
    book = phrase_book()
    return any(len(line.words) < 9 and (book.find(line) or book.find_weak(line)) for line in lines)


def _is_label(line: Line) -> bool:
    """Whether a line is short, no sentence and no list item: a menu entry, a heading, a name."""
    return len(line.words) < 9 and not _SENTENCE_END.search(line.text) and line.text[0] not in "-•*|"


def score_line(line: Line) -> float:
    """The score of a line: its words if it is a sentence, a cost if it is a label."""
    count = min(len(line.words), _MOST_WORDS)
    if _SENTENCE_END.search(line.text):
        return float(count) if count >= 8 else _SHORT_COST + count / 4
    return _LABEL_COST if count < 9 else count / 4 - 4


def _find_stretch(lines: Sequence[Line]) -> tuple[int, int]:
    """Numbers of the first and last line of the stretch with the greatest sum (Kadane's algorithm)."""
    best, best_range = 0.0, (0, len(lines) - 1)
    total, start = 0.0, 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, at
        total += score_line(line)
        if total > best:
            best, best_range = total, (start, at)
    return best_range


def _cut_at_section(lines: Sequence[Line], first: int, last: int) -> int:
    """Number of the last line before a label that opens comments, related articles or a newsletter, if little follows;
    else `last`."""
    words = [len(line.words) for line in lines]
    whole = sum(words[first : last + 1])
    for at in range(first + 1, last + 1):
        if not _is_label(lines[at]):
            continue
        group = phrase_book().find(lines[at])
        if group and group.name in _SECTION_ENDS and sum(words[at : last + 1]) < _REST_SHARE * whole:
            following = lines[at + 1 : at + 6]
            if sum(_is_label(line) for line in following) >= len(following) / 2:
                return at - 1
    return last


def find_title_above(draft: Draft, limit: int = _TITLE_REACH) -> int | None:
    """Number of the line close above the article that shares most words with it: its headline."""
    kept = draft.kept
    if not kept:
        return None
    body = {word for number in kept for word in draft.lines[number].words if len(word) > 3}
    best, best_score = None, _LIKE_TITLE
    for number in range(max(0, kept[0] - limit), kept[0]):
        words = draft.lines[number].words
        if not 4 <= len(words) <= 30 or draft.lines[number].text.endswith("."):
            continue
        shared = sum(word in body for word in set(words))
        score = shared * shared / len(words)
        if score > best_score:
            best, best_score = number, score
    return best
