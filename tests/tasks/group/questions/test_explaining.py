"""Why figures stand together or apart."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.group.questions import StoryArticle, explaining
from tasks.group.questions.explaining import Explanation, explain_figure
from tasks.group.questions.model import load_models

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


def test_a_rule_that_speaks_against_two_figures_is_named(explain: Callable[..., Any]) -> None:
    one = "The strike costs the port of Osk £28 million a day, ministers said."
    other = "The strike costs the port of Osk £17 million, the union said."
    (beside, *_) = explain("£28 million", one, other).comparisons
    assert beside.is_joined
    assert ("they are for one of different things", -load_models().prices["per"]) in [
        (reason.words, reason.weight) for reason in beside.reasons
    ]

    one = "The ferry ran aground at Osk. The ferry is 133 metres long."
    other = "The ferry ran aground at Osk. The ferry is 90 metres away."
    (apart, *_) = explain("133 metres", one, other).comparisons
    assert not apart.is_joined and "how far away something is" in apart.why


def test_every_rule_with_a_price_has_words() -> None:
    words = tomllib.loads(Path(explaining.__file__).with_name("reasons.toml").read_text(encoding="utf-8"))

    assert set(load_models().prices) <= set(words["rules"])


def test_a_rank_has_no_explanation(explain: Callable[..., Any]) -> None:
    assert explain("second", "The second floor of a mill burned in Dorsten.", SECOND) is None
