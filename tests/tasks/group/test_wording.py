"""Many pairs compared at once are related as each pair alone is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.outcomes import Row
from tasks.group.signatures import PERMUTATIONS, compare_minhashes, read_minhash
from tasks.group.wording import are_related, compare_wording

FIRST = datetime(2031, 5, 5, tzinfo=UTC)
# The bounds, and a step on either side of them.
SHARED = (0, 31, 32, 51, 52, 102, 103, 127, 128)
APART = [timedelta(days=days, microseconds=step) for days in (0, 14, 31) for step in (-1, 0, 1)]


@st.composite
def signed(draw: st.DrawFn) -> Row:
    shared = draw(st.sampled_from(SHARED))
    own = draw(st.integers(1, 3))
    values = np.where(np.arange(PERMUTATIONS) < shared, 0, own).astype("<u4")
    return {
        "words_sha256": draw(st.sampled_from("abc")),
        "shingle_count": draw(st.sampled_from((1, 40, 100, 400))),
        "minhash": values.tobytes(),
        "published_at": draw(st.none() | st.sampled_from([FIRST + apart for apart in APART])),
    }


@given(st.lists(signed(), min_size=2, max_size=6))
@settings(max_examples=300, deadline=None)
def test_many_pairs_are_related_as_each_is_alone(rows: list[Row]) -> None:
    pairs = list(combinations(range(len(rows)), 2))
    ones, others = (np.array(places, np.int64) for places in zip(*pairs, strict=True))
    similarities = compare_minhashes(np.stack([read_minhash(row) for row in rows]), ones, others)
    found = are_related(rows, ones, others, similarities)
    assert found.tolist() == [compare_wording(rows[one], rows[other]) is not None for one, other in pairs]
