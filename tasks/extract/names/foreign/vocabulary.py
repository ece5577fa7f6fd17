"""The words that show the kind of a name in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tasks.extract.languages.words import read_table
from tasks.extract.names.foreign.given import given_names, surnames
from tasks.extract.quotations.foreign.vocabulary import Speech, no_speech, speech_of


@dataclass(frozen=True, slots=True)
class NameSigns:
    """names.toml of a language, in lower case, with its words of people and speech."""

    code: str
    speech: Speech
    connectors: frozenset[str]
    organization_heads: frozenset[str]
    organization_words: frozenset[str]
    organization_endings: tuple[str, ...]
    organization_starts: tuple[str, ...]
    place_heads: frozenset[str]
    place_endings: tuple[str, ...]
    place_before: frozenset[str]
    place_movers: frozenset[str]
    never: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    office_endings: tuple[str, ...]
    has_capital_nouns: bool
    organizations_alone: frozenset[str]
    place_links: tuple[str, ...]
    heads_in_names: bool
    year_words: frozenset[str]


@cache
def signs_of(code: str) -> NameSigns:
    """The signs of a language; empty ones, but for given names, for a language whose folder has no names.toml."""
    base = code.split("-")[0].lower()
    table = read_table(base, "names")
    speech = speech_of(base) or no_speech(base)
    return NameSigns(
        code=base,
        speech=speech,
        connectors=_words(table, "connectors"),
        organization_heads=_words(table, "organization_heads"),
        organization_words=_words(table, "organization_words"),
        organization_endings=tuple(_words(table, "organization_endings")),
        organization_starts=tuple(table.get("organization_starts", "").lower().split()),
        place_heads=_words(table, "place_heads"),
        place_endings=tuple(_words(table, "place_endings")),
        place_before=_words(table, "place_before"),
        place_movers=_words(table, "place_movers"),
        never=_words(table, "never"),
        given=given_names(base) - (_units(base) if speech.has_capital_nouns else frozenset()),
        surnames=surnames(base),
        office_endings=tuple(read_table(base, "people").get("office_endings", "").split()),
        has_capital_nouns=bool(table.get("capital_nouns")),
        organizations_alone=_words(table, "organizations_alone"),
        place_links=tuple(table.get("place_links", "").split()),
        heads_in_names=bool(table.get("heads_in_names")),
        year_words=frozenset(
            word for word, unit in read_table(base, "dates").get("units", {}).items() if unit == "year"
        ),
    )


def _words(table: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(table.get(name, "").lower().split())


def _units(code: str) -> frozenset[str]:
    """Words for units in lower case: "drei Tage" names nobody, though Tage is a given name."""
    units = read_table(code, "figures").get("units", {})
    return frozenset(word.lower() for words in units.values() for word in words)
