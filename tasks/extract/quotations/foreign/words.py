"""The reporter's words as a list with offsets; elided articles and pronouns behind hyphens are words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasks.extract.quotations.foreign.vocabulary import Speech

_TOKEN = re.compile(
    r"(?i:aujourd['’]hui)"
    r"|(?i:dell|nell|sull|dall|all|quell|coll|lorsqu|puisqu|jusqu|anch|com|qu|un|gl|[ldsnjcmtv])['’](?=\w)"
    r"|\w+(?:[-‑·.]\w+)*(?:['’]\w+)*|[^\s“”„«»\"「」『』]"
)


class Word(NamedTuple):
    """A word or sign with its half-open offsets in the text."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, and no sign."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether a capital begins it."""
        return self.text[0].isupper()


def words_of(text: str, start: int, end: int, speech: Speech) -> list[Word]:
    """The words and signs of text[start:end] in order, without quotation marks, which hold names there."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text, start, end):
        found.extend(_parted(match[0], match.start(), speech))
    return found


def _parted(piece: str, start: int, speech: Speech) -> Iterator[Word]:
    """ "dit-il" as "dit" and "il", "queixou-se" as "queixou" and "se"; any other piece as it is."""
    lower = piece.lower().replace("’", "'")
    head, hyphen, tail = lower.rpartition("-")
    if hyphen and (tail in speech.clitics or tail in speech.enclitics):
        verb = head.removesuffix("-t")
        yield Word(piece[: len(verb)], verb, start, start + len(verb))
        yield Word(piece[len(head) + 1 :], tail, start + len(head) + 1, start + len(piece))
    else:
        yield Word(piece, lower, start, start + len(piece))
