"""Fit the two models and the prices of the matcher of figures, on all stories or on all but one fold after the other."""

from __future__ import annotations

import importlib
import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.score.comparing.figures import FOLDS, Story
from benchmarks.train.weights.prices import fit_prices, judge_pairs
from tasks.group.questions.features.rivals import FARTHEST
from tasks.group.questions.model import Linear, PairModels, Values, choice_features

ALIKE_C, CHOICE_C = 0.005, 0.1
# Few outlets disagree, so that `choice` would learn that different numbers are different questions. It sees
# each story again with the values of a third of its answers taken for different from all others.
REPLICAS, ALTERED, REPLICA_WEIGHT = 3, 0.3, 0.7
SHIFT = 0.5  # of the logarithm of their ratio
# Invented stories have most of the labelled pairs. For `choice`, a pair of a real story counts as much as five of theirs.
REAL_WEIGHT = 5.0


def fit(rows: Any, groups: Any, labels: Any, strength: float, weights: Any = None) -> Linear:
    """A logistic model over standardised rows; with several groups each also has its own share of the weights."""
    linear_model = importlib.import_module("sklearn.linear_model")
    count = int(groups.max()) + 1
    wide = rows if count == 1 else np.hstack([rows, *(rows * (groups == g)[:, None] for g in range(count))])
    mean, scale = wide.mean(axis=0), wide.std(axis=0)
    scale[scale < 1e-9] = 1.0
    model = linear_model.LogisticRegression(C=strength, max_iter=4000)
    model.fit((wide - mean) / scale, labels, sample_weight=weights)
    steep = model.coef_[0] / scale
    width = rows.shape[1]
    own = [
        steep[:width] + (steep[width * (g + 1) : width * (g + 2)] if count > 1 else 0) for g in range(count)
    ]
    centre = rows.mean(axis=0)
    bias = float(model.intercept_[0] - mean @ steep)
    return Linear(centre, np.array(own), np.array([bias + centre @ one for one in own]))


def fit_alike(stories: Sequence[Story]) -> Linear:
    """The model that sees no values."""
    known = [story.labels >= 0 for story in stories]
    rows = np.vstack([story.pairs.features[mask] for story, mask in zip(stories, known, strict=True)])
    groups = np.concatenate([story.pairs.groups[mask] for story, mask in zip(stories, known, strict=True)])
    labels = np.concatenate([story.labels[mask] for story, mask in zip(stories, known, strict=True)])
    return fit(rows, groups, labels, ALIKE_C)


def choice_rows(story: Story, alike: Any) -> tuple[Any, Any, Any]:
    """(rows, labels, weights) of one story for `choice`: as it is, and with altered values."""
    known = story.labels >= 0
    replicas = [story.values, *(_altered(story, replica) for replica in range(REPLICAS))]
    rows = [choice_features(story.answers, story.pairs, alike, values)[known] for values in replicas]
    own = 1.0 if story.is_invented else REAL_WEIGHT
    weights = np.repeat([own, *([own * REPLICA_WEIGHT / REPLICAS] * REPLICAS)], known.sum())
    return np.vstack(rows), np.tile(story.labels[known], len(replicas)), weights


def fit_choice(parts: Sequence[tuple[Any, Any, Any]]) -> Linear:
    """The model that breaks ties by values."""
    rows, labels, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return fit(rows, np.zeros(len(rows), dtype=np.intp), labels, CHOICE_C, weights)


def _altered(story: Story, replica: int) -> Values:
    """The story's values with some answers taken for different: mostly by little, as outlets differ."""
    chance = random.Random(f"{replica} {story.story_id}")
    altered = np.array([chance.random() < ALTERED for _ in story.answers], dtype=bool)
    touched = altered[story.pairs.first] | altered[story.pairs.second]
    values = story.values
    shift = np.array([min(FARTHEST, abs(chance.gauss(0, SHIFT))) for _ in touched])
    apart = np.where(touched & values.equal, shift, values.apart)
    return Values(values.equal & ~touched, values.meets & ~touched, apart)


def train(stories: Sequence[Story]) -> tuple[dict[int, PairModels], PairModels]:
    """(the models of each fold, made of the stories of all others, and those of all stories).

    `choice` learns from what `alike` says of stories that it has not seen, and prices from what both say.
    """
    alike = {fold: fit_alike([story for story in stories if story.fold != fold]) for fold in range(FOLDS)}
    parts = [
        (story.fold, choice_rows(story, alike[story.fold].scores(story.pairs.features, story.pairs.groups)))
        for story in stories
    ]
    choice = {fold: fit_choice([rows for of, rows in parts if of != fold]) for fold in range(FOLDS)}
    judged = [pair for story in stories for pair in judge_pairs(story, alike[story.fold], choice[story.fold])]
    folds = {
        fold: PairModels(alike[fold], choice[fold], fit_prices(pair for pair in judged if pair.fold != fold))
        for fold in range(FOLDS)
    }
    return folds, PairModels(fit_alike(stories), fit_choice([rows for _, rows in parts]), fit_prices(judged))
