"""Numbers in a model's names: amounts behind a name are cut, roads and rooms are facilities, bills are laws, codes are no names."""

from __future__ import annotations

import re

from tasks.extract.names.frame import Candidate, Frame

# "I-95", "US 1", "A38", "M25 motorway", "Route 78".
_ROAD = re.compile(
    r"(?:I-?\s?|US[- ]|[ABM]|E|N|SR[- ]|CR[- ]|(?:State |County |US |U\.S\. )?(?:Route|Highway|Interstate|Hwy\.?|Rte\.?)[- ])\d{1,4}[A-Z]?",
    re.ASCII,
)
_PLACES = re.compile(
    r"(?:Building|Terminal|Pier|Gate|Platform|Room|Ward|Hall|Exit|Junction|Warehouse|Hangar)\s[A-Z]?\d{1,4}[A-Z]?"
)
_ADDRESS = re.compile(
    r"\d{1,5}[A-Za-z]?\s(?:[A-Z][\w.'’-]*\s){0,4}(?:St|Street|Ave|Avenue|Rd|Road|Lane|Ln|Dr|Drive|Blvd|Boulevard|Court|Ct|Place|Way)\b\.?"
)
_BILL = re.compile(r"(?:H\.\s?R\.|S\.|H\.\s?B\.|S\.\s?B\.)\s\d{1,5}")
_CODE = re.compile(
    r"(?:P\.?O\.? Box|SN|S/N|ISBN|Ref\.?|No\.?|Nr\.?|Case|Docket|Flight)\s?[A-Z]{0,3}[\d-]{1,17}|[\d:.,]{1,8}\s?(?:GMT|BST|EST|EDT|CET|UTC|a\.?m\.?|p\.?m\.?)"
)
_SHARES = frozenset({"percent", "%", "pct", "per"})
_SCORED = frozenset("-–")
_LONGEST_SCORE = 3


def without_amount(frame: Frame, start: int, end: int) -> int:
    """Where the name ends before a share, a score or an age: "Orr 43 percent", "Tarnside 45-40", "Ada Orr,16"."""
    if end - start > 2 and frame.lowers[end - 1] == "times" and not frame.capitals[end - 2]:
        return end - 2  # "wrote to the NHAI eleven times"
    for token in range(start + 1, end):
        if not frame.lowers[token][:1].isdigit():
            continue
        rest = frame.lowers[token + 1 : end + 1]
        is_score = (
            len(rest) > 1 and rest[0] in _SCORED and rest[1][:1].isdigit() and token + _LONGEST_SCORE >= end
        )
        is_age = frame.words[token - 1] == "," and end == token + 1
        if is_score or is_age or (rest[:1] and rest[0] in _SHARES):
            return token - (frame.words[token - 1] == ",")
    return end


def with_type_of_code(frame: Frame, one: Candidate) -> Candidate | None:
    """The name with the type that its number tells; None where it is a code and names nothing."""
    text = frame.text(one.start, one.end)
    if not any(char.isdigit() for char in text) or one.entity_type in ("facility", "law"):
        return one
    if _CODE.fullmatch(text):
        return None
    if _ROAD.fullmatch(text) or _PLACES.fullmatch(text) or _ADDRESS.fullmatch(text):
        one.entity_type = "facility"
    elif _BILL.fullmatch(text):
        one.entity_type = "law"
    return one
