"""Sparse vectors of articles in flat arrays: thousands are compared without a loop over their terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
TermValues = NDArray[np.float64]


class Vector(NamedTuple):
    """Numbers of terms, each once, and their values."""

    terms: Numbers
    values: TermValues


@dataclass(frozen=True, slots=True)
class Vectors:
    """Row r lies at starts[r]:starts[r + 1] of `terms` and `values`; terms are numbers below `term_count`."""

    starts: Numbers
    terms: Numbers
    values: TermValues
    term_count: int

    @classmethod
    def stack(cls, vectors: Sequence[Vector], term_count: int) -> Vectors:
        """One row for each."""
        starts = np.cumsum([0, *(len(vector.terms) for vector in vectors)], dtype=np.int64)
        terms = [np.empty(0, np.int64), *(vector.terms for vector in vectors)]
        values = [np.empty(0, np.float64), *(vector.values for vector in vectors)]
        return cls(starts, np.concatenate(terms), np.concatenate(values), term_count)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Vector:
        place = slice(self.starts[row], self.starts[row + 1])
        return Vector(self.terms[place], self.values[place])

    @property
    def rows(self) -> Numbers:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def count_rows(self) -> Numbers:
        """The number of rows that hold each term."""
        return np.bincount(self.terms, minlength=self.term_count)

    def weigh(self, weights: TermValues) -> Vectors:
        """Every value times its term's weight, every row at length 1."""
        values = self.values * weights[self.terms]
        rows = self.rows
        lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(self)))
        return Vectors(self.starts, self.terms, values / lengths[rows], self.term_count)

    def take(self, rows: Sequence[int] | Numbers) -> Vectors:
        """These rows, in this order."""
        wanted = np.asarray(rows, np.int64)
        lengths = np.diff(self.starts)[wanted]
        starts = np.append(0, lengths.cumsum())
        entries = np.arange(starts[-1]) + np.repeat(self.starts[wanted] - starts[:-1], lengths)
        return Vectors(starts, self.terms[entries], self.values[entries], self.term_count)

    def head(self, count: int) -> Vectors:
        """The heaviest entries of each row, `count` at most, in the order of the row; of equal ones those that come first."""
        lengths = np.diff(self.starts)
        if lengths.max(initial=0) <= count:
            return self
        rows, negative = self.rows, -self.values
        bounds = np.partition(self._tabulate(negative), count - 1, axis=1)[rows, count - 1]
        kept = negative < bounds
        equal = np.flatnonzero(negative == bounds)
        room = count - np.bincount(rows[kept], minlength=len(self))
        rank = np.arange(len(equal)) - np.searchsorted(rows[equal], rows[equal])
        kept[equal[rank < room[rows[equal]]]] = True
        starts = np.append(0, np.minimum(lengths, count).cumsum())
        return Vectors(starts, self.terms[kept], self.values[kept], self.term_count)

    def sort_rows(self) -> Vectors:
        """The heaviest entries of each row first; equal ones in the order of the row."""
        order = np.lexsort((-self.values, self.rows))
        return Vectors(self.starts, self.terms[order], self.values[order], self.term_count)

    def _tabulate(self, values: TermValues) -> TermValues:
        """A line for each row, with infinity behind: thousands of short rows are looked at at once."""
        lengths = np.diff(self.starts)
        columns = np.arange(len(self.terms)) - np.repeat(self.starts[:-1], lengths)
        table = np.full((len(self), int(lengths.max(initial=0))), np.inf)
        table[self.rows, columns] = values
        return table


def add_vectors(one: Vector, other: Vector) -> Vector:
    """Their sum."""
    terms, places = np.unique(np.concatenate([one.terms, other.terms]), return_inverse=True)
    values: TermValues = np.bincount(places, weights=np.concatenate([one.values, other.values])).astype(
        np.float64
    )
    return Vector(terms, values)


class Scales:
    """Weighs vectors against each other: the dot product, for vectors of length 1 their cosine."""

    def __init__(self, term_count: int) -> None:
        self._full: TermValues = np.zeros(term_count)

    def compare(self, one: Vector, others: Sequence[Vector]) -> list[float]:
        """The product of the one with each of the others."""
        if not others:
            return []
        self._full[one.terms] = one.values
        terms = np.concatenate([other.terms for other in others])
        values = np.concatenate([other.values for other in others])
        rows = np.repeat(np.arange(len(others)), [len(other.terms) for other in others])
        products = np.bincount(rows, weights=self._full[terms] * values, minlength=len(others))
        self._full[one.terms] = 0.0
        # Added up in another order, the last digits differ: they must not decide anything.
        found: list[float] = np.round(products, 12).tolist()
        return found
