"""Numbers that only name or number something: a rank, a house, a telephone, a picture, a channel."""

from __future__ import annotations

import re

from core.outcomes import Row
from tasks.group.questions.kinds.ranks import is_running_count

_HOUSE = re.compile(
    r"\s+(?:block\b|blk\b|[NSEW]{1,2}\b\.?|(?:[A-Z][\w.]*\s+){0,3}(?:Street|St|Road|Rd|Avenue|Ave|Drive|Dr|Lane|Blvd"
    r"|Boulevard|Way|Court|Place)\b)"
)
_NAMED_BEFORE = re.compile(r"(?:\b[A-Z][A-Za-z]*[a-z]\s|\b[A-Z]{2,5}\s)$")
_NO_NAME = re.compile(
    r"(?:Boy|Girl|Man|Woman|About|Over|At|Nearly|In|On|Of|The|And|For|Some|Than|Around|After|By|With|To|Age|Aged|Ages|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|From)\s$"
)
_PICTURE = re.compile(r"\d-$|Image $|Photo $|/ $|\($")
_GENERATION = re.compile(r"\d{1,2}[AC-JLN-Z]\b")  # 3G, 787B; K, M and B are thousands and more
# "Two people who know the records said": who says something is no answer.
_SOURCES = re.compile(
    r"\s+(?:who (?:know|knew|have seen|saw|were briefed|are familiar|asked not)|familiar with|with (?:direct )?knowledge of|briefed on|close to the)\b"
)
_DIGITS = re.compile(r"[\d,./-]+")
_LONG = re.compile(r"\d{4,}(?:\.\d+)?")
_MODEL = re.compile(r"\d{4} [a-z]+s")


def is_label(figure: Row, text: str) -> bool:
    """Whether it only names or numbers something: a rank, a house, a telephone, a picture, a channel."""
    start, end, surface = figure["start_char"], figure["end_char"], figure["surface"]
    is_named = _GENERATION.match(surface) or _SOURCES.match(text[end : end + 40])
    if figure["kind"] == "rank":
        return not is_running_count(figure, text)
    if figure["kind"] == "count" and is_named:
        return True
    if figure["kind"] == "fraction" and re.match(
        r"-(?:brother|sister|sibling)", text[end : end + 9], re.IGNORECASE
    ):
        return True
    before, after = text[max(0, start - 14) : start], text[end : end + 40]
    if _MODEL.fullmatch(surface) and re.search(r"\b[A-Z]\w* $", before):
        return True
    is_bare = figure["kind"] in ("count", "other") and _DIGITS.fullmatch(surface) is not None
    return is_bare and _is_name_of(surface, before, after)


def _is_name_of(surface: str, before: str, after: str) -> bool:
    """Whether bare digits are of a house, a telephone, a picture, a year's model or something with a name before it."""
    if surface == "911" or _HOUSE.match(after) or re.match(r"-\d{3}|-[A-Z]{3}", after):
        return True
    if _PICTURE.search(before) and re.match(r"\)|-| Caption| of", after):
        return True
    if "," in surface:
        return False  # "Where 2,600 live"
    if _LONG.fullmatch(surface) and re.match(r"\s+[A-Z]", after):
        return True
    return _NAMED_BEFORE.search(before) is not None and _NO_NAME.search(before[-9:]) is None
