"""How far pairs of answers are above what they need to answer one question, and means over two groups of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from tasks.group.questions.answers import Answer
from tasks.group.questions.incidence import FeatureArray, Indices

NEVER = -3.0  # a pair that cannot answer one question, and the least that any pair can say
SURE = 3.0  # the most
# Of a story of many articles, each is compared with at least as many before it.
WINDOW = 20
# Of a large group, this many answers are compared: the first and the last.
_COMPARED = 8


class Margins:
    """The margins `values[k]` of pairs `first[k]`, `second[k]` of answers; a pair that is not there was ruled out, or never
    compared if its articles lie far apart in a story of many. `prices` are those of rules that do not forbid."""

    def __init__(
        self,
        answers: Sequence[Answer],
        first: Indices,
        second: Indices,
        values: FeatureArray,
        prices: Mapping[str, float],
    ) -> None:
        self.prices = prices
        numbers: dict[str, int] = {}
        self._order = [numbers.setdefault(answer.article_id, len(numbers)) for answer in answers]
        self._reach = WINDOW if len(numbers) > WINDOW else len(numbers)
        order = np.array(self._order, dtype=np.intp)
        # A near pair that says the least is as good as ruled out; in a large story most are such pairs.
        told = (values > NEVER) | (np.abs(order[first] - order[second]) > self._reach)
        pairs = zip(first[told].tolist(), second[told].tolist(), strict=True)
        self._table: dict[tuple[int, int], float] = dict(zip(pairs, values[told].tolist(), strict=True))

    def above(self, least: float) -> Iterator[tuple[int, int]]:
        """Pairs with at least this margin."""
        return (pair for pair, value in self._table.items() if value >= least)

    def best_first(self) -> Iterator[tuple[int, int]]:
        """Pairs above what they need, the surest first."""
        enough = [(-value, pair) for pair, value in self._table.items() if not value < 0]
        return (pair for _, pair in sorted(enough))

    def is_sampled(self, group: Sequence[int]) -> bool:
        """Whether the group is so large that some of its answers stand for it."""
        return len(group) > _COMPARED

    def sample(self, group: Sequence[int]) -> Sequence[int]:
        """The answers of a group that stand for it."""
        half = _COMPARED // 2
        return group if len(group) <= _COMPARED else [*group[:half], *group[-half:]]

    def mean(self, ones: Sequence[int], others: Sequence[int], pair: tuple[int, int] | None = None) -> float:
        """The mean margin over the pairs of two groups, `pair` among them; NEVER if no pair was compared."""
        pairs = itertools.product(self.sample(ones), self.sample(others))
        order, find = self._order, self._of
        values = [
            value
            for i, j in {*pairs, *([pair] if pair else [])}
            if order[i] != order[j] and (value := find(i, j)) is not None
        ]
        return sum(values) / len(values) if values else NEVER

    def best(self, ones: Sequence[int], others: Sequence[int]) -> float:
        """The margin of the surest pair of two groups."""
        pairs = itertools.product(self.sample(ones), self.sample(others))
        order = self._order
        values = [self._of(i, j) for i, j in pairs if order[i] != order[j]]
        return max((value for value in values if value is not None), default=NEVER)

    def _of(self, i: int, j: int) -> float | None:
        value = self._table.get((i, j) if i < j else (j, i))
        if value is None:
            return None if abs(self._order[i] - self._order[j]) > self._reach else NEVER
        return max(NEVER, min(SURE, value))
