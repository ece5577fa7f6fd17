"""What kind of question a figure answers, and which figures answer none."""

from __future__ import annotations

import re

from core.outcomes import Row
from tasks.group.questions.words.lexicon import members_of

KINDS = ("age", "money", "duration", "measure", "percent", "score", "count")

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
_IS_AGED = re.compile(r"\b([A-Za-z][a-z]+)(?:,? who)? (?:is|was)(?: only| just| now)? $")
_AGE_ENDS = re.compile(r"[.,;)]|\s(?:and|when|then|at the time|in (?:19|20)\d\d)\b")
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
_CURRENCY_AFTER = re.compile(r"\s*(?:euros?|dollars?|pounds)\b")
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude(?: of)? $", re.IGNORECASE)
_HOUSE = re.compile(
    r"\s+(?:block\b|blk\b|[NSEW]{1,2}\b\.?|(?:[A-Z][\w.]*\s+){0,3}(?:Street|St|Road|Rd|Avenue|Ave|Drive|Dr|Lane|Blvd"
    r"|Boulevard|Way|Court|Place)\b)"
)
_NAMED_BEFORE = re.compile(r"(?:\b[A-Z][A-Za-z]*[a-z]\s|\b[A-Z]{2,5}\s)$")
_NO_NAME = re.compile(
    r"(?:Boy|Girl|Man|Woman|About|Over|At|Nearly|In|On|Of|The|And|For|Some|Than|Around|After|By|With|To|Age|Aged|Ages"
    r"|From)\s$"
)
_PICTURE = re.compile(r"\d-$|Image $|Photo $|/ $|\($")
_GENERATION = re.compile(r"\d{1,2}[AC-JLN-Z]\b")  # 3G, 787B; K, M and B are thousands and more
# "Two people who know the records said": who says something is no answer.
_SOURCES = re.compile(
    r"\s+(?:who (?:know|knew|have seen|saw|were briefed|are familiar|asked not)|familiar with|with (?:direct )?knowledge of|briefed on|close to the)\b"
)
_DIGITS = re.compile(r"[\d,./-]+")
_SCORE_AFTER, _SCORE_BEFORE = re.compile(r"[-–]\d"), re.compile(r"\d[-–]$")
_MODEL = re.compile(r"\d{4} [a-z]+s")


def question_kind(figure: Row, text: str) -> str:
    """One of KINDS. A bare number beside a name or in a list of ages is an age."""
    kind, start, end = figure["kind"], figure["start_char"], figure["end_char"]
    if kind == "age" or _is_age(figure, text):
        return "age"
    if kind == "money" or (kind == "measure" and _CURRENCY_AFTER.match(text[end : end + 9])):
        return "money"
    if kind in ("percent", "fraction"):
        return "percent"
    if kind in ("duration", "measure"):
        return str(kind)
    if kind == "count" and _is_magnitude(figure, text):
        return "measure"
    is_pair = kind == "count" and not figure["counted"] and _SCORE_AFTER.match(text[end : end + 2])
    is_second = kind == "count" and _SCORE_BEFORE.search(text[max(0, start - 2) : start])
    return "score" if kind in ("other", "ratio") or is_pair or is_second else "count"


def _is_magnitude(figure: Row, text: str) -> bool:
    """Whether it is the strength of an earthquake: "4.2-magnitude", "a magnitude of 4.4"."""
    start, end = figure["start_char"], figure["end_char"]
    return "magnitude" in figure["surface"].lower() or (
        _MAGNITUDE_BEFORE.search(text[max(0, start - 16) : start]) is not None
        or text[end : end + 11].lower().lstrip(" -").startswith("magnitude")
    )


def _is_age(figure: Row, text: str) -> bool:
    kind, value = figure["kind"], figure["value"]
    if kind not in ("count", "duration") or value is None or value > _OLDEST:
        return False
    start, end = figure["start_char"], figure["end_char"]
    before, after = text[max(0, start - 45) : start], text[end : end + 14]
    if _AGE_LIST.search(before[-30:]):
        return True
    if kind == "duration":
        return re.match(r"s?-old", after) is not None or _OF_PERSON.search(before) is not None
    return not figure["counted"] and _is_bare_age(value, bool(figure["measured_entity_id"]), before, after)


def _says_age(named: bool, before: str, after: str) -> bool:
    """Whether somebody is or was that old: "Rossignol, who is 41 and", "the groom is 33", "At 79, Mrs Boykins"."""
    if _AT_AGE.search(before) and re.match(r",\s[A-Z]|,\s(?:he|she)\b", after):
        return True
    holder = _IS_AGED.search(before)
    if holder is None or not _AGE_ENDS.match(after):
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
    if _BESIDE_NAME.search(before[-20:]):
        return re.match(r",|;|\.|\sof\b|\sand\b|\)", after) is not None
    return _AGE_BEFORE.search(before) is not None and not after[:1].isalnum()


def is_label(figure: Row, text: str) -> bool:
    """Whether it only names or numbers something: a rank, a house, a telephone, a picture, a channel."""
    start, end, surface = figure["start_char"], figure["end_char"], figure["surface"]
    is_named = _GENERATION.match(surface) or _SOURCES.match(text[end : end + 40])
    if figure["kind"] == "rank" or (figure["kind"] == "count" and is_named):
        return True
    if figure["kind"] == "fraction" and re.match(
        r"-(?:brother|sister|sibling)", text[end : end + 9], re.IGNORECASE
    ):
        return True
    before, after = text[max(0, start - 14) : start], text[end : end + 40]
    if _MODEL.fullmatch(surface) and re.search(r"\b[A-Z]\w* $", before):
        return True
    if figure["kind"] not in ("count", "other") or not _DIGITS.fullmatch(surface):
        return False
    if surface == "911" or _HOUSE.match(after) or re.match(r"-\d{3}|-[A-Z]{3}", after):
        return True
    if _PICTURE.search(before) and re.match(r"\)|-| Caption| of", after):
        return True
    is_long = (figure["value"] or 0) >= 1000 and "," not in surface
    if is_long and re.match(r"\s+[A-Z]", after):
        return True
    return _NAMED_BEFORE.search(before) is not None and _NO_NAME.search(before[-9:]) is None


def are_comparable(one: str, other: str) -> bool:
    """Whether figures of these kinds can answer one question: "4.2-magnitude" and "a magnitude of 4.4"."""
    return one == other or frozenset((one, other)) in _MIXED


_MIXED = frozenset(
    frozenset(pair)
    for pair in (("count", "measure"), ("count", "score"), ("measure", "score"), ("duration", "measure"))
)
