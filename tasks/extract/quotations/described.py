"""Whether a name inside the words for a speaker is the speaker: "Mayor Orr" is, "an aide to Mayor Orr" is not.

The name must be the head of the words: nothing can follow it that it only describes ("Orr supporters",
"Orr's lawyer"), and no noun before it can hold it by a preposition ("a source close to Orr").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from core.outcomes import Row
from tasks.extract.quotations.anonymous import adjectives, anonymous_words, person_nouns

# What can follow the name inside the words and leaves it their head.
_AFTER_HEAD = re.compile(
    r"\s*(?:$|[,;:(]|[–—-]\s|(?:himself|herself|themselves|itself|Jr|Sr|II|III|IV)\b"
    r"|(?:of|from|at|in|who|whose|on|with|for|as)\b)"
)
_PREPOSITION = re.compile(
    r"\b(?:of|for|to|with|by|from|at|in|around|behind|near|under|against|representing|supporting|backing|advising|defending)\s+"
)
_MOST_DESCRIBING = 6
_ONE_OF = re.compile(r"(?:the|an?|one|another)\s", re.IGNORECASE)
_NO_DESCRIPTION = frozenset({"like", "unlike", "not", "than", "who", "whom", "which", "whose", "via", "per"})
_JOINED = re.compile(r"\b(?:and|or|&)\s")
_POSSESSIVE = re.compile(r"['’]s?(?=\s)")
_GROUP_BEFORE = re.compile(r"\b(?:Team|Camp|Clan|House|Family|Project)\s$")
_WINDOW = 120  # characters on either side that a description takes

# Before a name that only describes somebody: "one man in the room with Orr".
HOLDING = frozenset(
    [
        "with",
        "to",
        "of",
        "for",
        "about",
        "by",
        "from",
        "near",
        "against",
        "under",
        "behind",
        "in",
        "at",
        "around",
    ]
)
# A clause of its own begins behind these, so that what is before it does not speak.
SUBORDINATORS = frozenset(
    [
        "after",
        "before",
        "when",
        "as",
        "because",
        "while",
        "since",
        "until",
        "if",
        "that",
        "where",
        "though",
        "although",
        "and",
        "but",
        "or",
    ]
)


def find_named(text: str, start: int, end: int, mentions: Sequence[Row]) -> Row | None:
    """The mention that is the speaker among those that the words text[start:end] hold; None when the speaker is
    somebody or something else, or several."""
    for mention in reversed(mentions):
        if _is_head(text, start, end, mention, mentions):
            return None if _is_collective(text, start, end, mention, mentions) else mention
    return None


def is_one_of_group(surface: str, mention: Row) -> bool:
    """Whether the words mean one man or woman of a people or a party: "the Italian", not "the Italians" or "the French"."""
    last = surface.split()[-1:]
    is_group = mention["entity_type"] == "group" and mention["surface"].split()[-1:] == last
    is_one = bool(_ONE_OF.match(surface)) and not surface.endswith(("s", "ch", "sh", "ese"))
    return is_group and is_one


def _is_head(text: str, start: int, end: int, mention: Row, mentions: Sequence[Row]) -> bool:
    first, last = mention["start_char"], mention["end_char"]
    if last < end and not _AFTER_HEAD.match(text[last:end]):
        return False
    before = text[start:first] if first > start else ""
    if before.endswith(("-", "‑")):
        return False
    held = list(_PREPOSITION.finditer(before))
    return not held or not _is_object(text, start, start + held[-1].end(), mention, mentions)


def _is_object(text: str, start: int, after_preposition: int, mention: Row, mentions: Sequence[Row]) -> bool:
    """Whether the preposition holds the name itself, and no other thing that is between: "a spokesman for
    Mayor Orr" names no one, "the mayor of Kelmouth Ada Orr" is Ada Orr."""
    between = text[after_preposition : mention["start_char"]]
    if "," in between:
        is_vague = re.match(r"(?:an?|one|another|some)\s", text[start:], re.IGNORECASE) is not None
        return is_vague and bool(set(re.findall(r"\w+", between.lower())) & person_nouns())
    for other in mentions:
        is_between = after_preposition <= other["start_char"] and other["end_char"] < mention["start_char"]
        if is_between and not text[other["end_char"] : mention["start_char"]].strip():
            return bool(other["entity_type"] == "person")
    words = between.split()
    if words and words[-1] in adjectives():
        return True
    if _is_office_of(text[start:after_preposition].split(), words):
        return False
    is_thing = len(words) > 1 and words[0].lower() in ("the", "its", "a", "an") and words[-1].islower()
    is_definite = text[start : start + 4].lower() == "the "
    return not (is_definite and is_thing and words[-1] not in person_nouns())


