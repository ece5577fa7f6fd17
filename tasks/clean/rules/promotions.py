"""Promotions without links: calls to the reader, headlines behind a label, and lists of other articles under a heading. English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from tasks.clean.rules.linked import read_row
from tasks.clean.rules.phrase_lines import GROUPS
from tasks.clean.rules.rule import rule
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.phrases import phrase_book, says_who
from tasks.clean.words.word_lists import read_words, word_set

_CALL_WORDS = 20
_SENTENCE_WORDS = 14  # a longer sentence with a stop is the article's
_LABEL_WORDS = 7
_LEAST_OTHERS = 2
_TEASER = re.compile(r"(?P<label>[A-Za-z][A-Za-z ’']{2,24}?)\s?[:|]\s(?=\S)")
_TEASER_WORDS = range(4, 25)
_CLAUSE_END = re.compile(r"[?!:.]\s")
_FOR_MORE = re.compile(r"(?:for|to)\s[^,.!?]{4,60},\s", re.IGNORECASE)
_FULL_STOPS = (".", "…", ":", ";")
_CLOSERS = "\"'”’»)"
_QUOTES = "\"“„«'‘"


@rule(GROUPS["newsletter"])
def take_calls(draft: Draft) -> Iterator[int]:
    """Lines that ask the reader to subscribe to, follow, hear or share what the outlet offers."""
    for number in draft.kept:
        if _is_call(draft.lines[number]):
            yield number


def _is_call(line: Line) -> bool:
    if len(line.words) > _CALL_WORDS or line.is_heading or line.text[:1] in _QUOTES or line.text[-1] == ":":
        return False
    if not any(_calls().match(clause) for clause in _clauses(line)) or says_who(line):
        return False
    if phrase_book().find(line) is not None:
        return False  # another rule's, which an outlet can have switched off
    has_stop = line.text.rstrip(_CLOSERS).endswith((*_FULL_STOPS, "!"))
    is_short = not has_stop or len(line.words) <= _SENTENCE_WORDS
    return (is_short and _own().search(line.key) is not None) or (
        not has_stop and _near().search(line.key) is not None
    )


def _clauses(line: Line) -> list[str]:
    """The folded clauses that can hold the call: "Love trams? Get our newsletter", "For more news, follow us"."""
    before = _FOR_MORE.match(line.text)
    rest = line.text[before.end() :] if before else line.text
    return [fold(clause) for clause in _CLAUSE_END.split(rest)]


@rule(GROUPS["related"])
def take_teasers(draft: Draft) -> Iterator[int]:
    """Headlines of other articles behind a label such as "In pictures:", between paragraphs or under them."""
    first, _ = draft.bounds()
    for number in draft.kept:
        line = draft.lines[number]
        if number > first and not line.is_heading and _is_teaser(line):
            yield number


def _is_teaser(line: Line) -> bool:
    """Whether a line is a label of a promotion and a headline, without a full stop."""
    found = _TEASER.match(line.text)
    if found is None or len(line.words) not in _TEASER_WORDS:
        return False
    is_open = line.text.rstrip(_CLOSERS).endswith(_FULL_STOPS)
    return not is_open and fold(found["label"]) in word_set("promotions", "teasers")


@rule(GROUPS["related"])
def take_others(draft: Draft) -> Iterator[int]:
    """A heading under the last paragraph that announces other articles, and two or more headlines under it."""
    _, last = draft.bounds()
    kept = set(draft.kept)
    for label in [n for n in draft.body if n > last and is_promotion_label(draft.lines[n])]:
        row = list(takewhile(kept.__contains__, read_row(draft, label + 1)))
        if len(row) >= _LEAST_OTHERS:
            yield from (label, *row)


def is_promotion_label(line: Line) -> bool:
    """Whether a line is made of the words that head lists of other articles."""
    if not 0 < len(line.words) <= _LABEL_WORDS or line.text.endswith((".", "!")):
        return False
    rest = [w for w in line.words if w not in word_set("promotions", "filling")]
    if rest and all(word in word_set("promotions", "announcing") for word in rest):
        return True
    ends = line.words[0] == "more" and line.words[-1] in word_set("promotions", "closings")
    return ends or any(line.key.startswith(f"{words} ") for words in read_words("promotions")["openings"])


@cache
def _calls() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(read_words('promotions')['calls'])})\b")


@cache
def _own() -> re.Pattern[str]:
    return _any_of("own")


@cache
def _near() -> re.Pattern[str]:
    return _any_of("near")


def _any_of(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(read_words('promotions')[key])})\b")
