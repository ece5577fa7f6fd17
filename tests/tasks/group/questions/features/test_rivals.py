"""What else two articles could set beside a number: nearer values, and numbers that are left over."""

from __future__ import annotations

import numpy as np

from tasks.group.questions.features.rivals import (
    FARTHEST,
    LEFTOVER_NAMES,
    NEAREST_NAMES,
    find_leftovers,
    find_nearest,
)


def test_the_only_two_numbers_without_an_equal_are_left_for_each_other() -> None:
    # Answers 0 and 1 are of one article, 2 and 3 of the other; 0 and 2 are equal.
    first, second = np.array([0, 0, 1, 1]), np.array([2, 3, 2, 3])
    equal = np.array([True, False, False, False])
    sides = 4 + first, second

    columns = find_leftovers(sides, 4, equal, equal, np.array([False, False, False, True]))

    told = dict(
        zip(LEFTOVER_NAMES, (np.asarray(column, dtype=float).tolist() for column in columns), strict=True)
    )
    assert told["both left over"] == [0, 0, 0, 1]
    assert told["only two left over"] == [0, 0, 0, 1]
    assert told["neither left over"] == [0, 0, 0, 0]
    assert told["few left over, not far"] == [0, 0, 0, 1]


def test_two_numbers_left_over_in_each_article_halve_what_they_say_of_each_other() -> None:
    first, second = np.array([0, 0, 1, 1]), np.array([2, 3, 2, 3])
    none = np.zeros(4, dtype=bool)

    columns = find_leftovers((4 + first, second), 4, none, none, none)

    assert columns[LEFTOVER_NAMES.index("few left over")].tolist() == [0.25] * 4
    assert not columns[LEFTOVER_NAMES.index("only two left over")].any()


def test_values_are_nearest_if_neither_article_has_a_nearer_one() -> None:
    # Answers 0 and 1 are of one article, 2 and 3 of the other.
    first, second = np.array([0, 0, 1, 1]), np.array([2, 3, 2, 3])
    apart = np.array([0.1, 0.5, 0.7, FARTHEST])
    every, none = np.ones(4, dtype=bool), np.zeros(4, dtype=bool)

    nearest, _ = find_nearest((4 + first, second), apart, every, every, none)
    assert nearest.tolist() == [1, 0, 0, 0]

    # Without the nearest pair, the distance of the others counts; an age says nothing by its distance.
    known = np.array([False, True, True, True])
    columns = find_nearest((4 + first, second), apart, known, every, np.array([False, True, False, False]))
    told = dict(zip(NEAREST_NAMES, columns, strict=True))
    assert told["nearest values of both"].tolist() == [0, 1, 1, 0]
    assert told["nearest values of both, by distance"].tolist() == [0, 0, np.exp(-0.7), 0]
