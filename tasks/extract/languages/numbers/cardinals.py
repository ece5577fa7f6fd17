"""Cardinals and ordinals in words, digits and mixtures of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.extract.languages.numbers.digits import read_local
from tasks.extract.languages.numbers.sums import Morph, Sum
from tasks.extract.languages.numbers.vocabulary import NumberWords, vocabulary_of
from tasks.extract.languages.words import WordTables
from tasks.extract.numerals import Token, clean

_HYPHENS = frozenset("-‐‑")
_HUNDRED_IS_CENT = frozenset({"fr", "it"})  # "34 cents" is money
_NOTHING: tuple[Morph, ...] = ()
_YEAR_DIGITS = 4


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


def skip_glued_hyphen(tokens: Sequence[Token], i: int) -> int:
    """Past a hyphen that touches the word before."""
    return i + 1 if i + 1 < len(tokens) and tokens[i].text in _HYPHENS and tokens[i].is_glued else i


def parse_sum(
    words: NumberWords, tokens: Sequence[Token], i: int, decimal: str, with_and: bool
) -> Number | None:
    """The longest cardinal or ordinal at tokens[i], or None; also None behind the last token."""
    if i >= len(tokens):
        return None
    if (year := _spelled_year(words, tokens, i)) is not None:
        return year
    total, j, end, used_and = Sum(words.rules), i, i, False
    has_digits = is_plain = False
    best: Sum | None = None
    while j < len(tokens):
        morphs, after = _pieces_at(words, tokens, j, decimal, j == i, is_after_digits=has_digits)
        if not morphs or (
            j > i
            and (
                words.breaks.at(tokens, j) or (tokens[j].kind == "number" and tokens[j - 1].text in _HYPHENS)
            )
        ):
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
    if words.shifts_last and tokens[end - 1].kind != "number":
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
    if following.kind != "word" or not set(following.text) <= words.characters:
        return following.kind == "number"
    return len(following.text) > 1 or words.morphs(following.text)[0].kind == "times"


def _divides(words: NumberWords, tokens: Sequence[Token], i: int, j: int, best: Sum) -> bool:
    """The ordinal at tokens[j] is what the cardinal before it is divided by: "dos quintos", "un centième de"."""
    if best.is_ordinal:
        return False
    if words.has_any_parts or (words.plural_parts and tokens[j].lower.endswith(words.plural_parts)):
        return tokens[j - 1].text not in _HYPHENS
    return best.value == 1 and tokens[i].lower in words.articles


def _spelled_year(words: NumberWords, tokens: Sequence[Token], i: int) -> Number | None:
    """ "二〇一八": four digits in characters, which add up to nothing; "二三" is two or three."""
    if tokens[i].kind != "word" or len(tokens[i].text) != _YEAR_DIGITS or _goes_on(words, tokens, i + 1):
        return None
    value = _digit_string(words, tokens[i].text)
    return None if value is None else Number(i, i + 1, value)


def _digit_string(words: NumberWords, text: str) -> float | None:
    """ "二〇一八": digits in a row are read as digits."""
    if not words.characters or len(text) < 2:
        return None
    digits = [words.morphs(char) for char in text]
    if not all(d and d[0].kind == "value" for d in digits):
        return None
    return float("".join(str(int(d[0].value)) for d in digits))


def _next_piece(tokens: Sequence[Token], i: int, is_after_and: bool) -> int:
    return i if is_after_and else skip_glued_hyphen(tokens, i)


def _pieces_at(
    words: NumberWords, tokens: Sequence[Token], j: int, decimal: str, is_first: bool, is_after_digits: bool
) -> tuple[tuple[Morph, ...], int]:
    """The pieces of number at tokens[j] that can follow what came before, and the token after them."""
    token = tokens[j]
    if token.kind == "number":
        value = read_local(token.text, decimal)
        return (_NOTHING, j) if value is None else ((Morph("value", value, is_digits=True),), j + 1)
    if token.kind != "word" or (is_first and token.lower in words.idioms):
        return _NOTHING, j
    morphs, end = words.phrase(tokens, j)
    if is_first:
        return (morphs[1:] if morphs and morphs[0].kind == "and" else morphs), end
    return _after_digits(words, tokens, j, morphs, end) if is_after_digits else (morphs, end)


def _after_digits(
    words: NumberWords, tokens: Sequence[Token], j: int, morphs: tuple[Morph, ...], end: int
) -> tuple[tuple[Morph, ...], int]:
    """Only scales go on with digits ("3 millones"), and what is short can have its stop ("3 Mio.")."""
    text = tokens[j].text
    if not morphs:
        factor = words.suffixes.get(text) or words.scales_after.get(text)
        if factor is None:
            return _NOTHING, j
        return (Morph("times", factor),), _past_dot(tokens, j) if text in words.suffixes else j + 1
    first, last = morphs[0], morphs[-1]
    if words.rules.is_myriad and first.kind == "value" and tokens[j - 1].kind == "number":
        return _NOTHING, j  # "20일" is a day, and 일 is one
    if not words.rules.is_myriad:
        is_cent = first.kind == "times" and first.value == 100 and words.code in _HUNDRED_IS_CENT
        if first.kind in ("value", "score") or is_cent:
            return _NOTHING, j
    if last.kind == "and" and not words.digit_ands:
        return _NOTHING, j
    return morphs, _past_dot(tokens, end - 1) if last.kind == "times" and len(text) <= 4 else end


def _past_dot(tokens: Sequence[Token], j: int) -> int:
    """Past the stop of "Mio.", "тыс." where the sentence goes on."""
    is_short = j + 2 < len(tokens) and tokens[j + 1].text == "." and tokens[j + 1].is_glued
    return j + 2 if is_short and tokens[j + 2].kind != "break" else j + 1


def with_point(words: NumberWords, tokens: Sequence[Token], head: Number, decimal: str) -> Number:
    """ "dos coma cinco", "zwei Komma fünf": single digits stand one after the other."""
    if head.end >= len(tokens) or tokens[head.end].lower not in words.points or head.is_digits:
        return head
    digits, j = "", head.end + 1
    while j < len(tokens) and len(digits) < 12:
        part = parse_sum(words, tokens, j, decimal, True)
        if part is None or part.value % 1 or part.is_digits or part.kind != "count":
            break
        digits, j = digits + str(int(part.value)), part.end
    if not digits:
        return head
    after, end = words.phrase(tokens, j) if j < len(tokens) else (_NOTHING, j)
    value = head.value + float(f"0.{digits}")
    if len(after) == 1 and after[0].kind == "times":
        return replace(
            head, end=end, value=clean(value * after[0].value), scale=after[0].value, is_article=False
        )
    return replace(head, end=j, value=value, scale=1.0, is_article=False)


def parse_unbroken(tokens: Sequence[Token], i: int, language: WordTables, decimal: str) -> Number | None:
    """The cardinal or ordinal at tokens[i] without fractions."""
    return parse_sum(vocabulary_of(language), tokens, i, decimal, True) if i < len(tokens) else None
