"""Numbers in any language: digits in the local convention, words, mixtures, fractions and ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from tasks.extract.languages.sums import Morph, MorphKind, Rules, Sum
from tasks.extract.languages.words import Language, Phrases, lower, without_accents
from tasks.extract.numerals import Token, clean
from tasks.extract.numerals.tokens import Tokens

_HYPHENS = frozenset("-‐‑")
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’"))
_GLYPHS = dict(zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (1/2, 1/3, 2/3, 1/4, 3/4, 1/5, 2/5, 3/5, 4/5, 1/6, 5/6, 1/8, 3/8, 5/8, 7/8), strict=True))  # fmt: skip
_LONGEST_WORD = 60
_HUNDRED_IS_CENT = frozenset({"fr", "it"})  # "34 cents" is money
_NOTHING: tuple[Morph, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: tokens[start:end]. `kind` is count, rank, fraction or ratio; `scale` the factor
    said with it; `is_article` when its only word is an article as well ("un", "ein")."""

    start: int
    end: int
    value: float
    kind: str = "count"
    scale: float = 1.0
    is_digits: bool = False
    is_plain: bool = False
    is_article: bool = False
    has_and: bool = False
    is_more: bool = False


def read_local(digits: str, decimal: str) -> float | None:
    """What a run of digits says where `decimal` is the decimal sign; None for codes and versions.

    A sign that groups nothing (no three digits behind it) is a decimal sign in every language.
    """
    if len(digits) > 40:
        return None
    plain = digits.translate(_SPACES).replace("٬", ",").replace("،", ",").replace("٫", ".")
    if plain.isdecimal():
        return float(plain)
    if "٫" in digits or "٬" in digits or "،" in digits:
        decimal = "."
    last = max(plain.rfind("."), plain.rfind(","))
    if last == 0:
        return float(f"0.{plain[1:]}")
    sign, other = plain[last], "," if plain[last] == "." else "."
    head, tail = plain[:last], plain[last + 1 :]
    if other in head:
        return float(head.replace(other, "") + "." + tail) if _groups(head, other) and sign not in head else None
    if sign in head:
        return float(plain.replace(sign, "")) if _groups(plain, sign) else None
    if sign != decimal and len(tail) == 3 and len(head) <= 3 and head != "0":
        return float(head + tail)
    return float(f"{head}.{tail}")


def _groups(digits: str, sign: str) -> bool:
    first, *rest = digits.split(sign)
    is_indian = len(rest) > 1 and len(first) <= 2 and all(len(p) == 2 for p in rest[:-1]) and len(rest[-1]) == 3
    return (len(first) <= 3 and all(len(p) == 3 for p in rest)) or is_indian


class NumberWords:
    """The number words of a language, ready to be looked up."""

    def __init__(self, language: Language) -> None:
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
        self.minus = _phrases(language, "minus")
        self.halves = _phrases(language, "half")
        self.half_of = _phrases(language, "half_of")
        self.over = _phrases(language, "over")
        self.parts_of = _phrases(language, "parts_of")
        self.ranks_after = _phrases(language, "rank_after")
        self.suffixes = {str(k): float(v) for k, v in table.get("suffixes", {}).items()}
        self.breaks = Phrases[bool](self.code)
        for phrase in language.figures.get("percent", ()):
            self.breaks.add(phrase, True)
        self.parts_alone = bool(table.get("parts_alone", False))
        self.parts: Phrases[float] = Phrases(self.code)
        for word, value in table.get("fractions", {}).items():
            self.parts.add(word, float(value))
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
                words[word] = (Morph(kind, float(value)),)  # type: ignore[arg-type]
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
            return tuple(chain.from_iterable(self._words[c] for c in word)) if set(word) <= self.characters else _NOTHING
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
        """Words that may begin a number."""
        return frozenset(chain(self._words, self._words_of_many.heads(), self.halves.heads(), self.half_of.heads(), self.minus.heads()))


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


