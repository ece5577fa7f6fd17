"""Quotations in languages without rules of grammar here: the words, and a speaker only where it is safe.

Safe is a name of two words or more right beside a verb of speech of the language, and both right
beside the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extract.document import Document
from tasks.extract.quotations.attribution import Place, locate
from tasks.extract.quotations.cues import cues_of
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.reports import Report

_NAME = r"(?P<who>[^\W\d_a-zß-öø-ÿ][\w'’-]+(?: (?:[^\W\d_a-zß-öø-ÿ][\w'’-]+|de|del|della|di|da|von|van|der|af|al)){1,4})"
_AUXILIARIES = r"(?:(?:a|ha|hat|har|heeft|l'a|lo ha) )?"
_WINDOW = 120
_NAME_WORDS = 3
_CAPITAL_NOUNS = frozenset({"de", "lb", "nds"})  # there capitals make no name


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand behind the quotation and what before it."""
    cues = "|".join(sorted(map(re.escape, cues_of(language))))
    cue = rf"{_AUXILIARIES}(?P<cue>{cues})"
    after = rf"\s*,?\s*(?:{cue} {_NAME}|{_NAME.replace('who', 'who2')} {cue.replace('cue>', 'cue2>')}\b)"
    before = rf"{_NAME} {cue}\s*[:,]?\s*$"
    return re.compile(after), re.compile(before)


def attribute_elsewhere(
    document: Document, stretches: Sequence[Stretch]
) -> Iterator[tuple[Place, Report | None]]:
    """Every stretch, in order, with its report or none."""
    language = document.language.split("-")[0].lower()
    for place in locate(document.text, stretches):
        report = _find_report(document, place, language) if cues_of(language) else None
        if report is None and language not in _CAPITAL_NOUNS and _is_name(document.text, place):
            continue
        yield place, report


def _is_name(text: str, place: Place) -> bool:
    """A company or a work in marks, in the middle of a sentence: "группа «Норд»"."""
    words = text[place.stretch.inner_start : place.stretch.inner_end].split()
    if not 0 < len(words) <= _NAME_WORDS or not all(
        word[0].isupper() and word[-1].isalnum() for word in words
    ):
        return False
    before = text[max(place.gap_start, place.stretch.start_char - 2) : place.stretch.start_char]
    return before[:1].isalpha() and before.endswith(" ")


def _find_report(document: Document, place: Place, language: str) -> Report | None:
    after, before = _patterns(language)
    text = document.text
    end = place.stretch.end_char
    match = after.match(text[end : min(place.gap_end, end + _WINDOW)])
    if match is not None:
        which = "2" if match["who"] is None else ""
        return _make_report(document, end, match, f"who{which}", f"cue{which}")
    start = max(place.gap_start, place.stretch.start_char - _WINDOW)
    match = before.search(text[start : place.stretch.start_char])
    return _make_report(document, start, match, "who", "cue") if match else None


def _make_report(document: Document, base: int, match: re.Match[str], who: str, cue: str) -> Report:
    start, end = match.span(who)
    cue_start, cue_end = match.span(cue)
    number = document.sentence_at(base + start).number
    return Report("verb", base + cue_start, base + cue_end, base + start, base + end, number)
