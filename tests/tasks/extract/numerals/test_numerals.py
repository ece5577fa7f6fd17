"""Numbers as newspapers write them, read one at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.numerals import (
    lex,
    parse_cardinal,
    parse_fraction,
    parse_ordinal,
    parse_vague,
    read_digits,
)


@pytest.mark.parametrize(
    ("digits", "decimal", "value"),
    [
        ("1,250", ".", 1250),
        ("12,34,567.5", ".", 1234567.5),
        ("1.111,11", ".", 1111.11),
        ("1.234.567", ".", 1234567),
        ("1'234", ".", 1234),
        ("1\u202f234", ".", 1234),
        ("4.800", ".", 4.8),
        ("4.800", ",", 4800),
        ("3,5", ",", 3.5),
    ],
)
def test_separators_are_read_in_the_convention_they_show(digits: str, decimal: str, value: float) -> None:
    reading = read_digits(digits, decimal)
    assert reading is not None
    assert (reading.value, reading.reason) == (value, None)


@pytest.mark.parametrize("code", ["192.168.1.2", "2.0.1", "9" * 50, "1,2.3,4"])
def test_codes_are_no_numbers(code: str) -> None:
    assert read_digits(code) is None


@pytest.mark.parametrize(
    ("digits", "candidates"), [("175,00", (17500, 175000)), ("1000,000", (1000000,)), ("10,0000", (100000,))]
)
def test_malformed_groups_have_candidates_and_no_value(digits: str, candidates: tuple[float, ...]) -> None:
    reading = read_digits(digits)
    assert reading is not None
    assert (reading.value, reading.candidates, reading.reason) == (None, candidates, "malformed_number")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three hundred and thirty-one", 331),
        ("two hundred and two thousand", 202000),
        ("twenty-one trillion and three hundred", 21000000000300),
        ("4 thousand 3 hundred and 21", 4321),
        ("two hundred point seventy-one", 200.71),
        ("a dozen", 12),
        ("1.1 million", 1100000),
    ],
)
def test_cardinals(text: str, value: float) -> None:
    tokens = lex(text)
    number = parse_cardinal(tokens, 0)
    assert number is not None
    assert (number.value, number.end) == (value, len(tokens))


def test_and_joins_no_two_hundreds() -> None:
    number = parse_cardinal(lex("3 hundred and 2 hundred"), 0)
    assert number is not None
    assert (number.value, number.end) == (300, 2)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("two-thirds", 2 / 3, "fraction"),
        ("a tenth of", 0.1, "fraction"),
        ("one in five", 0.2, "ratio"),
        ("9 out of 10", 0.9, "ratio"),
        ("2 1/4", 2.25, "count"),
        ("half a million", 500000, "count"),
        ("five and a half million", 5500000, "count"),
    ],
)
def test_fractions(text: str, value: float, kind: str) -> None:
    found = parse_fraction(lex(text), 0)
    assert found is not None
    assert (found[0].value, found[1]) == (pytest.approx(value), kind)


@pytest.mark.parametrize("text", ["one in 2014", "20 in 24 hours", "12 out of 10", "a third person"])
def test_what_is_no_fraction(text: str) -> None:
    assert parse_fraction(lex(text), 0) is None


@pytest.mark.parametrize(
    ("text", "rank"), [("21st", 21), ("one hundred twenty-fifth", 125), ("two hundredth", 200)]
)
def test_ordinals(text: str, rank: float) -> None:
    found = parse_ordinal(lex(text), 0)
    assert found is not None
    assert found.value == rank


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("tens of thousands", (20000, 99999)),
        ("dozens", (24, 99)),
        ("a few hundred", (200, 999)),
        ("millions", (2e6, 9999999)),
    ],
)
def test_vague_amounts(text: str, bounds: tuple[float, float]) -> None:
    found = parse_vague(lex(text), 0)
    assert found is not None
    assert (found.low, found.high) == bounds


@given(st.text(max_size=200))
def test_tokens_keep_their_place_and_order(text: str) -> None:
    place = 0
    for token in lex(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= place
        place = token.end
