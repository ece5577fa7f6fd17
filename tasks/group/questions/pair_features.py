"""Pairs of answers as numbers: how alike two answers of different articles are, blind to their values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tasks.group.questions.answers import Answer
from tasks.group.questions.kinds import KINDS
from tasks.group.questions.same_person import agree

FeatureArray = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]
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
_WEIGHTED = frozenset(name for name, how in _COMPARED if how == "cosine")
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


class _Incidence:
    """One word set of all answers as a matrix, answers by words."""

    def __init__(self, members: Sequence[frozenset[str]], name: str) -> None:
        found = frozenset().union(*members)
        # Sums of ones are the same in any order, weighted sums are not.
        order = sorted(found) if name in _WEIGHTED else found
        self.words = {word: place for place, word in enumerate(order)}
        counts = list(map(len, members))
        self.matrix = np.zeros((len(members), max(1, len(found))))
        if found:
            rows = np.repeat(np.arange(len(members)), counts)
            self.matrix[rows, [self.words[word] for words in members for word in words]] = 1.0
        self.sizes = np.array(counts, dtype=np.float64)

    def overlap(self, a: Indices, b: Indices) -> FeatureArray:
        return np.asarray((self.matrix @ self.matrix.T)[a, b]) if self.words else np.zeros(len(a))

    def cosine(self, a: Indices, b: Indices) -> FeatureArray:
        if not self.words:
            return np.zeros(len(a))
        rarity = np.log((len(self.matrix) + 2.0) / (self.matrix.sum(axis=0) + 0.5))
        weights = np.maximum(rarity, 0.05)
        norms = np.sqrt(self.matrix @ weights)
        overlap = ((self.matrix * weights) @ self.matrix.T)[a, b]
        return np.asarray(overlap / np.maximum(1e-9, norms[a] * norms[b]))

    def has(self, word: str) -> FeatureArray:
        place = self.words.get(word)
        return np.zeros(len(self.matrix)) if place is None else self.matrix[:, place]


class _Comparison:
    """The word sets of answers, and what pairs of them say: for the sets without weights all at once."""

    def __init__(self, answers: Sequence[Answer], a: Indices, b: Indices) -> None:
        said = [answer.sets for answer in answers]
        names = dict.fromkeys(name for name, _ in _COMPARED)
        self.sets = {name: _Incidence([words[name] for words in said], name) for name in names}
        self._pairs = a, b
        sizes = np.stack([self.sets[name].sizes for name in _PLAIN])
        self._ones, self._others = sizes[:, a], sizes[:, b]
        self._both = np.stack([self.sets[name].overlap(a, b) for name in _PLAIN])

    def columns(self) -> Iterator[FeatureArray]:
        """A column for each of _COMPARED."""
        is_known = (self._ones > 0) & (self._others > 0)
        least = self._ones + self._others - self._both
        found = {
            "shared": np.where(is_known, np.where(self._both > 0, 1.0, -1.0), 0.0),
            "lacks": np.asarray((self._ones > 0) != (self._others > 0), dtype=np.float64),
            "jaccard": np.asarray(self._both / np.maximum(1.0, least)),
        }
        places = {name: place for place, name in enumerate(_PLAIN)}
        for name, how in _COMPARED:
            yield self.sets[name].cosine(*self._pairs) if how == "cosine" else found[how][places[name]]


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
    ]
    return plain + [f"kind {kind}" for kind in KINDS] + ["kinds differ"]


def compare_pairs(answers: Sequence[Answer], first: Indices, second: Indices) -> Pairs:
    """The features of the pairs answers[first[k]], answers[second[k]]."""
    if not len(first):
        return Pairs(first, second, np.zeros((0, len(feature_names()))), np.zeros(0, dtype=np.intp))
    compared = _Comparison(answers, first, second)
    columns = list(compared.columns())
    columns.append(_crossed(answers, first, second))
    columns += _outcome_columns(compared.sets["near_outcomes"], compared.sets["outcomes"], first, second)
    columns += _name_columns(answers, first, second)
    columns += _place_columns(answers, first, second)
    columns += _kind_columns(answers, first, second)
    return Pairs(first, second, np.column_stack(columns), _groups_of(answers, first, second))


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


def _outcome_columns(near: _Incidence, strict: _Incidence, a: Indices, b: Indices) -> list[FeatureArray]:
    columns = []
    for word in _OUTCOMES:
        has = near.has(word)
        columns.append(has[a] * has[b] - np.abs(has[a] - has[b]))
    dead, accused = strict.has("dead"), strict.has("accused")
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
    return [
        apart(negated), apart(possible), apart(np.minimum(1.0, whole)), apart(place), leading[a] + leading[b],
        apart(rank), (rank[a] == 0) * 1.0 + (rank[b] == 0), np.maximum(rivals[a], rivals[b]),
        np.minimum(rivals[a], rivals[b]), told[a] + told[b],
    ]  # fmt: skip


def _kind_columns(answers: Sequence[Answer], a: Indices, b: Indices) -> list[FeatureArray]:
    kinds = np.array([KINDS.index(answer.kind) for answer in answers], dtype=np.intp)
    ones, same = kinds[a], kinds[a] == kinds[b]
    return [*((same & (ones == place)) * 1.0 for place in range(len(KINDS))), (~same) * 1.0]
