"""Pairs of answers in stories of many articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.margins import WINDOW
from tasks.group.questions.matching import (
    cluster_answers,
    join_answers,
    score_pairs,
    weigh_pairs,
)
from tasks.group.questions.readings import StoryArticle

TEXTS = (
    "Nine people were killed when the tower fell in Port Lowen, the mayor said. Repairs will cost 4 million euros.",
    "At least 11 people died under the tower. Some 300 firemen came, and 40 of them stayed the night.",
    "The tower of Port Lowen killed nine. It was 84 metres high and had cost 2 million euros to build.",
)


@pytest.fixture(scope="module")
def answers(read_story: Callable[..., list[StoryArticle]]) -> list[Answer]:
    """The answers of a story of more articles than a window has, in which three texts come again and again."""
    read = [
        gather_answers(one.article, one.figures, one.mentions, one.sentences) for one in read_story(*TEXTS)
    ]
    return [
        replace(answer, article_id=f"{number}-{answer.article_id}")
        for number in range(WINDOW + 6)
        for answer in read[number % 3]
    ]


def test_a_large_story_has_the_same_questions_with_its_features_let_go(answers: list[Answer]) -> None:
    kept = cluster_answers(answers, score_pairs(answers))
    assert join_answers(answers, weigh_pairs(answers)) == kept
    surfaces = [{answers[place].mentions[0].figure["surface"] for place in group} for group in kept]
    assert len(kept) >= 3 and any("Nine people" in group for group in surfaces)


def test_an_article_adds_no_more_pairs_however_many_came_before(answers: list[Answer]) -> None:
    """Kept pairs grow with the articles, not with their square."""
    longer = [
        replace(answer, article_id=f"{part}-{answer.article_id}") for part in range(8) for answer in answers
    ]
    short, long = (
        sum(1 for _ in weigh_pairs(some).above(-np.inf)) for some in (longer[: len(longer) // 2], longer)
    )
    assert 1.5 < long / short < 2.5
