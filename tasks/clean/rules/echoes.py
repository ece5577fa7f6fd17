"""The rules for words that only repeat: a second copy of the article in one line, and a few words without end."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.clean.page.readings import windows
from tasks.clean.rules.boxes import REPEATED
from tasks.clean.rules.rule import rule
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, count_words

_LEAST_WORDS = 150
_LEAST_SHARE = 0.25  # of all kept words
_KNOWN = 0.6  # share of its windows of four words that appear above it; addresses in Markdown lower it
_ENDLESS = 400  # words of one line
_DISTINCT = 0.05  # of its words; a whole article of 50,000 words in one line has above a tenth


@rule("endless_words", "lines in which a few words come again and again")
def take_endless_words(draft: Draft) -> Iterator[int]:
    """Lines of 400 words or more, of which fewer than one in twenty is a different one."""
    for number in draft.kept:
        words = draft.lines[number].words
        if len(words) >= _ENDLESS and len(set(words)) < _DISTINCT * len(words):
            yield number


@rule(REPEATED)
def take_echoes(draft: Draft) -> Iterator[int]:
    """Lines as long as a quarter of the text that repeat what is above them."""
    kept = draft.kept
    least = max(_LEAST_WORDS, _LEAST_SHARE * count_words(draft.lines[number] for number in kept))
    for number in kept:
        line = draft.lines[number]
        if len(line.words) >= least:
            above = [draft.lines[before] for before in kept if before < number]
            if _is_echo(line, above):
                yield number


def _is_echo(line: Line, above: list[Line]) -> bool:
    """Whether most of a line was said above. At most four lines of a text are long enough to ask this."""
    said = {window for other in above for window in windows(other.words)}
    own = windows(line.words)
    return sum(window in said for window in own) >= _KNOWN * len(own)
