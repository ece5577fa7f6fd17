"""Signatures: what counts as the same wording, and how well similarity is estimated from them."""

from __future__ import annotations

import random
from datetime import date

import datasketch
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.outcomes import Row
from core.tables import SIGNATURES
from tasks.group.signatures import (
    BANDS,
    PERMUTATIONS,
    _hash_shingles,
    estimate_containment,
    estimate_similarity,
    read_minhash,
    sign_articles,
)

MONTH = date(2026, 10, 1)
WORDS = [f"word{number}" for number in range(2_000)]


def sign(text: str) -> Row:
    return sign_articles([{"article_id": "a", "month": MONTH, "body_text": text}])[0]


def similarity(one: str, other: str) -> float:
    return estimate_similarity(read_minhash(sign(one)), read_minhash(sign(other)))


def make_words(seed: int, count: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def test_a_row_fits_the_table_and_has_a_value_for_each_permutation_and_band() -> None:
    row = sign("The tug Hob pulled the ferry off the stones at nine.")
    assert SIGNATURES.to_arrow([row]).num_rows == 1
    assert len(read_minhash(row)) == PERMUTATIONS
    assert len(row["bands"]) == BANDS
    assert row["shingle_count"] == 7  # eleven words make seven runs of five


@given(st.lists(st.sampled_from(WORDS), max_size=60))
@settings(max_examples=30, deadline=None)
def test_the_values_are_those_of_datasketch(words: list[str]) -> None:
    sketch = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32", hashfunc=int)
    sketch.update_batch((_hash_shingles(words) >> np.uint64(32)).tolist())
    assert read_minhash(sign(" ".join(words))).tolist() == sketch.hashvalues.tolist()


def test_case_punctuation_and_paragraphs_do_not_count() -> None:
    one = sign("“We will see,” she said.\n\nThe FURNACE is cold.")
    other = sign("We will see she said — the furnace is cold")
    assert one["words_sha256"] == other["words_sha256"]
    assert one["minhash"] == other["minhash"]


def test_a_changed_figure_is_another_text() -> None:
    assert (
        sign("It cost 85 million euros")["words_sha256"] != sign("It cost 850 million euros")["words_sha256"]
    )


def test_a_text_shorter_than_a_shingle_is_one_shingle_and_an_empty_one_is_none() -> None:
    assert sign("Ferry aground")["shingle_count"] == 1
    assert sign("... — ...")["shingle_count"] == 0
    assert similarity("Ferry aground", "Ferry afloat") == 0.0


def test_rows_come_in_the_order_of_the_articles() -> None:
    articles = [{"article_id": name, "month": MONTH, "body_text": name * 9} for name in "cab"]
    assert [row["article_id"] for row in sign_articles(articles)] == ["c", "a", "b"]


def test_a_signature_stays_the_same_between_releases_or_every_lake_must_be_signed_anew() -> None:
    row = sign("The harbour master counted the boats twice and wrote down neither number.")
    assert row["bands"][:2] == [8106805987312086691, 524726785597075405]
    assert read_minhash(row)[:3].tolist() == [718400987, 83989003, 114163668]


@pytest.mark.parametrize("kept", [100, 200, 300, 380])
def test_similarity_is_estimated_within_three_standard_errors(kept: int) -> None:
    words, rest = make_words(1, 400), make_words(2, 400)
    common = kept - 4
    true = common / (2 * 396 - common)
    assert similarity(" ".join(words), " ".join(words[:kept] + rest[kept:])) == pytest.approx(true, abs=0.13)


def test_the_larger_text_contains_the_abridged_one() -> None:
    words = make_words(3, 600)
    long, short = sign(" ".join(words)), sign(" ".join(words[:200]))
    found = estimate_similarity(read_minhash(long), read_minhash(short))
    assert estimate_containment(found, long["shingle_count"], short["shingle_count"]) > 0.8
    assert estimate_containment(0.0, 0, 12) == 0.0


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_signed_and_is_like_itself(text: str) -> None:
    assert SIGNATURES.to_arrow([sign(text)]).num_rows == 1
    assert similarity(text, text) == 1.0
