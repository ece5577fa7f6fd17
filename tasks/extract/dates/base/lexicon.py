"""The words of the calendar, loaded once."""

from __future__ import annotations

import tomllib
from datetime import timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo


@cache
def _calendar() -> dict[str, Any]:
    with (Path(__file__).parent / "calendar.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def table(name: str) -> dict[str, Any]:
    """A table of calendar.toml."""
    found: dict[str, Any] = _calendar()[name]
    return found


@cache
def calendar_words(name: str, key: str) -> frozenset[str]:
    """A list of words of calendar.toml."""
    return frozenset(_calendar()[name][key])


@cache
def zone_of(letters: str) -> tzinfo | None:
    """The zone that the letters name ("EST", "ET", "GMT"), or None."""
    return _as_zone(table("zones").get(letters))


@cache
def zone_of_place(word: str) -> tzinfo | None:
    """The zone of "Eastern time", "Moscow time", by its first word in lower case."""
    return _as_zone(table("zone_names").get(word))


def _as_zone(entry: Any) -> tzinfo | None:
    if entry is None:
        return None
    return ZoneInfo(entry) if isinstance(entry, str) else timezone(timedelta(hours=entry))


@cache
def holidays() -> dict[tuple[str, ...], dict[str, Any]]:
    """Named days by their words in lower case."""
    return {tuple(name.replace(".", " .").split()): rule for name, rule in table("holidays").items()}


@cache
def holiday_things() -> frozenset[str]:
    """What is of a holiday and not of its day: "Christmas mail", "Easter eggs"."""
    return calendar_words("holiday_things", "words")
