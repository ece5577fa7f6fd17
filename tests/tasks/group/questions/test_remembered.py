"""Two groups are looked at once, and again as soon as one of them has grown."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.group.questions.remembered import Remembered


def test_groups_are_looked_at_again_only_once_one_has_grown() -> None:
    asked = []

    def find(ones: Sequence[int], others: Sequence[int]) -> bool:
        asked.append((tuple(ones), tuple(others)))
        return len(ones) > 1

    groups = {0: [0], 1: [1], 2: [2]}
    remembered = Remembered(groups, find)
    assert [remembered.ask(0, 1), remembered.ask(0, 1)] == [False, False]
    groups[0] += groups.pop(2)
    assert [remembered.ask(0, 1), remembered.ask(0, 1)] == [True, True]
    assert asked == [((0,), (1,)), ((0, 2), (1,))]
