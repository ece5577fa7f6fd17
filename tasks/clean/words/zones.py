"""Zones as printed behind a time: "CEST", "UTC+2", "Europe/Berlin", "Central European Summer Time"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from tasks.clean.words.word_lists import read_words

UnknownZone = Literal["unknown"]
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-]?)(\d{1,2}):?(\d{2})?", re.I)
# What comes after a clock: a place of the tz database, a zone's name in words, or capitals that end the text.
_PLACE = re.compile(r"\s{0,2}[\[(]?([A-Z][A-Za-z]{2,20}(?:/[A-Z][A-Za-z_+-]{2,30}){1,2})[\])]?")
_NAME = re.compile(r"\s{0,2}\(?((?:[A-Z][\w'&.-]{0,20} ){1,5}Time)\b")
_CAPITALS = re.compile(r"\s{0,2}[(\[]?([A-Z]{3,5})(?!\s?[+-]\d)[)\]]?\s{0,2}(?:$|[^\w\s])")
_NOT_ZONES = frozenset(["uhr", "hrs"])  # words of the clock itself


def read_zone(text: str | None, day: date, zone: tzinfo) -> tzinfo | None:
    """The zone that a text names. An abbreviation of the outlet's own zone on that day means that zone:
    IST is Ireland's in Dublin and India's elsewhere."""
    if not text:
        return None
    if text.upper() == datetime(day.year, day.month, day.day, 12, tzinfo=zone).tzname():
        return zone
    if found := short_zones().get(text.casefold()):
        return found
    found_offset = _OFFSET.fullmatch(text)
    if not found_offset:
        return None
    minutes = int(found_offset[2]) * 60 + int(found_offset[3] or 0)
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found_offset[1] == "-" else minutes))


def read_zone_behind(text: str, day: date, zone: tzinfo) -> tzinfo | UnknownZone | None:
    """The zone named at the head of the text behind a clock; "unknown" if it is a name that says nothing to us,
    None if no zone is there."""
    if found := _PLACE.match(text):
        return ZoneInfo(found[1]) if found[1] in _places() else "unknown"
    if found := _NAME.match(text):
        return _long_zones().get(found[1].casefold(), "unknown")
    if (found := _CAPITALS.match(text)) and found[1].casefold() not in _NOT_ZONES:
        return read_zone(found[1], day, zone) or "unknown"
    return None


@cache
def short_zones() -> dict[str, tzinfo]:
    """Zones by abbreviation; those that stand for summer and winter time alike follow the clock there."""
    fixed = read_words("dates")["zones"].items()
    found: dict[str, tzinfo] = {name: timezone(timedelta(hours=float(hours))) for name, hours in fixed}
    places = read_words("dates")["zone_places"].items()
    return {**found, **{name: ZoneInfo(place) for name, place in places}}


@cache
def _places() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _long_zones() -> dict[str, tzinfo]:
    """Zones by CLDR's English names; "Standard" and "Summer" are fixed hours, a general name follows the clock."""
    places: dict[str, ZoneInfo] = {}
    for name, zone in sorted(get_global("meta_zones").items()):
        if name in _places() and (zone not in places or len(_offsets(places[zone])) == 1):
            places[zone] = ZoneInfo(name)  # best one that has a summer time
    found: dict[str, tzinfo] = {}
    for zone, names in Locale("en").meta_zones.items():
        for kind, name in names.get("long", {}).items() if zone in places else ():
            if fixed := _fix(places[zone], kind):
                found[name.casefold()] = fixed
    return found


def _fix(place: ZoneInfo, kind: str) -> tzinfo | None:
    """The place's clock for "generic", else its fixed offset in winter ("standard") or in summer ("daylight");
    None for the summer time of a place that has none."""
    if kind == "generic":
        return place
    offsets = _offsets(place)
    if kind == "daylight":
        return timezone(offsets[-1]) if len(offsets) > 1 else None
    return timezone(offsets[0])


def _offsets(place: ZoneInfo) -> list[timedelta]:
    """The offsets of a year, least first."""
    moments = [datetime(2024, month, 1, tzinfo=place) for month in range(1, 13)]
    return sorted({moment.utcoffset() or timedelta(0) for moment in moments})
