"""Numbers that are left over when every number has been set beside its equal."""

from __future__ import annotations

import numpy as np

from tasks.group.questions.rivals import LEFTOVER_NAMES, find_leftovers


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