def _phrases(language: Language, name: str) -> Phrases[bool]:
    phrases: Phrases[bool] = Phrases(language.code)
    for phrase in language.numbers.get(name, ()):
        phrases.add(phrase, True)
    return phrases


@cache
def number_words(language: Language) -> NumberWords:
    """The number words of the language."""
    return NumberWords(language)


@lru_cache(maxsize=256)
def parse_number(tokens: Sequence[Token], i: int, language: Language, decimal: str, with_and: bool = True) -> Number | None:
    """The number that starts at tokens[i], with its fraction, or None."""
    words = number_words(language)
    if i >= len(tokens):
        return None
    signed = _minus(words, tokens, i)
    found = _parse_unsigned(words, tokens, signed or i, decimal, with_and)
    if found is None or signed is None:
        return found
    return replace(found, start=i, value=-found.value, is_article=False)


def _minus(words: NumberWords, tokens: Sequence[Token], i: int) -> int | None:
    token = tokens[i]
    if token.text in "-−–" and i + 1 < len(tokens) and tokens[i + 1].is_glued and tokens[i + 1].kind == "number":
        before = tokens[i - 1] if i and token.is_glued else None
        is_joint = before is not None and (before.kind == "number" or (before.kind == "word" and before.text.isascii()) or before.text in "-–)")
        return None if is_joint else i + 1
    found = words.minus.at(tokens, i)
    return found[1] if found else None


def _parse_unsigned(words: NumberWords, tokens: Sequence[Token], i: int, decimal: str, with_and: bool) -> Number | None:
    if i >= len(tokens):
        return None
    if tokens[i].text in _GLYPHS:
        return Number(i, i + 1, _GLYPHS[tokens[i].text], "fraction", is_digits=True)
    half = _parse_half(words, tokens, i, decimal)
    if half is not None:
        return half
    if words.parts_alone and (alone := words.parts.at(tokens, i)) is not None:
        return Number(i, alone[1], 1 / alone[0], "fraction")
    head = _parse_slash(tokens, i) or _parse_sum(words, tokens, i, decimal, with_and)
    if head is None:
        return None
    if head.kind != "count":
        return head
    if words.infix and (grown := _with_infix(words, tokens, head)) is not None:
        return grown
    head = _with_point(words, tokens, head, decimal)
    return (
        _parse_ratio(words, tokens, head, decimal)
        or _with_parts(words, tokens, head, decimal)
        or _with_half(words, tokens, head)
        or _with_rank(words, tokens, head)
    )