def _is_office_of(head: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the name's own office comes before it without a mark: "Leader of Opposition Ada Orr"."""
    noun = head[0].lower() if len(head) == 2 and head[1] == "of" and head[0][0].isupper() else ""
    has_office = (noun in person_nouns() or noun in _titles()) and not noun.endswith("s")
    has_body = bool(words) and all(word[0].isupper() for word in words)
    return (
        has_office
        and has_body
        and (_titles() | person_nouns()).isdisjoint(word.lower().strip(".") for word in words)
    )


def _is_collective(text: str, start: int, end: int, mention: Row, mentions: Sequence[Row]) -> bool:
    """Several speakers, or a family: "Orr and Lind", "the Orrs", "Team Orr"."""
    if mention["entity_type"] != "person":
        return False
    before = text[start : mention["start_char"]]
    others = [m for m in mentions if m is not mention and m["entity_type"] == "person"]
    if any(m["end_char"] <= mention["start_char"] and _joins(text, m, mention) for m in others):
        return True
    name = mention["surface"]
    is_plural = name.endswith("s") and " " not in name and re.search(r"\b[Tt]he\s$", before) is not None
    return is_plural or _GROUP_BEFORE.search(before) is not None


def _joins(text: str, one: Row, other: Row) -> bool:
    between = text[one["end_char"] : other["start_char"]]
    return _JOINED.match(between.lstrip(" ,")) is not None


@cache
def _before() -> re.Pattern[str]:
    """A description that ends where the name that it holds begins: "a source close to President "."""
    words = anonymous_words()
    titles = "|".join(words["titles"].split())
    links = "|".join(sorted(words["links"], key=len, reverse=True))
    opening = "|".join(words["opening"].split())
    return re.compile(
        rf"(?:^|(?<=[\s“\"—–(]))(?P<all>(?:(?:{opening})\s+)?(?:[\w’'-]+\s+){{0,4}}?"
        rf"(?P<noun>[^\W\d_]+)\s+(?:{links})\s+(?:(?:{titles})\.?\s+){{0,3}})$",
        re.IGNORECASE,
    )


@cache
def _behind() -> re.Pattern[str]:
    """What a name only describes: "'s lawyer", " campaign officials", " ally Ada Orr"."""
    words = anonymous_words()
    inner = "|".join(words["inner"].split())
    nouns = "|".join(sorted({*person_nouns(), *words["collectives"].split()}, key=len, reverse=True))
    name = r"(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){0,4}"
    return re.compile(rf"(?:['’]s?)?\s(?:(?:{inner})\s){{0,3}}(?:{nouns})\b(?![-’'])(?:{name})")


_NICKNAME = r"[\"“‘'„«](?:the )?[^\W\d_a-z][\w.’ -]{0,30}?[\"”’'“»]"
_NICKNAME_BEHIND = re.compile(rf"\s{_NICKNAME}(?:\s[^\W\d_a-zà-ÿа-я][\w’-]+){{1,3}}")
_NICKNAME_BEFORE = re.compile(rf"(?:\b[^\W\d_a-zà-ÿа-я][\w’-]+\s){{1,2}}{_NICKNAME}\s$")


def with_nickname(text: str, floor: int, start: int, end: int) -> tuple[int, int]:
    """The name with its other half across a nickname in marks: Edward "Ned" Farrow."""
    if not text[start:end][:1].isupper():
        return start, end
    if behind := _NICKNAME_BEHIND.match(text[end : end + _WINDOW]):
        return start, end + behind.end()
    low = max(floor, start - _WINDOW)
    before = _NICKNAME_BEFORE.search(text[low:start])
    return (low + before.start(), end) if before else (start, end)


def widen(text: str, floor: int, start: int, end: int, *, is_owner: bool = False) -> tuple[int, int]:
    """The words for a speaker with the description that holds the name or that the name is a part of.

    Not before `floor`, where the sentence or the reporter's words begin. An owner of words ("Orr's claim") has
    nothing behind it that it describes but the words.
    """
    name = text[start:end]
    if (name[:1].isupper() and not is_owner and (behind := _behind().match(text[end : end + _WINDOW]))) or (
        name.endswith(("'s", "’s")) and (behind := _behind().match(text[end : end + _WINDOW]))
    ):
        end += behind.end()
    low = max(floor, start - _WINDOW)
    held = _held_by(text[low:start])
    return (start, end) if held is None else (low + held, end)


def _held_by(before: str) -> int | None:
    """Where the description begins that holds what comes next, by the nearest noun of persons or of groups."""
    match = _before().search(before)
    while match is not None:
        if match["noun"].lower() in _nouns():
            return match.start("all")
        match = _before().search(before, match.start() + 1)
    return None


@cache
def _nouns() -> frozenset[str]:
    words = anonymous_words()
    return person_nouns() | frozenset(f"{words['collectives']} {words['pronouns']}".split())


_SET_OFF = re.compile(r"\s?(?:[.;:!?”\")\n]|$|,\s(?:who|whose|the|an?|his|her|its)\b)")


_HELD_PERSON = re.compile(
    r"\b(?:for|to|with|by|of)\s(?:the|his|her|its|their)\s(?:[\w’'-]+\s){0,2}?([^\W\d_]+)$"
)


def ends_with_held_person(words: str) -> bool:
    """Whether a name behind these words and a comma may be that of either of two: "a spokesman for the mayor"."""
    found = _HELD_PERSON.search(words)
    return found is not None and found[1] in person_nouns() | _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(anonymous_words()["titles"].split())


def _describe(words: Sequence[str]) -> bool:
    """Whether words behind a description and a comma describe the name behind them: "his sister, the novelist Ada Orr"."""
    has_link = any(
        word in HOLDING or word in SUBORDINATORS or word in _NO_DESCRIPTION or word.endswith((",", "ing"))
        for word in words
    )
    return len(words) <= _MOST_DESCRIBING and not has_link


def find_apposition(text: str, end: int, cue: tuple[int, int], mentions: Sequence[Row]) -> Row | None:
    """The name that a description gives behind a comma: "said the baker, Ada Orr." and "the baker, Ada Orr, said".

    Not the next item of a list, and not the subject of what comes next ("said the baker, Ada Orr agreed").
    """
    comma = re.compile(r"\s?,\s").match(text, end)
    if comma is None or ends_with_held_person(text[max(0, end - _WINDOW) : end]):
        return None
    for mention in mentions:
        title = text[comma.end() : mention["start_char"]].lower().replace(".", "").split()
        last = mention["end_char"]
        is_before_cue = end < cue[0] and not text[last : cue[0]].strip(" ,")
        is_right_behind = all(word in _titles() for word in title) or (
            is_before_cue and text[last : last + 1] == "," and _describe(title)
        )
        if comma.end() <= mention["start_char"] and is_right_behind and mention["entity_type"] == "person":
            return mention if is_before_cue or (cue[1] <= end and _SET_OFF.match(text, last)) else None
    return None


def is_inside_description(text: str, floor: int, start: int, end: int) -> bool:
    """Whether the name only describes somebody else: "an aide to Orr", "Orr's lawyer", "Orr supporters"."""
    if text[end : end + 2] in ("'s", "’s"):
        return True
    return widen(text, floor, start, end) != (start, end)
