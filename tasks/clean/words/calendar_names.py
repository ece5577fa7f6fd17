"""Month names of many languages, as Unicode's CLDR lists them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale

# The languages that news pages and feeds are read in, and their neighbours; each costs some milliseconds once.
_LANGUAGES = (
    *(
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "pl",
        "ru",
        "uk",
        "tr",
        "ar",
        "hi",
        "sv",
        "da",
        "nb",
        "fi",
        "hu",
    ),
    *("ro", "el", "cs", "sk", "hr", "sr", "sl", "bg", "ca", "id", "lt", "lv", "et"),
)
_SHORTEST = 2


@cache
def cldr_months() -> dict[str, int]:
    """Month by name, whole or abbreviated, case folded and without a closing dot.

    A name that means different months in different languages (Croatian and Polish "listopad") is left out.
    """
    months: dict[str, int] = {}
    doubtful: set[str] = set()
    for language in _LANGUAGES:
        for name, number in _month_names(language):
            if months.setdefault(name, number) != number:
                doubtful.add(name)
    return {name: number for name, number in months.items() if name not in doubtful}


def _month_names(language: str) -> Iterator[tuple[str, int]]:
    months = Locale(language).months
    for use in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[use][width].items():
                bare = name.casefold().rstrip(".॰")
                if len(bare) >= _SHORTEST and not any(char.isdigit() for char in bare):
                    yield bare, number
