"""Figures of other languages: digits in the local convention, scale words, percent, money. No English rules."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache

from tasks.extract.figures.amounts import Amount, from_numeral, match_phrase
from tasks.extract.figures.exclusions import is_list_mark
from tasks.extract.figures.lexicon import currency_symbols, load_toml
from tasks.extract.figures.measures import match_unit
from tasks.extract.figures.money import attach_currency, match_symbol
from tasks.extract.numerals import Numeral, Token, read_digits


@cache
def _rules(language: str) -> tuple[str, dict[str, float], tuple[tuple[str, ...], ...]]:
    """Decimal sign, scale words and percent phrases (lower case) of a language."""
    entry = load_toml("languages.toml").get(language.split("-")[0], {})
    scales = {word.lower(): factor for word, factor in entry.get("scales", {}).items()}
    percents = tuple(tuple(phrase.lower().split()) for phrase in entry.get("percent", ["%"]))
    return entry.get("decimal", "."), scales, percents


def scan_foreign(tokens: Sequence[Token], taken: Set[int], language: str) -> list[Amount]:
    """The figures in digits, in reading order. Nothing is said about bounds or what is counted."""
    found: list[Amount] = []
    i = 0
    while i < len(tokens):
        amount = None if i in taken else _parse_at(tokens, i, language)
        if amount is not None and not any(k in taken for k in range(amount.start, amount.end)):
            found.append(amount)
            i = amount.end
        else:
            i += 1
    return found


def _parse_at(tokens: Sequence[Token], i: int, language: str) -> Amount | None:
    if tokens[i].text.upper() in currency_symbols() and tokens[i].kind == "sign":
        symbol = match_symbol(tokens, i)
        numeral = _parse_numeral(tokens, symbol[2], language) if symbol else None
        if symbol is not None and numeral is not None:
            return replace(from_numeral(numeral, "money"), start=i, unit=symbol[0])
    numeral = _parse_numeral(tokens, i, language)
    return None if numeral is None else _attach(tokens, from_numeral(numeral), language)


def _parse_numeral(tokens: Sequence[Token], i: int, language: str) -> Numeral | None:
    decimal, scales, _ = _rules(language)
    if i >= len(tokens) or tokens[i].kind != "number" or _is_code(tokens, i) or is_list_mark(tokens, i):
        return None
    reading = read_digits(tokens[i].text, decimal)
    if reading is None:
        return None
    numeral = Numeral(
        i,
        i + 1,
        reading.value,
        is_digits=True,
        is_plain=reading.is_plain,
        candidates=reading.candidates,
        reason=reading.reason,
    )
    while numeral.end < len(tokens) and (factor := scales.get(tokens[numeral.end].lower)):
        numeral = numeral.multiplied(factor, numeral.end + 1)
        if numeral.end < len(tokens) and tokens[numeral.end].text == "." and _is_short(tokens, numeral.end):
            numeral = replace(numeral, end=numeral.end + 1)
    return numeral


def _is_short(tokens: Sequence[Token], i: int) -> bool:
    """The stop after "Mio", "тыс" belongs to the short form when the sentence goes on."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return (
        tokens[i].is_glued
        and following is not None
        and following.kind != "break"
        and len(tokens[i - 1].text) <= 4
    )


def _is_code(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1] if i else None
    if before is not None and tokens[i].is_glued and (before.kind == "word" and before.text.isascii()):
        return True
    if before is not None and tokens[i].is_glued and before.text == "-" and before.is_glued:
        return tokens[i - 2].kind in ("word", "number")
    return False


def _attach(tokens: Sequence[Token], amount: Amount, language: str) -> Amount:
    _, _, percents = _rules(language)
    for phrase in percents:
        if match_phrase(tokens, amount.end, phrase):
            return replace(amount, kind="percent", unit="%", end=amount.end + len(phrase))
    if (money := attach_currency(tokens, amount)) is not None:
        return money
    unit = match_unit(tokens, amount.end, True)
    if unit is not None and unit[0].kind == "measure":
        return replace(amount, kind="measure", unit=unit[0].ucum, end=unit[1])
    return amount
