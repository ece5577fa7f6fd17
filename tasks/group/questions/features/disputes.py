"""What makes it likely that two different numbers answer one question: each has its source, or the same befell those counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tasks.group.questions.answers import Answer
from tasks.group.questions.incidence import FeatureArray
from tasks.group.questions.pair_features import Bools, Pairs, feature_names

DISPUTE_NAMES = (
    "differ, both have a source", "differ, one has a source", "differ, one is possible",
    "differ, one outcome",
)  # fmt: skip

_OUTCOMES = feature_names().index("outcomes shared")


def weigh_disputes(answers: Sequence[Answer], pairs: Pairs, differ: Bools) -> list[FeatureArray]:
    """The columns of DISPUTE_NAMES; only pairs whose numbers cannot both be true have any."""

    def sides(read: Callable[[Answer], bool]) -> tuple[Bools, Bools]:
        values = np.array([read(answer) for answer in answers], dtype=np.bool_)
        return values[pairs.first], values[pairs.second]

    told, told_too = sides(_has_source)
    possible, possible_too = sides(lambda answer: answer.count("is_hypothetical") > 0.5)
    share = pairs.features[:, _OUTCOMES] > 0
    found = (told & told_too, told != told_too, possible != possible_too, share)
    return [(column & differ).astype(np.float64) for column in found]


def _has_source(answer: Answer) -> bool:
    return any(mention.figure["attributed_to"] for mention in answer.mentions)
