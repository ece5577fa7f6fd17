"""Whether a given name tells "he" or "she": our own list first, else the names that Faker lists for one of the two only."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

# Locales whose names Faker lists apart for women and men. A name that is a man's in one and a woman's in another tells nothing.
_LOCALES = (
    "en_US", "en_GB", "en_IE", "en_IN", "en_NG", "en_KE", "ga_IE", "es_ES", "es_MX", "es_AR", "es_CO", "fr_FR", "fr_BE", "fr_CH", "fr_DZ", "de_DE",
    "de_CH", "de_AT", "it_IT", "pt_BR", "pt_PT", "nl_NL", "nl_BE", "sv_SE", "no_NO", "da_DK", "fi_FI", "is_IS", "et_EE", "lv_LV", "pl_PL", "cs_CZ",
    "sk_SK", "hr_HR", "sl_SI", "hu_HU", "ro_RO", "tr_TR", "az_AZ", "uz_UZ", "id_ID", "vi_VN", "ar_DZ", "tw_GH", "ig_NG", "yo_NG", "ha_NG", "zu_ZA",
)  # fmt: skip


@cache
def genders() -> dict[str, str]:
    """Words in lower case that tell "he" (m) or "she" (f): given names and words such as "spokesman". Those that tell both are not in it."""
    lists = _lists()
    men, women = {*lists["he"].split()}, {*lists["she"].split()}
    told = {**dict.fromkeys(men - women, "m"), **dict.fromkeys(women - men, "f")}
    return {**_listed_names(), **told, **role_genders()}


@cache
def role_genders() -> dict[str, str]:
    """Words of a role in lower case that tell "he" (m) or "she" (f): "spokesman", "wife"."""
    lists = _lists()
    return {
        **dict.fromkeys(lists["he_words"].split(), "m"),
        **dict.fromkeys(lists["she_words"].split(), "f"),
    }


def _lists() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "given_names.toml").read_text(encoding="utf-8"))


def _listed_names() -> dict[str, str]:
    men, women = (frozenset(_names(f"first_names_{sex}")) for sex in ("male", "female"))
    return {**dict.fromkeys(men - women, "m"), **dict.fromkeys(women - men, "f")}


def _names(name: str) -> Iterator[str]:
    for locale in _LOCALES:
        provider: Any = import_module(f"faker.providers.person.{locale}").Provider
        yield from (word.lower() for word in getattr(provider, name) if " " not in word)
