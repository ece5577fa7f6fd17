"""Printed times near the headline: what a reader sees as the time of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from itertools import pairwise

from tasks.clean.page.headline import Surroundings, TextRun
from tasks.clean.words.moments import DayFirst, Moment, read_moment
from tasks.clean.words.word_lists import read_words

_NEAR_BEHIND = 9
_MAX_CHARS = 90  # of one time with its label
_MAX_LINE_CHARS = 240
_MAX_WORDS = 6  # "Published on June 5, 2025" has five
_MAX_LABELLED_WORDS = 12  # "Publicado el 4 de marzo de 2025 a las 18:05 CET" has eleven
# Scripts whose words are side by side without a space.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A printed time beside the headline; `is_bare` if the piece of text holds little else, `is_published`
    if it says that this is the time of publication, `is_modified` that it is that of a change."""

    moment: Moment
    is_modified: bool
    is_bare: bool
    is_published: bool = False


def find_datelines(around: Surroundings, zone: tzinfo, *, day_first: DayFirst) -> list[Dateline]:
    """Times printed around the headline, those behind it first, each with its label read."""
    behind = _read_pieces(around.behind[:_NEAR_BEHIND], zone, day_first)
    return [*behind, *reversed(_read_pieces(around.before, zone, day_first))]


def read_dateline(text: str, zone: tzinfo, *, day_first: DayFirst, label: str = "") -> list[Dateline]:
    """The times of one line, each with its own label; `label` is what comes before the line.

    "Published 4 March 2025, 18:05 | Updated 5 March 2025" holds two.
    """
    found: list[Dateline] = []
    for part in split_times(text):
        moment = read_moment(part, zone, day_first=day_first) if len(part) <= _MAX_CHARS else None
        if moment:
            before = "" if says_published(part) or says_modified(part) or found else label
            is_modified, is_published = says_modified(f"{before} {part}"), says_published(f"{before} {part}")
            most = _MAX_LABELLED_WORDS if is_published else _MAX_WORDS
            is_bare = len(part.split()) <= most
            found.append(Dateline(moment, is_modified, is_bare, is_published and not is_modified))
    return found


def split_times(text: str) -> list[str]:
    """A line cut before each label of a time, so that each part holds one; "first published" is one label."""
    starts = [found.start() for found in _labels().finditer(text)]
    edges = [0, *(start for start in starts if start), len(text)]
    parts = (text[start:end].strip() for start, end in pairwise(edges))
    return [part for part in parts if part]


def says_modified(text: str) -> bool:
    """Whether a text before or around a time says that it is the time of a change."""
    return _holds(text, "modified_words") and not _holds(text, "published_words")


def says_published(text: str) -> bool:
    """Whether a text before a time says that it is the time of publication."""
    return _holds(text, "published_words")


def _read_pieces(pieces: Sequence[TextRun], zone: tzinfo, day_first: DayFirst) -> list[Dateline]:
    found = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if len(text) > _MAX_LINE_CHARS or not any(char.isdigit() for char in text):
            continue
        found += read_dateline(text, zone, day_first=day_first, label=_label_before(pieces, number))
    return found


def _label_before(pieces: Sequence[TextRun], number: int) -> str:
    """The label that comes before a piece: the last one of the two pieces before, unless its time follows it."""
    before = " ".join(piece.text for piece in pieces[max(0, number - 2) : number])[-60:]
    part = (split_times(before) or [""])[-1]
    return "" if any(char.isdigit() for char in part) else part


def _holds(text: str, words: str) -> bool:
    return _pattern(words).search(text.casefold()) is not None


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(
        f"{_pattern('published_words').pattern}|{_pattern('modified_words').pattern}", re.IGNORECASE
    )


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """The words of a list, longest first; whole words in scripts that part them."""
    listed = sorted(read_words("dates")[words], key=len, reverse=True)
    written = [
        re.escape(word) if _UNSPACED.search(word) else rf"(?<!\w){re.escape(word)}(?!\w)" for word in listed
    ]
    return re.compile("|".join(written))
