"""Rows of `quotations` in other languages than English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from core.outcomes import Row
from tasks.extract.document import Document
from tasks.extract.quotations.attribution import StretchPlace, locate
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.foreign.attribution import attribute
from tasks.extract.quotations.foreign.dashes import with_dashes
from tasks.extract.quotations.foreign.reports import Saying
from tasks.extract.quotations.foreign.uncased.reports import find_uncased
from tasks.extract.quotations.foreign.uncased.vocabulary import uncased_clauses
from tasks.extract.quotations.foreign.vocabulary import Speech, speech_of
from tasks.extract.quotations.foreign.words import Word, words_of
from tasks.extract.quotations.kinds import kind_of
from tasks.extract.quotations.marks import Stretch

_NEAR = 300  # characters before a verb within which the person named last is its subject
_UNKNOWN: dict[str, Any] = {"is_anonymous": False}


def foreign_rows(document: Document, stretches: Sequence[Stretch], cast: Cast) -> Iterator[Row]:
    """The rows in order of their place. A language without words of saying has stretches without speakers."""
    speech = speech_of(document.language)
    found = _attributed(document, stretches, cast, speech)
    for place, saying in found:
        stretch = place.stretch
        speaker = foreign_speaker_values(document, saying, cast, speech) if saying and speech else _UNKNOWN
        yield document.row(
            stretch.start_char,
            stretch.end_char,
            text=document.text[stretch.inner_start : stretch.inner_end],
            kind=kind_of(document.text, place),
            cue=document.text[saying.cue_start : saying.cue_end] if saying else None,
            **speaker,
        )


def _attributed(
    document: Document, stretches: Sequence[Stretch], cast: Cast, speech: Speech | None
) -> Iterator[tuple[StretchPlace, Saying | None]]:
    text = document.text
    if speech is None:
        return ((place, None) for place in locate(text, stretches))
    clauses = uncased_clauses(document.language)
    if clauses is None:
        return attribute(text, with_dashes(text, stretches, speech), speech)
    return attribute(text, stretches, speech, lambda place: find_uncased(text, place, clauses, cast))


def foreign_speaker_values(document: Document, saying: Saying, cast: Cast, speech: Speech) -> dict[str, Any]:
    """The speaker columns of a row. A person who is only described has no entity, and `is_anonymous` is true."""
    if saying.start < 0:
        return _elided(document, saying, cast, speech)
    if saying.pronoun is not None:
        mention = cast.person_before(saying.start, {"he": "m", "she": "f"}.get(saying.pronoun, ""))
        return _columns(document.text, saying.start, saying.end, mention, is_unnamed=False)
    if saying.is_unnamed is not None:
        return _uncased_values(document, saying, cast)
    words = words_of(document.text, saying.start, saying.end, speech)
    mention = _named(words, cast.mentions_in(saying.start, saying.end), speech, document.text)
    start, end = saying.start, saying.end
    is_unnamed = _is_unnamed(words, mention, speech)
    if saying.name and (mention is None or mention["entity_type"] != "person"):
        behind = [row for row in cast.mentions_in(*saying.name) if row["entity_type"] == "person"]
        if behind or is_unnamed:
            mention, (start, end), is_unnamed = behind[0] if behind else None, saying.name, False
    if is_unnamed:
        cast.remember_unnamed(document.text[start:end], start)
        mention = None
    cast.remember(mention, start, None)
    return _columns(document.text, start, end, mention, is_unnamed=is_unnamed)


def _uncased_values(document: Document, saying: Saying, cast: Cast) -> dict[str, Any]:
    """The person named in the words, else the body that ends them."""
    inside = cast.mentions_in(saying.start, saying.end)
    people = [row for row in inside if row["entity_type"] == "person"]
    bodies = [row for row in inside if row["end_char"] == saying.end and row["entity_type"] == "organization"]
    mention = next(iter(people[-1:] or bodies[-1:]), None)
    if saying.is_unnamed:
        cast.remember_unnamed(document.text[saying.start : saying.end], saying.start)
    cast.remember(mention, saying.start, None)
    return _columns(document.text, saying.start, saying.end, mention, is_unnamed=bool(saying.is_unnamed))


def _elided(document: Document, saying: Saying, cast: Cast, speech: Speech) -> dict[str, Any]:
    """The person named last before a verb without a subject: "La alcaldesa Orr llegó tarde. «...», dijo."."""
    if not speech.has_elided:
        return _UNKNOWN
    near = cast.mentions_in(max(0, saying.cue_start - _NEAR), saying.cue_start)
    person = next((row for row in reversed(near) if row["entity_type"] == "person"), None)
    if person is None:
        return _UNKNOWN
    return _columns(document.text, person["start_char"], person["end_char"], person, is_unnamed=False)


def _named(words: Sequence[Word], mentions: Sequence[Row], speech: Speech, text: str) -> Row | None:
    """The mention that is the speaker: the head of the words, held by no "de" or "von" behind a noun."""
    for mention in reversed(mentions):
        before = [word for word in words if word.end <= mention["start_char"]]
        if mention["entity_type"] == "person":
            behind = [word for word in words if word.start >= mention["end_char"]]
            if not (_is_held(before, speech) or _is_owner(before, mention, behind, speech, text)):
                return mention
        elif all(word.lower in speech.articles or word.lower in speech.honorifics for word in before):
            return mention
    return None


def _is_owner(
    before: Sequence[Word], mention: Row, behind: Sequence[Word], speech: Speech, text: str
) -> bool:
    """Whether the name is in the genitive: "Brandners Anwalt", "Anhänger Brandners", "rzecznik Jana Browskiego"."""
    if behind and behind[0].is_word and _tells_of_people(behind[0], speech):
        return True
    name = str(mention["surface"]).lower()
    if not before or not _tells_of_people(before[-1], speech):
        return False
    if speech.genitive_endings:
        return name.endswith(speech.genitive_endings)
    if not speech.has_capital_nouns or not name.endswith("s") or " " in name:
        return False
    bare = rf"\b{re.escape(str(mention['surface'])[:-1])}\b"
    is_title = before[-1].lower in speech.offices and before[0].lower not in speech.indefinite
    return not is_title or re.search(bare, text) is not None


def _tells_of_people(word: Word, speech: Speech) -> bool:
    return speech.is_person_noun(word.lower) or word.lower in speech.collectives


def _is_held(before: Sequence[Word], speech: Speech) -> bool:
    """ "la portavoz de Orr", "un collaborateur de la ministre Orr": the name is another's who is not quoted.

    Also "il governo Orr", whose name tells which body, and "una fonte vicina ad Orr".
    """
    at = len(before)
    if at and before[-1].lower in speech.collectives:
        return True
    while at and (
        before[at - 1].lower in speech.offices
        or before[at - 1].lower in speech.honorifics
        or before[at - 1].text == "."
    ):
        at -= 1
    while (
        at
        and (before[at - 1].lower in speech.articles or before[at - 1].lower in speech.oblique)
        and before[at - 1].lower not in speech.links
    ):
        at -= 1
    if not at or before[at - 1].lower not in speech.links | speech.prepositions:
        return False
    if len(before) - at and before[at - 1].lower in speech.articles and at == 1:
        return False
    return any(
        speech.is_person_noun(word.lower) or word.lower in speech.collectives for word in before[: at - 1]
    )


def _is_unnamed(words: Sequence[Word], mention: Row | None, speech: Speech) -> bool:
    """Whether the words tell of a person or people by what they are: "fuentes diplomáticas", "ein Anwohner"."""
    if mention is not None:
        return False
    for word in words:
        if word.lower in speech.collectives:
            return False
        if speech.is_person_noun(word.lower):
            return True
        if word.lower in speech.links and word is not words[0]:
            return False
    return False


def _columns(text: str, start: int, end: int, mention: Row | None, *, is_unnamed: bool) -> dict[str, Any]:
    return {
        "speaker": text[start:end],
        "speaker_start_char": start,
        "speaker_end_char": end,
        "speaker_entity_id": None if mention is None or is_unnamed else mention.get("entity_id"),
        "is_anonymous": is_unnamed,
    }
