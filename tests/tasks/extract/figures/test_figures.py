"""Figures of made-up news: each rule of the grammar, its near misses, and what no text may break."""

from __future__ import annotations

import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tables import FIGURES
from tasks.extract.dates import find_dates
from tasks.extract.figures import find_figures
from tasks.extract.figures.lexicon import load_toml
from tasks.extract.figures.measures import convert

sys.path.insert(0, str(Path(__file__).parents[1]))
from documents import make_document, takes_linear_time

HERE = Path(__file__).parent
USUAL: dict[str, Any] = {"kind": "count", "bound": "exact"}
EMPTY = ("value", "low", "high", "unit", "counted", "suspect_reason", "candidates")


def load_cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]


def expected(row: dict[str, Any]) -> dict[str, Any]:
    return {**USUAL, **dict.fromkeys(EMPTY), **row}


@pytest.mark.parametrize("case", load_cases("cases.toml"), ids=lambda case: case["rule"])
def test_a_text_gives_its_figures_and_no_others(case: dict[str, Any]) -> None:
    rows = find_figures(make_document(case["text"]))
    wanted = [expected(row) for row in case["rows"]]
    assert [row["surface"] for row in rows] == [row["surface"] for row in wanted]
    for row, want in zip(rows, wanted, strict=True):
        assert {key: row[key] for key in want} == want
        assert row["is_suspect"] == (row["suspect_reason"] is not None)


def test_rows_fit_the_table() -> None:
    rows = find_figures(make_document("Up to 175,00 troops, 40 percent of voters, $3 million."))
    assert FIGURES.to_arrow(rows).num_rows == 3


@pytest.mark.parametrize("text", ["It would take 40 quadrillion years.", "Es ist 90 Billiarden Euro wert."])
def test_a_number_too_large_for_a_whole_double_fits_the_table(text: str) -> None:
    language = "en" if text.startswith("It") else "de"
    (figure,) = FIGURES.to_arrow(find_figures(make_document(text, language=language))).to_pylist()
    assert figure["value"] in (4e16, 9e16)


def test_dates_at_hand_are_not_looked_for_again() -> None:
    document = make_document("In 2014 some 300 ships left.")
    assert find_figures(document, find_dates(document)) == find_figures(document)
    assert [row["surface"] for row in find_figures(document, [])] == ["2014", "some 300 ships"]


@pytest.mark.parametrize(
    "entry", load_toml("units.toml")["unit"], ids=lambda entry: f"{entry['ucum']} {entry['names'][0]}"
)
def test_every_unit_is_known_to_the_units_library(entry: dict[str, Any]) -> None:
    assert convert(1.0, entry["ucum"], entry["ucum"]) == pytest.approx(1.0)


WORDS = st.sampled_from([*(HERE / "words.txt").read_text(encoding="utf-8").split(), "\n\n"])
NEWS = st.lists(WORDS, max_size=40).map(" ".join)


@given(st.one_of(NEWS, st.text(max_size=120)))
@settings(max_examples=300, deadline=None)
def test_spans_hold_their_surface_and_never_overlap_each_other_or_a_date(text: str) -> None:
    document = make_document(text)
    dates = find_dates(document)
    rows = find_figures(document, dates)
    assert all(text[row["start_char"] : row["end_char"]] == row["surface"] for row in rows)
    spans = sorted((row["start_char"], row["end_char"]) for row in [*rows, *dates])
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert [row["start_char"] for row in rows] == sorted(row["start_char"] for row in rows)


@given(NEWS)
@settings(max_examples=300, deadline=None)
def test_low_is_not_above_value_nor_value_above_high(text: str) -> None:
    for row in find_figures(make_document(text)):
        known = [row[key] for key in ("low", "value", "high") if row[key] is not None]
        assert known == sorted(known)
        if row["bound"] in ("between", "vague"):
            assert row["value"] is None
            assert row["low"] is not None
            assert row["high"] is not None


@given(st.integers(min_value=0, max_value=10**12))
def test_any_grouped_number_comes_back(number: int) -> None:
    (row,) = find_figures(make_document(f"They counted {number:,} lamps there."))
    assert row["value"] == number
    assert row["counted"] == ("lamps" if row["kind"] == "count" else None)


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=99))
def test_any_decimal_number_comes_back_in_local_separators(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    german = english.translate(str.maketrans(",.", ".,"))
    (row,) = find_figures(make_document(f"Das sind {german} Euro.", language="de"))
    assert row["value"] == pytest.approx(float(f"{whole}.{cents:02d}"))


HOSTILE = [
    "1 ",
    "1,",
    "1-",
    "9",
    "one hundred and ",
    "more than ",
    "about ",
    "1/",
    "$",
    "twenty-",
    "a half ",
    "1 day and ",
    "two to ",
]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_runs_take_linear_time(piece: str) -> None:
    assert takes_linear_time(lambda document: find_figures(document, []), make_document("x"), piece)


@pytest.mark.parametrize(
    "text",
    [
        "There were 5 " + "people " * 200 + "there.",
        "It cost one " + "million " * 200 + "crowns.",
        "There were " + "hundreds of " * 400 + "them.",
        "They found 5 " + "one-" * 2_000 + "offs.",
    ],
    ids=["plurals", "scales", "vague amounts", "hyphens"],
)
def test_a_word_without_end_costs_no_time_and_makes_no_endless_number(article, extract, text):
    values = [(row["value"], row["high"]) for row in extract(article(text))["figures"]]
    assert all(abs(number) < 1e25 for pair in values for number in pair if number is not None)


def test_a_million_millions_are_a_number_and_five_are_none(article, extract):
    rows = extract(article("One million million grains. Two million million million million million grains."))
    first, second = rows["figures"]
    assert (first["value"], first["is_suspect"]) == (1e12, False)
    assert (second["value"], second["suspect_reason"]) == (None, "malformed_number")


@pytest.mark.parametrize("text", ["A set of 3,5 and 8 pounds was sold."])
def test_a_row_without_spaces_is_not_flagged(text: str, extract, article) -> None:
    assert not any(row["is_suspect"] for row in extract(article(text))["figures"])


@pytest.mark.parametrize(
    "text", ["Testing adds $1,500 to $25,00 a year.", "It took 14,75 seconds.", "It rose 1,3 percent."]
)
def test_a_decimal_comma_and_a_lost_digit_still_are(text: str, extract, article) -> None:
    assert any(row["is_suspect"] for row in extract(article(text))["figures"])
