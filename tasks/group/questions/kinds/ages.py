"""Ages that only the words around a number give away: "Lund, 57, said", "the groom is 33", "built eleven years ago"."""

from __future__ import annotations

import re

from core.outcomes import Row
from tasks.group.questions.words.lexicon import members_of

_OLDEST = 110
_YOUNGEST_ALONE = 5  # "a guard, 59, was"
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty(?:-[a-z]+)?)"
_AGE_LIST = re.compile(
    rf"\b(?:ages?|aged)\s+(?:between\s+|from\s+)?(?:{_NUMBER}(?:\s+(?:months?|years?))?,?\s+(?:and\s+|to\s+|or\s+)?){{0,4}}$",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(
    r"\b(?:boy|girl|man|woman|child|baby|infant|youth|teenager|son|daughter|student|pupil|person) of (?:about |only |just )?$"
)
# "The groom is 33 and", "Boykins was 51."; what is said of a person's name or of a word for persons.
_IS_AGED = re.compile(r"\b([A-Za-z][a-z]+) (?:is|was)(?: only| just| now)? $")
_OLDEST_IS = re.compile(
    r"\b(?:oldest|eldest|youngest)(?:(?: of (?:them|the [a-z]+))?| [a-z]+)(?:, [^.;,]{1,40},)? (?:(?:is|was) )?$|\bI(?: am|['’]m|,) $"
)
_BESIDE_PERSON = re.compile(r"\b([a-z]{3,}), $")
_AGE_ENDS = re.compile(r"[.,;)]|\s(?:and|now|when|then|at the time|in (?:19|20)\d\d)\b")
_AT_AGE = re.compile(r"(?:^|[.!?”]\s+|\n)At $")  # "At 79, Mrs Boykins cooks every day"
_PERSONAL = frozenset(
    {"he", "she", "who", "groom", "bride", "founder", "winner", "deceased", "oldest", "youngest"}
)
_BESIDE_NOUN = re.compile(r"\b[a-z]{3,},\s$")
_WAS_THEN = re.compile(r"\b[A-Z][a-z]+ (?:was|is) (?:only |just )?$")
_AGE_BEFORE = re.compile(
    r"\bdie[sd]?\b[^.]{0,30}\bat (?:the age of )?$|\b(?:[Hh]e|[Ss]he) (?:was|is) $|\bturned $|\bage of $"
)
_AGE_AFTER = re.compile(r",?\s*-?(?:years?|months?)?[- ]?(?:old|and-a-half)")
_BESIDE_NAME = re.compile(r"(?:[A-Z][\w.]+|[Bb]oy|[Gg]irl|man|woman),\s$")
# "Built eleven years ago" is eleven years old.
_IS_MADE = re.compile(
    r"\b(?:built|launched|laid|opened|founded|completed|put up|planted|born)(?: about| some| around| nearly| over)* $"
)


def is_age(figure: Row, text: str) -> bool:
    """Whether a bare number or a length of time is an age: beside a name, in a list of ages, of a thing that was built so long ago."""
    kind, value = figure["kind"], figure["value"]
    if kind not in ("count", "duration") or value is None or value > _OLDEST:
        return False
    start, end = figure["start_char"], figure["end_char"]
    before, after = text[max(0, start - 45) : start], text[end : end + 14]
    if _AGE_LIST.search(before[-30:]):
        return True
    if kind == "count" and not float(value).is_integer():
        return False
    if kind == "duration":
        is_thing = after.startswith(" ago") and _IS_MADE.search(before) is not None
        return is_thing or re.match(r"s?-old", after) is not None or _OF_PERSON.search(before) is not None
    return not figure["counted"] and _is_bare_age(value, bool(figure["measured_entity_id"]), before, after)


def _says_age(named: bool, before: str, after: str) -> bool:
    """Whether somebody is or was that old: "Rossignol, who is 41 and", "the groom is 33", "At 79, Mrs Boykins"."""
    if _AT_AGE.search(before) and re.match(r",\s[A-Z]|,\s(?:he|she)\b", after):
        return True
    if after and not _AGE_ENDS.match(after):
        return False
    if _OLDEST_IS.search(before):
        return True
    holder = _IS_AGED.search(before)
    if holder is None:
        return False
    word = holder[1].lower()
    return word in _PERSONAL or bool(members_of("persons", [word])) or (named and holder[1][0].isupper())


def _is_bare_age(value: float, named: bool, before: str, after: str) -> bool:
    """Whether a number without a noun is an age by the words on both sides: "Lund, 57, said", "a guard, 59, was"."""
    if _OF_PERSON.search(before) or _AGE_AFTER.match(after):
        return True
    if _WAS_THEN.search(before) and re.match(r" (?:when|at the time)\b", after):
        return True
    if value >= _YOUNGEST_ALONE and _says_age(named, before, after):
        return True
    if _BESIDE_NOUN.search(before[-20:]) and value >= _YOUNGEST_ALONE and re.match(r",\s[a-z]", after):
        return True
    if (noun := _BESIDE_PERSON.search(before[-20:])) and re.match(r"[.;)]|$", after):
        return bool(members_of("persons", [noun[1]]) or members_of("kin", [noun[1]]))
    if _BESIDE_NAME.search(before[-20:]):
        return re.match(r",|;|\.|\sof\b|\sand\b|\)", after) is not None
    return _AGE_BEFORE.search(before) is not None and not after[:1].isalnum()
