"""Which articles are worth comparing: those that share rare terms, found by an inverted index."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from tasks.group.features import Vector

# A term in more articles than this tells little, and its list is long to walk.
COMMON_SHARE = 0.02
COMMON_COUNT = 100
# Candidates are looked for by so many of an article's heaviest terms, and the best so many are compared.
SEARCH_TERMS = 60
NEAREST = 20
# Half of what two articles need to be of one story at the least.
LOWEST_SIMILARITY = 0.1

Index = dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]]


def measure_similarity(one: Vector, other: Vector) -> float:
    """Cosine of two vectors of length 1; the dot product of any two. Exact, so that order cannot tell."""
    return math.fsum(one[term] * other[term] for term in one.keys() & other.keys())


def find_neighbours(
    vectors: Sequence[Vector],
    times: Sequence[datetime | None],
    is_new: Sequence[bool],
    longest: timedelta,
) -> Iterator[tuple[int, int]]:
    """Pairs of places (the first one new) that are alike and at most `longest` apart in time.

    At most NEAREST for each new article, the most alike; a pair of two new ones may come twice.
    """
    heads = [dict(islice(vector.items(), SEARCH_TERMS)) for vector in vectors]
    wanted = {term for head, new in zip(heads, is_new, strict=True) if new for term in head}
    index = _index_terms(heads, wanted)
    seconds = np.array([time.timestamp() if time else np.nan for time in times])
    for place, vector in enumerate(vectors):
        if is_new[place]:
            scores = _score_all(heads[place], index, len(vectors))
            scores[place] = 0.0
            scores[np.abs(seconds - seconds[place]) > longest.total_seconds()] = 0.0
            for other in _take_best(scores):
                if measure_similarity(vector, vectors[other]) >= LOWEST_SIMILARITY:
                    yield place, other


def _index_terms(vectors: Sequence[Vector], wanted: AbstractSet[str]) -> Index:
    """Places and weights of the wanted terms, but for the very common and those of one article."""
    places: dict[str, list[int]] = defaultdict(list)
    values: dict[str, list[float]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for term, value in vector.items():
            if term in wanted:
                places[term].append(place)
                values[term].append(value)
    longest = max(COMMON_COUNT, COMMON_SHARE * len(vectors))
    return {
        term: (np.array(found, dtype=np.int64), np.array(values[term]))
        for term, found in places.items()
        if 1 < len(found) <= longest
    }


def _score_all(vector: Vector, index: Index, count: int) -> NDArray[np.float64]:
    """The similarity to every article as far as the index knows the terms."""
    found = [(index[term], value) for term, value in vector.items() if term in index]
    if not found:
        return np.zeros(count)
    places = np.concatenate([posting[0] for posting, _ in found])
    values = np.concatenate([posting[1] * value for posting, value in found])
    scores: NDArray[np.float64] = np.bincount(places, weights=values, minlength=count).astype(np.float64)
    return scores


def _take_best(scores: NDArray[np.float64]) -> list[int]:
    """The best places, best first, then by place; light and common terms are missing, hence half the bound."""
    places = np.flatnonzero(scores >= LOWEST_SIMILARITY / 2)
    best = places[np.argsort(-scores[places], kind="stable")[:NEAREST]]
    return [int(place) for place in best]
