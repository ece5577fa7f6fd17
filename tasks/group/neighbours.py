"""Which articles are worth comparing: those that share rare terms, found by an inverted index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tasks.group.sparse_vectors import Numbers, Scales, TermValues, Vector, Vectors

# A term in more articles than this tells little, and its list is long to walk.
COMMON_SHARE = 0.02
COMMON_COUNT = 100
# Candidates are found by this many of an article's heaviest terms, and this many of the best are compared.
SEARCH_TERMS = 60
NEAREST = 20
# Half of what two articles need to be of one story at the least.
LOWEST_SIMILARITY = 0.1


def find_neighbours(
    vectors: Vectors, times: Sequence[datetime | None], is_new: Sequence[bool], longest: timedelta
) -> Iterator[tuple[int, int]]:
    """Pairs of places (the first one new) that are alike and at most `longest` apart in time.

    At most NEAREST for each new article, the most alike; a pair of two new ones can come twice.
    """
    heads = vectors.head(SEARCH_TERMS)
    if len(vectors) <= NEAREST:
        yield from _compare_all(vectors, heads, times, is_new, longest)
        return
    index = _Index.of(heads, np.array(is_new, dtype=bool))
    seconds = _read_seconds(times)
    scales = Scales(vectors.term_count)
    for place in np.flatnonzero(is_new).tolist():
        scores = index.score(heads[place], len(vectors))
        # Light and common terms are missing in the score, hence half the bound.
        found = np.flatnonzero(scores >= LOWEST_SIMILARITY / 2)
        is_far = np.abs(seconds[found] - seconds[place]) > longest.total_seconds()
        found = found[~is_far & (found != place)]
        best = found[np.argsort(-scores[found], kind="stable")[:NEAREST]].tolist()
        similar = scales.compare(vectors[place], [vectors[other] for other in best])
        yield from (
            (place, other) for other, value in zip(best, similar, strict=True) if value >= LOWEST_SIMILARITY
        )


def _read_seconds(times: Sequence[datetime | None]) -> NDArray[np.float64]:
    return np.array([time.timestamp() if time else np.nan for time in times])


def _compare_all(
    vectors: Vectors,
    heads: Vectors,
    times: Sequence[datetime | None],
    is_new: Sequence[bool],
    longest: timedelta,
) -> Iterator[tuple[int, int]]:
    """What the index finds, for so few articles that all pairs are compared at once."""
    known, columns = np.unique(vectors.terms, return_inverse=True)
    seconds = _read_seconds(times)
    is_far = np.abs(seconds[:, None] - seconds) > longest.total_seconds()
    scores, similar = (
        _multiply(some, places, len(known))
        for some, places in ((heads, np.searchsorted(known, heads.terms)), (vectors, columns))
    )
    found = (scores >= LOWEST_SIMILARITY / 2) & (similar >= LOWEST_SIMILARITY) & ~is_far
    found &= np.array(is_new, dtype=bool)[:, None] & ~np.eye(len(vectors), dtype=bool)
    yield from zip(*(places.tolist() for places in np.nonzero(found)), strict=True)


def _multiply(vectors: Vectors, columns: Numbers, count: int) -> TermValues:
    """The product of each vector with each other, rounded as Scales does."""
    table = np.zeros((len(vectors), count))
    table[vectors.rows, columns] = vectors.values
    return np.round(table @ table.T, 12)


@dataclass(frozen=True, slots=True)
class _Index:
    """Term t is in the articles places[first[t]:first[t] + count[t]], with these values."""

    first: Numbers
    count: Numbers
    places: Numbers
    values: TermValues

    @classmethod
    def of(cls, heads: Vectors, is_new: NDArray[np.bool_]) -> _Index:
        """The index of the terms of new articles, but for the very common and those of one article."""
        rows = heads.rows
        wanted = np.zeros(heads.term_count, dtype=bool)
        wanted[heads.terms[is_new[rows]]] = True
        count = np.bincount(heads.terms, minlength=heads.term_count)
        longest = max(COMMON_COUNT, COMMON_SHARE * len(heads))
        count[~wanted | (count < 2) | (count > longest)] = 0
        kept = np.flatnonzero(count[heads.terms])
        order = kept[np.argsort(heads.terms[kept], kind="stable")]
        return cls(np.cumsum(count) - count, count, rows[order], heads.values[order])

    def score(self, vector: Vector, article_count: int) -> TermValues:
        """The similarity to every article as far as the index knows the terms."""
        lengths = self.count[vector.terms]
        # The entries first[t], first[t] + 1, ... of every term, one after the other.
        begins = np.cumsum(lengths) - lengths
        entries = np.arange(lengths.sum()) + np.repeat(self.first[vector.terms] - begins, lengths)
        weights = self.values[entries] * np.repeat(vector.values, lengths)
        scores = np.bincount(self.places[entries], weights=weights, minlength=article_count)
        return scores.astype(np.float64, copy=False)
