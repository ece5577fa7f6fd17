"""The number at a place of a text, with sign, fraction and rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tasks.extract.languages.numbers.cardinals import Number, parse_sum, with_point
from tasks.extract.languages.numbers.fractions import (
    GLYPHS,
    parse_half,
    parse_ratio,
    parse_slash,
    with_half,
    with_infix,
    with_parts,
    with_quarter_before,
)
from tasks.extract.languages.numbers.vocabulary import NumberWords, vocabulary_of
from tasks.extract.languages.words import WordTables
from tasks.extract.numerals import Token

# Scripts without blanks, where a hyphen behind a word can be a minus sign: "気温-5度".
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=256)
def parse_number(
    tokens: Sequence[Token], i: int, language: WordTables, decimal: str, with_and: bool = True
) -> Number | None:
    """The number that starts at tokens[i], with its fraction, or None."""
    words = vocabulary_of(language)
    if i >= len(tokens):
        return None
    signed = _minus(words, tokens, i)
    found = _parse_unsigned(words, tokens, signed or i, decimal, with_and)
    if found is None or signed is None:
        return found
    return replace(found, start=i, value=-found.value, is_article=False)


def _minus(words: NumberWords, tokens: Sequence[Token], i: int) -> int | None:
    token = tokens[i]
    if (
        token.text in "-−–"
        and i + 1 < len(tokens)
        and tokens[i + 1].is_glued
        and tokens[i + 1].kind == "number"
    ):
        before = tokens[i - 1] if i and token.is_glued else None
        is_joint = before is not None and (
            before.kind == "number"
            or (
                before.kind == "word" and _UNSPACED.search(before.text[-1:]) is None
            )  # Hebrew "כ-30": about 30
            or before.text in "-–)"
        )
        return None if is_joint else i + 1
    found = words.minus.at(tokens, i)
    return found[1] if found else None


def _parse_unsigned(
    words: NumberWords, tokens: Sequence[Token], i: int, decimal: str, with_and: bool
) -> Number | None:
    if i >= len(tokens):
        return None
    if tokens[i].text in GLYPHS:
        return Number(i, i + 1, GLYPHS[tokens[i].text], "fraction", is_digits=True)
    half = parse_half(words, tokens, i, decimal)
    if half is not None:
        return half
    if words.parts_alone and (alone := words.parts.at(tokens, i)) is not None:
        return Number(i, alone[1], 1 / alone[0], "fraction")
    head = (
        parse_slash(tokens, i)
        or with_quarter_before(words, tokens, i, decimal)
        or parse_sum(words, tokens, i, decimal, with_and)
    )
    if head is None:
        return None
    if head.kind != "count":
        return head
    if words.infix and (grown := with_infix(words, tokens, head)) is not None:
        return grown
    head = with_point(words, tokens, head, decimal)
    return (
        parse_ratio(words, tokens, head, decimal)
        or with_parts(words, tokens, head, decimal)
        or with_half(words, tokens, head)
        or _with_rank(words, tokens, head)
    )


def _with_rank(words: NumberWords, tokens: Sequence[Token], head: Number) -> Number:
    """ "2º", "21e", "der 21. Platz", "第三", "두 번째"."""
    if head.is_digits and head.value % 1 == 0 and head.end < len(tokens):
        token = tokens[head.end]
        if token.is_glued and token.lower in words.digit_endings:
            return replace(head, end=head.end + 1, kind="rank", is_plain=False)
        if (
            token.text == "-"
            and head.end + 1 < len(tokens)
            and tokens[head.end + 1].lower in words.digit_endings
        ):
            return replace(head, end=head.end + 2, kind="rank", is_plain=False)
        if (
            token.text == "."
            and token.is_glued
            and head.end + 1 < len(tokens)
            and tokens[head.end + 1].text in "ºª"
            and tokens[head.end + 1].is_glued
        ):
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
