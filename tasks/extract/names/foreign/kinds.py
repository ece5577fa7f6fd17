"""What a run of words with capitals names: a person, a body, a place, or something unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.names.foreign.titles import (
    stands_at_speech,
    stands_at_title,
    stands_before_age,
    stands_behind_field,
)
from tasks.extract.names.foreign.vocabulary import NameSigns
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import Gazetteer, normalize_name

CITY = 100_000  # inhabitants of a city that is known by its name alone
_METROPOLIS = 1_000_000  # inhabitants of a city that is known even where any word has a capital
_MOST_PERSON_WORDS = 5
_ACRONYM = range(2, 8)
_OFFICE_NEAR = 3  # words before "of" within which its office stands
_SURNAMED = 2  # words of a person whom the surname alone shows
_ROMAN = frozenset(
    {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiv", "xix", "xx", "xxi"}
)


def trimmed(
    frame: Frame, start: int, end: int, signs: NameSigns, known: Sequence[Candidate]
) -> Iterator[tuple[int, int]]:
    """The run without a sentence's first word that is no name, without titles before a person, parted at known places."""
    while start < end and _leads(frame, start, end, signs):
        start += 1
        while start < end and not frame.is_capital(start):
            start += 1
    if signs.has_capital_nouns:
        start = _behind_nouns(frame, start, end, signs)
    else:
        start = _behind_field(frame, start, end, signs)
    for one in known:
        is_person = frame.lower(start) in signs.given
        if is_person and one.entity_type == "place" and start + 1 < one.start and one.end == end:
            cut = one.start
            while cut > start and not frame.is_capital(cut - 1):
                cut -= 1
            end = cut if cut < one.start else end
            break
    if start < end:
        yield start, end


def _behind_nouns(frame: Frame, start: int, end: int, signs: NameSigns) -> int:
    """Where the name begins among nouns with capitals: at a given name, or behind a title."""
    for at in range(end - 1, start, -1):
        if stands_at_title(frame, at, signs) and frame.lower(at) not in signs.speech.offices:
            return at
    for at in range(start, end - 1):
        if frame.lower(at) in signs.given:
            return at
    return start


def _behind_field(frame: Frame, start: int, end: int, signs: NameSigns) -> int:
    """Where the name begins behind an office with its field: "ministre du Budget Michel Charoux"."""
    if frame.lower(start) in signs.given or frame.lower(start - 1) not in signs.speech.links:
        return start
    if not any(
        frame.lower(at) in signs.speech.offices for at in range(start - 2, start - 2 - _OFFICE_NEAR, -1)
    ):
        return start
    return next((at for at in range(start + 1, end - 1) if frame.lower(at) in signs.given), start)


def _leads(frame: Frame, start: int, end: int, signs: NameSigns) -> bool:
    """Whether the first word belongs to the sentence, or is a title."""
    lower, speech = frame.lower(start).rstrip("."), signs.speech
    if lower in signs.never or (lower.endswith("'") and end - start > 1):
        return True
    if (
        end - start > 1
        and (lower in speech.honorifics or lower in speech.offices)
        and lower not in signs.given
    ):
        return lower not in signs.organization_heads
    if start not in frame.begins or lower in signs.given or lower in signs.organization_heads:
        return False
    is_function = (
        lower in speech.stops or lower in speech.articles or lower in speech.pronouns or lower in speech.verbs
    )
    if is_function or lower in speech.people or lower in speech.collectives:
        return True
    return end - start > 1 and frame.lower(start + 1) in signs.given and lower not in signs.surnames


def _is_no_name(words: Sequence[str], signs: NameSigns) -> bool:
    """Whether all words are common ones, or the only word is one of grammar ("Une", "Je")."""
    speech = signs.speech
    if all(word in signs.never or word in _ROMAN for word in words):
        return True
    return len(words) == 1 and (
        words[0] in speech.articles or words[0] in speech.stops or words[0] in speech.pronouns
    )


