"""Pairs of answers as numbers: how alike two answers of different articles are, blind to their values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tasks.group.questions.answers import Answer
from tasks.group.questions.incidence import FeatureArray, Incidence, Indices
from tasks.group.questions.kinds import KINDS
from tasks.group.questions.same_person import agree
from tasks.group.questions.times import NOW, TIME_NAMES, UNDATED, relate

Bools = NDArray[np.bool_]
# How a word set is compared: shared (1 some shared, -1 none shared, 0 one has none), cosine (weighted by
# rarity in the story), jaccard, lacks (1 where only one has it).
_COMPARED: tuple[tuple[str, str], ...] = (
    ("nouns", "shared"), ("persons", "shared"), ("persons", "jaccard"), ("persons", "lacks"), ("genders", "shared"),
    ("ages", "shared"), ("kin", "shared"), ("kin", "lacks"), ("outcomes", "shared"), ("outcomes", "jaccard"),
    ("near_outcomes", "shared"), ("near_outcomes", "jaccard"), ("roles", "cosine"), ("role_words", "cosine"),
    ("active", "shared"), ("passive", "shared"), ("window", "cosine"), ("sentence", "cosine"), ("close", "cosine"),
    ("before", "shared"), ("after", "shared"), ("predicates", "shared"), ("measured", "cosine"),
    ("qualities", "shared"), ("qualities", "cosine"), ("qualities", "lacks"), ("capitals", "shared"),
    ("capitals", "cosine"), ("near_names", "shared"), ("near_names", "jaccard"), ("sentence_names", "shared"),
    ("entities", "jaccard"), ("per", "shared"), ("per", "lacks"), ("units", "shared"), ("pair_sides", "shared"),
    ("pair_sides", "lacks"), ("nouns", "lacks"), ("frames", "shared"),
    ("frames", "jaccard"), ("near_frames", "cosine"), ("frames", "lacks"),
)  # fmt: skip
_WEIGHTED = tuple(dict.fromkeys(name for name, how in _COMPARED if how == "cosine"))
_PLAIN = tuple(dict.fromkeys(name for name, how in _COMPARED if how != "cosine"))
_OUTCOMES = ("dead", "hurt", "shot", "accused", "gave", "cost")
WEIGHT_GROUPS = ("age", "count", "other")  # each has weights of its own
_HARMFUL = frozenset(
    {"shoot", "kill", "stab", "strike", "hit", "murder", "slay", "wound", "attack", "rob", "arrest"}
)
_MOST = 6.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Answers `first[k]` and `second[k]` of one story, their features, a row a pair, and place in GROUPS."""

    first: Indices
    second: Indices
    features: FeatureArray
    groups: Indices


class _Comparison:
    """The word sets of answers, and what pairs of them say."""

    def __init__(self, answers: Sequence[Answer], a: Indices, b: Indices) -> None:
        said = [answer.sets for answer in answers]
        self.plain = Incidence(said, _PLAIN)
        self._weighted = Incidence(said, _WEIGHTED, is_sorted=True)
        self._pairs = a, b

    def fill(self, columns: FeatureArray) -> None:
        """Fill `columns`, a row for each of _COMPARED."""
        a, b = self._pairs
        places = a * self.plain.sizes.shape[1] + b
        both, sizes = self.plain.overlaps(places), self.plain.sizes
        has_words = sizes > 0
        first, second = has_words.take(a, axis=1), has_words.take(b, axis=1)
        rows, sets = _rows_of("shared")
        columns[rows] = np.where(both[sets] > 0, 1.0, -1.0) * (first & second)[sets]
        rows, sets = _rows_of("lacks")
        columns[rows] = (first != second)[sets]
        rows, sets = _rows_of("jaccard")
        together = sizes[sets].take(a, axis=1) + sizes[sets].take(b, axis=1) - both[sets]
        columns[rows] = both[sets] / np.maximum(1.0, together)
        rows, sets = _rows_of("cosine")
        columns[rows] = self._weighted.cosines(places)[sets]


@cache
def _rows_of(how: str) -> tuple[list[int], list[int]]:
    """The places in _COMPARED of what is compared so, and of its word sets in _PLAIN or _WEIGHTED."""
    names = _WEIGHTED if how == "cosine" else _PLAIN
    found = [(row, names.index(name)) for row, (name, wanted) in enumerate(_COMPARED) if wanted == how]
    return [row for row, _ in found], [place for _, place in found]


def number_texts(texts: Sequence[Hashable]) -> Indices:
    """A number for each of these, the same for equal ones, and 0 for none and empty ones: arrays of texts are slow."""
    numbers: dict[Hashable, int] = {}
    return np.array(
        [numbers.setdefault(text, len(numbers) + 1) if text else 0 for text in texts], dtype=np.intp
    )


def feature_names() -> list[str]:
    """The names of the features in their order."""
    plain = [f"{name} {how}" for name, how in _COMPARED]
    plain += [
        "active as passive",
        *(f"both {word}" for word in _OUTCOMES),
        "victim and accused",
        "holder's name",
    ]
    plain += [
        "only one named",
        "share negated",
        "share hypothetical",
        "part of a whole",
        "distance in the text",
    ]
    plain += [
        "both leading",
        "distance in rank",
        "first of its kind",
        "rivals",
        "fewest rivals",
        "told often",
        "only one after or before",
        *TIME_NAMES,
    ]
    return plain + [f"kind {kind}" for kind in KINDS] + ["kinds differ"]


