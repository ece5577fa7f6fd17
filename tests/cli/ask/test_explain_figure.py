"""`copydesk explain --figure` says why figures of two outlets stand together."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import answer, run

NAME = "https://courier.example/2026/05/04/ferry-fog:around 180"


def test_a_figure_is_explained_by_its_words_its_neighbours_and_its_verdict(lake: Path) -> None:
    found = json.loads(answer("explain", "--figure", NAME, "--json", lake=lake))
    (beside,) = found["same_question"]
    assert beside["surface"] == "more than 200 passengers"
    assert "⟦more than 200 passengers⟧ on board" in beside["sentence"]
    assert beside["verdict"] == found["question"]["verdict"]
    assert "“Around 180 passengers” and “more than 200 passengers”" in beside["verdict_why"]
    assert any("passenger" in reason["words"] for reason in beside["reasons"])


def test_the_answer_for_people_shows_both_sentences(lake: Path) -> None:
    said = answer("explain", "--figure", NAME, lake=lake)
    assert "⟦Around 180 passengers⟧ of the ferry Elin Star" in said
    assert "The same question: log odds" in said


def test_a_place_inside_the_figure_names_it(lake: Path) -> None:
    start = json.loads(answer("explain", "--figure", NAME, "--json", lake=lake))["figure"]["start_char"]
    by_place = f"{NAME.rpartition(':')[0]}:{start + 3}"
    assert "⟦Around 180 passengers⟧" in answer("explain", "--figure", by_place, lake=lake)


def test_a_name_of_no_figure_is_answered_with_those_of_the_article(lake: Path) -> None:
    code, _, error = run("explain", "--figure", f"{NAME.rpartition(':')[0]}:99999", lake=lake)
    assert code == 2
    assert "Around 180 passengers" in error
    code, _, error = run("explain", "--figure", "Elin", lake=lake)
    assert code == 2
    assert "ARTICLE:START" in error


def test_an_article_or_a_figure_is_named_and_not_both(lake: Path) -> None:
    code, _, error = run("explain", lake=lake)
    assert code == 2
    assert "--figure" in error
