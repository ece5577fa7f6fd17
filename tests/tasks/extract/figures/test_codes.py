"""Codes are tried only where one can begin; what is found is what a search at every place finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.figures.codes import _FORMS, _usual_spans

_EVERYWHERE = re.compile("|".join(_FORMS))
_PIECES = (
    "call 555 0134 2210", "(206) 555-1212", "+44 20 7946 0958", "text GIVE to 60777", "SMS", "Dial 911 or 112",
    "12 Fleet Street", "Rue de la Paix 8", "Lindenallee 4a", "9 Rue des Forges, 59000 Lille", "SW1A 1AA", "US 1 was",
    "iOS 17.2.1", "no. 24-10388", "FY2025-26", "fiscal 2025-26", "Q1 2026-27", "H.R. 1523", "the 4200 block of",
    "Flight LH 447", "n° 24-10388", "a 737-800", "A350-1000", "9/11", "fifty-fifty", "voted 50-50", "14/2034", "45+2",
    "doi:10.1000/x", "Docket number 4471", "2:24-cv-01187", "3,5 and 8", "第21世纪", "Lata 90.", "a", "ы", "_", " ", ",",
    ".", "(", "+", "\n", "7",
)  # fmt: skip


def _search(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _EVERYWHERE.finditer(text)]


@given(st.lists(st.sampled_from(_PIECES), max_size=8), st.sampled_from(["", " "]))
def test_codes_are_those_of_a_search_at_every_place(pieces, between):
    text = between.join(pieces)
    assert list(_usual_spans(text)) == _search(text)


@given(st.text(max_size=60))
def test_so_are_those_of_any_text(text):
    assert list(_usual_spans(text)) == _search(text)


@pytest.mark.parametrize("text", _PIECES[:-9])
def test_each_form_is_found_behind_many_words(text):
    text = f"{'word ' * 60}{text} x"
    assert list(_usual_spans(text)) == _search(text)


def test_codes_of_the_examples_are_those_of_a_search_at_every_place():
    for file in Path("examples").rglob("*.*"):
        text = file.read_text(encoding="utf-8", errors="replace")
        assert list(_usual_spans(text)) == _search(text)
