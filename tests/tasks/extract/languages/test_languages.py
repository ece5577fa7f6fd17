"""Figures and dates of each language: cases that a speaker of it can read and mend (cases/<code>.toml)."""

from __future__ import annotations

import sys
import tomllib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.extract.dates import find_dates
from tasks.extract.figures import find_figures
from tasks.extract.languages.lacks import lacking
from tasks.extract.languages.numbers import read_local
from tasks.extract.languages.words import known_codes, read_table

sys.path.insert(0, str(Path(__file__).parents[1]))
from documents import make_document, takes_linear_time

CASES = Path(__file__).parent / "cases"
PUBLISHED = datetime(2021, 12, 30, 12, tzinfo=UTC)
IN_FULL = ("es", "fr", "de", "pt", "it", "nl", "ru", "pl", "tr", "sv")
USUAL: dict[str, Any] = {"kind": "count", "bound": "exact"}
EMPTY = ("value", "low", "high", "unit", "counted", "suspect_reason")


def load_cases() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, case)
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


ALL_CASES = load_cases()
BY_CASE = pytest.mark.parametrize(
    ("code", "case"), ALL_CASES, ids=[f"{code} {case['rule']}" for code, case in ALL_CASES]
)


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@BY_CASE
def test_a_text_gives_its_figures_and_no_others(code: str, case: dict[str, Any]) -> None:
    rows = find_figures(make_document(case["text"], PUBLISHED, language=code))
    assert [row["surface"] for row in rows] == [want["surface"] for want in case["figures"]]
    for row, want in zip(rows, case["figures"], strict=True):
        expected = {**USUAL, **dict.fromkeys(EMPTY), **want}
        for key, value in expected.items():
            assert row[key] == (pytest.approx(value, rel=1e-5) if isinstance(value, float) else value), key


@BY_CASE
def test_a_text_gives_its_dates_and_no_others(code: str, case: dict[str, Any]) -> None:
    rows = find_dates(make_document(case["text"], PUBLISHED, language=code))
    found = [(row["surface"], row["starts_at"], row["ends_at"], row["granularity"]) for row in rows]
    assert found == [
        (want["surface"], moment(want["from"]), moment(want["to"]), want["granularity"])
        for want in case["dates"]
    ]


def test_every_folder_has_cases_of_its_own_or_is_named_here() -> None:
    without = {"cs", "id", "nb"}  # scales alone, as da and fi have
    assert set(known_codes()) - {path.stem for path in CASES.glob("*.toml")} == without


@pytest.mark.parametrize("code", IN_FULL)
def test_a_language_that_is_read_in_full_lacks_nothing(code: str) -> None:
    assert lacking(code) == []


def test_what_a_language_lacks_is_listed_by_file_and_name() -> None:
    assert "dates.toml: days" in lacking("da")
    assert "figures.toml: percent" not in lacking("da")


@pytest.mark.parametrize(
    ("printed", "decimal", "value"),
    [
        ("1.234,5", ",", 1234.5),
        ("1,234.5", ",", 1234.5),
        ("2.500", ",", 2500),
        ("2,500", ",", 2.5),
        ("2,500", ".", 2500),
        ("9.30", ",", 9.3),
        ("1.2.3", ",", None),
        ("12,34,567", ".", 1234567),
        ("١٢٫٥", ".", 12.5),
        ("0,5", ".", 0.5),
        (".25", ",", 0.25),
    ],
)
def test_digits_are_read_in_the_local_convention(printed: str, decimal: str, value: float | None) -> None:
    assert read_local(printed, decimal) == value


def words_of(code: str) -> list[str]:
    """Some words of the language's own tables, and some of no language."""
    found: list[str] = []
    for name in ("numbers", "figures", "dates"):
        for value in read_table(code, name).values():
            found += (
                list(value)[:12]
                if isinstance(value, dict)
                else [v for v in value if isinstance(v, str)][:6]
                if isinstance(value, list)
                else []
            )
    return [
        *map(str, found),
        "12",
        "3,5",
        "2.000",
        "14h30",
        "9.30",
        "2021",
        "07.12.2021",
        "%",
        "€",
        ",",
        ".",
        "-",
        "/",
        "\n\n",
        "Anna",
    ]


TEXTS = st.sampled_from(known_codes()).flatmap(
    lambda code: st.tuples(
        st.just(code),
        st.one_of(st.lists(st.sampled_from(words_of(code)), max_size=25).map(" ".join), st.text(max_size=80)),
    )
)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
@example(("pl", "jeden z"))
@example(("ko", "12 조 월"))
def test_no_language_raises_on_any_text_and_spans_never_overlap(told: tuple[str, str]) -> None:
    code, text = told
    document = make_document(text, PUBLISHED, language=code)
    dates = find_dates(document)
    figures = find_figures(document, dates)
    rows = sorted([*dates, *figures], key=lambda row: row["start_char"])
    assert all(text[row["start_char"] : row["end_char"]] == row["surface"] for row in rows)
    assert all(before["end_char"] <= after["start_char"] for before, after in pairwise(rows))
    assert all(row["starts_at"] < row["ends_at"] for row in dates if row["starts_at"] and row["ends_at"])
    for row in figures:
        known = [row[key] for key in ("low", "value", "high") if row[key] is not None]
        assert known == sorted(known)


HOSTILE = ("1 ", "mil ", "vingt-", "und", "1/", "de la semana ", "y ", "más de ", "1.1.", "十", "lunes ")


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_runs_take_linear_time(piece: str) -> None:
    code = {"und": "de", "十": "zh", "vingt-": "fr"}.get(piece, "es")
    assert takes_linear_time(find_figures, make_document("x", PUBLISHED, language=code), piece)
