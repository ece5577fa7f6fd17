"""Who or what a name means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.captures import digest_text
from core.outcomes import Row
from tasks.extract.entities.acronyms import acronym_owners, bare_company
from tasks.extract.entities.clues import PersonClues, told_of_persons
from tasks.extract.entities.people import match_people
from tasks.extract.entities.places import Place, find_places
from tasks.extract.names.foreign.known_names import tables_of
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import Known, normalize_name


@dataclass(frozen=True, slots=True)
class Identity:
    """A thing named. `entity_id` is its Wikidata item where our table has it, else a hash of what it is."""

    entity_id: str
    name: str
    entity_type: str
    wikidata_id: str | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def to_row(self) -> Row:
        """The row of `entities`, without aliases yet."""
        return {
            "entity_id": self.entity_id,
            "name": self.name,
            "entity_type": self.entity_type,
            "aliases": [],
            "wikidata_id": self.wikidata_id,
            "country_code": self.country_code,
            "latitude": self.latitude,
            "longitude": self.longitude,
        }


def identify_names(frame: Frame, names: Sequence[Candidate]) -> list[Identity]:
    """The thing that each name means, in the names' order.

    A pure function of the article and our tables: ids never depend on other articles. A surname that
    no full name in the article explains means a well-known bearer where our table has exactly one;
    else it gets an id of its own article, since two articles' "Garcia" are not one person.
    """
    told = told_of_persons(frame, names)
    people = match_people(frame, names, told)
    couples = _couples(names, people, told)
    places = find_places(frame, names)
    owners = acronym_owners(frame, names)
    # A longer form is settled before the short forms that lean on it.
    found: dict[int, Identity] = {}
    for index, one in enumerate(names):
        if one.entity_type == "person":
            title = told[index].title if one.key in couples else ""
            found[index] = _person(frame, one, people[index], title)
        elif one.entity_type == "group":
            found[index] = _group(frame, one)
        elif one.entity_type in ("place", "facility"):
            found[index] = _place(frame, one, places.get(one.key))
        else:
            owner = names[owners[index]] if index in owners else one
            found[index] = _thing(frame, owner)
    return [found[index] for index in range(len(names))]


def known_identity(known: Known) -> Identity:
    """The identity of a thing of our tables."""
    key = known.wikidata_id or digest_text("entity", known.entity_type, normalize_name(known.name))
    return Identity(
        key,
        known.name,
        known.entity_type,
        known.wikidata_id,
        known.country_code,
        known.latitude,
        known.longitude,
    )


def _couples(
    names: Sequence[Candidate], people: Mapping[int, str | None], told: Mapping[int, PersonClues]
) -> set[str]:
    """The surnames that no full name explains and that "Mr" is before in one place, "Ms" in another."""
    titles: dict[str, set[str]] = {}
    for index, full_name in people.items():
        if full_name is None:
            titles.setdefault(names[index].key, set()).add(told[index].title)
    return {key for key, found in titles.items() if {"m", "f"} <= found}


def _person(frame: Frame, one: Candidate, full_name: str | None, title: str) -> Identity:
    name = full_name or frame.text(one.start, one.end)
    key = normalize_name(name)
    known = tables_of(frame.document.language).known.get(key)
    is_short = " " not in key
    if known is not None and known.entity_type == "person":
        return known_identity(known)
    if is_short:
        own = (frame.document.article_id, key, *([title] if title else []))
        return Identity(digest_text("entity", "person", *own), name, "person")
    return Identity(digest_text("entity", "person", key), name, "person")


def _group(frame: Frame, one: Candidate) -> Identity:
    owner = tables_of(frame.document.language).groups.get(one.key)
    if owner is not None:
        return known_identity(owner)
    words = one.key.split()
    singular = (
        words[-1][:-1]
        if words[-1].endswith("s") and not words[-1].endswith(("ss", "us")) and len(words[-1]) > 4
        else words[-1]
    )
    name = " ".join([*words[:-1], singular])
    return Identity(digest_text("entity", "group", name), name.title(), "group")


def _place(frame: Frame, one: Candidate, place: Place | None) -> Identity:
    if place is None:
        return _thing(frame, one)
    if place.known is not None:
        return known_identity(place.known)
    city = place.city
    assert city is not None
    key = digest_text("entity", "place", normalize_name(city.name), city.country_code, city.region)
    return Identity(key, city.name, "place", None, city.country_code, city.latitude, city.longitude)


def _thing(frame: Frame, one: Candidate) -> Identity:
    known = tables_of(frame.document.language).known.get(one.key)
    if known is not None and (known.entity_type != "person"):
        return known_identity(known)
    name = " ".join(frame.text(one.start, one.end).split())
    key = bare_company(one.key) if one.entity_type == "organization" else one.key
    return Identity(digest_text("entity", one.entity_type, key), name, one.entity_type)
