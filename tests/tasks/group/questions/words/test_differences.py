"""Numbers that say how much more or less something is than something else."""

from __future__ import annotations

import pytest

from tasks.group.questions.words.differences import DIFFERENCE, read_difference


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("count", "The agency has 1,150 engineers, ", " fewer than ten years ago"),
        ("measure", "Women were sent on to Halm, a further ", "."),
        ("duration", "The average fell by ", " a month."),
        ("duration", "The way round takes ", " longer."),
        ("count", "The number of the sick rose by about ", " on Monday."),
        ("duration", "A difference of ", " between the two groups."),
    ],
)
def test_a_difference_is_told_by_the_words_around_it(kind: str, before: str, after: str) -> None:
    assert read_difference(kind, before, after) == {DIFFERENCE}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("count", "The crash killed three and injured another ", ", police said."),
        ("count", "", " earn less than $14.50 today."),
        ("measure", "The wall is ", " high."),
        ("money", "The firm will pay ", " more a year."),
        ("duration", "The train was delayed by ", "."),
    ],
)
def test_other_numbers_are_no_difference(kind: str, before: str, after: str) -> None:
    assert not read_difference(kind, before, after)
