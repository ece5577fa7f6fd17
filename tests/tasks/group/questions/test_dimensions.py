"""Which way a length is measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions import Questions
from tasks.group.questions.words.dimensions import read_dimension


@pytest.mark.parametrize(
    ("surface", "before", "after", "dimension"),
    [
        ("90 metres", "the end of the quay, which is ", " away.", {"away"}),
        ("12 metres", "a trench ", " deep and 3 metres wide", {"deep"}),
        ("110 mile", "a 181-km (", ") long fault", {"long"}),
        ("40 feet", "He stood ", " from the gate.", {"away"}),
        ("84 metres", "with a height of about ", ".", {"high"}),
        ("133-metre", "The ", " ship ran aground.", {"long", "high", "deep"}),
        ("60 metres", "The van dragged the bicycle for ", ", a man said.", set()),
    ],
)
def test_the_words_beside_a_length_say_how_it_is_measured(
    surface: str, before: str, after: str, dimension: set[str]
) -> None:
    assert read_dimension(surface, before, after) == dimension


def test_the_length_of_a_ship_is_not_how_far_away_it_is(ask: Callable[..., Questions]) -> None:
    told = "The ferry ran aground at Osk on Monday. The ferry is {}."
    apart = ask(told.format("133 metres long"), told.format("90 metres away"))
    beside = ask(told.format("133 metres long"), told.format("130 metres long"))

    assert {row["reading_count"] for row in apart.questions} == {1}
    assert [row["verdict"] for row in beside.questions] == ["conflict"]
