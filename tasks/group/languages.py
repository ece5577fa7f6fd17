"""Articles in different languages beside each other: by what is the same in all of them.

Words do not compare across languages. Ids of entities, numbers, days of events, acronyms and the sounds of names do. Two articles of
different languages are looked at only if each is the nearest to the other among the articles of its language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np

from core.outcomes import Row
from tasks.group.evidence import LATE_ODDS, SOON_DAYS, STRONGEST
from tasks.group.neighbours import find_neighbours
from tasks.group.sparse_vectors import Scales, Vectors

# At this similarity of their language-free terms a pair is as likely of one event as not. On the development half of
# `stories_crosslingual` .96 of the pairs across languages that are joined are right, and .76 of all are found. Chosen on one half
# of its stories, it does so in the other with 1.00 and .82.
EVEN_SIMILARITY = 0.16
# Log odds per unit of similarity, and the strongest evidence against: a translation can leave names out.
STEEPNESS = 20.0
WEAKEST = -3.0
# Pairs share this many terms at least: one country in both is no event.
FEWEST_SHARED = 2


def base_language(row: Row) -> str:
    """The language of an article without its region."""
    return str(row.get("language") or "").split("-")[0].lower()


def find_bridges(
    vectors: Vectors,
    languages: Sequence[str],
    times: Sequence[datetime | None],
    is_new: Sequence[bool],
    longest: timedelta,
) -> Iterator[tuple[int, int]]:
    """Pairs of places of different languages, one of them new, each the other's nearest in its language."""
    if len({language for language in languages if language}) < 2:
        return
    nearest: dict[tuple[int, str], tuple[float, int]] = {}
    scales = Scales(vectors.term_count)
    for place, other in find_neighbours(vectors, times, [True] * len(languages), longest):
        if not languages[place] or not languages[other] or languages[place] == languages[other]:
            continue
        (alike,) = scales.compare(vectors[place], [vectors[other]])
        for one, two in ((place, other), (other, place)):
            key = (one, languages[two])
            if key not in nearest or (alike, -two) > (nearest[key][0], -nearest[key][1]):
                nearest[key] = (alike, two)
    for (place, _), (_, other) in sorted(nearest.items()):
        is_mutual = nearest[other, languages[place]][1] == place
        if place < other and is_mutual and (is_new[place] or is_new[other]):
            yield place, other


def weigh_free(vectors: Vectors, scales: Scales, one: int, other: int, days: float | None) -> float:
    """The log odds that two articles of different languages tell of one event, by their language-free terms.

    `days` lie between their times of publication, None where one is unknown."""
    shared = len(np.intersect1d(vectors[one].terms, vectors[other].terms))
    if shared < FEWEST_SHARED:
        return WEAKEST
    (alike,) = scales.compare(vectors[one], [vectors[other]])
    late = LATE_ODDS * max(0.0, (days or 0.0) - SOON_DAYS)
    return min(STRONGEST, max(WEAKEST, STEEPNESS * (alike - EVEN_SIMILARITY) - late))
