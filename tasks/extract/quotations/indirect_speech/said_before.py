"""Indirect speech behind its speaker and verb: "Ada Orr said the road would reopen"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from spacy.tokens import Span, Token

from core.outcomes import Row
from tasks.extract.dates.base.tense import is_past
from tasks.extract.document import Document, Sentence
from tasks.extract.quotations.anonymous import person_nouns
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.described import HOLDING, SUBORDINATORS, ends_with_held_person, widen
from tasks.extract.quotations.indirect_speech.words import (
    MIN_WORDS,
    IndirectSpeech,
    indirect_rules,
    speaking_nouns,
)

_PRONOUNS = frozenset({"he", "she", "they"})
_NOBODY = frozenset({"we", "i", "you", "it", "who", "one"})
_DETERMINERS = frozenset(
    {"a", "an", "the", "another", "one", "his", "her", "their", "its", "some", "several", "two"}
)
_RELATIVES = frozenset({"that", "which"})  # "the notice that the office hung up said"
_WHERE = frozenset({"in", "of", "at"})
_PLACING = frozenset({"of", "in", "on", "at", "near", "outside", "inside", "across", "around"})
_MAX_BETWEEN = 10
_MAX_DESCRIPTION = 7
_MAX_CLAUSE = 14
_MAX_PASSED = 20  # auxiliaries before a verb, capitals before a name


@cache
def _clause_end() -> re.Pattern[str]:
    ends = "|".join(re.escape(end) for end in indirect_rules()["clause_ends"])
    return re.compile(rf";|[,–—]\s*(?:{ends})\b")


def speech_behind_verb(document: Document, sentence: Sentence, cast: Cast) -> IndirectSpeech | None:
    """What a sentence gives as said behind a verb of saying, if a speaker is right before the verb; else None."""
    tokens = document.doc[sentence.start_token : sentence.end_token]
    rules = indirect_rules()
    for cue in tokens:
        needs_that = cue.lower_ in rules["with_that"]
        if not needs_that and cue.lower_ not in rules["free"]:
            continue
        speaker = _speaker_before(tokens, cue.i - tokens.start, cast)
        first = _clause_start(tokens, cue.i - tokens.start + 1, needs_that=needs_that, cast=cast)
        if first is not None and cue.lower_ in rules["of_things"] and not _is_clause(tokens, cue, first):
            continue
        if speaker is not None and first is not None:
            return _make_speech(document, sentence, cue, speaker, first)
    return None


def _make_speech(
    document: Document, sentence: Sentence, cue: Token, speaker: tuple[int, int], first: Token
) -> IndirectSpeech | None:
    end = sentence.end_char
    cut = _clause_end().search(document.text, first.idx, end)
    text = document.text[first.idx : cut.start() if cut else end].rstrip().rstrip(".!?…;,")
    if len(text.split()) < MIN_WORDS:
        return None
    return IndirectSpeech(first.idx, first.idx + len(text), *speaker, cue.idx, cue.idx + len(cue.text))


def _speaker_before(tokens: Span, place: int, cast: Cast) -> tuple[int, int] | None:
    """Offsets of the name, pronoun or description right before the verb, over an apposition in commas."""
    rules = indirect_rules()
    floor = max(0, place - _MAX_PASSED)
    while place > floor and (
        tokens[place - 1].lower_ in rules["before_verb"] or _is_adverb(tokens[place - 1])
    ):
        place -= 1
    if place > 0 and tokens[place - 1].text == ",":
        closing = _before_age(tokens, place - 1)
        opening = _comma_before(tokens, closing)
        named = _named_in_commas(tokens, opening, closing, cast)
        if named is not None:
            return named
        place = _before_age(tokens, opening) or (closing if closing < place - 1 else 0)
    if place <= 0:
        return None
    last = tokens[place - 1]
    end = last.idx + len(last.text)
    if last.lower_ in _PRONOUNS:
        return last.idx, end
    if last.lower_ in _NOBODY:
        return None
    mention = cast.mention_in(last.idx, end)
    if mention is not None and mention["end_char"] >= end:
        start = _with_description(tokens, place, _held_name_start(tokens, mention["start_char"], cast))
        first = next(i for i in range(place) if tokens[i].idx + len(tokens[i].text) > start)
        held = _holder_of(tokens, first)
        if held is None and _is_where(tokens, first, mention):
            return _described(tokens, place)
        if held is None or widen(tokens.doc.text, 0, start, end) != (start, end):
            return start, end
        return _described(tokens, held)
    return _described(tokens, place)


def _is_where(tokens: Span, first: int, mention: Row) -> bool:
    """Whether the name only says where somebody is: "a caller on Elm Street said", "a shop in Northwick said"."""
    if first < 2 or mention["entity_type"] not in ("place", "facility", "organization"):
        return False
    is_noun = tokens[first - 2].text.islower() or (first == 2 and tokens[0].text.isalpha())
    return is_noun and tokens[first - 1].lower_ in _PLACING


def _is_adverb(token: Token) -> bool:
    """ "repeatedly", not "Daly"."""
    return bool(token.lower_.endswith("ly") and token.text.islower())


def _before_age(tokens: Span, place: int) -> int:
    """The comma before the age that the one at tokens[place] closes: "Ada Orr, 54, said"; else `place`."""
    is_age = place > 2 and tokens[place - 1].is_digit and tokens[place - 2].text == ","
    return place - 2 if is_age else place


def _comma_before(tokens: Span, place: int) -> int:
    """The place of the last comma before tokens[place], 0 without one."""
    return next((i for i in range(place - 1, 0, -1) if tokens[i].text == ","), 0)


def _named_in_commas(tokens: Span, opening: int, closing: int, cast: Cast) -> tuple[int, int] | None:
    """The person that the words between two commas name, and no more: "the mayor of Kelmouth, Ada Orr, said".

    None behind another person, whom those words describe, and where the name can be that of either of two.
    """
    if not 0 < opening < closing - 1:
        return None
    start, last, comma = tokens[opening + 1].idx, tokens[closing - 1], tokens[opening].idx
    mention = cast.mention_in(last.idx, last.idx + len(last.text))
    before = cast.mention_in(comma - 1, comma)
    is_other = before is not None and before["entity_type"] == "person"
    if mention is None or mention["entity_type"] != "person" or is_other:
        return None
    titles = tokens.doc.text[start : mention["start_char"]].split()
    if not all(word[0].isupper() for word in titles) or ends_with_held_person(
        tokens.text[: comma - tokens.start_char]
    ):
        return None
    return start, last.idx + len(last.text)


def _held_name_start(tokens: Span, start: int, cast: Cast) -> int:
    """Where the name begins that holds the one at `start`: "Ward Hospital in Port Sable" speaks, not Port Sable."""
    first = next((i for i, token in enumerate(tokens) if token.idx >= start), 0)
    if first < 2 or tokens[first - 1].lower_ not in _WHERE:
        return start
    before = tokens[first - 2]
    held = cast.mention_in(before.idx, before.idx + len(before.text))
    return start if held is None or held["entity_type"] == "person" else int(held["start_char"])


def _holder_of(tokens: Span, first: int) -> int | None:
    """The token behind the person that the name from tokens[first] on only describes: in "a diplomat who met Orr said",
    "one man in the room with Orr said"; None where the name speaks."""
    is_held = first > 0 and tokens[first - 1].lower_ in HOLDING
    for place in range(first - 1, max(0, first - _MAX_DESCRIPTION - 1), -1):
        token = tokens[place]
        if token.is_punct or token.is_space or token.lower_ in SUBORDINATORS:
            return None
        if token.lower_ == "who":
            return place if place < first - 1 and tokens[place - 1].lower_ in person_nouns() else None
        if is_held and token.lower_ in person_nouns():
            return place + 1
    return None


def _with_description(tokens: Span, place: int, start: int) -> int:
    """Takes in the capitalised title before a name: "Mayor Ada Orr"."""
    first = place - 1
    floor = max(0, first - _MAX_PASSED)
    while first > floor and (tokens[first].idx > start or tokens[first - 1].text[:1].isupper()):
        first -= 1
    return min(start, tokens[first].idx) if tokens[first].idx <= start else start


def _described(tokens: Span, place: int) -> tuple[int, int] | None:
    """A description without a name: "a spokeswoman for the port", "officials"."""
    end = tokens[place - 1].idx + len(tokens[place - 1].text)
    speakers = speaking_nouns()
    has_speaker = False
    for first in range(place - 1, max(-1, place - 1 - _MAX_DESCRIPTION), -1):
        token = tokens[first]
        if token.is_space or (token.is_punct and not _is_hyphen(tokens, first)):
            return (tokens[first + 1].idx, end) if has_speaker else None
        has_speaker = has_speaker or token.lower_ in speakers
        is_held = first > 0 and tokens[first - 1].lower_ in HOLDING  # "a spokesman for the hospital"
        if has_speaker and not is_held and (token.lower_ in _DETERMINERS or first == 0):
            is_told_of = first > 0 and tokens[first - 1].lower_ in _RELATIVES
            owner = None if is_told_of else _owner_of_clause(tokens, first)
            return None if is_told_of else (token.idx, end) if owner is None else _described(tokens, owner)
    return None


def _is_hyphen(tokens: Span, place: int) -> bool:
    """The hyphens of "a 35-year-old woman"."""
    is_joined = place > 0 and not tokens[place].whitespace_ and not tokens[place - 1].whitespace_
    return is_joined and tokens[place].text in ("-", "‑")


def _owner_of_clause(tokens: Span, first: int) -> int | None:
    """The place behind the person whom a clause before tokens[first] describes: "a woman who lost her son and two daughters"."""
    for place in range(first - 1, max(0, first - _MAX_CLAUSE), -1):
        token = tokens[place]
        if token.is_punct or token.is_space:
            return None
        if token.lower_ in ("who", "whose") and tokens[place - 1].lower_ in person_nouns():
            return place
    return None


def _clause_start(tokens: Span, place: int, *, needs_that: bool, cast: Cast) -> Token | None:
    """The clause's first word after "that", else after days and places, when it can begin a clause."""
    rules = indirect_rules()
    for first in range(place, min(place + _MAX_BETWEEN, len(tokens) - 1)):
        token = tokens[first]
        if token.lower_ == "that" and tokens[first + 1].text not in ",.;:":
            is_relative = first > place and tokens[first + 1].lower_ in rules["relative_verbs"]
            return None if is_relative else tokens[first + 1]
        if token.text in ",;:" or token.is_space:
            return None
        if not needs_that and first == place + _skipped(tokens, place, rules):
            name = cast.mention_in(token.idx, token.idx + len(token.text))
            if token.lower_ in rules["clause_openers"] or name is not None or _counts(tokens, first):
                return token
    return None


