"""Word sets of answers as matrices: which answer has which word, and how many words two answers share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

FeatureArray = NDArray[np.float64]
Indices = NDArray[np.intp]
_Number = TypeVar("_Number", np.float32, np.float64)
_LEAST_RARITY = 0.05


class Incidence:
    """Some word sets of all answers as matrices, answers by words: the words of each set have columns of their own.

    `said` are the sets of each answer. Words are in alphabetic order if `is_sorted`: a sum of weights depends on the order.
    """

    def __init__(
        self, said: Sequence[Mapping[str, frozenset[str]]], names: Sequence[str], *, is_sorted: bool = False
    ) -> None:
        self._count = len(said)
        self._words: dict[str, dict[str, int]] = {}
        self._spans: list[slice] = []
        members = [[sets[name] for sets in said] for name in names]
        self.sizes = np.array([list(map(len, column)) for column in members], dtype=np.intp)
        columns: list[int] = []
        end = 0
        for name, column in zip(names, members, strict=True):
            found = frozenset[str]().union(*column)
            words = dict(
                zip(sorted(found) if is_sorted else found, range(end, end + len(found)), strict=True)
            )
            columns += [words[word] for some in column for word in some]
            self._spans.append(slice(end, end := end + len(found)))
            self._words[name] = words
        # Each word of each set of each answer: its column, and the place of the set among all of them, name by name.
        self._columns = np.array(columns, dtype=np.intp)
        self._places = np.repeat(np.arange(self.sizes.size), self.sizes.ravel())

    def overlaps(self, pairs: Indices) -> NDArray[np.float32]:
        """How many words the answers of each pair share: a row a set. A pair is its place among all pairs of answers,
        first by first."""
        return self._multiply(np.ones(len(self._columns), dtype=np.float32), pairs)

    def cosines(self, pairs: Indices) -> FeatureArray:
        """How alike the sets of each pair are, 0 to 1: a row a set. Rare words count more."""
        counts = np.bincount(self._columns)
        rarity = np.maximum(np.log((self._count + 2.0) / (counts + 0.5)), _LEAST_RARITY)
        weights = rarity[self._columns]
        norms = np.sqrt(np.bincount(self._places, weights, self.sizes.size))
        return self._multiply(np.sqrt(weights) / norms[self._places], pairs)

    def _multiply(self, values: NDArray[_Number], pairs: Indices) -> NDArray[_Number]:
        """The products of the answers' rows of each pair; `values` are those of each word of each set."""
        matrix = np.zeros((self._count, self._spans[-1].stop), dtype=values.dtype)
        matrix[self._places % self._count, self._columns] = values
        found = np.zeros((len(self._spans), len(pairs)), dtype=values.dtype)
        for row, span in enumerate(self._spans):
            part = matrix[:, span]
            if part.size:
                np.take(part @ part.T, pairs, out=found[row], mode="clip")  # "raise" would copy first
        return found

    def has(self, name: str, word: str) -> FeatureArray:
        """1 for the answers whose set `name` has the word."""
        found = np.zeros(self._count)
        place = self._words[name].get(word)
        if place is not None:
            found[self._places[self._columns == place] % self._count] = 1.0
        return found
