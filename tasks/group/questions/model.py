"""The trained part: how likely two answers answer one question, and why.

Two logistic models and the prices of rules, all in weights.json (made by benchmarks/train/weights/questions.py). `alike` sees words,
roles, names and places and no value. `choice` sees its score, and of the values only what breaks ties
between an article's candidates: whether they are equal, and whether a rival candidate is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tasks.group.questions.answers import TELLING, Answer, telling_digits
from tasks.group.questions.features.disputes import DISPUTE_NAMES, weigh_disputes
from tasks.group.questions.features.rivals import (
    FARTHEST,
    LEFTOVER_NAMES,
    NEAREST_NAMES,
    find_leftovers,
    find_nearest,
    find_rivals,
    odds,
    pair_articles,
)
from tasks.group.questions.incidence import FeatureArray, Indices
from tasks.group.questions.kinds import KINDS
from tasks.group.questions.pair_features import Bools, Pairs, feature_names, number_texts

_SMALL = 3  # "two", "three": equal by chance
_WEAK = -3.0
_ROUNDING = 1e-3
_NOTHING = 1e-8  # beside 0
_NEAR, _NOT_FAR = 0.3, 0.8  # a third more, twice as much
_LARGE = 1000.0  # counts of this size seldom lie near each other by chance
CHOICE_NAMES = (
    "alike", "equal values", "values meet", "first has an equal rival", "second has an equal rival",
    "no equal rival", "ahead of first's rivals", "ahead of second's rivals", "equal but small", "ages", "money",
    "counts", "equal ages", "equal money", "equal measures", "far apart", "ages far apart",
    "equal and telling", "equal and very telling", "near", "not far", "large and near", "large and not far", *NEAREST_NAMES, *LEFTOVER_NAMES,
    *DISPUTE_NAMES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model: `weights` and `bias` of each group of pairs, and `mean`, what an average pair looks like."""

    mean: FeatureArray
    weights: FeatureArray
    bias: FeatureArray

    def scores(self, rows: FeatureArray, groups: Indices) -> FeatureArray:
        """The log odds of each row."""
        by_group = [
            rows @ weights + (bias - self.mean @ weights)
            for weights, bias in zip(self.weights, self.bias, strict=True)
        ]
        return np.choose(groups, by_group)

    def contributions(self, row: FeatureArray, group: int) -> FeatureArray:
        """What each feature adds to the log odds of a row, against an average pair."""
        return np.asarray((row - self.mean) * self.weights[group])


@dataclass(frozen=True, slots=True)
class Values:
    """Per pair: whether the values are equal, whether both can be true, and how far apart they lie."""

    equal: Bools
    meets: Bools
    apart: FeatureArray


Prices = Mapping[str, float]


class PairModels(NamedTuple):
    """The two models, and what a rule takes from the log odds of a pair that it speaks against (rules/incomparable.py). A
    rule without a price forbids the pair."""

    alike: Linear
    choice: Linear
    prices: Prices


@cache
def load_models() -> PairModels:
    """What weights.json holds."""
    data = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    models = []
    for part, names in (("alike", feature_names()), ("choice", list(CHOICE_NAMES))):
        if data[part]["names"] != names:
            raise ValueError(f"weights.json was made for other features of {part}: train it again")
        models.append(
            Linear(*(np.array(data[part][key], dtype=np.float64) for key in ("mean", "weights", "bias")))
        )
    return PairModels(models[0], models[1], data["prices"])


def top_reasons(
    model: Linear, names: Sequence[str], row: FeatureArray, group: int, most: int = 4
) -> list[tuple[str, float]]:
    """The features that moved a pair most, with what each adds to the log odds."""
    shares = model.contributions(row, group).tolist()
    return sorted(zip(names, shares, strict=True), key=lambda item: -abs(item[1]))[:most]


