"""Indirect speech: what someone said in the reporter's words, marked by a verb of saying and its clause.

Found by the words alone, without a parse, and only where speaker, verb and clause are together.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Span, Token

from tasks.extract.document import Document, Sentence
from tasks.extract.quotations.anonymous import person_nouns
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.cues import message_nouns
from tasks.extract.quotations.described import HOLDING, SUBORDINATORS, widen
from tasks.extract.quotations.marks import Stretch

_PRONOUNS = frozenset({"he", "she", "they"})
_DETERMINERS = frozenset(
    {"a", "an", "the", "another", "one", "his", "her", "their", "its", "some", "several", "two"}
)
_MIN_WORDS = 4
_MAX_BETWEEN = 10
_MAX_DESCRIPTION = 7
_MAX_PASSED = 20  # auxiliaries before a verb, capitals before a name


@dataclass(frozen=True, slots=True)
class IndirectSpeech:
    """Half-open offsets of the clause, the speaker and the verb."""

    start_char: int
    end_char: int
    speaker_start: int
    speaker_end: int
    cue_start: int
    cue_end: int


@cache
def indirect_rules() -> dict[str, Any]:
    """The contents of indirect.toml; lists of words as sets."""
    rules = tomllib.loads((Path(__file__).parent / "indirect.toml").read_text(encoding="utf-8"))
    return {
        name: frozenset(value.split()) if isinstance(value, str) else value for name, value in rules.items()
    }


@cache
def _clause_end() -> re.Pattern[str]:
    ends = "|".join(re.escape(end) for end in indirect_rules()["clause_ends"])
    return re.compile(rf"[,;–—]\s*(?:{ends})\b")


def find_indirect_speech(
    document: Document, stretches: Sequence[Stretch], cast: Cast
) -> Iterator[IndirectSpeech]:
    """Indirect speech of sentences, in order; none of it holds or touches quotation marks."""
    starts = [stretch.start_char for stretch in stretches]
    for sentence in document.sentences:
        place = bisect_left(starts, sentence.start_char)
        if place and stretches[place - 1].end_char > sentence.start_char:
            continue
        limit = starts[place] if place < len(starts) else sentence.end_char + 1
        speech = _read_sentence(document, sentence, cast)
        if speech is not None and speech.end_char < limit and speech.cue_start < limit:
            yield speech


def _read_sentence(document: Document, sentence: Sentence, cast: Cast) -> IndirectSpeech | None:
    tokens = document.doc[sentence.start_token : sentence.end_token]
    rules = indirect_rules()
    for cue in tokens:
        needs_that = cue.lower_ in rules["with_that"]
        if not needs_that and cue.lower_ not in rules["free"]:
            continue
        speaker = _speaker_before(tokens, cue.i - tokens.start, cast)
        first = _clause_start(tokens, cue.i - tokens.start + 1, needs_that=needs_that, cast=cast)
        if speaker is not None and first is not None:
            return _make_speech(document, sentence, cue, speaker, first)
    return None


def _make_speech(
    document: Document, sentence: Sentence, cue: Token, speaker: tuple[int, int], first: Token
) -> IndirectSpeech | None:
    end = sentence.end_char
    cut = _clause_end().search(document.text, first.idx, end)
    text = document.text[first.idx : cut.start() if cut else end].rstrip().rstrip(".!?…;,")
    if len(text.split()) < _MIN_WORDS:
        return None
    return IndirectSpeech(first.idx, first.idx + len(text), *speaker, cue.idx, cue.idx + len(cue.text))


def _speaker_before(tokens: Span, place: int, cast: Cast) -> tuple[int, int] | None:
    """Offsets of the name, pronoun or description right before the verb, over an apposition in commas."""
    rules = indirect_rules()
    floor = max(0, place - _MAX_PASSED)
    while place > floor and (
        tokens[place - 1].lower_ in rules["before_verb"] or tokens[place - 1].lower_.endswith("ly")
    ):
        place -= 1
    if place > 0 and tokens[place - 1].text == ",":
        opening = next((i for i in range(place - 2, 0, -1) if tokens[i].text == ","), 0)
        place = opening
    if place <= 0:
        return None
    last = tokens[place - 1]
    end = last.idx + len(last.text)
    if last.lower_ in _PRONOUNS:
        return last.idx, end
    mention = cast.mention_in(last.idx, end)
    if mention is not None and mention["end_char"] >= end:
        start = _with_description(tokens, place, mention["start_char"])
        first = next(i for i in range(place) if tokens[i].idx + len(tokens[i].text) > start)
        held = _holder_of(tokens, first)
        if held is None or widen(tokens.doc.text, 0, start, end) != (start, end):
            return start, end
        return _described(tokens, held)
    return _described(tokens, place)


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
    speakers = person_nouns() | message_nouns()
    has_speaker = False
    for first in range(place - 1, max(-1, place - 1 - _MAX_DESCRIPTION), -1):
        token = tokens[first]
        if token.is_punct or token.is_space:
            return (tokens[first + 1].idx, end) if has_speaker else None
        has_speaker = has_speaker or token.lower_ in speakers
        if has_speaker and (token.lower_ in _DETERMINERS or first == 0):
            return token.idx, end
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
            if token.lower_ in rules["clause_openers"] or name is not None:
                return token
    return None


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
