"""Numbers before and after an edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tasks.group.edits import find_figure_changes

Read = Callable[[str, str], list[dict[str, Any]]]
BEFORE = (
    "A fire at a mill in Dorsten killed three workers on Monday, police said. The mill employs 240 people.\n\n"
    "The damage is put at 2 million euros."
)


@pytest.fixture
def changes(read: Read) -> Callable[[str, str], list[tuple[Any, ...]]]:
    """What became of the figures: (change, before, after)."""

    def run(before: str, after: str) -> list[tuple[Any, ...]]:
        found = find_figure_changes(read("figures", before), read("figures", after))
        return [(row["change"], row["before_surface"], row["surface"]) for row in found]

    return run


def test_a_number_changed_in_its_sentence_is_one_change(changes: Callable[..., Any]) -> None:
    assert changes(BEFORE, BEFORE.replace("three", "four")) == [("changed", "three workers", "four workers")]


def test_words_inserted_before_change_no_number(changes: Callable[..., Any]) -> None:
    assert changes(BEFORE, "Updated with a statement by the owner.\n\n" + BEFORE) == []


def test_a_sentence_moved_and_reworded_changes_no_number(changes: Callable[..., Any]) -> None:
    after = (
        "The damage is put at 2 million euros.\n\nPolice said that a fire at a mill in Dorsten killed three"
        " workers on Monday. The mill employs 240 people."
    )
    assert changes(BEFORE, after) == []


def test_a_number_in_a_new_sentence_is_matched_by_its_question(changes: Callable[..., Any]) -> None:
    after = BEFORE.replace(
        "A fire at a mill in Dorsten killed three workers on Monday, police said.",
        "Five workers were killed when a mill burned down in Dorsten.",
    )
    assert changes(BEFORE, after) == [("changed", "three workers", "Five workers")]


def test_two_numbers_of_one_sentence_are_not_mixed_up(changes: Callable[..., Any]) -> None:
    before = "The fire killed 3 workers and injured 11 people."
    assert changes(before, before.replace("11", "14")) == [("changed", "11 people", "14 people")]


def test_numbers_that_came_or_went_are_told_as_that(changes: Callable[..., Any]) -> None:
    after = BEFORE.replace("The damage is put at 2 million euros.", "Nine engines came.")
    assert changes(BEFORE, after) == [
        ("added", None, "Nine engines"),
        ("removed", "2 million euros", None),
    ]


def test_a_change_has_both_sentences_and_places(read: Read) -> None:
    after = "Updated.\n\n" + BEFORE.replace("three", "four")
    (row,) = find_figure_changes(read("figures", BEFORE), read("figures", after))

    assert row["before_sentence"].startswith("A fire at a mill in Dorsten killed three workers")
    assert row["sentence"].startswith("A fire at a mill in Dorsten killed four workers")
    assert BEFORE[row["before_start_char"] : row["before_end_char"]] == "three workers"
    assert after[row["start_char"] : row["end_char"]] == "four workers"
    assert row["label"] == "workers killed"
    assert (row["before_low"], row["low"]) == (3, 4)


def test_texts_without_figures_have_no_changes() -> None:
    assert find_figure_changes([], []) == []
