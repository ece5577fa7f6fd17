"""Two clauses of a sentence, corrections, wholes and speakers of figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Row = dict[str, Any]


@pytest.mark.parametrize(
    ("text", "surface", "predicate"),
    [
        ("At least 12 people have died and more than 30 are missing after a slide on Sunday.", "30", "miss"),
        ("It employed 40 and 12 were women.", "12", "woman"),
        ("Some 40 men and 12 women were killed.", "12 women", "kill"),
    ],
)
def test_a_number_before_a_verb_of_its_own_has_no_verb_before_it(
    describe: Callable[[str], list[Row]], text: str, surface: str, predicate: str
) -> None:
    assert describe(text)[-1]["predicate"] == predicate
    assert next(row for row in describe(text)[1:] if surface in row["surface"])["predicate"] == predicate


def test_two_clauses_have_no_sum(describe: Callable[[str], list[Row]]) -> None:
    rows = describe("Police arrested 14 people and two others were hurt.")
    assert [row["value"] for row in rows] == [14, 2]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("An earlier version of this article gave the number of missing as 41.", [True]),
        ("An earlier version of this story said that 5 people were hurt; it was 4.", [True, False]),
        ("The previous version of the phone had 12 cameras.", [False]),
    ],
)
def test_what_a_correction_takes_back_is_negated(
    describe: Callable[[str], list[Row]], text: str, negated: list[bool]
) -> None:
    assert [row["is_negated"] for row in describe(text)] == negated


def test_a_whole_has_all_digits_of_its_number(describe: Callable[[str], list[Row]]) -> None:
    rows = describe("About 12,000 of the route's 95,000 passengers are islanders.")
    assert rows[0]["of_whole"] == "the route's 95,000 passengers"


@pytest.mark.parametrize(
    ("text", "sayer"),
    [
        ("The Supervision Authority (FSA) said 6,800 accounts were opened.", "The Supervision Authority"),
        ("The minister later said 40 clinics had closed.", "The minister"),
    ],
)
def test_a_sayer_ends_before_brackets_and_adverbs(
    describe: Callable[[str], list[Row]], text: str, sayer: str
) -> None:
    assert describe(text)[0]["attributed_to"] == sayer
