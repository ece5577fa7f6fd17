"""The tokenizer remembers runs of characters, also those behind a special case; the tokens stay the same."""

from __future__ import annotations

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.language_model.models import pipeline_for
from tasks.extract.language_model.tokens import _known_runs, tokenize
from tasks.extract.options import ExtractOptions

TEXT = "Don't wait, said Ada Horne: it's 5pm in Northwick's U.S.-run port.\n\n“We’re im’pressed” (e.g. by ;-) it)."


@pytest.fixture
def nlp():
    """The English pipeline, which knows no run; `searched` of its tokenizer holds the runs that it looked at."""
    made = pipeline_for("en", ExtractOptions())
    _known_runs(made).clear()
    search = made.tokenizer.prefix_search
    made.searched = []
    made.tokenizer.prefix_search = lambda run: (
        made.searched.append(run) or search(run)
    )  # forgets the tokens of all runs
    yield made
    made.tokenizer.prefix_search = search


def test_tokens_are_the_same_whether_their_runs_were_learned_or_not(nlp):
    plain = [token.text for token in nlp.tokenizer(TEXT)]
    assert [token.text for token in tokenize(nlp, TEXT)] == plain
    assert [token.text for token in tokenize(nlp, TEXT)] == plain


def test_a_run_behind_a_special_case_is_remembered(nlp):
    tokenize(nlp, "Don't forget Zorbel.")
    assert "Zorbel." in nlp.searched
    nlp.searched.clear()
    tokenize(nlp, "Don't forget Zorbel.")
    assert not nlp.searched


def test_nothing_is_learned_within_a_memory_zone(nlp):
    with nlp.memory_zone():
        tokenize(nlp, "Don't forget Zorbel.")
    assert not _known_runs(nlp)


def test_long_runs_are_not_learned(nlp):
    tokenize(nlp, "x" * 30)
    assert not _known_runs(nlp)


@given(st.text(ascii_letters, min_size=1))
def test_no_rule_of_the_english_tokenizer_finds_a_part_in_letters(word):
    tokenizer = pipeline_for("en", ExtractOptions()).tokenizer
    for passing in (
        tokenizer.prefix_search,
        tokenizer.suffix_search,
        tokenizer.infix_finditer,
        tokenizer.url_match,
    ):
        search, nothing = passing.args
        assert passing(word) == nothing
        assert not list(search(word) or ())
