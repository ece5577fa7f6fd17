"""Names that come again: surnames of people named in full, people of the byline, bodies by their short forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tasks.extract.names.foreign.runs import is_name_word
from tasks.extract.names.foreign.vocabulary import NameSigns
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import normalize_name

_SHORTEST = 3


def repeated(frame: Frame, signs: NameSigns, names: Sequence[Candidate]) -> Iterator[Candidate]:
    """Mentions of people by their surname, where the article has the full name; and of single-word names found elsewhere."""
    forms = _forms(frame, signs, names)
    taken = {token for one in names for token in range(one.start, one.end)}
    longest = max((len(form) for form in forms), default=0)
    at = 0
    while at < len(frame.words):
        if at in taken or not is_name_word(frame, at):
            at += 1
            continue
        for length in range(min(longest, len(frame.words) - at), 0, -1):
            kind = forms.get(tuple(frame.lowers[at : at + length]))
            if (
                kind is not None
                and not any(token in taken for token in range(at, at + length))
                and is_name_word(frame, at + length - 1)
            ):
                yield Candidate(at, at + length, kind, is_model=False, source="repeat")
                at += length
                break
        else:
            at += 1


def _forms(frame: Frame, signs: NameSigns, names: Sequence[Candidate]) -> dict[tuple[str, ...], str]:
    forms: dict[tuple[str, ...], str] = {}
    for one in names:
        words = tuple(frame.lowers[one.start : one.end])
        if one.entity_type == "person":
            for form in _surnames(words, signs):
                forms.setdefault(form, "person")
        elif one.entity_type in ("organization", "place") and len(words) > 0:
            forms.setdefault(words, one.entity_type)
    forms.update(_given_alone(forms, frame, signs, names))
    for author in frame.document.authors:
        words = tuple(author.lower().split())
        if len(words) > 1:
            forms.setdefault(words, "person")
    return {form: kind for form, kind in forms.items() if _is_long(form, signs)}


def _given_alone(
    forms: Mapping[tuple[str, ...], str], frame: Frame, signs: NameSigns, names: Sequence[Candidate]
) -> dict[tuple[str, ...], str]:
    """The given name of the only person of the article who has it: "Denise" after "Denise Brandin"."""
    people = [
        tuple(frame.lowers[one.start : one.end])
        for one in names
        if one.entity_type == "person" and one.end - one.start > 1
    ]
    owners: dict[str, set[str]] = {}
    for words in people:
        if words[0] in signs.given:
            owners.setdefault(words[0], set()).add(words[-1])
    return {(given,): "person" for given, last in owners.items() if len(last) == 1 and (given,) not in forms}


def _is_long(form: tuple[str, ...], signs: NameSigns) -> bool:
    lower = form[-1]
    return len(normalize_name(" ".join(form))) > _SHORTEST and not (
        len(form) == 1
        and (lower in signs.never or lower in signs.speech.offices or lower in signs.speech.stops)
    )


def _surnames(words: tuple[str, ...], signs: NameSigns) -> Iterator[tuple[str, ...]]:
    """What a person of that name is called later on: the whole, all but the given names, the last word."""
    yield words
    at = 0
    while at < len(words) - 1 and (words[at] in signs.given or words[at] == "."):
        at += 1
    at = max(at, 1) if len(words) > 1 else 0
    while at < len(words):
        yield words[at:]
        if at + 1 < len(words) and words[at] not in signs.connectors:
            yield (words[at],)
        at += 1
