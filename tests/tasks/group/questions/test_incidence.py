"""Word sets of answers as a matrix."""

from __future__ import annotations

import itertools
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.group.questions.incidence import Incidence

WORDS = st.frozensets(st.sampled_from(["kill", "police", "bus", "driver", "road"]))
SAID = st.lists(st.fixed_dictionaries({"nouns": WORDS, "window": WORDS}), min_size=1, max_size=5)


@given(SAID)
def test_pairs_share_the_words_that_are_in_both_sets(said: list[dict[str, frozenset[str]]]) -> None:
    pairs = list(itertools.product(said, said))
    found = Incidence(said, ("nouns", "window")).overlaps(np.arange(len(pairs)))
    for row, name in zip(found.tolist(), ("nouns", "window"), strict=True):
        assert row == [len(one[name] & other[name]) for one, other in pairs]


@given(SAID)
def test_likeness_is_the_weight_of_shared_words_by_that_of_all(
    said: list[dict[str, frozenset[str]]],
) -> None:
    def weigh(words: frozenset[str]) -> float:
        counts = [sum(word in sets["window"] for sets in said) for word in words]
        return sum(max(0.05, math.log((len(said) + 2) / (count + 0.5))) for count in counts)

    pairs = list(itertools.product(said, said))
    found = Incidence(said, ("nouns", "window"), is_sorted=True).cosines(np.arange(len(pairs)))
    for alike, (one, other) in zip(found[1].tolist(), pairs, strict=True):
        ours, theirs = one["window"], other["window"]
        expected = weigh(ours & theirs) / math.sqrt(weigh(ours) * weigh(theirs)) if ours and theirs else 0.0
        assert math.isclose(alike, expected, abs_tol=1e-9)


def test_an_answer_has_a_word_only_in_the_set_that_is_asked() -> None:
    said = [
        {"nouns": frozenset({"bus"}), "window": frozenset()},
        {"nouns": frozenset(), "window": frozenset({"bus"})},
    ]
    sets = Incidence(said, ("nouns", "window"))
    assert sets.has("nouns", "bus").tolist() == [1, 0]
    assert sets.has("window", "bus").tolist() == [0, 1]
    assert sets.has("nouns", "train").tolist() == [0, 0]
