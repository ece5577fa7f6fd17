"""Given names and surnames of the world's languages, as the package Faker lists them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

# News names people from everywhere: in the Latin script the lists of these locales hold for all its languages.
_LATIN = (
    "en_US", "es_ES", "es_MX", "fr_FR", "de_DE", "it_IT", "pt_BR", "nl_NL", "sv_SE", "pl_PL", "tr_TR", "en_GB", "en_IE", "fr_BE", "fr_CH",
    "de_CH", "de_AT", "de_LU", "nl_BE", "es_AR", "es_CO", "pt_PT", "cs_CZ", "hr_HR",
)  # fmt: skip
_OWN = {
    "ru": ("ru_RU",), "uk": ("uk_UA",), "bg": ("bg_BG",), "el": ("el_GR",), "ar": ("ar_AA",), "hi": ("hi_IN",),
    "cs": ("cs_CZ",), "hu": ("hu_HU",), "ro": ("ro_RO",), "fi": ("fi_FI",), "da": ("da_DK",), "nb": ("no_NO",),
    "no": ("no_NO",), "hr": ("hr_HR",), "sk": ("sk_SK",), "sl": ("sl_SI",),
}  # fmt: skip
_NO_LATIN = frozenset({"ru", "uk", "bg", "el", "ar", "hi", "zh", "ja", "ko"})
_SHORTEST = 3


@cache
def given_names(code: str) -> frozenset[str]:
    """Given names in lower case that texts of the language hold."""
    return frozenset(_names(code, "first_names", "first_names_male", "first_names_female"))


@cache
def surnames(code: str) -> frozenset[str]:
    """Surnames in lower case that texts of the language hold."""
    return frozenset(_names(code, "last_names", "last_names_male", "last_names_female"))


def _names(code: str, *lists: str) -> Iterator[str]:
    for locale in (*(() if code in _NO_LATIN else _LATIN), *_OWN.get(code, ())):
        provider: Any = import_module(f"faker.providers.person.{locale}").Provider
        for name in lists:
            for word in getattr(provider, name, ()):
                if len(word) >= _SHORTEST and " " not in word:
                    yield word.lower()
