"""Figures of other languages than English: one grammar, the words of each language's folder."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.foreign.judging import FigureJudge
from tasks.extract.figures.foreign.vocabulary import figure_words, money_signs
from tasks.extract.figures.shared import share_units
from tasks.extract.languages.numbers import (
    vocabulary_of,
)
from tasks.extract.languages.words import WordTables
from tasks.extract.numerals import Token


@cache
def _starters(language: WordTables) -> frozenset[str]:
    words, around = vocabulary_of(language), figure_words(language)
    phrases = (around.percent_before, around.between, around.range_from, around.currencies)
    dollars = (sign[:-1].lower() for sign in money_signs() if sign[-1] == "$" and sign[:-1].isalpha())
    return frozenset().union(words.starters(), dollars, *(p.heads() for p in phrases))


class FigureScanner(FigureJudge):
    """Finds the figures of one text."""

    def scan(self) -> list[Amount]:
        """The figures in reading order; none overlaps another."""
        found: list[Amount] = []
        starters = _starters(self._language)
        i = 0
        while i < len(self._tokens):
            token = self._tokens[i]
            amount = None
            if i not in self._taken and (
                token.kind != "word" or token.lower in starters or self._may_compound(token)
            ):
                amount = self._figure_at(i)
            if amount is None:
                i += 1
                continue
            merged = self._merge(found[-1], amount) if found else None
            if merged is not None:
                found.pop()
            found.append(merged or amount)
            i = self._floor = max(i + 1, amount.end)
        return share_units(self._tokens, found, self._words.row_joints)

    def _may_compound(self, token: Token) -> bool:
        return bool(self._numbers.morphs(token.lower))

    def _figure_at(self, i: int) -> Amount | None:
        minus = self._numbers.minus.at(self._tokens, i)
        if (
            minus is not None
            and (hedge := self._words.before.before(self._tokens, minus[1], self._floor))
            and hedge[1] < i
        ):
            return None  # "por lo menos 30"
        amount = self._parse_between(i) or self._parse_simple(i)
        if amount is None or any(k in self._taken for k in range(amount.start, amount.end)):
            return None
        if not self._is_figure(amount):
            return None
        return self._with_hedges(self._with_several(self._with_counted(amount)))

    def _parse_simple(self, i: int) -> Amount | None:
        first = self._parse_amount(i)
        return None if first is None else (self._join(first, i) or first)


def scan_figures(text: str, tokens: Sequence[Token], taken: Set[int], language: WordTables) -> list[Amount]:
    """The figures of a text in that language, in reading order."""
    return FigureScanner(text, tokens, taken, language).scan()
