"""Copies: which relation, which original, and the same answer in any order and in any number of runs."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from grouping_articles import OTHER, REPORT, make_signed, when
from hypothesis import given, settings
from hypothesis import strategies as st

from core.outcomes import Row
from core.tables import DUPLICATES
from tasks.group.duplicates import LARGEST_BAND, find_duplicates

SENTENCES = REPORT.replace("\n", " ").split(". ")


def rewrite(count: int, seed: int = 1) -> str:
    """The report with so many of its sentences replaced by unrelated ones of the same length."""
    picker = random.Random(seed)
    sentences = list(SENTENCES)
    for place in picker.sample(range(len(sentences)), count):
        words = [f"w{picker.randrange(9_999)}" for _ in sentences[place].split()]
        sentences[place] = " ".join(words)
    return ". ".join(sentences)


def relations(rows: list[Row]) -> dict[str, tuple[str, str]]:
    return {row["article_id"]: (row["original_article_id"], row["relation"]) for row in rows}


def test_the_same_words_under_another_typography_are_exact() -> None:
    copy = REPORT.upper().replace("\n", "  ")
    rows = find_duplicates([make_signed("a", REPORT, when(1)), make_signed("b", copy, when(2))], [])
    assert relations(rows) == {"b": ("a", "exact")}
    assert rows[0]["similarity_ratio"] == 1.0
    assert DUPLICATES.to_arrow(rows).num_rows == 1


def test_a_copy_with_one_word_changed_is_near() -> None:
    copy = REPORT.replace("Monday night", "Monday evening")
    rows = find_duplicates([make_signed("a", REPORT, when(1)), make_signed("b", copy, when(1, 13))], [])
    assert relations(rows) == {"b": ("a", "near")}
    assert 0.8 <= rows[0]["similarity_ratio"] < 1


def test_a_copy_with_a_fifth_of_its_sentences_replaced_is_a_rewrite() -> None:
    rows = find_duplicates([make_signed("a", REPORT, when(1)), make_signed("b", rewrite(2), when(1, 13))], [])
    assert relations(rows) == {"b": ("a", "rewrite")}


def test_an_abridged_copy_is_a_rewrite_though_most_of_the_words_are_missing() -> None:
    short = ". ".join(SENTENCES[:5])
    rows = find_duplicates([make_signed("a", REPORT, when(1)), make_signed("b", short, when(2))], [])
    assert relations(rows) == {"b": ("a", "rewrite")}
    assert rows[0]["similarity_ratio"] < 0.6


def test_another_report_that_shares_one_quoted_sentence_is_no_copy() -> None:
    shared = f"{OTHER} {SENTENCES[3]}."
    assert find_duplicates([make_signed("a", REPORT, when(1)), make_signed("b", shared, when(1))], []) == []


def test_a_text_worked_over_weeks_later_is_a_template_but_an_exact_copy_is_always_one() -> None:
    first = make_signed("a", REPORT, when(1))
    assert find_duplicates([make_signed("b", rewrite(2), when(20))], [first]) == []
    assert relations(find_duplicates([make_signed("b", REPORT, when(20))], [first])) == {"b": ("a", "exact")}


@pytest.mark.parametrize("empty", ["", "...", "\n\n"])
def test_two_texts_without_words_do_not_repeat_each_other(empty: str) -> None:
    assert find_duplicates([make_signed("a", empty, when(1)), make_signed("b", empty, when(1))], []) == []


def test_the_original_is_the_earliest_then_the_lowest_id_and_the_undated_come_last() -> None:
    rows = [make_signed(name, REPORT, time) for name, time in (("a", None), ("c", when(2)), ("b", when(2)))]
    assert relations(find_duplicates(rows, [])) == {"a": ("b", "exact"), "c": ("b", "exact")}


def test_a_chain_of_rewrites_has_one_original() -> None:
    second = rewrite(2)
    third = ". ".join([*second.split(". ")[:7], " ".join(f"x{n}" for n in range(40))])
    texts = {"a": (REPORT, 1), "b": (second, 2), "c": (third, 3)}
    rows = {name: make_signed(name, text, when(day)) for name, (text, day) in texts.items()}
    assert find_duplicates([rows["a"], rows["c"]], []) == [], "the last is far from the first"
    found = find_duplicates(list(rows.values()), [])
    assert {row["original_article_id"] for row in found} == {"a"}
    assert {row["article_id"] for row in found} == {"b", "c"}


def test_an_earlier_article_that_arrives_late_becomes_the_original_of_known_copies() -> None:
    known = [make_signed("b", REPORT, when(2)), make_signed("c", REPORT, when(3), original="b")]
    found = find_duplicates([make_signed("d", REPORT, when(1))], known)
    assert relations(found) == {"b": ("d", "exact"), "c": ("d", "exact")}


def test_known_copies_whose_original_stands_are_not_written_again() -> None:
    known = [make_signed("a", REPORT, when(1)), make_signed("b", REPORT, when(2), original="a")]
    assert relations(find_duplicates([make_signed("c", REPORT, when(3))], known)) == {"c": ("a", "exact")}


def test_an_original_older_than_what_is_known_stays_the_original() -> None:
    known = [make_signed("b", REPORT, when(2), original="gone")]
    assert relations(find_duplicates([make_signed("c", REPORT, when(3))], known)) == {"c": ("gone", "exact")}


def test_a_corrected_article_loses_its_copy() -> None:
    corrected = make_signed("a", OTHER, when(1))
    copy = make_signed("b", REPORT, when(2), original="a")
    assert find_duplicates([corrected, copy], []) == []


def test_a_text_that_hundreds_share_costs_no_pair_for_each_two() -> None:
    count = LARGEST_BAND + 50
    rows = [make_signed(f"{n:04d}", REPORT, when(1) + timedelta(minutes=n)) for n in range(count)]
    found = find_duplicates(rows, [])
    assert len(found) == count - 1
    assert {row["original_article_id"] for row in found} == {"0000"}


TEXTS = [REPORT, REPORT.lower(), rewrite(1), rewrite(2), rewrite(2, seed=2), OTHER, OTHER + " More follows."]


@given(
    st.lists(st.tuples(st.sampled_from(TEXTS), st.integers(1, 12) | st.none()), min_size=2, max_size=9),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_neither_order_nor_a_break_between_two_runs_changes_the_outcome(
    drawn: list[tuple[str, int | None]], picker: random.Random
) -> None:
    rows = [make_signed(f"id{n}", text, day and when(day)) for n, (text, day) in enumerate(drawn)]
    at_once = relations(find_duplicates(rows, []))
    shuffled = picker.sample(rows, len(rows))
    assert relations(find_duplicates(shuffled, [])) == at_once

    cut = picker.randrange(len(rows))
    first = relations(find_duplicates(shuffled[:cut], []))
    known = [
        {**row, "original_article_id": first.get(row["article_id"], (None,))[0]} for row in shuffled[:cut]
    ]
    second = relations(find_duplicates(shuffled[cut:], known))
    originals = {article_id: original for article_id, (original, _) in (first | second).items()}
    assert originals == {article_id: original for article_id, (original, _) in at_once.items()}