def compare_pairs(answers: Sequence[Answer], first: Indices, second: Indices) -> Pairs:
    """The features of the pairs answers[first[k]], answers[second[k]]."""
    if not len(first):
        return Pairs(first, second, np.zeros((0, len(feature_names()))), np.zeros(0, dtype=np.intp))
    columns = np.empty((len(feature_names()), len(first)))
    compared = _Comparison(answers, first, second)
    compared.fill(columns[: len(_COMPARED)])
    others = [
        _crossed(answers, first, second),
        *_outcome_columns(compared.plain, first, second),
        *_name_columns(answers, first, second),
        *_place_columns(answers, first, second),
        *_time_columns(answers, first, second),
        *_kind_columns(answers, first, second),
    ]
    for place, column in enumerate(others, start=len(_COMPARED)):
        columns[place] = column
    return Pairs(first, second, columns.T, _groups_of(answers, first, second))


def _groups_of(answers: Sequence[Answer], a: Indices, b: Indices) -> Indices:
    places = np.array(
        [WEIGHT_GROUPS.index(x.kind) if x.kind in WEIGHT_GROUPS else 2 for x in answers], dtype=np.intp
    )
    return np.where(places[a] == places[b], places[a], 2)


def _crossed(answers: Sequence[Answer], a: Indices, b: Indices) -> FeatureArray:
    """1 where what one does is done to the other: the shooter and the one who was shot."""
    words = sorted(frozenset().union(*(x.words("active") & _HARMFUL for x in answers)))
    did, suffered = (
        np.array([[word in x.words(name) for word in words] for x in answers], dtype=np.float64)
        for name in ("active", "passive")
    )
    if not words:
        return np.zeros(len(a))
    crossed = (did @ suffered.T) > 0
    return np.asarray(crossed[a, b] * 1.0 + crossed[b, a])


def _outcome_columns(plain: Incidence, a: Indices, b: Indices) -> list[FeatureArray]:
    columns = []
    for word in _OUTCOMES:
        has = plain.has("near_outcomes", word)
        columns.append(has[a] * has[b] - np.abs(has[a] - has[b]))
    dead, accused = plain.has("outcomes", "dead"), plain.has("outcomes", "accused")
    victim, suspect = dead * (1 - accused), accused * (1 - dead)
    columns.append(np.maximum(victim[a] * suspect[b], suspect[a] * victim[b]))
    return columns


def _name_columns(answers: Sequence[Answer], a: Indices, b: Indices) -> list[FeatureArray]:
    names = [answer.names for answer in answers]
    named = np.array([bool(found) for found in names], dtype=np.float64)
    same = np.zeros(len(a))
    for k in np.flatnonzero(named[a] * named[b]).tolist():
        same[k] = agree(names[a[k]], names[b[k]])
    return [same, np.abs(named[a] - named[b])]


def _place_columns(answers: Sequence[Answer], a: Indices, b: Indices) -> list[FeatureArray]:
    def column(read: Callable[[Answer], float]) -> FeatureArray:
        return np.array([read(answer) for answer in answers], dtype=np.float64)

    def apart(values: FeatureArray) -> FeatureArray:
        return np.abs(values[a] - values[b])

    negated, possible = column(lambda x: x.count("is_negated")), column(lambda x: x.count("is_hypothetical"))
    whole, place = column(lambda x: x.count("of_whole")), column(lambda x: min(m.place for m in x.mentions))
    leading = column(lambda x: any(m.is_leading for m in x.mentions))
    rank, rivals = column(lambda x: min(_MOST, x.rank)), column(lambda x: min(_MOST, x.rivals))
    told = column(lambda x: min(4, len(x.mentions)))
    offset = column(lambda x: bool(x.offsets))
    return [
        apart(negated), apart(possible), apart(np.minimum(1.0, whole)), apart(place), leading[a] + leading[b],
        apart(rank), (rank[a] == 0) * 1.0 + (rank[b] == 0), np.maximum(rivals[a], rivals[b]),
        np.minimum(rivals[a], rivals[b]), told[a] + told[b], apart(offset),
    ]  # fmt: skip


def _time_columns(answers: Sequence[Answer], a: Indices, b: Indices) -> list[FeatureArray]:
    """1 in the column of how the times of two answers relate; most are both of the report's days."""
    times = [answer.time for answer in answers]
    told = np.array([time.state not in (NOW, UNDATED) for time in times], dtype=np.bool_)
    columns = {name: np.zeros(len(a)) for name in TIME_NAMES}
    for k in np.flatnonzero(told[a] | told[b]).tolist():
        if relation := relate(times[a[k]], times[b[k]]):
            columns[relation][k] = 1.0
    return list(columns.values())


def _kind_columns(answers: Sequence[Answer], a: Indices, b: Indices) -> list[FeatureArray]:
    kinds = np.array([KINDS.index(answer.kind) for answer in answers], dtype=np.intp)
    ones, same = kinds[a], kinds[a] == kinds[b]
    return [*((same & (ones == place)) * 1.0 for place in range(len(KINDS))), (~same) * 1.0]
