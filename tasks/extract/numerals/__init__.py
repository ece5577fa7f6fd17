"""Numbers as newspapers write them: digits of several conventions, words, and mixtures of both."""

from __future__ import annotations

from tasks.extract.numerals.cardinals import (
    MINUS_SIGNS,
    MOBILE_NETWORKS,
    Numeral,
    clean,
    number_words,
    parse_cardinal,
)
from tasks.extract.numerals.fractions import parse_fraction
from tasks.extract.numerals.literals import PrintedNumber, read_digits
from tasks.extract.numerals.ordinals import parse_ordinal
from tasks.extract.numerals.tokens import Token, lex, lower_at, text_at
from tasks.extract.numerals.vague import VagueAmount, parse_vague

__all__ = [
    "MINUS_SIGNS",
    "MOBILE_NETWORKS",
    "Numeral",
    "PrintedNumber",
    "Token",
    "VagueAmount",
    "clean",
    "lex",
    "lower_at",
    "number_words",
    "parse_cardinal",
    "parse_fraction",
    "parse_ordinal",
    "parse_vague",
    "read_digits",
    "text_at",
]
