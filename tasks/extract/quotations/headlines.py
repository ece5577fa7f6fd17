"""Headlines in the text: their quotations are the body's again, so they get no rows."""

from __future__ import annotations

import re

from tasks.extract.document import Document
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.quoted_stretches import find_stretches

_HEADLINE_WORDS = 20
_CROSSHEAD_WORDS = 8
_NOT_WORD = re.compile(r"\W+")


def find_body_stretches(document: Document) -> list[Stretch]:
    """The quoted stretches of the text without those of a headline that the page repeats above it.

    The first line is one when it says the same as the article's title. Single marks there mean the
    same where the line has at most 20 words: headlines are set with single marks, and what they
    quote is in full below. So it is with a crosshead, a few words in single marks on a line of
    their own.
    """
    stretches = [
        stretch
        for stretch in find_stretches(document.text, document.language)
        if not (_is_short_form(stretch) and _is_crosshead(document.text, stretch))
    ]
    start = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", start)
    if end < 0:
        return stretches
    line = document.text[start:end]
    if document.title and _words(line) == _words(document.title):
        return [stretch for stretch in stretches if stretch.start_char >= end]
    if len(line.split()) > _HEADLINE_WORDS:
        return stretches
    return [stretch for stretch in stretches if stretch.start_char >= end or not _is_short_form(stretch)]


def _is_short_form(stretch: Stretch) -> bool:
    """Whether the words are in single marks that their own line closes."""
    return stretch.is_single and stretch.is_closed and not stretch.continues


def _is_crosshead(text: str, stretch: Stretch) -> bool:
    alone = text[max(0, stretch.start_char - 1) : stretch.start_char] in ("", "\n")
    alone = alone and text[stretch.end_char : stretch.end_char + 1] in ("", "\n")
    return alone and len(text[stretch.start_char : stretch.end_char].split()) <= _CROSSHEAD_WORDS


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", text).strip().casefold()
