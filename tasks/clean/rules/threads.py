"""Where readers' comments begin in a text, known by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tasks.clean.words.lines import Line
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.word_lists import read_words

_FORM_WORDS = 6  # of a line that opens a thread: "3 Comments"
_FORM_PASSED = 0.5  # share of the words above it
_FORM_POSTS = 2
_SPEECH_PASSED = 0.35  # a long thread can be longer than its article
_SPEECH_LINES = 2
_SPEECH_SHARE = 1 / 8  # of the lines from the first one on
_STAMP_WORDS = 12
_POST = re.compile(r"\b\d{1,2}:\d{2}\b|\bago$", re.IGNORECASE)


def find_thread(lines: Sequence[Line]) -> int:
    """Number of the first line of a comment thread, or the number of all lines if there is no thread.

    A thread opens with a label ("3 Comments") with posts under it, or is known by the readers' words: at least two
    lines, and from the first of them on one in eight, greet, thank or praise the author, or frame comments ("Ida
    says:", "Reply").
    """
    return min(_find_labelled(lines), _find_speech(lines))


def _find_labelled(lines: Sequence[Line]) -> int:
    """Number of a label of a comment form in the later part of the text that has posts under it."""
    book = phrase_book()
    posts = _count_behind([_is_post(line) for line in lines])
    for at in _later_part(lines, _FORM_PASSED):
        if len(lines[at].words) <= _FORM_WORDS and posts[at + 1] >= _FORM_POSTS:
            group = book.find(lines[at]) or book.find_weak(lines[at])
            if group and group.name == "comment_form":
                return at
    return len(lines)


def _find_speech(lines: Sequence[Line]) -> int:
    """Number of the first line in the later part that reads like a comment, if enough other lines do too."""
    spoken = [is_comment_speech(line) or _is_stamp(line) for line in lines]
    behind = _count_behind(spoken)
    for at in _later_part(lines, _SPEECH_PASSED):
        enough = behind[at] >= max(_SPEECH_LINES, _SPEECH_SHARE * (len(lines) - at))
        if spoken[at] and enough:
            return at
    return len(lines)


def is_comment_speech(line: Line) -> bool:
    """Whether a line greets, thanks or praises the author, as comments do."""
    key = f"{line.key} "
    if key.startswith(_phrases("not_openers")):
        return False
    if key.startswith(_phrases("openers")):
        return True
    return any(said in key for said in _phrases("said_to_author"))


def _is_stamp(line: Line) -> bool:
    """Whether a line is the head of a comment ("Ida Brook says:") or the button under it."""
    if len(line.words) > _STAMP_WORDS:
        return False
    return line.key in _phrases("buttons") or (
        line.text.endswith((":", "：")) and line.key.endswith(_phrases("stamps"))
    )


def _is_post(line: Line) -> bool:
    """Whether a line is the head of a comment, with or without a time, or the button under it."""
    return _is_stamp(line) or _POST.search(line.text) is not None


def _later_part(lines: Sequence[Line], passed: float) -> range:
    """Numbers of the lines that have more than this share of the words above them."""
    words = [len(line.words) for line in lines]
    enough, above = passed * sum(words), 0
    for at, count in enumerate(words):
        if above >= enough:
            return range(at, len(lines))
        above += count
    return range(len(lines), len(lines))


def _count_behind(marked: Sequence[bool]) -> list[int]:
    """For each place, the number of marked lines from there on; 0 behind the last."""
    counts = [0] * (len(marked) + 1)
    for at in range(len(marked) - 1, -1, -1):
        counts[at] = counts[at + 1] + marked[at]
    return counts


@cache
def _phrases(name: str) -> tuple[str, ...]:
    """A list of threads.toml. Openings get a space, so that they end where a word ends."""
    endings = " " if name in ("openers", "not_openers") else ""
    return tuple(f"{phrase}{endings}" for phrase in read_words("threads")[name])
