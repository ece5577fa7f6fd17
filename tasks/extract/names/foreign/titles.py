"""Titles, offices and verbs of saying beside a name."""

from __future__ import annotations

from tasks.extract.names.foreign.vocabulary import NameSigns
from tasks.extract.names.frame import Candidate, Frame

_AGES = range(1, 111)
_ROLE_WORDS = 7
_FIELD_WORDS = 5  # "de Asuntos Exteriores y Cooperación"


def stands_at_title(frame: Frame, start: int, signs: NameSigns) -> bool:
    """Whether an honorific or an office comes right before: "la ministra Orr", "M. Orr"."""
    at = start - 1
    if frame.lower(at) == ".":
        at -= 1
    lower = frame.lower(at).rstrip(".")
    if lower in signs.speech.honorifics or lower in signs.speech.offices:
        return True
    return bool(signs.office_endings) and lower.endswith(signs.office_endings)


def stands_behind_field(frame: Frame, start: int, signs: NameSigns) -> bool:
    """Whether an office with its field and a comma stand before: "la ministra de Transporte, Ada Orr"."""
    speech = signs.speech
    if frame.lower(start - 1) != ",":
        return False
    for at in range(start - 2, max(-1, start - 3 - _FIELD_WORDS), -1):
        lower = frame.lower(at)
        if lower in speech.offices:
            return at < start - 2 and frame.lower(at + 1) in speech.links
        if not frame.words[at][0].isalpha() or lower in speech.verbs:
            return False
    return False


def stands_before_age(frame: Frame, end: int, signs: NameSigns) -> bool:
    """Whether an age follows: "Ada Orr, 34 ans,", "Ada Orr, de 34 años", "Ada Orr (34 ans)"."""
    if frame.lower(end) not in (",", "("):
        return False
    at = end + 2 if frame.lower(end + 1) in signs.speech.prepositions | signs.speech.links else end + 1
    number = frame.lower(at)
    if not number.isdecimal() or int(number) not in _AGES:
        return False
    return frame.lower(at + 1) in signs.year_words


def stands_at_speech(frame: Frame, start: int, end: int, signs: NameSigns) -> bool:
    """Whether a verb of saying comes right before or after: "dijo Orr", "Orr ha detto"."""
    speech = signs.speech
    before = frame.lower(start - 1)
    if before in speech.verbs and not frame.is_capital(start - 1) and start not in frame.begins:
        return True
    if before in speech.participles and frame.lower(start - 2) in speech.auxiliaries:
        return True
    if signs.has_capital_nouns and end - start == 1:
        return False
    at = end
    while at < end + 2 and frame.lower(at) in speech.between and frame.lower(at) not in speech.auxiliaries:
        at += 1
    if frame.lower(at) in speech.auxiliaries:
        return frame.lower(at + 1) in speech.participles or frame.lower(at + 2) in speech.participles
    return (
        frame.lower(at) in speech.verbs
        and not frame.is_capital(at)
        and frame.lower(start - 1) not in speech.prepositions
    )


def role_before(frame: Frame, one: Candidate, signs: NameSigns) -> str | None:
    """The title right before a person's name: "ministra de Hacienda"; an honorific alone is not a title."""
    speech = signs.speech
    for at in range(one.start - 1, max(-1, one.start - 1 - _ROLE_WORDS), -1):
        lower = frame.lower(at)
        if lower in speech.offices:
            return frame.text(at, one.start).rstrip(" ,")
        if (
            not (lower in speech.links or frame.words[at][0].isalpha() or frame.words[at] == ",")
            or lower in speech.verbs
        ):
            return None
        if lower in speech.stops and lower not in speech.links:
            return None
        if frame.words[at] == "," and at != one.start - 1:
            return None
    return None
