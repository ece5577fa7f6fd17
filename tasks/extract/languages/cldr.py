"""What Unicode CLDR knows of a language, by babel: separators, months, days, currencies, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

_FORMS = ("format", "stand-alone")
_WIDTHS = ("wide", "abbreviated")


@cache
def _locale(code: str) -> Any:
    from babel import Locale, UnknownLocaleError  # a tenth of a second that English texts do not pay

    for name in (code, code.split("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


@cache
def number_signs(code: str) -> tuple[str, str]:
    """The signs of decimals and groups; "." and "," where the language is not known."""
    locale = _locale(code)
    if locale is None:
        return ".", ","
    table = locale.number_symbols
    table = table.get("latn") or table
    return table.get("decimal", "."), table.get("group", ",")


def months(code: str) -> Iterator[tuple[str, int, bool]]:
    """Names of months and their short forms, 1 to 12; and whether it is the whole name."""
    yield from _names(code, "months")


def weekdays(code: str) -> Iterator[tuple[str, int, bool]]:
    """Names of days of the week and their short forms; Monday is 0."""
    yield from _names(code, "days")


def _names(code: str, kind: str) -> Iterator[tuple[str, int, bool]]:
    locale = _locale(code)
    if locale is None:
        return
    for form in _FORMS:
        for width in _WIDTHS:
            for number, name in getattr(locale, kind)[form][width].items():
                bare = name.strip(".")
                if len(bare) > 1 and not bare.isdecimal():
                    yield bare, number, width == "wide"
                if "." in bare:  # "พ.ค."
                    yield name, number, width == "wide"


def scales(code: str) -> dict[str, float]:
    """Words that multiply the digits before them ("0 কোটি", "0 ล้าน"), of the patterns for long numbers."""
    locale = _locale(code)
    found: dict[str, set[float]] = {}
    for form in (
        locale._data["compact_decimal_formats"].get("long", {}).values() if locale is not None else ()
    ):
        for size, pattern in form.items():
            zeros, _, word = pattern.pattern.strip("\u200f ").partition(" ")
            digits = zeros.rstrip("".join(set(zeros) - {"0"}))
            word = word or zeros.removeprefix(digits)
            if digits and set(digits) == {"0"} and word and " " not in word:
                found.setdefault(word, set()).add(int(size) / 10 ** (len(digits) - 1))
    return {word: values.pop() for word, values in found.items() if len(values) == 1}


def date_joints(code: str) -> tuple[set[str], set[str]]:
    """What is written to a month's name ("במאי"), and words between the parts of a date ("tháng 5 năm 2026")."""
    locale = _locale(code)
    tables = (locale.date_formats, locale.datetime_skeletons) if locale is not None else ()
    patterns = " | ".join(str(p.pattern) for table in tables for p in table.values())
    written = set(re.findall(r"(?<=d )'?([^\W\d_a-zA-Z]{1,2})'?MMMM", patterns))
    between = set(re.findall(r"M+ '([^\W\d]+)' y", patterns))
    return written, between


def currencies(code: str) -> Iterator[tuple[str, str]]:
    """Names of currencies in all numbers, with their ISO 4217 codes."""
    locale = _locale(code)
    if locale is None:
        return
    for iso, name in locale.currencies.items():
        yield name, iso
    for iso, forms in locale._data.get("currency_names_plural", {}).items():
        for name in forms.values():
            yield name, iso


def units(code: str) -> Iterator[tuple[str, str]]:
    """Names of units in all numbers, with their English names ("square kilometer")."""
    locale = _locale(code)
    if locale is None:
        return
    for identity, widths in locale._data["unit_patterns"].items():
        english = identity.split("-", 1)[-1].replace("-", " ")
        for width in ("long", "short"):
            for pattern in _texts(widths.get(width, {})):
                name = pattern.replace("{0}", "").strip(" .\u00a0\u202f")
                if "{" not in name and len(name) > 1:
                    yield name, english


def _texts(forms: Any) -> Iterator[str]:
    if isinstance(forms, str):
        yield forms
    elif hasattr(forms, "values"):
        for form in forms.values():
            yield from _texts(form)


def joints(code: str) -> frozenset[str]:
    """The words that join the last of a row to the others, as "and" and "or" do."""
    locale = _locale(code)
    patterns = locale.list_patterns if locale is not None else {}
    words = [patterns[kind]["end"] for kind in ("standard", "or") if kind in patterns]
    return frozenset(word.replace("{0}", "").replace("{1}", "").strip(" ,\u00a0").lower() for word in words)


def territories(code: str) -> Iterator[tuple[str, str]]:
    """Codes of countries and regions of the world (ISO 3166-1, UN M.49) with their names in the language."""
    locale = _locale(code)
    if locale is not None:
        yield from locale.territories.items()
