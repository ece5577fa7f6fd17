"""Numbers as any language writes them: digits, words, mixtures; the words are in the languages' folders."""

from __future__ import annotations

from tasks.extract.languages.numbers.cardinals import Number, parse_cardinal
from tasks.extract.languages.numbers.digits import decimal_of, read_local
from tasks.extract.languages.numbers.parsing import parse_number
from tasks.extract.languages.numbers.vocabulary import NumberWords, number_words

__all__ = [
    "Number",
    "NumberWords",
    "decimal_of",
    "number_words",
    "parse_cardinal",
    "parse_number",
    "read_local",
]
