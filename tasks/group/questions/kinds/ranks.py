"""Ranks that tell how many there have been so far: "the third fire this year", "the 14th person to be cleared"."""

from __future__ import annotations

import re

from core.outcomes import Row

_SO_FAR = re.compile(
    r"[^.;:,]{0,60}?\b(?:this (?:year|season|month|week|summer|winter|spring|autumn)|so far|in a row|since|in the \w+['’]s history|in history"
    r"|of (?:the|this) (?:year|season)|(?:of|in) (?:19|20)\d\d|in (?:less than )?(?:an?|as many|(?:the|its|his|her) (?:past|last)(?: \w+)?|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:days|weeks?|months?|years?|decades?)"
    r"|to (?:die|be (?:\w+ed|hit|shot|found|held|slain|hurt|killed)))\b"
)
_VICTIM = re.compile(r"(?:victim|suspect|body|death|arrest|fatality|casualty)$")
_IN_A_ROW = re.compile(r"\b(?:straight|consecutive|successive)\b", re.IGNORECASE)
_RANK_OF = re.compile(r" (?:to|of|in|and|this)\b")
_BY_SIZE = re.compile(r"\b(?:most|least|best|worst|\w+est)\b")  # "the second worst storm since 1990"
_ONE_MORE = re.compile(r"\b[Aa]n? $")
_NOT_COUNTED = frozenset(
    ["time", "day", "night", "week", "month", "year", "decade", "hour", "quarter", "half", "floor", "storey", "story", "place", "round", "term",
     "generation", "degree", "stage", "phase", "leg", "century", "anniversary", "birthday", "grade", "class", "row", "part", "party", "reading", "grader",
     "season", "game", "match", "annual", "look", "edition"]
)  # fmt: skip


def is_running_count(figure: Row, text: str) -> bool:
    """Whether a rank says how many there have been so far. The first is one of many things."""
    value = figure["value"]
    if figure["kind"] != "rank" or value is None or value < 2 or not float(value).is_integer():
        return False
    noun = (figure["counted"] or "").lower()
    if _BY_SIZE.search(noun) or "-" in figure["surface"]:
        return False
    start, end = figure["start_char"], figure["end_char"]
    if _VICTIM.search(noun) and _ONE_MORE.search(text[max(0, start - 3) : start]):
        return True
    if set(noun.split()) & _NOT_COUNTED or (not noun and not _RANK_OF.match(text[end : end + 8])):
        return False
    return _IN_A_ROW.search(figure["surface"]) is not None or _SO_FAR.match(text[end : end + 100]) is not None
