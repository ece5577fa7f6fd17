"""Word sets of answers as one matrix: which answer has which word, and how many words two answers share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FeatureArray = NDArray[np.float64]
Indices = NDArray[np.intp]
_LEAST_RARITY = 0.05


class Incidence:
    """Some word sets of all answers as a matrix, answers by words: the words of each set have columns of their own.

    `said` are the sets of each answer. Words are in alphabetic order if `is_sorted`: a sum of weights depends on the order.
    """

    def __init__(
        self, said: Sequence[Mapping[str, frozenset[str]]], names: Sequence[str], *, is_sorted: bool = False
    ) -> None:
        self._count = len(said)
        self._words: dict[str, dict[str, int]] = {}
        self._spans: list[slice] = []
        members = [[sets[name] for sets in said] for name in names]
        self.sizes = np.array([list(map(len, column)) for column in members], dtype=np.float64)
        columns: list[int] = []
        end = 0
        for name, column in zip(names, members, strict=True):
            found = frozenset[str]().union(*column)
            words = dict(
                zip(sorted(found) if is_sorted else found, range(end, end + len(found)), strict=True)
            )
            columns += [words[word] for some in column for word in some]
            self._spans.append(slice(end, end := end + max(1, len(found))))
            self._words[name] = words
        self._matrix = np.zeros((self._count, end))
        rows = np.repeat(np.tile(np.arange(self._count), len(names)), self.sizes.ravel().astype(np.intp))
        self._matrix[rows, columns] = 1.0

    def overlaps(self, pairs: Indices) -> FeatureArray:
        """How many words the answers of each pair share: a row a set. A pair is its place among all pairs of answers,
        first by first."""
        return self._multiply(self._matrix, pairs)

    def cosines(self, pairs: Indices) -> FeatureArray:
        """How alike the sets of each pair are, 0 to 1: a row a set. Rare words count more."""
        rarity = np.log((self._count + 2.0) / (self._matrix.sum(axis=0) + 0.5))
        weighted = self._matrix * np.sqrt(np.maximum(rarity, _LEAST_RARITY))
        for span in self._spans:
            part = weighted[:, span]
            norms = np.sqrt(np.einsum("ij,ij->i", part, part))
            part /= np.maximum(norms, 1e-9)[:, None]
        return self._multiply(weighted, pairs)

    def _multiply(self, matrix: FeatureArray, pairs: Indices) -> FeatureArray:
        found = np.empty((len(self._spans), len(pairs)))
        for row, span in enumerate(self._spans):
            part = matrix[:, span]
            np.take(part @ part.T, pairs, out=found[row])
        return found

    def has(self, name: str, word: str) -> FeatureArray:
        """1 for the answers whose set `name` has the word."""
        place = self._words[name].get(word)
        return np.zeros(self._count) if place is None else self._matrix[:, place]