def compare_values(answers: Sequence[Answer], pairs: Pairs) -> Values:
    """What the values of the pairs say."""
    a, b = pairs.first, pairs.second
    intervals = [x.interval for x in answers]
    low = np.array([x.low for x in intervals], dtype=np.float64)
    high = np.array([x.high for x in intervals], dtype=np.float64)
    units = number_texts([x.unit for x in intervals])
    sides = number_texts([x.mentions[0].pair for x in answers])
    slack = _ROUNDING * np.maximum(
        np.abs(np.nan_to_num(low[a], posinf=0, neginf=0)), np.abs(np.nan_to_num(low[b], posinf=0, neginf=0))
    )
    meets = (low[a] <= high[b] + slack) & (low[b] <= high[a] + slack)
    same = _are_close(low[a], low[b]) & _are_close(high[a], high[b])
    same_unit = (units[a] == units[b]) | (units[a] == 0) | (units[b] == 0)
    same_side = (sides[a] == sides[b]) | (sides[a] == 0) | (sides[b] == 0)
    return Values(same & same_unit & same_side, meets & same_unit, _apart(answers, pairs, same))


def _are_close(ones: FeatureArray, others: FeatureArray) -> Bools:
    """np.isclose in a fraction of its time."""
    with np.errstate(invalid="ignore"):  # infinite ends
        gap = np.abs(ones - others)
    return np.asarray(
        (ones == others) | (np.isfinite(others) & (gap <= _NOTHING + _ROUNDING * np.abs(others)))
    )


def _apart(answers: Sequence[Answer], pairs: Pairs, same: Bools) -> FeatureArray:
    """How many times one number is the other, as a logarithm. A slip of the point or a malformed number is not far."""
    middles = np.abs([x.interval.middle or 0.0 for x in answers])
    slips = np.array(
        [any(mention.figure["is_suspect"] for mention in x.mentions) for x in answers], dtype=np.bool_
    )
    one, other = middles[pairs.first], middles[pairs.second]
    known = (one > 0) & (other > 0) & ~same & ~slips[pairs.first] & ~slips[pairs.second]
    ratios = np.abs(np.log(np.where(known, one, 1.0) / np.where(known, other, 1.0)))
    tens = ratios / np.log(10)
    is_slip = (np.round(tens) >= 1) & (np.abs(tens - np.round(tens)) < _ROUNDING)
    return np.asarray(np.where(is_slip, 0.0, np.minimum(ratios, FARTHEST)))


def choice_features(
    answers: Sequence[Answer], pairs: Pairs, alike: FeatureArray, values: Values | None = None
) -> FeatureArray:
    """The features of `choice`, a row a pair; `alike` are the log odds of the first model."""
    values = values or compare_values(answers, pairs)
    equal, meets = values.equal, values.meets
    sides = pair_articles(answers, pairs)
    equal_first, equal_second, best_first, best_second = find_rivals(sides, alike, equal)
    kinds = np.array([KINDS.index(answer.kind) for answer in answers], dtype=np.intp)[pairs.first]
    sizes = np.abs(np.array([answer.interval.middle or 0.0 for answer in answers]))
    told = np.array([telling_digits(answer) for answer in answers])[pairs.first]
    is_near = (values.apart > 0) & (kinds != KINDS.index("age"))
    is_not_far = is_near & (values.apart < _NOT_FAR)
    age, money, count = (kinds == KINDS.index(kind) for kind in ("age", "money", "count"))
    differ = ~equal & ~meets
    is_large = count & differ & (np.minimum(sizes[pairs.first], sizes[pairs.second]) >= _LARGE) & is_near
    columns = [
        alike, equal, meets & ~equal, odds(equal_first) * ~equal, odds(equal_second) * ~equal,
        ~equal & (np.maximum(equal_first, equal_second) < _WEAK), alike - best_first, alike - best_second,
        equal & (sizes[pairs.first] <= _SMALL) & ~age, age, money, count, equal & age, equal & money,
        equal & ~age & ~money & ~count, values.apart, values.apart * age,
        equal & (told >= TELLING), equal & (told > TELLING),
        is_near & (values.apart < _NEAR), is_not_far, is_large & (values.apart < _NEAR), is_large & is_not_far,
        *find_nearest(sides, np.where(equal, 0.0, values.apart), equal | (values.apart > 0), differ, age),
        *find_leftovers(sides, len(answers), equal & (alike > _WEAK), equal, is_not_far),
        *weigh_disputes(answers, pairs, differ),
    ]  # fmt: skip
    return np.array(columns, dtype=np.float64).T
