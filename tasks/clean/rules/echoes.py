"""A second copy of the article in one piece: what a page keeps for machines, or for another layout."""

from __future__ import annotations

from tasks.clean.page.readings import windows
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, count_words

_LEAST_WORDS = 150
_LEAST_SHARE = 0.25  # of all words that stand
_KNOWN = 0.6  # share of its windows of four words that stand above it; addresses in Markdown lower it


def take_echoes(draft: Draft) -> None:
    """A line as long as a quarter of the text that says again what stands above it."""
    kept = draft.kept
    least = max(_LEAST_WORDS, _LEAST_SHARE * count_words(draft.lines[number] for number in kept))
    for number in kept:
        line = draft.lines[number]
        if len(line.words) >= least:
            above = [draft.lines[before] for before in kept if before < number]
            if _is_echo(line, above):
                draft.remove([number], "repeated")


def _is_echo(line: Line, above: list[Line]) -> bool:
    """Whether most of what a line says was said; at most four lines of a text are long enough to be asked."""
    said = {window for other in above for window in windows(other.words)}
    own = windows(line.words)
    return sum(window in said for window in own) >= _KNOWN * len(own)
