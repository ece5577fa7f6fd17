"""Words that several outlets quote, laid side by side: which of them most outlets print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby

from dashboard.model.stories import QuotedPiece, QuotedWords

_WORD = re.compile(r"\w+(?:['’]\w+)*")
# The alignment of two texts costs their product; longer ones are shown without it.
_MOST_WORDS = 400


def align_words(versions: Sequence[QuotedWords]) -> tuple[QuotedWords, ...]:
    """The versions, each cut into stretches that most others print as well and stretches that they do not.

    Case and the form of apostrophes do not count. Texts of more than 400 words are left uncut.
    """
    found = [list(_WORD.finditer(one.text)) for one in versions]
    keys = [[word[0].lower().replace("’", "'") for word in words] for words in found]
    if any(len(words) > _MOST_WORDS for words in keys):
        return tuple(replace(one, pieces=(QuotedPiece(one.text, True),)) for one in versions)
    counts = Counter(map(tuple, keys))  # a hundred outlets print a quotation in a few ways
    common = {mine: _shared_by_most(mine, counts - Counter([mine])) for mine in counts}
    return tuple(
        replace(one, pieces=_cut(one.text, words, common[tuple(mine)]))
        for one, words, mine in zip(versions, found, keys, strict=True)
    )


def _shared_by_most(mine: tuple[str, ...], others: Mapping[tuple[str, ...], int]) -> list[bool]:
    """For each of my words whether half of the other texts, or more, have it in the same order; `others` counts them."""
    matches = [(_matches(mine, other), count) for other, count in others.items()]
    total = sum(others.values())
    return [
        2 * sum(count for found, count in matches if place in found) >= total for place in range(len(mine))
    ]


def _matches(mine: Sequence[str], other: Sequence[str]) -> set[int]:
    """Places of my words that are in the other text too, in the same order."""
    blocks = SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks()
    return {place for block in blocks for place in range(block.a, block.a + block.size)}


def _cut(text: str, words: Sequence[re.Match[str]], shared: Sequence[bool]) -> tuple[QuotedPiece, ...]:
    """The text as stretches of one kind; what lies between two words of a kind belongs to it."""
    pieces = []
    end = 0
    for is_shared, group in groupby(zip(words, shared, strict=True), key=lambda pair: pair[1]):
        run = [word for word, _ in group]
        if not is_shared and run[0].start() > end:
            pieces.append(QuotedPiece(text[end : run[0].start()], True))
            end = run[0].start()
        stop = run[-1].end()
        pieces.append(QuotedPiece(text[end:stop], is_shared))
        end = stop
    if end < len(text):
        pieces.append(QuotedPiece(text[end:], True))
    return tuple(pieces)


def merge_versions(versions: Sequence[QuotedWords]) -> list[tuple[QuotedWords, int]]:
    """Versions of one outlet with the same words as one, with the number of its articles that print them."""
    merged: dict[tuple[str, str], list[QuotedWords]] = {}
    for one in versions:
        merged.setdefault((one.outlet, one.text), []).append(one)
    return [(same[0], len({one.article_id for one in same})) for same in merged.values()]
