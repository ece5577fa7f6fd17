"""What the words around a figure say of its amount: what it is the number of, a part of a whole, or a change."""

from __future__ import annotations

import re

from core.outcomes import Row
from tasks.group.questions.words.lexicon import NO_WORDS, freeze

PART, CHANGE, WHOLE, CAPACITY, NORM, THEN = "part", "change", "whole", "capacity", "norm", "then"
_COMPARED = re.compile(
    r"\s*(?:points?\s+)?(?:more|less|fewer|higher|lower|up|down|above|below|cheaper|dearer|larger|smaller|faster|slower)\b",
    re.IGNORECASE,
)
_PUT_AT = re.compile(
    r"\b(?:puts?|putting|estimate[sd]?|estimating) (?:the |its )?(?:size of the )?"
    r"(crowd|attendance|turnout|(?:death )?toll|cost|bill|damage|loss(?:es)?)(?: [^.;,]{0,40})? at (?:an? |about |around |some |nearly |over )?$"
)
_NUMBER_OF = re.compile(
    r"\bnumber of (?:the )?([a-z][a-z -]*?)(?: (?:in|on|at|aboard|who|from) [^.;,]*)? (?:at|as|to|was|is|reached|of)(?: an?)? $"
)
_WHOLE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|most|some|all|half|none|many|each|both|either|only) of (?:the|its|their|his|her|those|these)(?: (?:other|more than|nearly|about|some))? $",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:^|[.,;] )of (?:the|those|these|them)\b[^.,;]{0,40}, (?:only |about |some |at least )?$",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"\b(?:carries|holds|seats|can (?:carry|hold|seat|take)|(?:room|space) for|capacity of|licensed (?:to carry|for)|built for|designed (?:to carry|for))"
    r" (?:(?:up to|about|some|around|nearly|only|a maximum of) )*$"
)
# What a rule allows or asks for: "the limit is 50", "where 70 mph is allowed", "36,000 pounds it was licensed for".
_RULING = r"(?:limit(?:s|ed)?|maximum|minimum|ceiling|threshold|allow(?:s|ed)|permit(?:s|ted)?|licen[sc]ed|required|tolerance)"
_NORM_BEFORE = re.compile(
    rf"\b(?:{_RULING}|a zone of|(?:law|rule|regulation|statute|constitution|code|treaty)s? (?:gives?|sets?|asks?|demands?|provides?)"
    rf"|should(?:n't| not)? have(?: been| had)?|supposed to|ought to)\b(?! (?:edition|series))[^.;,:]{{0,40}}$",
    re.IGNORECASE,
)
_NORM_AFTER = re.compile(
    rf"[^.;,:]{{0,12}}\b(?:{_RULING}|zone|(?:\w+ ){{0,3}}should(?:n't| not)? have)\b", re.IGNORECASE
)
# An age at another time, or anybody's: "was 19 when he was arrested", "since she was 16", "will never reach the age of 60".
_THEN_BEFORE = re.compile(
    r"\b(?:since|until|till|from|before|reach(?:es|ed)?|retire[sd]? at) (?:(?:he|she|they) (?:was|were) )?(?:the )?(?:age (?:of )?)?$",
    re.IGNORECASE,
)
_THEN_AFTER = re.compile(
    r"(?: years old)? when (?:he|she|they) (?!died\b|was (?:killed|shot|hit|found)\b)", re.IGNORECASE
)
# Every text that _CAPACITY, _WHOLE or _PART finds ends so.
_WHOLE_ENDS = tuple(
    f"{end} "
    for end in (
        ",", "carries", "holds", "seats", "carry", "hold", "seat", "take", "for", "of", "to", "about", "some", "around", "nearly",
        "only", "least", "the", "its", "their", "his", "her", "those", "these", "other", "than",
    )
)  # fmt: skip
_REACH = 70
_LONGEST_END = max(map(len, _WHOLE_ENDS))
_OF = re.compile(r"\s*(?:share\s+)?of\s+(?:the|its|their|his|her|all|those|these|[a-z]+s)\b", re.IGNORECASE)
_CHANGING = frozenset(
    [
        "climb",
        "decline",
        "decrease",
        "drop",
        "fall",
        "gain",
        "grow",
        "increase",
        "jump",
        "lose",
        "plunge",
        "rise",
        "shrink",
        "slip",
        "soar",
        "tumble",
    ]
)
_PARTS = frozenset(["share", "stake", "part", "portion"])


def read_numbered(before: str) -> str | None:
    """What a bare number is the number of, by the words before it: "put the number of job cuts at"."""
    found = _NUMBER_OF.search(before) if "number of" in before else _PUT_AT.search(before)
    return found[1] if found else None


def read_whole(before: str, is_rate: bool = False) -> frozenset[str]:
    """WHOLE for "one of the two hijackers", PART for "of the evacuees, 3,000", CAPACITY for "carries up to 480 passengers"; a bridge
    that carries 31,000 cars a day has traffic (`is_rate`)."""
    if not before[-_LONGEST_END:].lower().endswith(_WHOLE_ENDS):
        return NO_WORDS
    if not is_rate and _CAPACITY.search(before):
        return frozenset([CAPACITY])
    if _WHOLE.search(before):
        return frozenset([WHOLE])
    return freeze([PART] if _PART.search(before) else [])


def read_norm(before: str, after: str) -> frozenset[str]:
    """NORM for a number that a rule allows or asks for."""
    is_norm = _NORM_BEFORE.search(before[-_REACH:]) or _NORM_AFTER.match(after)
    return frozenset([NORM]) if is_norm else NO_WORDS


def read_then(before: str, after: str) -> frozenset[str]:
    """THEN for an age that is not that of now."""
    is_then = _THEN_BEFORE.search(before[-_REACH:]) or _THEN_AFTER.match(after)
    return frozenset([THEN]) if is_then else NO_WORDS


def read_share(figure: Row, after: str) -> frozenset[str]:
    """Whether a percentage is a PART ("40 per cent of the cost"), a CHANGE ("60 per cent more"), or neither for sure."""
    if _COMPARED.match(after):
        return frozenset([CHANGE])
    roles = (role.partition(":") for role in figure["roles"] or ())
    words = {word for how, _, word in roles if how in ("is", "of", "subj", "obj")}
    words |= set((figure["measured"] or "").lower().split())
    if figure["of_whole"] or _OF.match(after) or words & _PARTS:
        return frozenset([PART])
    return freeze([CHANGE] if figure["predicate"] in _CHANGING else [])
