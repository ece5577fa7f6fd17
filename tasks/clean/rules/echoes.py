"""The rules for words that only repeat: a second copy of the article in one line, and one or two words without end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tasks.clean.page.readings.shared_words import windows
from tasks.clean.rules.boxes import REPEATED
from tasks.clean.rules.rule import rule
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, count_words

_LEAST_WORDS = 150
_LEAST_SHARE = 0.25  # of all kept words
_KNOWN = 0.6  # share of its windows of four words that appear above it; addresses in Markdown lower it
_ENDLESS = range(
    400, 50_000
)  # words of one line; a longer one makes the text too large, and its outcome says so
_FEW = 2
_PULLED = range(5, 45)  # words of a quotation pulled out of the text
_MOST_PULLED = 12
_FEW_SHARE = 0.9  # of its words; in prose the two most frequent words are a tenth


@rule("endless_words", "lines in which one or two words come again and again")
def take_endless_words(draft: Draft) -> Iterator[int]:
    """Lines of 400 words or more in which one or two words make up nine tenths of all words."""
    for number in draft.kept:
        words = draft.lines[number].words
        if len(words) in _ENDLESS and _count_frequent(words) >= _FEW_SHARE * len(words):
            yield number


def _count_frequent(words: list[str]) -> int:
    """How many of the words are one of the two most frequent ones."""
    return sum(count for _, count in Counter(words).most_common(_FEW))


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


@rule("pull_quote", "quotations that the text below or above has too")
def take_pull_quotes(draft: Draft) -> Iterator[int]:
    """Short lines in a box for quotations pulled out of the text, whose words a longer line has too."""
    lines = [draft.lines[number] for number in draft.kept]
    texts = [" ".join(line.words) for line in lines if len(line.words) > _PULLED.start]
    boxed = [number for number in draft.kept if "pullquote" in draft.lines[number].marks]
    for number in boxed[:_MOST_PULLED]:
        words = " ".join(draft.lines[number].words)
        if len(draft.lines[number].words) in _PULLED and any(
            len(text) > len(words) and f" {words} " in f" {text} " for text in texts
        ):
            yield number
