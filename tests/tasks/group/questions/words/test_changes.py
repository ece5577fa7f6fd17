"""Numbers that change: a later report replaces an earlier one if its words say so. Reports are nine hours apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions import Questions
from tasks.group.questions.words.changes import FALLEN, GROWN, STATE, is_taken_back, tell_change


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The number of cases has reached ", ", officials said.", {GROWN}),
        ("", " riders are now out of the race.", {STATE}),
        ("", " had been given by Tuesday morning.", {STATE}),
        ("The ministry still counts ", " missing.", {FALLEN}),
        ("By Friday 320 children were sick, in ", " schools.", set()),
        ("Two more died, bringing the toll to ", ".", {GROWN}),
        ("Five lots had risen. The evening brought in ", " dollars.", set()),
        ("Claims rose. The wall is ", " metres long.", set()),
    ],
)
def test_a_clause_tells_a_change(before: str, after: str, told: set[str]) -> None:
    assert tell_change(before, after) == told


def test_a_number_that_is_taken_back_is_told_by_the_words_before_it() -> None:
    assert is_taken_back("The toll rose to 19, up from ")
    assert is_taken_back("Earlier reports had said ")
    assert is_taken_back("Officials initially put the number of dead at ")
    assert not is_taken_back("Police said ")
    assert not is_taken_back("They first said nothing. Later they counted ")


def _verdict(found: Questions) -> list[str]:
    return [row["verdict"] for row in found.questions if row["outlet_count"] > 1]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("Five riders had to abandon the race.", "Eight riders had to abandon the race.", "conflict"),
        ("Five riders had to abandon the race.", "Eight riders have now had to abandon the race.", "update"),
        ("So far five riders had to abandon the race.", "Eight riders had to abandon the race.", "update"),
        ("Eight riders had to abandon the race.", "Five riders still had to abandon the race.", "update"),
        ("Five riders had to abandon the race.", "Eight riders still had to abandon the race.", "conflict"),
        (
            "Eight riders had to abandon the race.",
            "Five riders had to abandon the race. Organisers had first said eight.",
            "update",
        ),
    ],
)
def test_words_of_change_make_an_update_of_a_conflict(
    ask: Callable[..., Questions], first: str, second: str, verdict: str
) -> None:
    assert verdict in _verdict(ask(first, second, hours=9))
    assert "update" not in _verdict(ask(first, second, hours=1))


def test_a_length_that_grew_by_the_time_between_reports_is_an_update(ask: Callable[..., Questions]) -> None:
    texts = (
        "The rubbish has been lying in the streets for two days.",
        "The rubbish has been lying there for {} days.",
    )
    assert _verdict(ask(texts[0], texts[1].format("eight"), hours=144)) == ["update"]
    assert _verdict(ask(texts[0], texts[1].format("eight"), hours=24)) == ["conflict"]
