"""Numbers of places, files and lines, recognised by their form alone: telephones, house numbers, case numbers, fiscal years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter

from tasks.extract.figures.codes.addresses import (
    COUNTED_PLACES,
    GRID,
    HOUSE,
    HOUSE_BEFORE,
    HOUSE_BEHIND,
    POSITION,
    POSTCODE,
    ROAD,
    TOWN_CODE,
)
from tasks.extract.figures.codes.cued import cued_spans
from tasks.extract.figures.codes.files import (
    ADDED_TIME,
    AIRCRAFT,
    DOI,
    EVEN_CHANCE,
    FILE,
    FISCAL,
    GROUPED,
    NUMBERED,
    OF_A_YEAR,
    OTHER,
    PATENT,
    RELEASE,
    ROW,
    SLASHED,
)
from tasks.extract.figures.codes.telephones import CALLED, EMERGENCY, PHONE, SHORT_CODE

# In the order in which they are tried at one place.
_FORMS = (
    ROW, PHONE, SHORT_CODE, CALLED, HOUSE, HOUSE_BEHIND, HOUSE_BEFORE, TOWN_CODE, POSTCODE, GROUPED, ROAD, COUNTED_PLACES,
    RELEASE, FILE, FISCAL, OTHER, AIRCRAFT, SLASHED, EVEN_CHANCE, OF_A_YEAR, ADDED_TIME, DOI, NUMBERED, EMERGENCY,
)  # fmt: skip
# A code begins with its first digits, with a sign right before them, or with a word before them: it is tried only there.
_ONLY_BY_NUMBER = {ROW, PHONE, HOUSE, HOUSE_BEFORE, GROUPED, SLASHED, OF_A_YEAR, ADDED_TIME}
_ONLY_BY_WORD = {SHORT_CODE, CALLED, HOUSE_BEHIND, POSTCODE, ROAD, RELEASE, FILE, DOI, NUMBERED}
_BY_NUMBER = re.compile("|".join(form for form in _FORMS if form not in _ONLY_BY_WORD))
_BY_WORD = re.compile("|".join(form for form in _FORMS if form not in _ONLY_BY_NUMBER))
_NUMBER = re.compile(r"\d+")
_SIGNS = "(+"
_WORD = re.compile(r"\b[^\W\d_]")
_WORD_REACH = 200  # characters; the longest name of a street before its number is shorter
_WRITTEN_OUT = re.compile(r"\b[Ff]ifty-fifty")
# Patterns that few texts need are tried only behind what each of them holds: "atent", "rid ref", degrees or a direction.
_RARE = re.compile("|".join((PATENT, GRID, POSITION)))
_RARE_CUE = re.compile(
    r"(?:US|EP|WO|GB|atent\s)\s?\d|atent\s(?:US|EP|WO|GB)|rid\sref|\d\.\d{4}|[\d°'’′\"”″]\s?(?:[NS]\b|[Nn]orth|[Ss]outh)"
)


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand, half-open, in order."""
    spans = list(_usual_spans(text))
    if _RARE_CUE.search(text):
        spans += [match.span() for match in _RARE.finditer(text)]
    return sorted(spans + cued_spans(text))


def _usual_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the usual patterns match, the leftmost first, as one search for all of them finds it."""
    starts: Iterable[tuple[int, re.Pattern[str]]] = _starts(text)
    if "ifty-fifty" in text:
        written = ((match.start(), _BY_WORD) for match in _WRITTEN_OUT.finditer(text))
        starts = sorted({*starts, *written}, key=itemgetter(0))
    reached = 0
    for start, pattern in starts:
        if start >= reached and (match := pattern.match(text, start)):
            yield match.span()
            reached = match.end()


def _starts(text: str) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The places where a code with digits can begin, in order, and the pattern to try there."""
    reached = 0
    for number in _NUMBER.finditer(text):
        start = number.start()
        for word in _WORD.finditer(text, max(reached, start - _WORD_REACH), start):
            yield word.start(), _BY_WORD
        if start and text[start - 1] in _SIGNS:
            yield start - 1, _BY_NUMBER
        yield start, _BY_NUMBER
        reached = number.end()
