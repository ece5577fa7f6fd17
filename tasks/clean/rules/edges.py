"""What texts, and pages without names for it, keep from around an article: breadcrumbs, a bare address, headlines."""

from __future__ import annotations

import re
from functools import cache

from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.printed_bylines import is_name
from tasks.clean.words.word_lists import word_set

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


def take_edges(draft: Draft) -> str | None:
    """Take breadcrumbs, a bare address and "in News" from the lines above the first sentences; the last step of the breadcrumbs if it is
    long enough for a headline, which they may end with."""
    last = None
    for number in draft.kept[:_HEAD_LINES]:
        line = draft.lines[number]
        if steps := read_breadcrumbs(line):
            draft.remove([number], "nav")
            last = steps[-1] if len(fold(steps[-1]).split()) >= _TITLE_WORDS else last
        elif is_prose(line):
            break
        elif _ADDRESS.fullmatch(line.text):
            draft.remove([number], "link")
        elif _names_section(line):
            draft.remove([number], "menu")
    return last


def read_breadcrumbs(line: Line) -> list[str]:
    """The steps of a line such as "Home » News » Harbour", which begins with the front page; none of any other."""
    if len(line.words) > _CRUMB_WORDS or not _CRUMBS.search(line.text):
        return []
    steps = [step.strip() for step in _CRUMBS.split(_here().sub("", line.text)) if step.strip()]
    is_path = len(steps) > 1 and steps[0].casefold() in word_set("titles", "homes")
    return steps if is_path else []


def _names_section(line: Line) -> bool:
    found = _SECTION.fullmatch(line.text)
    return found is not None and found["label"].casefold() in word_set("titles", "labels")


def take_announced(draft: Draft) -> None:
    """Headlines of other articles that a label such as "Related posts" announces, up to the end of the text."""
    labels = (n for n, rule in draft.removed.items() if rule == "related" and _is_label(draft.lines[n]))
    announced = max(labels, default=None)
    below = [number for number in draft.kept if announced is not None and number > announced]
    if len(below) >= _LEAST_HEADLINES and all(_is_headline(draft.lines[number]) for number in below):
        draft.remove(below, "related")


def _is_label(line: Line) -> bool:
    return len(line.words) <= _LABEL_WORDS


def _is_headline(line: Line) -> bool:
    """Whether a line may be the headline of an article: a short one that no full stop ends and no mark opens."""
    if not 2 <= len(line.words) <= _HEADLINE_WORDS or is_name(line.text):
        return False
    return not line.text.endswith(_SENTENCE_ENDS) and line.text[0] not in "-•*|–—"


@cache
def _here() -> re.Pattern[str]:
    """The label that some sites put before breadcrumbs ("You are here:")."""
    listed = "|".join(map(re.escape, sorted(word_set("titles", "here"))))
    return re.compile(rf"^(?:{listed})\s?:?\s", re.IGNORECASE)
