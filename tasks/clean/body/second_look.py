"""A second look at a page whose reading is too short, or not about its headline: paragraphs in boxes that were left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.clean.refuse.stubs import is_paywall
from tasks.clean.rules.order import PAGE_RULES, apply_rules
from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line, count_words, fold, split_words

_SHORT = 40  # words; a longer reading is an article of its own
_LEAST_WORDS = 40
_LEAST_PARAGRAPHS = 2
_LINKED = 0.3
_TOPIC_CHARS = 4  # shorter words say nothing about a topic; a pair of Han characters does
_SHARED = 3
_SHARED_HALF = 0.5
# Boxes that hold no article, whatever they say.
_NEVER = frozenset(
    {"comments", "cookie", "hidden", "form", "footer", "newsletter", "ad", "bio", "share", "nav"}
)
_LEAD_BOXES = frozenset({"related", "sidebar", "widget", "button", "tags", "caption", "standfirst", "body"})
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]」]{0,2}$")


def look_again(draft: Draft) -> Draft:
    """The draft, or one that holds paragraphs of boxes that were left out, where the evidence is for them.

    Sibling paragraphs of whole sentences, few of them links, with half of the headline's words are the article,
    whatever their box is called. All under the headline are asked for where the reading has hardly any words, or
    none of the headline's and no box that is called the article's; elsewhere those between headline and body, a lead
    in a box of its own. A page with a paywall's notice shows its teasers only, and is left as it is.
    """
    topic = _read_topic(draft.title)
    if len(topic) < _SHARED or any(map(_is_barred, draft.lines)):
        return draft
    kept = [draft.lines[number] for number in draft.kept]
    is_short, is_strange = count_words(kept) < _SHORT, not _shared(topic, kept) and not _is_named(kept)
    start = _find_headline(draft)
    found = {n for n in _find_article(draft, topic) if n > start}.difference(draft.kept)
    if not (is_short or is_strange):
        found = {n for n in found if 0 <= start < n < draft.kept[0] and draft.lines[n].marks & _LEAD_BOXES}
    if not found:
        return draft
    read = _read_with(draft, found, set() if is_strange else set(draft.body))
    words = count_words(read.lines[number] for number in read.kept)
    return read if words >= _LEAST_WORDS and (is_strange or words > count_words(kept)) else draft


def _is_named(kept: Sequence[Line]) -> bool:
    """Whether most of a reading stands where the page says its article does: a box called body, or one `article`."""
    words: Counter[object] = Counter()
    for line in kept:
        words[_name_place(line)] += len(line.words)
    del words[None]
    return 2 * max(words.values(), default=0) > count_words(kept)


def _name_place(line: Line) -> object:
    if "body" in line.marks:
        return "body"
    return next(line.element.iterancestors("article"), None) if line.element is not None else None


def _find_headline(draft: Draft) -> int:
    """Number of the first line that is the headline, -1 if the page shows none."""
    title = fold(draft.title or "")
    return next((n for n, line in enumerate(draft.lines) if line.tag == "h1" or line.key == title), -1)


def _read_with(draft: Draft, found: set[int], body: set[int]) -> Draft:
    """The draft read anew from these paragraphs, whose boxes say nothing any more, and the body beside them."""
    lines = [replace(line, marks=frozenset()) if n in found else line for n, line in enumerate(draft.lines)]
    whole = sorted(found | body | draft.protected)
    return apply_rules(replace(draft, lines=lines, body=whole, removed={}), PAGE_RULES)


def _is_barred(line: Line) -> bool:
    return "hidden" not in line.marks and is_paywall(line)


def _read_topic(title: str | None) -> set[str]:
    return {
        word for word in split_words(fold(title or "")) if len(word) >= _TOPIC_CHARS or not word.isascii()
    }


def _shared(topic: set[str], lines: Iterable[Line]) -> set[str]:
    return topic.intersection(word for line in lines for word in line.words)


def _find_article(draft: Draft, topic: set[str]) -> set[int]:
    """Numbers of the paragraphs in groups of siblings that are about the headline."""
    groups: dict[object, list[int]] = {}
    for number, line in enumerate(draft.lines):
        if line.element is not None and _is_paragraph(draft.lines, number):
            groups.setdefault(line.element.getparent(), []).append(number)
    found: set[int] = set()
    for numbers in groups.values():
        lines = [draft.lines[number] for number in numbers]
        about = len(_shared(topic, lines))
        enough = len(lines) >= _LEAST_PARAGRAPHS and count_words(lines) >= _LEAST_WORDS
        if enough and about >= _SHARED and about >= _SHARED_HALF * len(topic):
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
