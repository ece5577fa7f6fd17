"""A batch that fails is halved down to the guilty inputs, and every other input is worked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from flows.work.halving import halve, work_halving


@dataclass(frozen=True)
class Numbers:
    """A batch of numbers."""

    values: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.values)

    def split(self) -> tuple[Numbers, Numbers]:
        half = self.count // 2
        return Numbers(self.values[:half]), Numbers(self.values[half:])


@pytest.mark.parametrize("guilty", [set(), {0}, {6}, {2, 3}, {1, 5}, set(range(7))])
def test_only_guilty_inputs_fail_and_all_come_back_in_order(guilty: set[int]) -> None:
    def work(batch: Numbers) -> list[int]:
        if found := guilty.intersection(batch.values):
            raise ValueError(found)
        return list(batch.values)

    results = list(work_halving(work, Numbers(tuple(range(7)))))
    assert [value for batch, _ in results for value in batch.values] == list(range(7))
    failed = [batch.values for batch, result in results if isinstance(result, ValueError)]
    assert failed == [(number,) for number in sorted(guilty)]
    assert all(result == list(batch.values) for batch, result in results if batch.values not in failed)


def test_a_batch_of_one_has_no_halves() -> None:
    assert halve(Numbers((4,))) == ()
    assert halve(Numbers((4, 5, 6))) == (Numbers((4,)), Numbers((5, 6)))


def test_an_interrupt_is_no_inputs_fault() -> None:
    def work(_: Numbers) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(work_halving(work, Numbers((1, 2))))
