"""Stories that grew wrong: which articles of a story belong to another event.

Two like events can be one story while each has a report or two, and be plainly two once more is known. So a story that gets an
article is looked at again: its articles are split into two groups, and the smaller group leaves if the links between the two are
weak beside those within them.
"""
# Why: see docs/decisions.md, "A story that grew wrong is split in two".

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.group.linkage import Links, judge_parts

# A part leaves at these log odds or below. With -.25 and -.5 more twin events stay one story (docs/errors-comparison.md).
FAR_ODDS = 0.0
# How far, in log odds, the links between two parts are below those within the looser one. Reports in unlike words are linked as
# loosely everywhere (apart.py).
LOOSER = 0.5
# One article that is unlike the rest is a late report more often than another event.
SMALLEST_PART = 2
# A larger story is settled: its articles have been compared with many others, and comparing all of them takes long.
MOST_ARTICLES = 60


class Part(NamedTuple):
    """Articles that leave their story together, and the log odds that they tell the same event as those that stay."""

    places: list[int]
    odds: float


def find_part(links: Links, places: Sequence[int]) -> Part | None:
    """The part of a story that leaves it, None if the story is of one event; `places` are its articles in `links`."""
    if not 2 * SMALLEST_PART <= len(places) <= MOST_ARTICLES:
        return None
    stay, leave = sorted(_split(links, sorted(places)), key=lambda part: (-len(part), part))
    if len(leave) < SMALLEST_PART:
        return None
    odds = links.weigh(links.sample(leave), links.sample(stay), judge_parts)
    is_far = odds <= FAR_ODDS and min(links.within(leave), links.within(stay)) - odds >= LOOSER
    return Part(leave, odds) if is_far else None


def _split(links: Links, places: Sequence[int]) -> tuple[list[int], list[int]]:
    """The articles in two groups, the second one can be empty. What a person put together is in the group that has most of it."""
    sides = split_in_two(_tabulate(links, places)).tolist()
    kept = [min(links.corrections.find_group(links.rows[place]["article_id"])) for place in places]
    votes = Counter[str]()
    for group, side in zip(kept, sides, strict=True):
        votes[group] += 1 if side else -1
    first = [place for place, group in zip(places, kept, strict=True) if votes[group] >= 0]
    second = [place for place, group in zip(places, kept, strict=True) if votes[group] < 0]
    return first, second


def _tabulate(links: Links, places: Sequence[int]) -> NDArray[np.float64]:
    """The log odds of each pair of these articles, zero of an article with itself."""
    table = np.zeros((len(places), len(places)))
    pairs = list(itertools.combinations(range(len(places)), 2))
    odds = links.weigh_pairs((places[one], places[other]) for one, other in pairs)
    rows, columns = zip(*pairs, strict=True)
    table[rows, columns] = table[columns, rows] = odds
    return table


def split_in_two(odds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which articles go with the first of the two that are least linked, by a table of links.

    Each article begins on the side of the one of the two that it is linked to more. Then, step by step, one article changes sides: the one
    that gains most in its mean link. This ends when no article gains, or after as many steps as there are articles.
    """
    count = len(odds)
    first, second = divmod(int(np.where(np.eye(count, dtype=bool), np.inf, odds).argmin()), count)
    side: NDArray[np.bool_] = odds[first] > odds[second]
    side[[first, second]] = True, False
    for _ in range(count):
        size = int(side.sum())
        if not 1 < size < count - 1:
            break
        to_first, to_second = odds @ side, odds @ ~side
        gain = np.where(
            side,
            to_second / (count - size) - to_first / (size - 1),
            to_first / size - to_second / (count - size - 1),
        ).round(9)  # the order of an addition decides nothing
        place = int(gain.argmax())
        if gain[place] <= 0:
            break
        side[place] = ~side[place]
    return side
