"""Lines of a page found again in a text, by the words that they share."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.words.lines import Line, fold, split_words

_SHINGLE = 4
_AGREES = 0.6


def find_text(lines: Sequence[Line], text: str) -> set[int]:
    """Numbers of the page's lines that a text holds: by shared word windows, short ones whole."""
    shingles: set[tuple[str, ...]] = set()
    short: set[str] = set()
    for row in text.split("\n"):
        words = split_words(fold(row))
        shingles.update(windows(words))
        if len(words) < 2 * _SHINGLE:
            short.add(" ".join(words))
    return {number for number, line in enumerate(lines) if _is_in(line, shingles, short)}


def _is_in(line: Line, shingles: set[tuple[str, ...]], short: set[str]) -> bool:
    words = line.words
    if len(words) < 2 * _SHINGLE and " ".join(words) in short:
        return True
    own = windows(words)
    return bool(own) and sum(window in shingles for window in own) >= _AGREES * len(own)


def windows(words: list[str]) -> list[tuple[str, ...]]:
    """All runs of four words, in order."""
    return list(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))
