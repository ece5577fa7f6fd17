"""The headline on top of the text: its quotations are the body's again, so they get no rows."""

from __future__ import annotations

import re

from tasks.extract.document import Document
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.stretches import find_stretches

_HEADLINE_WORDS = 20
_NOT_WORD = re.compile(r"\W+")


def find_body_stretches(document: Document) -> list[Stretch]:
    """The quoted stretches of the text without those of a headline that the page repeats above it.

    The first line is one when it says the same as the article's title. Single marks there mean the
    same where the line has at most 20 words: headlines are set with single marks, and what they
    quote stands in full below.
    """
    stretches = find_stretches(document.text, document.language)
    start = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", start)
    if end < 0:
        return stretches
    line = document.text[start:end]
    if document.title and _words(line) == _words(document.title):
        return [stretch for stretch in stretches if stretch.start_char >= end]
    if len(line.split()) > _HEADLINE_WORDS:
        return stretches
    return [stretch for stretch in stretches if stretch.start_char >= end or not stretch.is_single]


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", text).strip().casefold()
