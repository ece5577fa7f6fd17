"""Quotation marks: what stands in them, told apart from apostrophes and primes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.quotations.quoted_stretches import find_stretches

CASES = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))["case"]
MARKS = "\"'“”‘’„«»‹›「」『』"
HOSTILE = (
    *MARKS,
    'a"',
    ' "a',
    "“a ",
    "'s ",
    " 'a' ",
    "6'2\" ",
    "“\n",
    'x="',
    "''",
    "’’ ",
    '"a" ‘b’ ',
    "‘a “b” ",
    "‘s ’ ",
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_words_in_marks_are_found(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_stretches(text, case.get("language", "en"))
    assert [text[s.inner_start : s.inner_end] for s in found] == case["quoted"]
    if "continues" in case:
        assert [s.continues for s in found] == case["continues"]


def test_a_missing_closing_mark_is_told() -> None:
    (stretch,) = find_stretches("“We open on Monday.")
    assert not stretch.is_closed
    assert stretch.end_char == stretch.inner_end


def test_the_span_holds_the_marks_and_the_words_do_not() -> None:
    text = "Orr said: “Come early.”"
    (stretch,) = find_stretches(text)
    assert text[stretch.start_char : stretch.end_char] == "“Come early.”"
    assert text[stretch.inner_start : stretch.inner_end] == "Come early."


@given(st.text(alphabet=MARKS + "ab S,.\n6", max_size=120), st.sampled_from(["en", "de", "sv", "fr", "ja"]))
@settings(deadline=None)
def test_stretches_lie_in_the_text_in_order_and_never_overlap(text: str, language: str) -> None:
    end = 0
    for stretch in find_stretches(text, language):
        assert end <= stretch.start_char < stretch.end_char <= len(text)
        assert stretch.start_char <= stretch.inner_start <= stretch.inner_end <= stretch.end_char
        assert text[stretch.inner_start : stretch.inner_end].strip()
        assert "\n" not in text[stretch.start_char : stretch.end_char]
        end = stretch.end_char


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.timeout(10)  # a quadratic walk over 40,000 marks takes minutes
def test_hostile_strings_of_marks_take_linear_time(piece: str) -> None:
    text = piece * 20_000
    assert all(stretch.end_char <= len(text) for stretch in find_stretches(text))