def _is_clause(tokens: Span, cue: Token, first: Token) -> bool:
    """Whether "that" stands before the words, or they have a verb of their own: not so in "added a third in the 78th minute"."""
    rules = indirect_rules()
    place = first.i - tokens.start
    if tokens[place - 1].lower_ == "that" and place - 1 > cue.i - tokens.start:
        return True
    for token in tokens[place + 1 :]:
        if token.lower_ in rules["subordinators"] or token.text in ",;:":
            return False
        if token.lower_ in rules["finite"] or is_past(token.lower_):
            return True
    return False


def _counts(tokens: Span, first: int) -> bool:
    """Whether a number opens the clause: "police said three men were held", not "said three times"."""
    opener = tokens[first]
    is_number = bool(opener.like_num) and opener.lower_ != "one"
    return is_number and first + 2 < len(tokens) and tokens[first + 1].lower_ != "times"


def _skipped(tokens: Span, place: int, rules: dict[str, Any]) -> int:
    """How many words of time and place are between the verb and what follows."""
    skipped = 0
    while place + skipped < len(tokens) - 1:
        token = tokens[place + skipped]
        is_time = token.lower_.rstrip(".") in rules["days"] or token.is_digit
        if not (is_time or token.lower_ in rules["after_verb"]):
            break
        skipped += 1
    return skipped
