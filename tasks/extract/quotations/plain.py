"""Reports plain enough to be read without a parse: '”, Ada Orr said', '” said the official'."""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.document import Document
from tasks.extract.quotations.cues import cue_words
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.reports import Report

_TITLES = r"(?:Mr|Mrs|Ms|Dr|Rep|Reps|Sen|Sens|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Prof|St)"
_WORD = rf"(?:{_TITLES}\.|(?:[A-Z]\.)+|[A-Z][\w'’-]*)"
_NAME = rf"{_WORD}(?: (?:{_WORD}|de|van|von|al|bin))*"
_BODY = (
    rf"{_WORD}(?: (?:{_WORD}|of|for|and|the(?= [A-Z])))*"  # before the verb only: "Port Council of Kelmouth"
)
_DESCRIPTION = r"(?:[Tt]he|[Aa]n?|one|another) (?:[\w'’-]+ ){1,4}?"
# What goes on behind an inverted report; any other word can be one that the name only describes ("said Orr pollster").
_GOES_ON = frozenset(
    {"in", "on", "at", "during", "of", "from", "to", "who", "whose", "after", "before", "as", "by", "about", "while", "when", "with", "this",
     "last", "late", "early", "earlier", "later", "through", "via", "outside", "inside", "near", "and", "but", "for", "over", "under", "upon",
     "yesterday", "today", "tonight", "again", "the", "a", "an", "his", "her", "their", "is", "was", "has", "had", "then", "there", "here",
     "that", "it", "he", "she", "because", "if", "since", "across", "against", "without", "within", "between", "once", "himself", "herself"}
)  # fmt: skip
_SMALL = "|".join(
    sorted(_GOES_ON | {"its", "they", "we", "not", "no", "how", "why", "what", "whether", "us"})
)
_ROLE = rf"(?!(?:{_SMALL})\b)[a-z][a-z-]{{2,30}}"  # "added coach Dan Poll"
_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WINDOW = 160  # characters behind the closing mark that a plain report fits in


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    cues = "|".join(cue_words()["en"]["plain"].split())
    lead = r"\s*,?\s*"
    return (
        re.compile(rf"{lead}(?P<who>he|she|they|{_BODY}|{_NAME}) (?P<cue>{cues})\b"),
        re.compile(rf"{lead}(?P<who>{_DESCRIPTION.rstrip()})(?P<cue>{cues})\b"),
        re.compile(rf"{lead}(?P<cue>said|says|asked|added|wrote) (?P<who>he|she|{_NAME})(?=[.,;]| )"),
        re.compile(
            rf"{lead}(?P<cue>added|asked|wrote) (?P<who>(?:{_ROLE} ){{1,3}}{_WORD} {_NAME})(?=[.,;]| )"
        ),
    )


def find_plain_report(document: Document, stretch: Stretch) -> Report | None:
    """The report right behind words that begin their sentence, if its form leaves no doubt."""
    text = document.text
    line_end = text.find("\n", stretch.end_char, stretch.end_char + _WINDOW)
    window = text[stretch.end_char : line_end if line_end >= 0 else stretch.end_char + _WINDOW]
    last = text[stretch.inner_start : stretch.inner_end].rstrip()[-1:]
    if last not in ",?!—–-…" and not window.startswith(","):
        return None
    for pattern in _patterns():
        match = pattern.match(window)
        if match is not None:
            return None if _describes(window, match) else _make_report(document, stretch.end_char, match)
    return None


def _describes(window: str, match: re.Match[str]) -> bool:
    """Whether the name of an inverted report can only describe what comes next."""
    if match["who"].endswith(("'s", "’s")):
        return True
    following = re.match(r" ([a-z][\w-]*)", window[match.end() :])
    if match.end("who") < match.end("cue") or following is None:
        return False
    word = following[1]
    return not (word in _GOES_ON or word.endswith(("ing", "ly")))


def _make_report(document: Document, base: int, match: re.Match[str]) -> Report | None:
    start = match.start("who")
    who = re.split(rf" {_DAYS}\b", match["who"])[0].rstrip()
    cue_start, cue_end = match.span("cue")
    number = document.sentence_at(base + start).number
    return Report("verb", base + cue_start, base + cue_end, base + start, base + start + len(who), number)
