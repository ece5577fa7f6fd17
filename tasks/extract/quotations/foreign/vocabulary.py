"""The words of saying of one language: speech.toml and people.toml of its folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tasks.extract.languages.cldr import joints
from tasks.extract.languages.words import read_table

_PIECES = re.compile(r"[^\s']+'?")
_Phrase = tuple[str, ...]
_SAME = {"no": "nb", "nn": "nb"}  # Norwegian as it is detected, and its second written form


@dataclass(frozen=True, slots=True)
class Speech:
    """Word lists in lower case. `pronouns` has he, she or they by pronoun; phrases are sorted, the longest first.

    `verbs` stand alone, `participles` need one of `auxiliaries`; `between` can be between a speaker and the verb.
    """

    code: str
    verbs: frozenset[str]
    participles: frozenset[str]
    auxiliaries: frozenset[str]
    between: frozenset[str]
    according: tuple[_Phrase, ...]
    according_after: frozenset[str]
    thus: frozenset[str]
    leads: frozenset[str]
    pronouns: Mapping[str, str]
    articles: frozenset[str]
    indefinite: frozenset[str]
    naming: tuple[str, ...]
    oblique: frozenset[str]
    links: frozenset[str]
    prepositions: frozenset[str]
    stops: frozenset[str]
    clitics: frozenset[str]
    enclitics: frozenset[str]
    honorifics: frozenset[str]
    offices: frozenset[str]
    people: frozenset[str]
    collectives: frozenset[str]
    source_endings: tuple[str, ...]
    genitive_endings: tuple[str, ...]
    from_sources: frozenset[str]
    joints: frozenset[str]
    has_elided: bool
    has_capital_nouns: bool
    has_dashes: bool
    is_around: bool

    def is_person_noun(self, word: str) -> bool:
        """Whether the word, in lower case, is a noun of people: an office or a person described by what they are."""
        forms = (word, word.removesuffix("s"), word.removesuffix("es"))
        is_listed = any(form in self.people or form in self.offices for form in forms)
        return is_listed or word.endswith(self.source_endings)


@cache
def speech_of(code: str) -> Speech | None:
    """The words of a language such as "pt-BR"; None for a language whose folder has no speech.toml."""
    base = code.split("-")[0].lower()
    base = _SAME.get(base, base)
    table, people = read_table(base, "speech"), read_table(base, "people")
    return _make_speech(base, table, people) if table else None


@cache
def no_speech(code: str) -> Speech:
    """A language without words of saying."""
    return _make_speech(code, {}, read_table(code, "people"))


def _make_speech(base: str, table: Mapping[str, Any], people: Mapping[str, Any]) -> Speech:
    stops = _words(table, "stops") | _words(table, "prepositions")
    return Speech(
        code=base,
        verbs=_forms(table.get("verbs", {})),
        participles=_forms(table.get("participles", {})),
        auxiliaries=_words(table, "auxiliaries"),
        between=_words(table, "between"),
        according=tuple(
            sorted((tuple(_PIECES.findall(p)) for p in table.get("according", ())), key=len, reverse=True)
        ),
        according_after=frozenset(table.get("according_after", ())),
        thus=frozenset(table.get("thus", ())),
        leads=_words(table, "leads"),
        pronouns={word: kind for kind in ("they", "she", "he") for word in table.get(kind, "").split()},
        articles=_words(table, "articles"),
        indefinite=_words(table, "indefinite"),
        naming=tuple(table.get("naming", ())),
        oblique=_words(table, "oblique"),
        links=_words(table, "links"),
        prepositions=_words(table, "prepositions"),
        stops=stops,
        clitics=_words(table, "clitics"),
        enclitics=_words(table, "enclitics"),
        honorifics=_words(people, "honorifics"),
        offices=_words(people, "offices"),
        people=_words(people, "people"),
        collectives=_words(people, "collectives"),
        source_endings=tuple(people.get("endings", "").split()) or ("\0",),
        genitive_endings=tuple(people.get("genitive_endings", "").split()),
        from_sources=_words(table, "from_sources"),
        joints=joints(base),
        has_elided=bool(table.get("elided")),
        has_capital_nouns=bool(table.get("capital_nouns")),
        has_dashes=bool(table.get("dashes")),
        is_around=bool(table.get("around")),
    )


def _words(table: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(table.get(name, "").split())


def _forms(table: Mapping[str, str]) -> frozenset[str]:
    """The forms that are written out, and every stem with every ending ("-" is no ending)."""
    endings = [ending.strip("-") for ending in table.get("endings", "").split()]
    made = {stem + ending for stem in table.get("stems", "").split() for ending in endings}
    return frozenset({*table.get("forms", "").split(), *made})
