"""Which articles are worth comparing: those that share rare terms, found by an inverted index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tasks.group.sparse_vectors import Numbers, TermValues, Vectors

# A term in more articles than this tells little, and its list is long to walk.
COMMON_SHARE = 0.02
COMMON_COUNT = 100
# Candidates are found by this many of an article's heaviest terms, and this many of the best are compared.
SEARCH_TERMS = 60
NEAREST = 20
# Half of what two articles need to be of one story at the least.
LOWEST_SIMILARITY = 0.1
# New articles that are compared with all others together.
AT_ONCE = 16


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
    new = np.flatnonzero(is_new)
    index = _Index.of(heads, np.array(is_new, dtype=bool))
    search = heads.take(new).sort_rows()
    seconds, bound = _read_seconds(times), longest.total_seconds()
    table = np.zeros((AT_ONCE, vectors.term_count))
    for begin in range(0, len(new), AT_ONCE):
        places = new[begin : begin + AT_ONCE]
        scores = index.score(search.take(range(begin, begin + len(places))), len(vectors))
        # Light and common terms are missing in the score, hence half the bound.
        rows, found = np.nonzero(scores >= LOWEST_SIMILARITY / 2)
        is_far = np.abs(seconds[found] - seconds[places[rows]]) > bound
        kept = ~is_far & (found != places[rows])
        rows, found = rows[kept], found[kept]
        order = np.lexsort((-scores[rows, found], rows))
        rows, found = rows[order], found[order]
        best = np.arange(len(rows)) - np.searchsorted(rows, rows) < NEAREST
        rows, found = rows[best], found[best]
        alike = _compare(vectors, table, places, rows, found) >= LOWEST_SIMILARITY
        yield from zip(places[rows[alike]].tolist(), found[alike].tolist(), strict=True)


def _compare(
    vectors: Vectors, table: TermValues, places: Numbers, rows: Numbers, others: Numbers
) -> TermValues:
    """The product of places[rows[n]] with others[n] for each n, rounded as Scales does. `table` is empty before and after."""
    ones, beside = vectors.take(places), vectors.take(others)
    table[ones.rows, ones.terms] = ones.values
    pairs = beside.rows
    weights = table[rows[pairs], beside.terms] * beside.values
    table[ones.rows, ones.terms] = 0.0
    return np.round(np.bincount(pairs, weights=weights, minlength=len(rows)), 12)


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

    def score(self, vectors: Vectors, article_count: int) -> TermValues:
        """The similarity of each vector to every article as far as the index knows the terms."""
        lengths = self.count[vectors.terms]
        # The entries first[t], first[t] + 1, ... of every term, one after the other.
        begins = np.cumsum(lengths) - lengths
        entries = np.arange(lengths.sum()) + np.repeat(self.first[vectors.terms] - begins, lengths)
        weights = self.values[entries] * np.repeat(vectors.values, lengths)
        cells = self.places[entries] + np.repeat(vectors.rows * article_count, lengths)
        scores = np.bincount(cells, weights=weights, minlength=len(vectors) * article_count)
        return scores.astype(np.float64, copy=False).reshape(len(vectors), article_count)
