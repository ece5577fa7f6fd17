"""Numbers as any language writes them: digits, words, mixtures; the words are in the languages' folders."""

from __future__ import annotations

from tasks.extract.languages.numbers.cardinals import Number, parse_unbroken
from tasks.extract.languages.numbers.digits import decimal_of, read_local
from tasks.extract.languages.numbers.parsing import parse_number
from tasks.extract.languages.numbers.vocabulary import NumberWords, vocabulary_of

__all__ = [
    "Number",
    "NumberWords",
    "decimal_of",
    "parse_number",
    "parse_unbroken",
    "read_local",
    "vocabulary_of",
]
