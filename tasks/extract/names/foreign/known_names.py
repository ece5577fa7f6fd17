"""What we know beforehand, in the words of one language: countries, peoples, places, institutions, people, cities."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tasks.extract.languages.cldr import territories
from tasks.extract.languages.words import read_table
from tasks.extract.names.gazetteer import (
    City,
    Gazetteer,
    Known,
    gazetteer,
    geonames,
    make_phrases,
    normalize_name,
)

_LARGE_CITY = 300_000  # inhabitants from which a city's names in other languages are known
_SHORTEST = 4  # letters of such a name in an alphabet
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA")  # scripts in which each character is a token
_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
# Regions of the world that CLDR names, by the key of our own table.
_CONTINENTS = {"150": "Europe", "002": "Africa", "142": "Asia", "009": "Oceania", "EU": "European Union"}


def tables_of(language: str) -> Gazetteer:
    """The tables for texts in a language such as "pt-BR"."""
    code = language.split("-")[0].lower()
    return gazetteer() if code == "en" else foreign_gazetteer(code)


@cache
def foreign_gazetteer(code: str) -> Gazetteer:
    """The tables in the words of a language: forms of CLDR and of its names.toml, with the English names of people
    and institutions, which many languages print unchanged; cities by their names in the language's script too."""
    english = gazetteer()
    table = read_table(code, "names")
    known: dict[str, Known] = {}
    common = _common_words(code)
    for form, thing in _forms(code, table, english):
        if form.lower() not in common:
            known.setdefault(normalize_name(form), thing)
    groups: dict[str, Known | None] = {}
    countries = _countries(english)
    for country, words in table.get("peoples", {}).items():
        groups.update((normalize_name(word), countries[country]) for word in words.split())
    cities = dict(english.cities) if _is_latin(code) else {}
    for form, city in _city_forms(code):
        if form in common:
            continue
        place = english.known.get(normalize_name(city.name))
        if place is not None and place.entity_type == "place" and place.country_code == city.country_code:
            known.setdefault(form, place)
        else:
            cities.setdefault(form, [city])
    known = {**known, **_inflected(known, table.get("inflections", ()))}
    phrases = make_phrases(_spaced(known) if _script(code) in _UNSPACED else known, [])
    for key, thing in english.known.items():
        if thing.entity_type != "place" and key not in common:
            known.setdefault(key, thing)
    return Gazetteer(known, groups, cities, phrases)


def _inflected(known: Mapping[str, Known], rules: Sequence[str]) -> dict[str, Known]:
    """Further cases of names of one word, by rules "ending:endings of the other cases"."""
    found: dict[str, Known] = {}
    parted = [(rule.partition(":")[0], rule.partition(":")[2].split()) for rule in rules]
    for form, thing in known.items():
        if " " in form or len(form) < _SHORTEST:
            continue
        for ending, others in parted:
            if form.endswith(ending):
                stem = form[: len(form) - len(ending)]
                found.update({stem + other: thing for other in others if stem + other not in known})
                break
    return found


def _spaced(known: Mapping[str, Known]) -> dict[str, Known]:
    """Names with a blank between their characters, each of which is a token in these scripts."""
    return {" ".join(form.replace(" ", "")): thing for form, thing in known.items() if not form.isascii()}


def _common_words(code: str) -> frozenset[str]:
    """Words of the language that a short name must not be taken for: "uno", "au", "who"."""
    table = read_table(code, "speech")
    return frozenset(
        word for name in ("articles", "stops", "prepositions", "they") for word in table.get(name, "").split()
    )


def _countries(english: Gazetteer) -> dict[str, Known]:
    """Countries by their codes."""
    found: dict[str, Known] = {}
    for thing in english.known.values():
        is_country = thing.entity_type == "place" and thing.country_code and thing.latitude is None
        if is_country and thing.wikidata_id:
            found.setdefault(str(thing.country_code), thing)
    return found


def _forms(code: str, table: Mapping[str, Any], english: Gazetteer) -> Iterator[tuple[str, Known]]:
    """Every form with its thing; of two things with one form the first holds."""
    countries = _countries(english)
    for name, forms in (*table.get("forms", {}).items(), *table.get("places", {}).items()):
        yield from ((form, english.known[normalize_name(name)]) for form in forms)
    for country, forms in table.get("aliases", {}).items():
        yield from ((form, countries[country]) for form in forms)
    yield from _territory_forms(code, countries, english)
    for country, names in table.get("regions", {}).items():
        yield from ((name, Known(name, "place", None, country)) for name in names)
    yield from ((name, Known(name, "organization")) for name in table.get("organizations", ()))
    if _is_latin(code):
        yield from (
            (key, thing)
            for key, thing in english.known.items()
            if thing.entity_type != "place" and len(key) > 2
        )


def _territory_forms(
    code: str, countries: Mapping[str, Known], english: Gazetteer
) -> Iterator[tuple[str, Known]]:
    for territory, name in territories(code):
        thing = countries.get(territory)
        if thing is None and territory in _CONTINENTS:
            thing = english.known.get(normalize_name(_CONTINENTS[territory]))
        if thing is not None:
            yield name, thing


def _is_latin(code: str) -> bool:
    name = next((name for _, name in territories(code)), "A")
    return unicodedata.name(name[0], "LATIN").startswith("LATIN")


@cache
def _script(code: str) -> str:
    name = next((name for _, name in territories(code)), "A")
    return unicodedata.name(name[0], "LATIN").split()[0]


def _city_forms(code: str) -> Iterator[tuple[str, City]]:
    """Names of large cities in the script of the language, with the city; the largest city first."""
    script = _script(code)
    is_cjk = script in _CJK
    rows = geonames().get_cities().values()
    for row in sorted(rows, key=lambda row: -row["population"]):
        if row["population"] < _LARGE_CITY:
            break
        city = City.of(row)
        for name in row.get("alternatenames", ()):
            if _is_form(name, script, is_cjk=is_cjk):
                yield normalize_name(name), city


def _is_form(name: str, script: str, *, is_cjk: bool) -> bool:
    """Whether a name of GeoNames is a name of the city in that script; codes and romanised forms are not."""
    first = unicodedata.name(name[0], "-").split()[0] if name else ""
    if is_cjk:
        return first in _CJK and len(name) > 1
    return first == script and len(name) >= _SHORTEST and name[0] != name[0].lower() and not name.isupper()
