"""What two different numbers show beside their words: sources, plans, and what befell those counted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tasks.group.questions import StoryArticle
from tasks.group.questions.features.disputes import DISPUTE_NAMES, weigh_disputes
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.pair_features import compare_pairs

Read = Callable[..., list[StoryArticle]]
_NAMES = {name.removeprefix("differ, "): place for place, name in enumerate(DISPUTE_NAMES)}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (
            "Nine people were hurt, police said.",
            "Twelve people were hurt, the hospital said.",
            {"both have a source", "one outcome"},
        ),
        ("Nine people marched, police said.", "Twelve people marched.", {"one has a source"}),
        ("The mill will cut 90 jobs.", "The mill cut 120 jobs.", {"one is possible"}),
        ("Nine people marched.", "Nine people marched, police said.", set()),
    ],
)
def test_sources_plans_and_outcomes_of_different_numbers(
    one: str, other: str, found: set[str], read_story: Read
) -> None:
    answers = [
        gather_answers(x.article, x.figures, x.mentions, x.sentences)[0] for x in read_story(one, other)
    ]
    places = np.array([0]), np.array([1])
    differ = np.array([not answers[0].interval.meets(answers[1].interval)])
    columns = weigh_disputes(answers, compare_pairs(answers, *places), differ)

    assert {name for name, place in _NAMES.items() if columns[place][0]} == found
