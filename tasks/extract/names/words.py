"""The word lists that tell what a name is (data/name_words.toml), ready for look-up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class NameWords:
    """Every list of data/name_words.toml as a set of lower-case words; phrases keep their spaces."""

    honorifics: frozenset[str]
    post_nominals: frozenset[str]
    offices: frozenset[str]
    office_links: frozenset[str]
    organization_endings: frozenset[str]
    organization_beginnings: frozenset[str]
    facility_endings: frozenset[str]
    place_endings: frozenset[str]
    place_beginnings: frozenset[str]
    event_endings: frozenset[str]
    law_endings: frozenset[str]
    speech: frozenset[str]
    kin: frozenset[str]
    assets: frozenset[str]
    place_prepositions: frozenset[str]
    place_movements: frozenset[str]
    place_nouns: frozenset[str]
    place_owners: frozenset[str]
    place_bodies: frozenset[str]
    holdings: frozenset[str]
    directions: frozenset[str]
    organization_nouns: frozenset[str]
    never: frozenset[str]
    first_names: frozenset[str]
    never_leading: frozenset[str]
    never_trailing: frozenset[str]
    breaks: frozenset[str]
    never_continuing: frozenset[str]
    hyphen_tails: frozenset[str]
    common_words: frozenset[str]
    function_words: frozenset[str]
    months_days: frozenset[str]
    run_links: frozenset[str]
    whole_bodies: frozenset[str]
    heads: frozenset[str]
    office_bodies: frozenset[str]
    office_fields: frozenset[str]
    qualifiers: frozenset[str]
    vessels: frozenset[str]


@cache
def name_words() -> NameWords:
    """The lists, read once per process."""
    lists = tomllib.loads((DATA / "name_words.toml").read_text(encoding="utf-8"))
    split = {key: value.split() if isinstance(value, str) else value for key, value in lists.items()}
    return NameWords(**{key: frozenset(value) for key, value in split.items()})
