"""A row of items and the place of each in it."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.intervals import Found
from tasks.extract.dates.foreign.items import date_words, itemize
from tasks.extract.dates.foreign.patterns import grammar_of
from tasks.extract.dates.points import Point
from tasks.extract.languages.words import WordTables
from tasks.extract.numerals import Token

_LONGEST = 24  # items; no expression is longer


class ItemReader:
    """Reads the items of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], language: WordTables) -> None:
        self._tokens, self._language = tokens, language
        self._words = date_words(language)
        self._items = itemize(text, tokens, language)
        self._grammar = grammar_of(language.code)
        self._runs = self._grammar.alphabet.spell(self._items)
        self._ends = self._run_ends()
        self._memory: dict[tuple[str, int], Found | None] = {}
        self._points: dict[tuple[int, bool], Point | None] = {}

    def _run_ends(self) -> list[int]:
        """For each item, where the run of items with meanings ends that it is in."""
        ends = [0] * len(self._items)
        end = len(self._items)
        for i in range(len(self._items) - 1, -1, -1):
            if not self._items[i].cats:
                end = i
            ends[i] = end
        return ends

    def _has(self, i: int, *names: str) -> bool:
        if not 0 <= i < len(self._items):
            return False
        cats = self._items[i].cats
        if cats:
            for name in names:
                if name in cats:
                    return True
        return False

    def _skip(self, i: int, *names: str) -> int:
        while i < len(self._items) and self._has(i, *names):
            i += 1
        return i

    def _is_break(self, i: int) -> bool:
        return i >= len(self._items) or self._tokens[self._items[i].start].kind == "break"

    def _ends_clause(self, i: int) -> bool:
        if self._is_break(i):
            return True
        token = self._tokens[self._items[i].start]
        if token.kind == "word" and "MON" not in self._items[i].cats:
            if self._language.figures.get("capital_nouns"):
                return not token.is_capitalized
            if self._has(i, "UNIT", "OF"):
                return False
            return (
                token.is_capitalized
                or self._has(i, "AND", "TO", "TILL", "AT")
                or token.lower in self._language.figures.get("stops", ())
            )
        return token.text in ".,;:)!?-–" or token.kind == "break"

    def _best(self, name: str, i: int) -> Found | None:
        key = (name, i)
        if key not in self._memory:
            self._memory[key] = self._find_best(name, i)
        return self._memory[key]

    def _find_best(self, name: str, i: int) -> Found | None:
        run = self._runs[i : min(self._ends[i], i + _LONGEST)]
        for shape in self._grammar.shapes(name, run):
            found: Found | None = shape.pattern.build(shape.fill(self._items, i))
            if found is not None:
                return found
        return None
