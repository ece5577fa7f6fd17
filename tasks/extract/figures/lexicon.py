"""The word lists of figures, loaded once: hedges, currencies, units, nouns, names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
PhraseWords = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or of time: UCUM code, pint's name, what one of it counts (a fortnight is 2 wk)."""

    ucum: str
    pint: str
    kind: str
    factor: float = 1.0


def load_toml(name: str) -> dict[str, Any]:
    """One of this folder's files of rules."""
    with (_HERE / name).open("rb") as file:
        return tomllib.load(file)


@cache
def read_word_set(table: str, file: str = "nouns.toml") -> frozenset[str]:
    """A list of words."""
    return frozenset(load_toml(file)[table])


@cache
def change_verbs() -> frozenset[str]:
    """Verbs after which "from 3 to 5" is a change."""
    return frozenset(load_toml("hedges.toml")["changes"]["verbs"])


@cache
def score_words() -> frozenset[str]:
    """Words that make two hyphenated numbers a vote or a score."""
    return frozenset(load_toml("hedges.toml")["scores"]["words"])


@cache
def hedges(side: str) -> dict[str, list[tuple[PhraseWords, str]]]:
    """Phrases of a side ("before", "after") with their bound, longest first, by the word next to the number."""
    found: dict[str, list[tuple[PhraseWords, str]]] = {}
    for bound, phrases in load_toml("hedges.toml")[side].items():
        for phrase in phrases:
            words = tuple(phrase.replace("-", "- ").split())
            found.setdefault(words[-1] if side == "before" else words[0], []).append((words, bound))
    return {word: sorted(group, key=lambda entry: -len(entry[0])) for word, group in found.items()}


@cache
def unit_names() -> dict[PhraseWords, Unit]:
    """Units by their names in lower case, singular and plural, as words."""
    names: dict[PhraseWords, Unit] = {}
    for entry in load_toml("units.toml")["unit"]:
        unit = _make_unit(entry)
        for name in entry.get("names", ()):
            words = tuple(name.replace("-", " - ").split())
            for way in (words, _hyphenate(words)):
                names[way] = unit
                names[(*way[:-1], way[-1] + "s")] = unit
    return names


def _hyphenate(words: PhraseWords) -> PhraseWords:
    """The words as in "a 170,000-square-foot hall"; as they are if they are no area or volume."""
    return (words[0], "-", *words[1:]) if len(words) == 2 and words[0] in ("square", "cubic") else words


@cache
def unit_symbols() -> dict[PhraseWords, Unit]:
    """Units by symbols exactly as printed, cut into tokens: ("°", "C")."""
    symbols: dict[PhraseWords, Unit] = {}
    for entry in load_toml("units.toml")["unit"]:
        for symbol in entry.get("symbols", ()):
            symbols[tuple(symbol.replace("°", "° ").split())] = _make_unit(entry)
    return symbols


def _make_unit(entry: dict[str, Any]) -> Unit:
    return Unit(entry["ucum"], entry["pint"], entry.get("kind", "measure"), entry.get("factor", 1))


@cache
def currency_names() -> dict[PhraseWords, str]:
    """ISO 4217 codes by names in lower case, singular and plural, as words."""
    names: dict[PhraseWords, str] = {}
    for entry in load_toml("currencies.toml")["currency"]:
        for name in entry.get("names", ()):
            words = tuple(name.split())
            names[words] = entry["code"]
            names.setdefault((*words[:-1], words[-1] + "s"), entry["code"])
    return names


@cache
def currency_symbols() -> dict[str, str]:
    """ISO 4217 codes by signs, upper case: "$", "US$", "€"; and the codes themselves."""
    symbols: dict[str, str] = {}
    for entry in load_toml("currencies.toml")["currency"]:
        for symbol in entry.get("symbols", ()):
            symbols[symbol.upper()] = entry["code"]
    return symbols


@cache
def currency_codes() -> frozenset[str]:
    """The codes that can be in the text: three capitals."""
    codes = {
        entry["code"] for entry in load_toml("currencies.toml")["currency"] if "hundredth_of" not in entry
    }
    return frozenset(codes - {"XXX", "TRY", "PHP", "COP", "MAD", "ALL", "TOP"}) | {"RMB"}


@cache
def subunits() -> dict[str, str]:
    """The main unit of each hundredth: cents, pence."""
    entries = load_toml("currencies.toml")["currency"]
    return {entry["code"]: entry["hundredth_of"] for entry in entries if "hundredth_of" in entry}


@cache
def ambiguous_money() -> dict[str, str]:
    """Names that are weights unless a scale goes with them: pounds."""
    found: dict[str, str] = {}
    for code, names in load_toml("currencies.toml")["ambiguous"].items():
        for name in names:
            found[name] = found[name + "s"] = code
    return found


@cache
def percent_phrases() -> dict[PhraseWords, str]:
    """Phrases that make a number a percentage, with its unit."""
    entry = load_toml("units.toml")["percent"]
    units = {"names": "%", "signs": "%", "points": "{percentage_point}", "basis_points": "{basis_point}"}
    return {tuple(p.replace("%", "% ").split()): unit for key, unit in units.items() for p in entry[key]}
