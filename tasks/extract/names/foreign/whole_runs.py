"""Runs of capitals that are one name as they stand: cities of saints, what a word in small letters before them says, bodies alone."""

from __future__ import annotations

from tasks.extract.names.foreign.kinds import CITY
from tasks.extract.names.foreign.vocabulary import NameSigns
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import Gazetteer, normalize_name


def whole_run(frame: Frame, start: int, end: int, signs: NameSigns, tables: Gazetteer) -> Candidate | None:
    """The name that the whole run is, None where its kind is not known at once."""
    if _is_saints_city(frame, start, end, signs, tables):
        return Candidate(start, end, "place", is_model=False, source="table")
    if start in frame.begins:
        return None
    head = _place_head(frame, start, signs)
    if head is not None:
        begin = head if signs.heads_in_names and head == start - 1 else start
        return Candidate(begin, end, "place", is_model=False, source="pattern")
    if _is_body_alone(frame, start, end, signs):
        return Candidate(start, end, "organization", is_model=False, source="pattern")
    if _is_commune(frame, start, end, signs):
        return Candidate(start, end, "place", is_model=False, source="pattern")
    return None


def _is_saints_city(frame: Frame, start: int, end: int, signs: NameSigns, tables: Gazetteer) -> bool:
    """ "São Paulo", "San Luis Potosí": the saint is no title before a person."""
    if end - start < 2 or frame.lower(start) not in signs.speech.honorifics:
        return False
    cities = tables.cities.get(normalize_name(frame.text(start, end)), ())
    return any(city.population >= CITY for city in cities)


def _place_head(frame: Frame, start: int, signs: NameSigns) -> int | None:
    """The word for a place in small letters right before, or before a connector: "rio Tietê", "provincia di Ems"."""
    head = start - 2 if frame.lower(start - 1) in signs.connectors else start - 1
    return head if frame.lower(head) in signs.place_heads and not frame.is_capital(head) else None


def _is_body_alone(frame: Frame, start: int, end: int, signs: NameSigns) -> bool:
    """ "le Parlement": a body of which there is one, behind an article."""
    before = frame.lower(start - 1)
    has_article = before in signs.speech.articles or before in signs.connectors
    return end - start == 1 and has_article and frame.lower(start) in signs.organizations_alone


def _is_commune(frame: Frame, start: int, end: int, signs: NameSigns) -> bool:
    """ "Ervy-le-Châtel": words joined by hyphens and a small word of place."""
    name = "".join(frame.lower(token) for token in range(start, end))
    return "-" in name and any(link in name for link in signs.place_links)
