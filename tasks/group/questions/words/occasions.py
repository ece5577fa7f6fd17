"""What the words around a figure say of it: the occasion, the year, what it is the number of, a part or a change."""

from __future__ import annotations

import re

from core.outcomes import Row
from tasks.group.questions.words.lexicon import NO_WORDS, freeze

OTHER = "other"
PART, CHANGE, WHOLE, CAPACITY = "part", "change", "whole", "capacity"
_EVENTS = (
    r"(?:accidents?|attacks?|avalanche|battle|blast|blaze|bombings?|collapse|collision|crash|derailment|disaster|earthquake|epidemic|hijacking|march|protest|rally|walkout"
    r"|elections?|explosion|fire|flood|game|grounding|incident|landslide|massacre|match|outbreak|quake|race|raid|robbery"
    r"|rockfall|shootings?|sinking|storm|hurricane|strike|tornado|wreck)"
)
_WHICH = r"(?:that|(?:the|an?) (?:[a-z]+ )?(?:earlier|first|former|last|previous|prior|similar)|last (?:week|month|year|summer|winter)[’']s)"
# "In that accident" points away from the event that is reported, which is "the accident" or "this accident".
_ELSEWHERE = re.compile(
    rf"(?:\b(?:in|at|after|during|from|by|of) {_WHICH}|(?:^|[.;] )(?:the|an?) (?:earlier|former|last|previous|prior|similar)) (?:[a-z-]+ )?{_EVENTS}\b",
    re.IGNORECASE,
)
# One of these is in every text that _ELSEWHERE finds.
_WHICH_WORDS = ("that ", "earlier", "first", "former", "last ", "previous", "prior", "similar")
_CLAUSE_END = re.compile(r"[;:!?]|\.\s|, (?:and|but|while|after|when)\b")
_COMPARED = re.compile(
    r"\s*(?:points?\s+)?(?:more|less|fewer|higher|lower|up|down|above|below|cheaper|dearer|larger|smaller|faster|slower)\b",
    re.IGNORECASE,
)
# "Built in 2004" says it of the ship, "since the strikes of 1983" how long ago something like it was.
_MONTH = r"(?:(?:early|late|mid|January|February|March|April|May|June|July|August|September|October|November|December)[ -])?"
_PAST_YEAR = re.compile(
    rf"(?<!built )(?<!born )(?<!founded )(?<!opened )\b(?:[Ii]n|year,?) {_MONTH}(1[5-9]\d\d|20\d\d)\b"
)
_PUT_AT = re.compile(
    r"\b(?:puts?|putting|estimate[sd]?|estimating) (?:the |its )?(?:size of the )?"
    r"(crowd|attendance|turnout|(?:death )?toll|cost|bill|damage|loss(?:es)?)(?: [^.;,]{0,40})? at (?:an? |about |around |some |nearly |over )?$"
)
_NUMBER_OF = re.compile(
    r"\bnumber of (?:the )?([a-z][a-z -]*?)(?: (?:in|on|at|aboard|who|from) [^.;,]*)? (?:at|as|to|was|is|reached|of)(?: an?)? $"
)
_SPAN = re.compile(
    r"\b(?:last|this|past|previous) (?:week|month|quarter|year|decade)\b|\bsince (?:the )?(?:(?:start|beginning|end) of (?:the )?)?\w+"
)
_OF_YEAR = re.compile(r"[^.;:,]{0,40}?\b((?:last|this|the previous) (?:year|season))\b")
_WHOLE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|most|some|all|half|none|many|each|both|either|only) of (?:the|its|their|his|her|those|these)(?: (?:other|more than|nearly|about|some))? $",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:^|[.,;] )of (?:the|those|these|them)\b[^.,;]{0,40}, (?:only |about |some |at least )?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b(?![,.]?\d)")
_CLAUSE = re.compile(r",(?!\d)|[;:—]")
_YEAR_BESIDE = re.compile(
    rf", in {_MONTH}(1[5-9]\d\d|20\d\d),[^,;]*$"
)  # "The last strike, in 2028, lasted five days"
_OPENING_YEAR = re.compile(rf"(?:Back )?[Ii]n {_MONTH}(1[5-9]\d\d|20\d\d)\b")
_CAPACITY = re.compile(
    r"\b(?:carries|holds|seats|can (?:carry|hold|seat|take)|(?:room|space) for|capacity of|licensed (?:to carry|for)|built for|designed (?:to carry|for))"
    r" (?:(?:up to|about|some|around|nearly|only|a maximum of) )*$"
)
# Every text that _CAPACITY, _WHOLE or _PART finds ends so.
_WHOLE_ENDS = tuple(
    f"{end} "
    for end in (
        ",", "carries", "holds", "seats", "carry", "hold", "seat", "take", "for", "of", "to", "about", "some", "around", "nearly",
        "only", "least", "the", "its", "their", "his", "her", "those", "these", "other", "than",
    )
)  # fmt: skip
_LONGEST_END = max(map(len, _WHOLE_ENDS))
_LONG_AGO = 2  # years
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