def _with_infix(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number | None:
    """ "十余万", "一千多万", "20여만": so many and more of the scale behind."""
    j = head.end
    if j + 1 >= len(tokens) or tokens[j].lower not in words.infix:
        return None
    morphs = words.morphs(tokens[j + 1].lower)
    if not morphs or any(m.kind != "times" for m in morphs) or morphs[0].value < 1e4:
        return None
    factor = 1.0
    for morph in morphs:
        factor *= morph.value
    return replace(head, end=j + 2, value=head.value * factor, scale=factor, is_plain=False, is_more=True)


def _parse_half(words: NumberWords, tokens: Sequence[Token], i: int, decimal: str) -> Number | None:
    """ "medio millón", "un demi-million", "die halbe Million": half before a scale; "la mitad" alone."""
    found = words.half_of.at(tokens, i)
    if found is not None:
        return Number(i, found[1], 0.5, "fraction")
    j = i + 1 if tokens[i].lower in words.articles else i
    found = words.halves.at(tokens, j)
    if found is None:
        return None
    k = _skip_hyphen(tokens, found[1])
    morphs, end = words.phrase(tokens, k) if k < len(tokens) else (_NOTHING, k)
    if len(morphs) == 1 and morphs[0].kind == "times" and morphs[0].value >= 10 and not morphs[0].is_ordinal:
        return Number(i, end, morphs[0].value / 2, scale=morphs[0].value)
    return None


def _skip_hyphen(tokens: Sequence[Token], i: int) -> int:
    return i + 1 if i + 1 < len(tokens) and tokens[i].text in _HYPHENS and tokens[i].is_glued else i


def _parse_slash(tokens: Sequence[Token], i: int) -> Number | None:
    """ "3/4", "2 1/2", "2½"."""
    text = tokens[i].text
    if not text.isdecimal() or len(text) > 6:
        return None
    if i + 1 < len(tokens) and (glyph := _GLYPHS.get(tokens[i + 1].text)):
        return Number(i, i + 2, int(text) + glyph, is_digits=True)
    simple = _slash_value(tokens, i)
    if simple is not None:
        return Number(i, i + 3, simple, "fraction", is_digits=True)
    mixed = _slash_value(tokens, i + 1)
    if mixed is not None and mixed < 1 and not tokens[i + 1].is_glued:
        return Number(i, i + 4, int(text) + mixed, is_digits=True)
    return None


def _slash_value(tokens: Sequence[Token], i: int) -> float | None:
    if i + 2 >= len(tokens) or tokens[i + 1].text not in "/⁄" or not tokens[i + 2].text.isdecimal():
        return None
    over, under = tokens[i].text, tokens[i + 2].text
    if not over.isdecimal() or len(over) > 3 or len(under) > 4 or int(under) < 2:
        return None
    if i + 3 < len(tokens) and tokens[i + 3].text == "/" and tokens[i + 3].is_glued:
        return None
    return int(over) / int(under)


def _parse_sum(words: NumberWords, tokens: Sequence[Token], i: int, decimal: str, with_and: bool) -> Number | None:
    total, j, end, used_and = Sum(words.rules), i, i, False
    has_digits = is_plain = False
    best: Sum | None = None
    while j < len(tokens):
        morphs, after = _pieces_at(words, tokens, j, decimal, j == i, is_after_digits=has_digits)
        if not morphs or (j > i and (words.breaks.at(tokens, j) or (tokens[j].kind == "number" and tokens[j - 1].text in _HYPHENS))):
            break
        if best is not None and morphs[-1].is_ordinal and _divides(words, tokens, i, j, best):
            break
        trial: Sum | None = total
        for morph in morphs:
            trial = trial and trial.take(morph)
        if trial is None or (trial.after_and and not with_and):
            break
        total, used_and = trial, used_and or morphs[0].kind == "and"
        if not total.after_and:
            has_digits = has_digits or morphs[-1].is_digits
            is_plain = j == i and morphs[-1].is_digits and tokens[j].text.isdecimal()
            best, end = total, after
        j = _next_piece(tokens, after, morphs[-1].kind == "and")
    if best is None or (words.characters and _goes_on(words, tokens, end)):
        return None
    if words.shifts_last and not tokens[end - 1].kind == "number":
        best = best.shifted()
    is_article = end == i + 1 and tokens[i].lower in words.articles
    value = _digit_string(words, tokens[i].text) if end == i + 1 and tokens[i].kind == "word" else None
    return Number(
        i, end, clean(best.value if value is None else value), "rank" if best.is_ordinal else "count",
        best.scale, has_digits, is_plain, is_article, used_and and end > i + 1,
    )  # fmt: skip


def _goes_on(words: NumberWords, tokens: Sequence[Token], end: int) -> bool:
    """Numerals touch the number that do not fit it: half of it read is a wrong number."""
    following = tokens[end] if end < len(tokens) else None
    if following is None or not following.is_glued or tokens[end - 1].text in _HYPHENS:
        return False
    return following.kind == "number" or (following.kind == "word" and set(following.text) <= words.characters)


def _divides(words: NumberWords, tokens: Sequence[Token], i: int, j: int, best: Sum) -> bool:
    """The ordinal at tokens[j] is what the cardinal before it is divided by: "dos quintos", "un centième de"."""
    if best.is_ordinal:
        return False
    if words.has_any_parts or (words.plural_parts and tokens[j].lower.endswith(words.plural_parts)):
        return not tokens[j - 1].text in _HYPHENS
    return best.value == 1 and tokens[i].lower in words.articles


def _digit_string(words: NumberWords, text: str) -> float | None:
    """ "二〇一八": digits in a row are read as digits."""
    if not words.characters or len(text) < 2:
        return None
    digits = [words.morphs(char) for char in text]
    if not all(d and d[0].kind == "value" for d in digits):
        return None
    return float("".join(str(int(d[0].value)) for d in digits))


def _next_piece(tokens: Sequence[Token], i: int, is_after_and: bool) -> int:
    j = _skip_hyphen(tokens, i) if not is_after_and else i
    return j


def _pieces_at(
    words: NumberWords, tokens: Sequence[Token], j: int, decimal: str, is_first: bool, is_after_digits: bool
) -> tuple[tuple[Morph, ...], int]:
    token = tokens[j]
    if token.kind == "number":
        value = read_local(token.text, decimal)
        if value is None:
            return _NOTHING, j
        return (Morph("value", value, is_digits=True),), j + 1
    if token.kind != "word":
        return _NOTHING, j
    if is_first and token.lower in words.idioms:
        return _NOTHING, j
    morphs, end = words.phrase(tokens, j)
    if is_first and morphs and morphs[0].kind == "and":
        return morphs[1:], end
    if is_after_digits and morphs and not words.rules.is_myriad:
        is_hundred = morphs[0].kind == "times" and morphs[0].value == 100
        if morphs[0].kind in ("value", "score") or (is_hundred and words.code in _HUNDRED_IS_CENT):
            return _NOTHING, j
    if is_after_digits and morphs and morphs[-1].kind == "and" and not words.digit_ands:
        return _NOTHING, j
    if not morphs and is_after_digits:
        factor = words.suffixes.get(token.text)
        if factor is not None:
            return (Morph("times", factor),), _past_dot(tokens, j)
    if morphs and morphs[-1].kind == "times" and len(token.text) <= 4 and is_after_digits:
        return morphs, _past_dot(tokens, end - 1)
    return morphs, end


def _past_dot(tokens: Sequence[Token], j: int) -> int:
    """Past the stop of "Mio.", "тыс." where the sentence goes on."""
    is_short = j + 2 < len(tokens) and tokens[j + 1].text == "." and tokens[j + 1].is_glued
    return j + 2 if is_short and tokens[j + 2].kind != "break" else j + 1


def _with_point(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> Number:
    """ "dos coma cinco", "zwei Komma fünf": single digits stand one after the other."""
    if head.end >= len(tokens) or tokens[head.end].lower not in words.points or head.is_digits:
        return head
    digits, j = "", head.end + 1
    while j < len(tokens) and len(digits) < 12:
        part = _parse_sum(words, tokens, j, decimal, True)
        if part is None or part.value % 1 or part.is_digits or part.kind != "count":
            break
        digits, j = digits + str(int(part.value)), part.end
    if not digits:
        return head
    after, end = words.phrase(tokens, j) if j < len(tokens) else (_NOTHING, j)
    value = head.value + float(f"0.{digits}")
    if len(after) == 1 and after[0].kind == "times":
        return replace(head, end=end, value=clean(value * after[0].value), scale=after[0].value, is_article=False)
    return replace(head, end=j, value=value, scale=1.0, is_article=False)


def _parse_ratio(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> Number | None:
    """ "uno de cada cinco", "1 sur 3", "三分之二" the other way round."""
    turned = words.parts_of.at(tokens, head.end)
    if turned is not None:
        part = _parse_sum(words, tokens, turned[1], decimal, True)
        if part is not None and head.value:
            return replace(part, start=head.start, value=part.value / head.value, kind="fraction", is_plain=False)
        return None
    joint = words.over.at(tokens, head.end)
    if joint is None:
        return None
    whole = _parse_sum(words, tokens, joint[1], decimal, True)
    if whole is None or whole.value <= head.value or whole.kind != "count":
        return None
    return replace(whole, start=head.start, value=head.value / whole.value, kind="ratio", is_plain=False)


def _with_parts(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> Number | None:
    """ "tres cuartos", "drei Viertel", "ciento treinta con tres quintos"."""
    part = _part_at(words, tokens, head, decimal)
    if part is not None:
        return replace(head, end=part[1], value=head.value / part[0], kind="fraction", scale=1.0, is_plain=False, is_article=False)
    joined = _joined_part(words, tokens, head)
    if joined is not None:
        return joined
    k = head.end + 1 if head.end < len(tokens) and tokens[head.end].lower in words.mixed else head.end
    if k == head.end or k >= len(tokens):
        return None
    slash = _parse_slash(tokens, k)
    if slash is not None and slash.value < 1:
        return replace(slash, start=head.start, value=head.value + slash.value, kind="count")
    rest = _parse_sum(words, tokens, k, decimal, True)
    if rest is None or rest.kind != "count":
        return None
    turned = words.parts_of.at(tokens, rest.end)
    over = _parse_sum(words, tokens, turned[1], decimal, True) if turned else None
    if over is not None and rest.value:
        return replace(head, end=over.end, value=head.value + over.value / rest.value, is_plain=False)
    part = _part_at(words, tokens, rest, decimal)
    if part is None or rest.value >= part[0]:
        return None
    times = head.scale if head.scale >= 1000 else 1.0
    value = head.value + rest.value / part[0] * times
    return _with_late_scale(words, tokens, replace(head, end=part[1], value=value, is_plain=False, is_article=False))


def _joined_part(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number | None:
    """ "and a third" in one word, as Arabic writes it."""
    token = tokens[head.end] if head.end < len(tokens) else None
    prefix = words.and_prefix
    if token is None or not prefix or not token.lower.startswith(prefix):
        return None
    bare = Tokens([token._replace(lower=token.lower.removeprefix(prefix))])
    part = words.parts.at(bare, 0)
    if part is None:
        return None
    return replace(head, end=head.end + 1, value=head.value + 1 / part[0], is_plain=False, is_article=False)


def _with_late_scale(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number:
    """ "fünf und drei Viertel Milliarden"."""
    morphs, end = words.phrase(tokens, head.end) if head.end < len(tokens) else (_NOTHING, 0)
    if head.scale > 1 or len(morphs) != 1 or morphs[0].kind != "times" or morphs[0].is_ordinal:
        return head
    return replace(head, end=end, value=clean(head.value * morphs[0].value), scale=morphs[0].value)


def _part_at(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> tuple[float, int] | None:
    """What the number is divided by, when the next words say so, and the token after them."""
    j = head.end
    if j >= len(tokens) or tokens[j].kind == "break":
        return None
    found = words.parts.at(tokens, _skip_hyphen(tokens, j))
    if found is not None:
        return found if head.value != 1 or _ends_part(words, tokens, found[1], found[0], j) else None
    for ending in words.part_endings:
        if tokens[j].lower.endswith(ending):
            stem = tokens[j].lower.removesuffix(ending)
            value = _spelled(words, stem) or _spelled(words, stem + ending[:1])
            return (value, j + 1) if value else None
    below = _parse_sum(words, tokens, j, decimal, True)
    if below is None or below.value < 2 or below.is_digits or below.start == head.start:
        return None
    if words.parts_after and below.end < len(tokens) and tokens[below.end].lower in words.parts_after:
        return below.value, below.end + 1
    if below.kind != "rank":
        return None
    if words.has_any_parts or (words.plural_parts and tokens[below.end - 1].lower.endswith(words.plural_parts)):
        return below.value, below.end
    is_one = head.value == 1 and head.is_article and below.value > 3
    return (below.value, below.end) if is_one and _ends_part(words, tokens, below.end, below.value, j) else None


def _ends_part(words: NumberWords, tokens: Sequence[Token], end: int, value: float, j: int) -> bool:
    """ "un cinquième de", "un quinto," are parts; "un cinquième candidat" is the fifth."""
    if not words.morphs(tokens[j].lower):
        return True
    return end >= len(tokens) or tokens[end].kind != "word" or tokens[end].lower in words.of or value >= 100


def _spelled(words: NumberWords, word: str) -> float | None:
    total: Sum | None = Sum(words.rules)
    pieces = words.morphs(word)
    for morph in pieces:
        total = total and total.take(morph)
    return total.value if total is not None and pieces else None


def _with_half(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number | None:
    """ "dos y medio", "3 milioni e mezzo", "un milliard et demi million"."""
    j = head.end
    if j < len(tokens) and (tokens[j].lower in words.mixed or words.morphs(tokens[j].lower)[:1] == (Morph("and"),)):
        j += 1
    if j == head.end and not words.rules.is_myriad:
        return None
    if j < len(tokens) and tokens[j].lower in words.articles and j > head.end:
        j += 1
    found = words.halves.at(tokens, _skip_hyphen(tokens, j))
    if found is None:
        return None
    morphs, end = words.phrase(tokens, found[1]) if found[1] < len(tokens) else (_NOTHING, 0)
    if len(morphs) == 1 and morphs[0].kind == "times" and 1000 <= morphs[0].value < head.scale:
        return replace(head, end=end, value=head.value + morphs[0].value / 2, is_plain=False, is_article=False)
    return replace(head, end=found[1], value=clean(head.value + head.scale / 2), is_plain=False, is_article=False)


def _with_rank(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number:
    """ "2º", "21e", "der 21. Platz", "第三", "두 번째"."""
    if head.is_digits and head.value % 1 == 0 and head.end < len(tokens):
        token = tokens[head.end]
        if token.is_glued and token.lower in words.digit_endings:
            return replace(head, end=head.end + 1, kind="rank", is_plain=False)
        if token.text == "-" and head.end + 1 < len(tokens) and tokens[head.end + 1].lower in words.digit_endings:
            return replace(head, end=head.end + 2, kind="rank", is_plain=False)
        if token.text == "." and token.is_glued and head.end + 1 < len(tokens) and tokens[head.end + 1].text in "ºª" and tokens[head.end + 1].is_glued:
            return replace(head, end=head.end + 2, kind="rank", is_plain=False)
        if token.text == "." and token.is_glued and _is_dotted_rank(words, tokens, head):
            return replace(head, end=head.end + 1, kind="rank", is_plain=False)
    after = words.ranks_after.at(tokens, head.end)
    if after is not None:
        return replace(head, end=after[1], kind="rank", is_plain=False, is_article=False)
    if head.start and tokens[head.start - 1].lower in words.rank_before:
        return replace(head, start=head.start - 1, kind="rank", is_plain=False, is_article=False)
    return head


def _is_dotted_rank(words: NumberWords, tokens: Sequence[Token], head: Number) -> bool:
    """A number with a stop is a rank after an article and before a word: "am 21. Spieltag"."""
    j = head.end + 1
    before = tokens[head.start - 1].lower if head.start else ""
    return before in words.dot_after and head.value < 1000 and j < len(tokens) and tokens[j].kind == "word"


@lru_cache(maxsize=8)
def decimal_of(text: str, language: Language) -> str:
    """The text's own decimal sign where it shows one ("1,234,567", "2.5 million" in a Mexican paper)."""
    if language.code != "es":
        return language.decimal
    votes = {".": 0, ",": 0}
    for match in re.finditer(r"(?<![\d.,])\d+[.,]\d+(?:[.,]\d+)*(?![\d.,]*\d)", text):
        sign = _shown_decimal(match.group())
        if sign:
            votes[sign] += 1
    if votes["."] == votes[","]:
        return language.decimal
    return max(votes, key=lambda sign: votes[sign])


def _shown_decimal(digits: str) -> str | None:
    signs = [c for c in digits if c in ".,"]
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    tail = re.split(r"[.,]", digits)[-1]
    return signs[0] if len(tail) != 3 else None


def parse_cardinal(tokens: Sequence[Token], i: int, language: Language, decimal: str) -> Number | None:
    """The cardinal or ordinal at tokens[i] without fractions."""
    return _parse_sum(number_words(language), tokens, i, decimal, True) if i < len(tokens) else None
