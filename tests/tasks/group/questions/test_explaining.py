"""Why figures stand together or apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tasks.group.questions import StoryArticle
from tasks.group.questions.explaining import Explanation, explain_figure

FIRST = "A fire at a paper mill in Dorsten killed three workers on Monday, police said. Two houses burned."
SECOND = (
    "Four workers were killed when a paper mill in Dorsten burned down, the mayor said. Nine cars were lost."
)


@pytest.fixture
def explain(read_story: Callable[..., list[StoryArticle]]) -> Callable[..., Explanation | None]:
    """The explanation of the figure of the first text that has these words."""

    def run(surface: str, *texts: str, hours: float = 1) -> Explanation | None:
        articles = read_story(*texts, hours=hours)
        figure = next(row for row in articles[0].figures if surface in row["surface"])
        return explain_figure(articles, (figure["article_id"], figure["start_char"], figure["end_char"]))

    return run


def test_a_conflict_is_explained_by_the_words_that_both_share(explain: Callable[..., Any]) -> None:
    (beside, *_) = explain("three workers", FIRST, SECOND).comparisons

    assert beside.is_joined
    assert beside.log_odds >= 0
    assert beside.verdict == "conflict of sources"
    assert "cannot both be true; one is said by police, the other by the mayor" in beside.verdict_why
    assert any("worker" in reason.words for reason in beside.reasons)


def test_a_later_report_is_explained_as_an_update(explain: Callable[..., Any]) -> None:
    (beside, *_) = explain("three workers", FIRST, SECOND, hours=9).comparisons

    assert beside.verdict == "update"
    assert beside.verdict_why.endswith("9 hours later")


def test_figures_that_stay_apart_are_shown_with_the_reason(explain: Callable[..., Any]) -> None:
    found = explain("Two houses", FIRST, SECOND)

    assert not any(one.is_joined for one in found.comparisons)
    assert all(one.why for one in found.comparisons)


def test_a_rank_has_no_explanation(explain: Callable[..., Any]) -> None:
    assert explain("second", "The second floor of a mill burned in Dorsten.", SECOND) is None
