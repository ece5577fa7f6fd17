"""Which lines read as prose."""

from __future__ import annotations

import re

from tasks.clean.words.lines import Line

_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]」]{0,2}$")
PROSE_WORDS = 12
MOSTLY_LINKED = 0.5


def reads_as_prose(line: Line) -> bool:
    """Whether a line has a dozen words or more, and few of them are links."""
    return line.linked_ratio < MOSTLY_LINKED and len(line.words) >= PROSE_WORDS


def reads_as_sentence(line: Line) -> bool:
    """Whether a line reads as prose and ends as a sentence does."""
    return reads_as_prose(line) and ends_sentence(line)


def ends_sentence(line: Line) -> bool:
    """Whether a line ends with a stop."""
    return _SENTENCE.search(line.text) is not None
