"""What the rules of the matcher take from the log odds of a pair, fitted on pairs that its models have not seen.

Of the pairs that the models would join and a rule speaks against, two of three must be right for the rule to have a price:
how much less likely these pairs are than others. If two of three are right only among those that the models are surer of, the
price is at least that margin. Any other rule forbids.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.score.comparing.figures import Story
from tasks.group.questions.matching import margin, score_pairs
from tasks.group.questions.model import Linear, PairModels, Prices
from tasks.group.questions.rules.incomparable import find_objection

_LEAST = -3.0  # margin of a pair that says something about rules
_FEWEST, _TIMES = 3, 2  # right pairs, and how many times as many as wrong ones, for a rule to have a price
_STEPS = (0.0, 0.5, 1.0, 1.5, 2.0)  # margins from which on a rule is judged
_FEWEST_SURE = 6  # right pairs, where not all are judged
# Two small numbers of unlike things are equal by chance, and that they agree says little: never a price.
_ALWAYS = frozenset({"equal few"})
_REAL_WEIGHT = 3.0


class Judged(NamedTuple):
    """A labelled pair: its margin without rules, whether its values are equal, meet or differ, and the rule against it."""

    fold: int
    margin: float
    relation: int
    objection: str | None
    is_same: bool
    weight: float


def judge_pairs(story: Story, alike: Linear, choice: Linear) -> Iterator[Judged]:
    """The labelled pairs of a story that come near to what they need."""
    found = score_pairs(story.answers, PairModels(alike, choice, {}))
    margins = margin(found)
    relations = np.where(found.choice[:, 1] > 0, 0, np.where(found.choice[:, 2] > 0, 1, 2))
    weight = 1.0 if story.is_invented else _REAL_WEIGHT
    for place in np.flatnonzero((story.labels >= 0) & (margins > _LEAST)).tolist():
        one, other = (story.answers[side[place]] for side in (story.pairs.first, story.pairs.second))
        yield Judged(
            story.fold,
            float(margins[place]),
            int(relations[place]),
            find_objection(one, other),
            bool(story.labels[place]),
            weight,
        )


def fit_prices(pairs: Iterable[Judged]) -> Prices:
    """The prices of the rules that do not forbid."""
    pairs = list(pairs)
    names = sorted({pair.objection for pair in pairs if pair.objection})
    takes = _fit_weights(pairs, names)
    prices = {}
    for name, taken in zip(names, takes, strict=True):
        least = _find_least([pair for pair in pairs if pair.objection == name])
        if name not in _ALWAYS and least is not None:
            prices[name] = float(f"{max(taken, least):.2f}")
    return prices


def _find_least(pairs: Sequence[Judged]) -> float | None:
    """The least margin from which on there are right pairs enough; None if nowhere."""
    for least in _STEPS:
        met = Counter(pair.is_same for pair in pairs if pair.margin >= least)
        if met[True] >= max(_FEWEST if least == 0 else _FEWEST_SURE, _TIMES * met[False]):
            return least
    return None


def _fit_weights(pairs: Sequence[Judged], names: Sequence[str]) -> Sequence[float]:
    """How much each rule takes, in units of the margin."""
    linear_model = importlib.import_module("sklearn.linear_model")
    rows = np.zeros((len(pairs), 4 + len(names)))
    for row, pair in zip(rows, pairs, strict=True):
        row[0], row[1 + pair.relation] = pair.margin, 1.0
        if pair.objection:
            row[4 + names.index(pair.objection)] = 1.0
    model = linear_model.LogisticRegression(C=1.0, max_iter=4000)
    model.fit(rows, [pair.is_same for pair in pairs], sample_weight=[pair.weight for pair in pairs])
    return [-weight / model.coef_[0][0] for weight in model.coef_[0][4:]]
