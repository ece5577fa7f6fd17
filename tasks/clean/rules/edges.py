"""Rules for the edges of texts and of pages without named boxes: breadcrumbs, a bare address, headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.clean.rules.boxes import LINK, NAV
from tasks.clean.rules.phrase_lines import GROUPS
from tasks.clean.rules.rule import declare, rule, rule_of
from tasks.clean.words.draft import Draft, RuleName, is_prose
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.printed_bylines import is_name
from tasks.clean.words.word_lists import word_set

MENU = declare("menu", "lists of sections in a text")
_HEAD_LINES = 8
_CRUMB_WORDS = 40
_TITLE_WORDS = 4  # a shorter last step is a section
_CRUMBS = re.compile(r"\s?[»›]\s?|\s(?:>{1,2}|/|\||→)\s")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{3,400}")
_SECTION = re.compile(r"in\s(?P<label>[^\W\d_][\w &]{2,30})", re.IGNORECASE)
_HEADLINE_WORDS = 20
_LABEL_WORDS = 4
_LEAST_HEADLINES = 2
_SENTENCE_ENDS = (".", "!", "…", "。", "！", ":", "：", ";")


@rule_of(NAV, LINK, MENU)
def take_edges(draft: Draft) -> Iterator[tuple[int, RuleName]]:
    """Breadcrumbs, a bare address and "in News" among the lines above the first sentences."""
    for number in draft.kept[:_HEAD_LINES]:
        line = draft.lines[number]
        if read_breadcrumbs(line):
            yield number, NAV
        elif is_prose(line):
            return
        elif _ADDRESS.fullmatch(line.text):
            yield number, LINK
        elif _names_section(line):
            yield number, MENU


def read_last_step(draft: Draft) -> str | None:
    """The last step of the breadcrumbs above the first sentences if it is long enough for a headline, or None."""
    last = None
    for number in draft.kept[:_HEAD_LINES]:
        line = draft.lines[number]
        if steps := read_breadcrumbs(line):
            last = steps[-1] if len(fold(steps[-1]).split()) >= _TITLE_WORDS else last
        elif is_prose(line):
            break
    return last


def read_breadcrumbs(line: Line) -> list[str]:
    """The steps of breadcrumbs such as "Home » News » Harbour", which begin with the front page; [] for other lines."""
    if len(line.words) > _CRUMB_WORDS or not _CRUMBS.search(line.text):
        return []
    steps = [step.strip() for step in _CRUMBS.split(_here().sub("", line.text)) if step.strip()]
    is_path = len(steps) > 1 and steps[0].casefold() in word_set("titles", "homes")
    return steps if is_path else []


def _names_section(line: Line) -> bool:
    found = _SECTION.fullmatch(line.text)
    return found is not None and found["label"].casefold() in word_set("titles", "labels")


@rule(GROUPS["related"])
def take_announced(draft: Draft) -> list[int]:
    """Headlines of other articles under a label such as "Related posts", up to the end of the text."""
    labels = (n for n, rule in draft.removed.items() if rule == "related" and _is_label(draft.lines[n]))
    announced = max(labels, default=None)
    below = [number for number in draft.kept if announced is not None and number > announced]
    all_headlines = all(_is_headline(draft.lines[number]) for number in below)
    return below if len(below) >= _LEAST_HEADLINES and all_headlines else []


def _is_label(line: Line) -> bool:
    return len(line.words) <= _LABEL_WORDS


def _is_headline(line: Line) -> bool:
    """Whether a line can be a headline: short, without a full stop at the end or a list mark at the start."""
    if not 2 <= len(line.words) <= _HEADLINE_WORDS or is_name(line.text):
        return False
    return not line.text.endswith(_SENTENCE_ENDS) and line.text[0] not in "-•*|–—"


@cache
def _here() -> re.Pattern[str]:
    """The label that some sites put before breadcrumbs ("You are here:")."""
    listed = "|".join(map(re.escape, sorted(word_set("titles", "here"))))
    return re.compile(rf"^(?:{listed})\s?:?\s", re.IGNORECASE)
