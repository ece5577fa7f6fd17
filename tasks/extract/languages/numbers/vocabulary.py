"""The number words of a language, ready to be looked up: pieces, compounds, ordinals that a rule makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from tasks.extract.languages import cldr
from tasks.extract.languages.numbers.sums import Morph, MorphKind, Rules, Sum
from tasks.extract.languages.words import Phrases, WordTables, without_accents
from tasks.extract.numerals import Token

_LONGEST_WORD = 60
_NOTHING: tuple[Morph, ...] = ()


class NumberWords:
    """The number words of a language, ready to be looked up."""

    def __init__(self, language: WordTables) -> None:
        table = language.numbers
        self.code = language.code
        self.rules = Rules(
            bool(table.get("units_first")),
            frozenset(map(float, table.get("and_before", ()))),
            frozenset(map(float, table.get("teens_after", ()))),
            bool(language.numeral_chars) or bool(table.get("myriads")),
            bool(table.get("ten_after_units")),
        )
        self.decimal = language.decimal
        self.articles = frozenset(table.get("articles", ()))
        self.points = frozenset(w for word in table.get("point", ()) for w in (word, without_accents(word)))
        self.mixed = frozenset(table.get("mixed_with", ()))
        self.digit_endings = frozenset(table.get("digit_ordinals", ()))
        self.dot_after = frozenset(table.get("ordinal_dot_after", ()))
        self.rank_before = frozenset(table.get("rank_before", ()))
        self.characters = language.numeral_chars
        self.idioms = frozenset(table.get("not_numbers", ()))
        self._read_parts(language, table)
        self._read_phrases(language, table)
        self._read_words(table)

    def _read_parts(self, language: WordTables, table: Any) -> None:
        self.plural_parts = tuple(table.get("plural_parts", ()))
        self.has_any_parts = bool(table.get("any_rank_divides", False))
        self.part_endings = tuple(table.get("part_endings", ()))
        self.parts_after = frozenset(table.get("parts_after", ()))
        self.of = frozenset(language.figures.get("of", ()))
        self.shifts_last = bool(table.get("trailing_digit_shifts", False))
        self.infix = frozenset(table.get("infix", ()))
        self.digit_ands = bool(table.get("digits_with_and", False))
        self._prefixes = tuple(table.get("prefixes", ()))
        self.and_prefix = table.get("and_prefix", "")

    def _read_phrases(self, language: WordTables, table: Any) -> None:
        self.minus = _phrases(language, "minus")
        self.halves = _phrases(language, "half")
        self.half_of = _phrases(language, "half_of")
        self.over = _phrases(language, "over")
        self.parts_of = _phrases(language, "parts_of")
        self.ranks_after = _phrases(language, "rank_after")
        self.suffixes = {str(k): float(v) for k, v in table.get("suffixes", {}).items()}
        has_own = bool(language.numeral_chars) or "scales" in table
        self.scales_after = {} if has_own else {**cldr.scales(language.code), **table.get("scales_after", {})}
        self.quarters = {str(k): float(v) for k, v in table.get("quarters_before", {}).items()}
        self.several = frozenset(table.get("several", ()))
        self.counted = frozenset(language.figures.get("nouns", ())) | frozenset(
            language.figures.get("counters", ())
        )
        self.breaks = Phrases[bool](self.code)
        for phrase in language.figures.get("percent", ()):
            self.breaks.add(phrase, True)
        self.parts_alone = bool(table.get("parts_alone", False))
        self.parts: Phrases[float] = Phrases(self.code)
        for word, value in table.get("fractions", {}).items():
            self.parts.add(word, float(value))

    def _read_words(self, table: Any) -> None:
        self._words = self._single_words(table)
        self._words_of_many = Phrases[tuple[Morph, ...]](self.code)
        for word, morphs in list(self._words.items()):
            if " " in word or "-" in word:
                self._words_of_many.add(word, morphs)
                del self._words[word]
        self._inside = {w: self._words[w] for w in table.get("inside", ())}
        for word, morphs in self._inside.items():
            del self._words[word]
            self._words[word + "'"] = morphs
        self._inside.update(self._words)
        self._memory: dict[str, tuple[Morph, ...]] = {}
        self._compound = self._compile() if table.get("compounds") else None

    def _single_words(self, table: Any) -> dict[str, tuple[Morph, ...]]:
        words: dict[str, tuple[Morph, ...]] = {}
        ordinals = {**_made_ordinals(table), **table.get("ordinals", {})}
        score = set(table.get("scores", {}).values())
        factors = {v for v in table.get("scales", {}).values() if v >= 100} | {1e2, 1e3, 1e6, 1e9, 1e12, 1e18}
        for word, value in ordinals.items():
            kind: MorphKind = "score" if value in score else "value"
            if value in factors:
                kind = "times"
            words[word] = (Morph(kind, float(value), True),)
        for name, kind in (("cardinals", "value"), ("scales", "times"), ("scores", "score")):
            for word, value in table.get(name, {}).items():
                words[word] = (Morph(kind, float(value)),)
        for word in table.get("and", ()):
            words[word] = (Morph("and"),)
        for char, value in table.get("characters", {}).items():
            words[char] = (Morph("value", float(value)),)
        for name in ("small_scales", "big_scales"):
            for char, value in table.get(name, {}).items():
                words[char] = (Morph("times", float(value)),)
        for word, morphs in list(words.items()):
            words.setdefault(without_accents(word), morphs)
        return words

    def _compile(self) -> re.Pattern[str]:
        pieces = sorted(self._inside, key=len, reverse=True)
        return re.compile("(" + "|".join(map(re.escape, pieces)) + ")")

    def morphs(self, word: str) -> tuple[Morph, ...]:
        """The pieces of number that a word is made of; none when it is no number word."""
        known = self._words.get(word)
        if known is not None:
            return known
        if self._compound is None and not self._prefixes and not self.characters:
            return _NOTHING
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) > 50_000:
                self._memory.clear()
            found = self._memory[word] = self._split(word)
        return found

    def _split(self, word: str) -> tuple[Morph, ...]:
        if len(word) > _LONGEST_WORD:
            return _NOTHING
        if self.characters:
            return (
                tuple(chain.from_iterable(self._words[c] for c in word))
                if set(word) <= self.characters
                else _NOTHING
            )
        if self._prefixes:
            return self._split_prefix(word)
        return self._split_compound(word)

    def _split_prefix(self, word: str) -> tuple[Morph, ...]:
        for prefix in self._prefixes:
            rest = self._words.get(word.removeprefix(prefix)) if word.startswith(prefix) else None
            if rest is not None:
                return (Morph("and"), *rest) if prefix.startswith(self.and_prefix) else rest
        return _NOTHING

    def _split_compound(self, word: str) -> tuple[Morph, ...]:
        assert self._compound is not None
        for pieces in self._cuts(word, 0, 0):
            total: Sum | None = Sum(self.rules)
            for morph in pieces:
                total = total and total.take(morph)
            if total is not None and len(pieces) > 1 and not total.after_and:
                return pieces
        return _NOTHING

    def _cuts(self, word: str, at: int, depth: int) -> Iterator[tuple[Morph, ...]]:
        """The ways to cut the word into number words, the longest pieces first."""
        if at == len(word):
            yield ()
            return
        assert self._compound is not None
        match = self._compound.match(word, at)
        if match is None or depth > 12:
            return
        longest = match.end()
        for end in range(longest, at + 1, -1):
            piece = self._inside.get(word[at:end])
            if piece is not None:
                for rest in self._cuts(word, end, depth + 1):
                    yield (*piece, *rest)

    def phrase(self, tokens: Sequence[Token], i: int) -> tuple[tuple[Morph, ...], int]:
        """The pieces at tokens[i] and the token after them; also of words in several tokens."""
        found = self._words_of_many.at(tokens, i)
        if found is not None:
            return found
        return self.morphs(tokens[i].lower), i + 1

    def starters(self) -> frozenset[str]:
        """Words that can begin a number."""
        return frozenset(
            chain(
                self._words,
                self.quarters,
                self._words_of_many.heads(),
                self.halves.heads(),
                self.half_of.heads(),
                self.minus.heads(),
            )
        )


def _made_ordinals(table: Any) -> dict[str, float]:
    """Ordinals that are made from cardinals by a rule of the language (zwanzig, zwanzigste)."""
    made: dict[str, float] = {}
    rule = table.get("made_ordinals")
    if not rule:
        return made
    for name in ("cardinals", "scales", "scores"):
        for word, value in table.get(name, {}).items():
            if value >= rule.get("from", 1):
                stem = word
                for ending in rule.get("strip", ()):
                    if stem.endswith(ending):
                        stem = stem.removesuffix(ending)
                        break
                for ending in rule["endings"]:
                    made[stem + ending] = value
    for stem, value in table.get("ordinal_stems", {}).items():
        for ending in rule.get("stem_endings", ("",)):
            made[stem + ending] = value
    return made


def _phrases(language: WordTables, name: str) -> Phrases[bool]:
    phrases: Phrases[bool] = Phrases(language.code)
    for phrase in language.numbers.get(name, ()):
        phrases.add(phrase, True)
    return phrases


@cache
def vocabulary_of(language: WordTables) -> NumberWords:
    """The number words of the language."""
    return NumberWords(language)