def names_other_event(sentence: str) -> bool:
    """Whether a sentence names another event than the one that is reported."""
    lower = sentence.lower()
    return any(word in lower for word in _WHICH_WORDS) and _ELSEWHERE.search(sentence) is not None


def read_occasion(before: str, after: str) -> frozenset[str]:
    """OTHER if the figure is of another event than the one that is reported: "17 people were hurt in that accident"."""
    end = _CLAUSE_END.search(after)
    clause = after[: end.start()] if end else after
    is_other = _ELSEWHERE.search(clause) or _ELSEWHERE.search(before)
    return freeze([OTHER] if is_other else [])


def read_numbered(before: str) -> str | None:
    """What a bare number is the number of, by the words before it: "put the number of job cuts at"."""
    found = _NUMBER_OF.search(before) if "number of" in before else _PUT_AT.search(before)
    return found[1] if found else None


def read_past(sentence: str, year: int | None) -> frozenset[str]:
    """The years of a sentence that are long before that of the article, None if that is unknown."""
    if year is None or not (" 1" in sentence or " 20" in sentence):
        return NO_WORDS
    return freeze([past for past in _PAST_YEAR.findall(sentence) if int(past) <= year - _LONG_AGO])


def read_whole(before: str) -> frozenset[str]:
    """WHOLE for "one of the two hijackers", PART for "of the evacuees, 3,000", CAPACITY for "carries up to 480 passengers"."""
    if not before[-_LONGEST_END:].lower().endswith(_WHOLE_ENDS):
        return NO_WORDS
    if _CAPACITY.search(before):
        return frozenset([CAPACITY])
    if _WHOLE.search(before):
        return frozenset([WHOLE])
    return freeze([PART] if _PART.search(before) else [])


def read_when(before: str, after: str) -> frozenset[str]:
    """The years of the figure's clause, and of "In 2019, ..." at the sentence's beginning."""
    clauses = _CLAUSE.split(before)
    last = clauses[-2:] if clauses[-1].lstrip().startswith("when ") else clauses[-1:]
    clause = " ".join([*last, _CLAUSE.split(after)[0]])
    beside = _OPENING_YEAR.match(before) or _YEAR_BESIDE.search(before)
    return freeze([*_YEAR.findall(clause), *([beside[1]] if beside else [])])


def read_spans(sentence: str) -> frozenset[str]:
    """The spans of time that the sentence names: "last week", "since the beginning of the month"."""
    return freeze(_SPAN.findall(sentence))


def read_year_of(after: str) -> frozenset[str]:
    """Which year or season a count is of: "19 homicides in the city last year", "the 14th homicide this year"."""
    found = _OF_YEAR.match(after)
    return freeze([found[1]] if found else [])


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
