"""What else an article could set beside an answer: rivals of a pair, and numbers that nobody else prints.

Two outlets that answer one question differently leave a number each that has no equal in the other. Where few such numbers
are left, they are likely to belong together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tasks.group.questions.answers import Answer
from tasks.group.questions.incidence import FeatureArray, Indices
from tasks.group.questions.pair_features import Bools, Pairs

FARTHEST = 3.0  # distance of values: twenty times
_LARGEST = 7.0  # log odds of a rival that is not there
NEAREST_NAMES = ("nearest values of both", "nearest values of both, by distance")
LEFTOVER_NAMES = (
    "both left over", "few left over", "only two left over", "neither left over", "few left over, not far",
)  # fmt: skip


def pair_articles(answers: Sequence[Answer], pairs: Pairs) -> tuple[Indices, Indices]:
    """For each pair a number for its first answer and the second's article, and one for the second answer and the first's."""
    codes = {name: code for code, name in enumerate(dict.fromkeys(x.article_id for x in answers))}
    articles = np.array([codes[x.article_id] for x in answers], dtype=np.intp)
    return (
        articles[pairs.second] * len(answers) + pairs.first,
        articles[pairs.first] * len(answers) + pairs.second,
    )


def find_rivals(sides: tuple[Indices, Indices], alike: FeatureArray, equal: Bools) -> list[FeatureArray]:
    """For each pair, the best of the other candidates of either article, as log odds.

    Equal rivals of the first and of the second answer, then the best rivals of each.
    """
    rising = np.argsort(alike, kind="stable")
    size = _count_numbers(sides)
    return [
        _best_other(side, alike, order, size) for order in (rising[equal[rising]], rising) for side in sides
    ]


def _count_numbers(sides: tuple[Indices, Indices]) -> int:
    """One more than the largest number that `pair_articles` gave."""
    return 1 + max((int(side.max()) for side in sides if len(side)), default=0)


def _best_other(keys: Indices, scores: FeatureArray, order: Indices, size: int) -> FeatureArray:
    """For each pair, the best score among the other pairs of its key that are in `order`, by rising score."""
    best, second = np.full(size, -_LARGEST), np.full(size, -_LARGEST)
    owner = np.full(size, -1, dtype=np.intp)
    told = np.maximum(scores, -_LARGEST)
    # Of several values that are put in one place the last, so the best, stays.
    best[keys[order]] = told[order]
    owner[keys[order]] = order
    others = order[owner[keys[order]] != order]
    second[keys[others]] = told[others]
    return np.asarray(np.where(owner[keys] == np.arange(len(keys)), second[keys], best[keys]))


def odds(scores: FeatureArray) -> FeatureArray:
    """Log odds as probabilities: how strong a rival is; 0 without a rival."""
    return np.asarray(np.where(scores > -_LARGEST, 1 / (1 + np.exp(-scores)), 0.0))


def find_nearest(
    sides: tuple[Indices, Indices], apart: FeatureArray, known: Bools, differ: Bools, is_age: Bools
) -> list[FeatureArray]:
    """The columns of NEAREST_NAMES: neither article has another candidate whose value is as near.

    `apart` is the distance of each pair, where it is `known`; only values that `differ` count."""
    is_nearest = known & differ & (apart < FARTHEST)
    size = _count_numbers(sides)
    for side in sides:
        nearest = np.full(size, np.inf)
        np.minimum.at(nearest, side[known], apart[known])
        is_nearest &= apart <= nearest[side]
    return [is_nearest * 1.0, np.exp(-apart) * (is_nearest & ~is_age)]


def find_leftovers(
    sides: tuple[Indices, Indices], answers: int, found: Bools, equal: Bools, is_near: Bools
) -> list[FeatureArray]:
    """The columns of LEFTOVER_NAMES; `found` are the pairs of equal values that may well be one question."""
    places = [side % answers for side in sides]
    has_equal = np.zeros(answers, dtype=np.bool_)
    for place in places:
        has_equal[place[found]] = True
    first, second = (~has_equal[place] for place in places)
    size = _count_numbers(sides)
    # How many of the other article's candidates are left over, for either answer.
    one, other = (
        np.bincount(side, left, minlength=size)[side]
        for side, left in zip(sides, (second, first), strict=True)
    )
    both = first & second & ~equal
    few = both / np.maximum(1.0, one * other)
    return [both * 1.0, few, both & (one == 1) & (other == 1), ~(first | second | equal), few * is_near]
