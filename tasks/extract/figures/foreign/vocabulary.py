"""The words around numbers in one language: hedges, percent, currencies, units, ranges, nouns."""

from __future__ import annotations

from functools import cache
from typing import Any

from tasks.extract.figures.lexicon import Unit, currency_codes, currency_symbols, unit_names, unit_symbols
from tasks.extract.languages import cldr
from tasks.extract.languages.words import Phrases, WordTables

_METALS = frozenset({"XAU", "XAG", "XPT", "XPD"})  # "เงิน" is silver, and money
_UNIT_ALIASES = {"meter": "metre", "liter": "litre", "tonne": "tonne"}


class FigureWords:
    """The phrases of a language's figures, ready to be looked up."""

    def __init__(self, language: WordTables) -> None:
        table = language.figures
        self._code = language.code
        self.before = self._phrases(_pairs(table.get("hedges_before", {})))
        self.after = self._phrases(_pairs(table.get("hedges_after", {})))
        self.percent = self._phrases((p, u) for u, phrases in _percents(table).items() for p in phrases)
        for name, own in cldr.units(language.code) if "percent" not in table else ():
            if own == "percent":
                self.percent.add(name, "%", is_weak=True)
        self.percent_before = self._set(table.get("percent_before", ()))
        self.percent_tenths = self._set(table.get("percent_tenths", ()))
        self.percent_hundredths = frozenset(table.get("percent_hundredths", ()))
        self.age_units = frozenset(table.get("age_units", ()))
        self.age_groups = self._set(table.get("age_groups", ()))
        self.between = self._set(table.get("between", ()))
        self.between_and = self._set(table.get("between_and", ()))
        self.range_from = self._set(table.get("range_from", ()))
        self.range_to = self._set([*table.get("range_to", ()), "-", "–", "—", "~", "〜", "～", "∼"])
        self.range_end = self._set(table.get("range_end", ()))
        self.joints = self._set(table.get("of", ()))
        self.age_after = self._set(table.get("age_after", ()))
        self.age_before = self._set(table.get("age_before", ()))
        self.labels = self._set(table.get("labels", ()))
        self.not_figures = self._set(table.get("not_figures", ()))
        self.doubtful = frozenset(table.get("doubtful", ()))
        self.need_article = frozenset(table.get("need_article", ()))
        self.determiners = frozenset(table.get("determiners", ()))
        self.stops = frozenset(table.get("stops", ()))
        self.nouns = self._set(table.get("nouns", ()))
        self.has_capital_nouns = bool(table.get("capital_nouns", False))
        self.bare_characters = bool(table.get("bare_characters", True))
        self.counters = frozenset(table.get("counters", ()))
        self.per = self._set(table.get("per", ()))
        self.currencies = self._currencies(language, table)
        self.units = self._units(language, table)
        self.cents = self._set(table.get("money_and", ()))
        self.row_joints = cldr.joints(language.code) - {""}
        if language.is_unspaced:
            language.know(w for p in (self.currencies, self.units, self.percent) for w in p.heads())

    def _phrases(self, pairs: Any) -> Phrases[str]:
        phrases: Phrases[str] = Phrases(self._code)
        for phrase, meaning in pairs:
            phrases.add(phrase, meaning)
        return phrases

    def _set(self, words: Any) -> Phrases[str]:
        return self._phrases((word, word) for word in words)

    def _currencies(self, language: WordTables, table: Any) -> Phrases[str]:
        phrases: Phrases[str] = Phrases(self._code)
        for name, iso in cldr.currencies(language.code):
            if "(" not in name and len(name) > 1 and iso not in _METALS:
                phrases.add(name, iso, is_weak=True)
        for iso, names in table.get("currencies", {}).items():
            for name in names:
                phrases.add(name, iso)
        for iso in currency_codes():
            phrases.add(iso, iso, is_weak=True)
        return phrases

    def _units(self, language: WordTables, table: Any) -> Phrases[Unit]:
        phrases: Phrases[Unit] = Phrases(self._code)
        english = unit_names()
        unwanted = frozenset(table.get("no_units", ()))
        for name, own in cldr.units(language.code):
            unit = english.get(tuple(own.split()))
            if unit is not None and name not in unwanted:
                phrases.add(name, unit, is_weak=True)
        for own, names in table.get("units", {}).items():
            unit = english[tuple(own.split())]
            for name in names:
                phrases.add(name, unit)
        return phrases


def _pairs(table: Any) -> Any:
    return ((phrase, bound) for bound, phrases in table.items() for phrase in phrases)


def _percents(table: Any) -> dict[str, Any]:
    return {
        "%": [*table.get("percent", ()), "%", "％", "٪"],
        "{percentage_point}": table.get("percentage_points", ()),
        "{basis_point}": table.get("basis_points", ()),
    }


@cache
def figure_words(language: WordTables) -> FigureWords:
    """The figure words of the language."""
    return FigureWords(language)


@cache
def money_signs() -> dict[str, str]:
    """ISO 4217 codes by signs, in capitals, signs of one character and "US$"."""
    return {**currency_symbols(), "￥": "JPY", "＄": "USD"}


@cache
def measure_symbols() -> dict[tuple[str, ...], Unit]:
    """Units by symbols as printed, cut into tokens."""
    return unit_symbols()
