"""The words in front of a name: "By" and its kin."""

from __future__ import annotations

import re
from functools import cache

from tasks.clean.words.word_lists import read_words

_MOST_BYS = 40  # one behind the other
EDGES = ' \t.,:;|/·•–—-"“”„*>'


def strip_byline_words(text: str) -> str:
    """The text without "By", "Von", "Written by" and the like in front."""
    text = text.strip(EDGES)
    for _ in range(_MOST_BYS):
        found = by_pattern("by").match(text)
        if not found:
            break
        text = text[found.end() :].strip(EDGES)
    return text


@cache
def by_pattern(name: str) -> re.Pattern[str]:
    """Finds the words of one list of bylines.toml where a text begins with them."""
    words = sorted(read_words("bylines")[name], key=len, reverse=True)
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:{listed})(?:\.?\s*[:：]\s*|\.?\s+(?=\S)|$)", re.I)
