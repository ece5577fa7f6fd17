"""Runs of words with capitals that may be names: "Andrés Manuel López Obrador", "Comisión Nacional de los Pueblos"."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.extract.names.foreign.vocabulary import NameSigns
from tasks.extract.names.frame import Frame

_LONGEST = 14
_LINKS_IN_PEOPLE = frozenset(
    {"de", "del", "la", "da", "do", "dos", "das", "di", "della", "du", "des", "d'", "van", "von", "bin", "al", "el", "le", "ter", "af", "los"}
)  # fmt: skip


def capital_runs(frame: Frame, signs: NameSigns) -> Iterator[tuple[int, int]]:
    """Half-open token spans, in order, none overlapping another; a run may begin with a sentence's first word."""
    at = 0
    while at < len(frame.words):
        if not is_name_word(frame, at) or (at in frame.begins and _is_function_word(frame.lowers[at], signs)):
            at += 1
            continue
        end = _end_among_nouns(frame, at, signs) if signs.has_capital_nouns else _end(frame, at, signs)
        yield at, end
        at = end


def _is_function_word(lower: str, signs: NameSigns) -> bool:
    speech = signs.speech
    return lower in speech.articles or lower in speech.stops or lower in speech.prepositions


def _end_among_nouns(frame: Frame, start: int, signs: NameSigns) -> int:
    """Where nouns have capitals: words side by side, and what "von" links to a given name or a word for a body."""
    at = start + 1
    while at < min(len(frame.words), start + _LONGEST):
        if is_name_word(frame, at) and frame.lower(at) not in signs.never:
            at += 1
            continue
        begun = frame.lowers[start:at]
        if not any(word in signs.given or word in signs.organization_heads for word in begun):
            break
        after = _after_link(frame, at, signs, is_body=begun[0] in signs.organization_heads)
        if after is None:
            break
        at = after + 1
    return at


def is_name_word(frame: Frame, token: int) -> bool:
    """Whether a capital letter begins the token, and it is no mark."""
    return frame.is_capital(token) and frame.words[token][0].isalpha()


def _end(frame: Frame, start: int, signs: NameSigns) -> int:
    """Where the run that begins there ends; connectors of bodies ("y", "para") only behind a word for a body."""
    is_body = frame.lowers[start] in signs.organization_heads or frame.lowers[start] in signs.place_heads
    at = start + 1
    while at < min(len(frame.words), start + _LONGEST):
        if is_name_word(frame, at):
            at += 1
            continue
        after = _after_link(frame, at, signs, is_body=is_body)
        if after is None:
            break
        at = after + 1
    return at


def _after_link(frame: Frame, at: int, signs: NameSigns, *, is_body: bool) -> int | None:
    """The name's next word behind a point, a hyphen or connectors; None when the run ends."""
    word = frame.words[at]
    if word == "." and len(frame.words[at - 1]) == 1 and is_name_word(frame, at + 1):
        return at + 1
    if word in "-–&/'’" and word and frame.glued(at - 1) and is_name_word(frame, at + 1):
        return at + 1
    if word == "&" and is_name_word(frame, at + 1):
        return at + 1
    allowed = signs.connectors if is_body else signs.connectors & _LINKS_IN_PEOPLE
    place = at
    while place < at + 3 and frame.lower(place) in allowed and not frame.is_capital(place):
        place += 1
    is_title = frame.lower(place).rstrip(".") in signs.speech.honorifics
    return place if place > at and is_name_word(frame, place) and not is_title else None
