"""Two articles that have nothing specific in common are of two events."""

from __future__ import annotations

from typing import Any

import pytest
from grouping_articles import make_article, when

from core.outcomes import Row
from tasks.group.features import TermCounts
from tasks.group.specifics import Specifics, read_specifics
from tasks.group.stories import group_stories

REPORT = """A teenager was shot at a park in {town} on Tuesday afternoon, police said. Officers were called to reports of gunshots
and found the victim near the playground. The teenager was taken to a hospital with serious injuries, and the condition was not
known. Police had no suspect in custody and asked witnesses to come forward. The park was closed for the night."""


def read(text: str, title: str = "", **more: Any) -> Specifics:
    row = make_article("a", title, text, when(6), **more)
    terms = TermCounts()
    return read_specifics(row, terms.count(row), terms)


def compare(one: str, other: str, **more: Any) -> bool:
    terms = TermCounts()
    rows = [make_article(name, None, text, when(6), **more) for name, text in (("a", one), ("b", other))]
    first, second = (read_specifics(row, terms.count(row), terms) for row in rows)
    assert first.is_stranger(second) == second.is_stranger(first)
    return first.is_stranger(second)


def tell(town: str, number: int) -> Row:
    return make_article(
        f"{town} {number}", f"Teenager shot at {town} park", REPORT.format(town=town), when(6, number)
    )


def count_stories(rows: list[Row]) -> int:
    return len({row["story_id"] for row in group_stories(rows, []).rows["story_articles"]})


def test_reports_in_the_same_words_on_two_towns_are_two_stories() -> None:
    rows = [tell("Millbrook", 1), tell("Oakdale", 2)]
    assert count_stories(rows) == 2
    assert count_stories([rows[0], tell("Millbrook", 3)]) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_stranger"),
    [
        ("A plane crashed near Estrella.", "A plane crashed near Moorhaven.", True),
        ("A plane crashed near Estrella.", "The plane from Moorhaven fell on Estrella.", False),
        ("The pilot, Ada Orr, is dead.", "ESTRELLA: a friend of Orr spoke.", False),
        ("A plane crashed near Estrella on Monday.", "A plane crashed near Moorhaven on Monday.", True),
        ("A plane crashed.", "A plane crashed near Moorhaven.", False),
    ],
)
def test_a_name_of_one_that_the_other_prints_is_something_in_common(
    one: str, other: str, is_stranger: bool
) -> None:
    assert compare(one, other) is is_stranger


def test_a_number_that_both_print_is_something_in_common() -> None:
    one, other = "A bus from Estrella turned over.", "A coach to Moorhaven turned over."
    hurt = {"kind": "count", "value": 14, "unit": None}
    assert not compare(one, other, numbers=[hurt])
    assert compare(one, other, numbers=[{**hurt, "value": 2}])


def test_a_text_without_capitals_has_no_names_to_miss() -> None:
    numbers = ([{"kind": "count", "value": value, "unit": None}] for value in (14, 15))
    texts = ("地震で14人が死亡した。", "地震で15人が死亡した。")
    one, other = (read(text, numbers=found) for text, found in zip(texts, numbers, strict=True))
    assert one.numbers != other.numbers
    assert not one.is_stranger(other)
