"""What speaks for and against two articles telling of one event.

A logistic model weighs fourteen observations of a pair: how alike the words are, in all and in the lead, which people and
places both name, whether ages, counts and measures agree or clash, and whether one headline has men and the other women. The
days between count against a pair. Two stories of several articles each get a second look: they are one only if the links between them are not much weaker than the links within
each. `evidence.toml` holds the weights of both; `benchmarks/train/weights/stories.py` makes them and says how well they do on
stories that they were not made from.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from core.outcomes import Row
from tasks.group.features import count_telling_words
from tasks.group.sexes import find_sexes

FEATURES = (
    "cosine",
    "root_cosine",
    "lead",
    "root_lead",
    "title",
    "persons",
    "places",
    "ages",
    "ages_clash",
    "counts",
    "counts_clash",
    "measures",
    "measures_clash",
    "sexes_clash",
)
# Reports on one event cluster within two days. Each day beyond takes this off: the same people do the same kind of
# thing again a week later. Not trained, since the training set has hardly any such twins; from .3 to .6 it groups
# that set alike.
SOON_DAYS = 2.0
LATE_ODDS = 0.6
# A pair whose words are less alike is not looked at: it counts as UNLIKE.
LOWEST_COSINE = 0.07
# No pair says more than this for or against, so that one odd pair cannot decide over a story.
STRONGEST = 6.0
UNLIKE = -STRONGEST
# Two stories whose links are weaker get no second look.
LOWEST_ODDS = -1.0
# Taken off where a time is unknown: reports on like events of other days are then not distinguished by time. At .5 the two
# meetings of the seeds are one story; see docs/errors-comparison.md.
UNDATED_ODDS = 0.75
# Smaller counts ("two people") are in reports on any event.
SMALLEST_COUNT = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """The people, places and numbers that an article names. People and places are weighted by mentions, twice in the lead;
    those of world fame (with an entry in Wikidata) are left out, since they are in the news of any day. `sexes` are those of the
    persons in the headline."""

    persons: Mapping[str, int]
    places: Mapping[str, int]
    title: frozenset[str]
    ages: frozenset[float]
    counts: frozenset[float]
    measures: frozenset[tuple[str | None, float]]
    sexes: frozenset[str]


def read_profile(row: Row) -> Profile:
    """The profile of a row of GROUP_COLUMNS."""
    named = row["entity_weights"] or ()
    numbers = row["numbers"] or ()
    rare = [name for name in named if not name["is_famous"]]
    return Profile(
        {name["entity_id"]: name["weight"] for name in rare if name["entity_type"] == "person"},
        {name["entity_id"]: name["weight"] for name in rare if name["entity_type"] in ("place", "facility")},
        frozenset(count_telling_words(row["title"] or "")),
        frozenset(number["value"] for number in numbers if number["kind"] == "age"),
        frozenset(
            number["value"]
            for number in numbers
            if number["kind"] == "count" and number["value"] >= SMALLEST_COUNT
        ),
        frozenset(
            (number["unit"], round(number["value"], 4)) for number in numbers if number["kind"] == "measure"
        ),
        find_sexes(row),
    )


class Second(NamedTuple):
    """Weights of the second look: of the mean log odds between two stories, and of how far they are below those within
    the looser one."""

    odds: float
    gap: float
    bias: float


class Weights(NamedTuple):
    """The weights of the observations of a pair, in the order of FEATURES, their bias, and those of the second look."""

    pairs: tuple[float, ...]
    bias: float
    second: Second | None


_chosen: ContextVar[Weights | None] = ContextVar("weights", default=None)


@contextmanager
def use_weights(weights: Weights) -> Iterator[None]:
    """Weigh with these weights instead of those of evidence.toml, as training does. Without `second` there is no second
    look."""
    token = _chosen.set(weights)
    try:
        yield
    finally:
        _chosen.reset(token)


def observe(one: Profile, other: Profile, cosine: float, lead: float) -> list[float]:
    """The observations of a pair, in the order of FEATURES; `cosine` is of all words, `lead` of the first ones."""
    return [
        cosine,
        math.sqrt(max(cosine, 0.0)),
        lead,
        math.sqrt(max(lead, 0.0)),
        _share_words(one.title, other.title),
        _share_names(one.persons, other.persons),
        _share_names(one.places, other.places),
        *_agree(one.ages, other.ages),
        *_agree(one.counts, other.counts),
        *_agree(one.measures, other.measures),
        float(not (one.sexes & other.sexes)) if one.sexes and other.sexes else 0.0,
    ]


def weigh_pair(one: Profile, other: Profile, cosine: float, lead: float, days: float | None) -> float:
    """The log odds that two articles tell of one event, from UNLIKE to STRONGEST. `days` lie between their times of
    publication, None where a time is unknown."""
    if cosine < LOWEST_COSINE:
        return UNLIKE
    weights = _chosen.get() or _read_weights()
    seen = zip(weights.pairs, observe(one, other, cosine, lead), strict=True)
    odds = weights.bias + sum(weight * value for weight, value in seen)
    odds -= UNDATED_ODDS if days is None else LATE_ODDS * max(0.0, days - SOON_DAYS)
    return min(STRONGEST, max(UNLIKE, odds))


def judge_stories_again(odds: float, within: float) -> float:
    """The log odds that two stories of several articles are one. `odds` are the mean between them, `within` the mean within
    the looser of the two. The second look can only part: joined below even odds, the development stories are found better,
    and the two meetings of the seeds are taken for one."""
    second = (_chosen.get() or _read_weights()).second
    if second is None or odds < LOWEST_ODDS:
        return odds
    return min(odds, round(second.bias + second.odds * odds - second.gap * max(0.0, within - odds), 9))


@cache
def _read_weights() -> Weights:
    said: dict[str, Any] = tomllib.loads(
        Path(__file__).with_name("evidence.toml").read_text(encoding="utf-8")
    )
    pairs = tuple(said["weights"][name] for name in FEATURES)
    return Weights(pairs, said["bias"], Second(**said["second_look"]))


def _share_words(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _share_names(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    if not one or not other:
        return 0.0
    shared = sum(min(weight, other[name]) for name, weight in one.items() if name in other)
    return shared / math.sqrt(sum(one.values()) * sum(other.values()))


def _agree(one: Set[Any], other: Set[Any]) -> tuple[float, float]:
    """The share of the smaller set that both hold, and 1 if both hold something and nothing in common."""
    if not one or not other:
        return 0.0, 0.0
    shared = len(one & other)
    return shared / min(len(one), len(other)), float(not shared)
