from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from tasks.group.neighbours import NEAREST, find_neighbours
from tasks.group.sparse_vectors import Vector, Vectors

DAY = datetime(2026, 10, 1, tzinfo=UTC)
LONGEST = timedelta(days=10)


def make_vectors(several: Sequence[Sequence[int]], term_count: int) -> Vectors:
    """Vectors of length 1 with weights that fall from term to term."""
    rows = [Vector(np.array(terms, np.int64), 1 / np.arange(1.0, 1.0 + len(terms))) for terms in several]
    return Vectors.stack(rows, term_count).weigh(np.ones(term_count))


def test_a_few_articles_have_the_same_neighbours_alone_and_among_strangers() -> None:
    chance = random.Random(5)
    few = [chance.sample(range(60), 12) for _ in range(NEAREST)]
    strangers = [[100 + number] for number in range(3)]
    times = [DAY + timedelta(days=chance.randrange(16)) for _ in few]
    is_new = [chance.random() < 0.7 for _ in few]
    alone = set(find_neighbours(make_vectors(few, 200), times, is_new, LONGEST))
    among = find_neighbours(
        make_vectors([*few, *strangers], 200),
        [*times, None, None, None],
        [*is_new, False, True, True],
        LONGEST,
    )
    assert alone == set(among)
    assert 30 < len(alone) < NEAREST * (NEAREST - 1)


def test_no_article_is_its_own_neighbour_or_that_of_a_far_day() -> None:
    vectors = make_vectors([[1, 2, 3]] * 3, 5)
    times = [DAY, DAY + timedelta(days=11), None]
    assert set(find_neighbours(vectors, times, [True, True, False], LONGEST)) == {(0, 2), (1, 2)}
    assert not list(find_neighbours(make_vectors([[]], 5), [None], [True], LONGEST))
