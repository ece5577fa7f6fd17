"""How two articles are related by their wording: one pair, or many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from core.outcomes import Row
from tasks.group.signatures import Places, estimate_containment, estimate_similarity, read_minhash

# 0.8 is the usual bound of near-duplicates in web corpora (Lee et al. 2022, "Deduplicating Training
# Data Makes Language Models Better", section 4.2). In five-word shingles it allows about one word in
# forty to differ: a byline, a house style, a corrected figure.
NEAR_SIMILARITY = 0.8
# Two reports on one event written apart share less than a tenth of their shingles, even where they
# quote the same statement. Two texts of one length that are the same in a share x of their shingles
# have a similarity of x / (2 - x): at 0.4 it is 57 %, more than half of the copy's wording.
REWRITE_SIMILARITY = 0.4
# An abridged copy: the longer article holds nearly all of it.
ABRIDGED_SIMILARITY = 0.25
ABRIDGED_CONTAINMENT = 0.8
# A text that comes back later in other words is a template (weather, markets), not a copy; nearly the
# same words can come back within the month. The very same words are a copy whenever they come.
REWRITE_DAYS = timedelta(days=14)
NEAR_DAYS = timedelta(days=31)
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_TIME = -1


@dataclass(frozen=True, slots=True)
class Link:
    """The relation of an article to its original, and their similarity."""

    relation: str
    similarity: float


def compare_wording(one: Row, other: Row) -> Link | None:
    """How two articles are related by their wording, or None."""
    if one["words_sha256"] == other["words_sha256"]:
        return Link("exact", 1.0)
    similarity = estimate_similarity(read_minhash(one), read_minhash(other))
    if similarity >= NEAR_SIMILARITY and _lie_within(NEAR_DAYS, one["published_at"], other["published_at"]):
        return Link("near", similarity)
    if not _lie_within(REWRITE_DAYS, one["published_at"], other["published_at"]):
        return None
    containment = estimate_containment(similarity, one["shingle_count"], other["shingle_count"])
    is_abridged = similarity >= ABRIDGED_SIMILARITY and containment >= ABRIDGED_CONTAINMENT
    if similarity >= REWRITE_SIMILARITY or is_abridged:
        return Link("rewrite", similarity)
    return None


def _lie_within(longest: timedelta, one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= longest


def are_related(
    rows: Sequence[Row], ones: Places, others: Places, similarities: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Of many pairs of places with these similarities at once: whether `compare_wording` relates them. Texts of one template are alike
    in thousands of pairs."""
    words = np.unique([row["words_sha256"] for row in rows], return_inverse=True)[1]
    counts = np.array([row["shingle_count"] for row in rows], np.int64)
    moments = np.array([_count_microseconds(row["published_at"]) for row in rows], np.int64)
    apart = np.abs(moments[ones] - moments[others])
    is_undated = (moments[ones] == _NO_TIME) | (moments[others] == _NO_TIME)
    is_near, is_soon = (is_undated | (apart <= days // _MICROSECOND) for days in (NEAR_DAYS, REWRITE_DAYS))
    common = similarities / (1 + similarities) * (counts[ones] + counts[others])
    containment = np.minimum(1.0, common / np.minimum(counts[ones], counts[others]))
    is_abridged = (similarities >= ABRIDGED_SIMILARITY) & (containment >= ABRIDGED_CONTAINMENT)
    is_rewritten = is_soon & ((similarities >= REWRITE_SIMILARITY) | is_abridged)
    related: NDArray[np.bool_] = (
        (words[ones] == words[others]) | (is_near & (similarities >= NEAR_SIMILARITY)) | is_rewritten
    )
    return related


def _count_microseconds(moment: datetime | None) -> int:
    return _NO_TIME if moment is None else (moment - _EARLIEST) // _MICROSECOND