def kind_of_run(
    frame: Frame, start: int, end: int, signs: NameSigns, tables: Gazetteer
) -> tuple[str, str] | None:
    """The type and what showed it (`mentions.source`), or None."""
    words = frame.lowers[start:end]
    if _is_no_name(words, signs):
        return None
    if (known := _known(frame, start, end, tables)) is not None:
        return known
    first = words[0]
    if first in signs.organization_heads and (len(words) > 1 or start not in frame.begins):
        return ("organization", "pattern") if len(words) > 1 else None
    if first in signs.place_heads and len(words) > 1:
        return "place", "pattern"
    if any(word in signs.organization_words for word in words) or _is_acronym(frame, start, end):
        return "organization", "pattern"
    if _is_body(first, signs) and len(words) == 1:
        return "organization", "pattern"
    if signs.place_endings and len(words) == 1 and first.endswith(signs.place_endings) and len(first) > 7:
        return "place", "pattern"
    return _person(frame, start, end, signs) or _place(frame, start, end, signs, tables)


def _known(frame: Frame, start: int, end: int, tables: Gazetteer) -> tuple[str, str] | None:
    key = normalize_name(frame.text(start, end))
    thing = tables.known.get(key)
    if thing is not None:
        return thing.entity_type, "table"
    return None


def _is_acronym(frame: Frame, start: int, end: int) -> bool:
    word = frame.words[start]
    return (
        end - start == 1
        and word.isupper()
        and word.isalpha()
        and len(word) in _ACRONYM
        and start not in frame.headings
        and not _is_dateline(frame, end)
    )


def _is_dateline(frame: Frame, end: int) -> bool:
    """Whether a line begins with the word in capitals and a dash: "RACINES – Soirée", "EXCLUSIF – Le maire"."""
    begin = frame.end_char(end - 1) - len(frame.words[end - 1])
    return frame.document.text[max(0, begin - 1) : begin] in ("", "\n") and frame.lower(end) in ("–", "—")


def _is_body(lower: str, signs: NameSigns) -> bool:
    if not signs.organization_endings or not lower.endswith(signs.organization_endings):
        return False
    return lower.startswith(signs.organization_starts) and len(lower) > 8


def _person(frame: Frame, start: int, end: int, signs: NameSigns) -> tuple[str, str] | None:
    words = frame.lowers[start:end]
    if len([word for word in words if word not in signs.connectors]) > _MOST_PERSON_WORDS:
        return None
    is_body = words[0] in signs.organization_heads
    if stands_at_title(frame, start, signs) and not is_body:
        return "person", "title"
    if words[0] in signs.given and len(words) > 1:
        return "person", "given_name"
    return _person_by_context(frame, start, end, signs, is_body=is_body)


def _person_by_context(
    frame: Frame, start: int, end: int, signs: NameSigns, *, is_body: bool
) -> tuple[str, str] | None:
    """A person by the words around, or by a surname."""
    words = frame.lowers[start:end]
    if len(words) > 1 and not is_body and stands_behind_field(frame, start, signs):
        return "person", "title"
    if len(words) > 1 and not is_body and stands_before_age(frame, end, signs):
        return "person", "pattern"
    if signs.has_capital_nouns and any(signs.speech.is_person_noun(word) for word in words):
        return None  # "Brandners Anwalt", "Anhänger Brandners"
    if stands_at_speech(frame, start, end, signs):
        return "person", "speech"
    if signs.has_capital_nouns or start in frame.begins or start in frame.headings:
        return None
    if len(words) > _SURNAMED or {words[0], frame.lower(start - 1)} & signs.speech.articles:
        return None  # of longer names, and of those behind an article, few are people: half of the sets' each
    if words[-1] in signs.surnames and not any(word in signs.place_heads for word in words):
        return "person", "surname"
    return None


def _place(frame: Frame, start: int, end: int, signs: NameSigns, tables: Gazetteer) -> tuple[str, str] | None:
    key = normalize_name(frame.text(start, end))
    before = frame.lower(start - 1)
    cities = tables.cities.get(key, ())
    if end - start == 1 and start in frame.begins:
        cities = [c for c in cities if c.population >= _METROPOLIS and normalize_name(c.name) == key]
    is_city = any(city.population >= CITY for city in cities)
    if is_city and (before in signs.place_before or key not in signs.given):
        return "place", "table"
    if before in signs.place_before and cities:
        return "place", "table"
    if frame.lower(start - 2) in signs.place_movers and before in signs.connectors:
        return "place", "pattern"
    return None
