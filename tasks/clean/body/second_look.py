"""A second look at a page that would be refused, or whose text seems to lack its beginning: what was left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tasks.clean.refuse.stubs import is_paywall
from tasks.clean.rules.order import PAGE_RULES, apply_rules
from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line, count_words, fold, split_words

SHORT = 40  # words; a longer reading is an article of its own
LACKS_LEAD = "paragraphs above the text that are about its headline were left out"  # the outcome's detail
_LEAST_PARAGRAPHS = 2
_LINKED = 0.3
_TOPIC_CHARS = 4  # shorter words say nothing about a topic; a pair of Han characters does
_SHARED = 3
_SHARED_HALF = 0.5
_FIRST_LINES = 3
# Boxes that hold no article, whatever they say.
_NEVER = frozenset(
    {"comments", "cookie", "hidden", "form", "footer", "newsletter", "ad", "bio", "share", "nav"}
)
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]」]{0,2}$")


def look_again(draft: Draft, read_otherwise: Callable[[], Draft]) -> Draft:
    """The draft, or another reading of a page that would be refused for want of text.

    `read_otherwise` gives trafilatura's reading. It is taken, or else the groups of paragraphs under the headline
    whatever their box is called, where these have enough words, and half of the headline's. A page with a paywall's
    notice shows teasers only, and is left as it is.
    """
    topic = _read_topic(draft.title)
    words = count_words(draft.lines[number] for number in draft.kept)
    if words >= SHORT or len(topic) < _SHARED or any(map(_is_barred, draft.lines)):
        return draft
    for read in (read_otherwise, lambda: _read_groups(draft, topic)):
        found = read()
        kept = [found.lines[number] for number in found.kept]
        if count_words(kept) >= max(SHORT, 2 * words) and _is_about(topic, kept):
            return found
    return draft


def lacks_lead(draft: Draft) -> bool:
    """Whether the first paragraphs share no word with the headline, while paragraphs above them that were left out do."""
    topic, kept = _read_topic(draft.title), draft.kept
    first = [draft.lines[number] for number in kept if is_prose(draft.lines[number])][:_FIRST_LINES]
    if len(topic) < _SHARED or not first or _count_shared(topic, first):
        return False
    start = _find_headline(draft)
    return any(start < number < kept[0] for number in _find_article(draft, topic))


def _read_groups(draft: Draft, topic: set[str]) -> Draft:
    start = _find_headline(draft)
    return _read_with(draft, {n for n in _find_article(draft, topic) if n > start})


def _find_headline(draft: Draft) -> int:
    """Number of the first line that is the headline, -1 if the page shows none."""
    title = fold(draft.title or "")
    return next((n for n, line in enumerate(draft.lines) if line.tag == "h1" or line.key == title), -1)


def _read_with(draft: Draft, found: set[int]) -> Draft:
    """The draft read anew from these paragraphs, whose boxes say nothing any more, and the body beside them."""
    lines = [replace(line, marks=frozenset()) if n in found else line for n, line in enumerate(draft.lines)]
    whole = sorted(found | set(draft.body) | draft.protected)
    return apply_rules(replace(draft, lines=lines, body=whole, removed={}), PAGE_RULES)


def _is_barred(line: Line) -> bool:
    return "hidden" not in line.marks and is_paywall(line)


def _read_topic(title: str | None) -> set[str]:
    return {
        word for word in split_words(fold(title or "")) if len(word) >= _TOPIC_CHARS or not word.isascii()
    }


def _count_shared(topic: set[str], lines: Iterable[Line]) -> int:
    return len(topic.intersection(word for line in lines for word in line.words))


def _is_about(topic: set[str], lines: Iterable[Line]) -> bool:
    """Whether lines have three of the headline's words, and half of them."""
    return _count_shared(topic, lines) >= max(_SHARED, _SHARED_HALF * len(topic))


def _find_article(draft: Draft, topic: set[str]) -> set[int]:
    """Numbers of the paragraphs in groups of siblings that are about the headline."""
    groups: dict[object, list[int]] = {}
    for number, line in enumerate(draft.lines):
        if line.element is not None and _is_paragraph(draft.lines, number):
            groups.setdefault(line.element.getparent(), []).append(number)
    found: set[int] = set()
    for numbers in groups.values():
        lines = [draft.lines[number] for number in numbers]
        if len(lines) >= _LEAST_PARAGRAPHS and count_words(lines) >= SHORT and _is_about(topic, lines):
            found.update(numbers)
    return found


def _is_paragraph(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a paragraph of sentences and no teaser under a linked headline."""
    line = lines[number]
    if not is_prose(line) or line.linked_ratio > _LINKED or not line.marks.isdisjoint(_NEVER):
        return False
    above = lines[number - 1] if number else None
    is_teaser = above is not None and above.linked_ratio > 0.8 and not is_prose(above)
    return not is_teaser and _SENTENCE.search(line.text) is not None
