"""A speaker as rows give it: surface and place, the entity behind it, and whether it stays unnamed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from core.outcomes import Row
from tasks.extract.quotations.anonymous import is_anonymous, link_heads, person_nouns
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.described import (
    find_apposition,
    find_named,
    is_one_of_group,
    widen,
    with_nickname,
)

_APPOSITION = 60  # characters behind a description within which the name that it gives begins
_SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


# The hour at which a line of a live report was written: "14:58 Mayor Orr says", "10.14am - A caller said".
_STAMP = re.compile(r"\s*\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?\s*(?:[-–—:|]\s*)?(?=[^\W\d_])", re.IGNORECASE)
# Signs of code and of addresses, a cut "’s", a bare number, a possessive without its noun.
_NO_SPEAKER = re.compile(r"[=#<>{}_|\\]|^['’]|^(?:the )?[\d.,/]+$|^(?:my|your|our|their|its)$", re.IGNORECASE)
# The rest of a compound whose first part was read: "Orr's ex-wife", "his co-counsel", "her brother-in-law".
_COMPOUND_HEAD = re.compile(r"\b(?:[^\W\d_]{1,20}[-‑]){1,2}\Z")
_RELATIVE = re.compile(r",\s(?:who|whose)\b")
_ASKED = re.compile(r"\b(?:asked|told|urged|pressed|interrupted|accused|thanked)\s(?:him|her)\b")
_LONGEST_WORD = 45
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"(?:[-‑][^\W\d_]{1,30}){0,3}")


def can_speak(words: str) -> bool:
    """Whether the words before or behind a verb can be a speaker's: not those of a program's text, nor a number,
    nor the head of a link."""
    return _NO_SPEAKER.search(words) is None and words.lower().strip(" :") not in link_heads()


@dataclass(frozen=True, slots=True)
class Told:
    """The words for a speaker and their cue by half-open offsets; `is_owner` where what follows is the speaker's
    ("Orr's claim"), `has_verb` where the cue is a verb of speech."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    is_owner: bool = False
    has_verb: bool = True


def speaker_values(cast: Cast, told: Told) -> dict[str, Any]:
    """The speaker columns of a quotation's row; the entity of a pronoun is the person it means.

    A name inside a description ("a source close to Orr", "Orr's lawyer") does not speak: the words are
    widened to the description, and there is no entity.
    """
    text, start, end = cast.document.text, told.start, told.end
    if (bracket := text.find(")", start, end)) >= 0 and "(" not in text[start:bracket]:
        start = end - len(text[bracket + 1 : end].lstrip())
    if (stamp := _STAMP.match(text, start, end)) is not None:
        start = stamp.end()
    if end > start and text[end - 1].isalpha() and (rest := _HYPHENED.match(text, end)):
        end = rest.end()
    if start < end and (head := _COMPOUND_HEAD.search(text, max(0, start - _LONGEST_WORD), start)):
        start = head.start()
    gender = _SINGULAR.get(text[start:end].lower())
    if gender:
        mention = cast.person_before(start, gender)
        if mention is not None and _is_answered(cast, mention, told):
            mention = None
        cast.remember(mention, start, gender)
        return _columns(text, start, end, mention, is_unnamed=False)
    start, end = with_nickname(text, cast.document.sentence_at(start).start_char, start, end)
    start, end = widen(text, _floor(cast, start), start, end, is_owner=told.is_owner)
    if (owner := _named_before(cast, start) or _named_in_front(cast, start, end)) is not None:
        start, end = owner["start_char"], owner["end_char"]
    mention = find_named(text, start, end, cast.mentions_in(start, end))
    if mention is not None and mention["entity_type"] == "place":
        mention = cast.person_called(mention) or mention  # "said Monroe", of Cary Monroe
    if mention is None and told.has_verb:
        cue = (told.cue_start, told.cue_end)
        mention = find_apposition(text, end, cue, cast.mentions_in(end, end + _APPOSITION))
        start, end = (mention["start_char"], mention["end_char"]) if mention else (start, end)
    is_unnamed = is_anonymous(text[start:end], mention)
    if mention is not None and is_one_of_group(text[start:end], mention):
        mention = None
    if is_unnamed:
        cast.remember_unnamed(text[start:end], start)
    cast.remember(mention, start, gender)
    return _columns(text, start, end, mention, is_unnamed=is_unnamed)


def _is_answered(cast: Cast, mention: Row, told: Told) -> bool:
    """Whether the person asked the one who replies: "Orr asked her to sit down. “No,” she replied."."""
    text = cast.document.text
    if text[told.cue_start : told.cue_end].lower() not in ("replied", "answered", "retorted", "responded"):
        return False
    end = cast.document.sentence_at(mention["start_char"]).end_char
    return _ASKED.search(text, mention["end_char"], end) is not None


def _named_before(cast: Cast, start: int) -> Row | None:
    """The person whom bare words at `start` describe behind the name that begins the sentence: "Ada Orr, spokeswoman for the port said"."""
    text = cast.document.text
    noun = _WORD.match(text, start)
    if (
        text[max(0, start - 2) : start] != ", "
        or noun is None
        or noun[0] not in person_nouns()
        or noun[0].endswith("s")
    ):
        return None
    named = cast.mention_in(start - 3, start - 2)
    begins = named is not None and named["start_char"] == cast.document.sentence_at(start).start_char
    return named if begins and named is not None and named["entity_type"] == "person" else None


def _named_in_front(cast: Cast, start: int, end: int) -> Row | None:
    """The person before a description that is followed by "who": "by Ada Orr, the deputy mayor, who shouted"."""
    text = cast.document.text
    is_between = text[max(0, start - 2) : start] == ", " and _RELATIVE.match(text, end)
    named = cast.mention_in(start - 3, start - 2) if is_between else None
    is_person = named is not None and named["entity_type"] == "person" and named["end_char"] == start - 2
    return named if is_person else None


def _floor(cast: Cast, start: int) -> int:
    """Where the reporter's words before the speaker begin: with the sentence, or behind quoted words."""
    document = cast.document
    begin = document.sentence_at(start).start_char if document.sentences else 0
    return max(begin, cast.end_of_words_before(start))


def _columns(text: str, start: int, end: int, mention: Row | None, *, is_unnamed: bool) -> dict[str, Any]:
    return {
        "speaker": text[start:end],
        "speaker_start_char": start,
        "speaker_end_char": end,
        "speaker_entity_id": None if mention is None or is_unnamed else mention.get("entity_id"),
        "is_anonymous": is_unnamed,
    }
