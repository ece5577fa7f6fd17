"""Halving a batch that fails until the one guilty input is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, Self, TypeVar


class Batch(Protocol):
    """Inputs that are worked together."""

    @property
    def count(self) -> int:
        """The number of inputs."""
        ...

    def split(self) -> tuple[Self, Self]:
        """Two halves of a batch that has more than one input."""
        ...


B = TypeVar("B", bound=Batch)
R = TypeVar("R")


def halve(batch: B) -> tuple[B, ...]:
    """The batches to work in place of one that failed; empty if its only input is guilty."""
    return batch.split() if batch.count > 1 else ()


def work_halving(work: Callable[[B], R], batch: B) -> Iterator[tuple[B, R | Exception]]:
    """Work a batch in this process, halved as often as needed: each part with its result.

    The result of a single input that cannot be worked is the error it raised.
    """
    try:
        result: R | Exception = work(batch)
    except Exception as error:
        if halves := halve(batch):
            for half in halves:
                yield from work_halving(work, half)
            return
        result = error
    yield batch, result
