"""Stories that grew wrong: which articles of a story no longer belong to it.

Two like events can be one story while each has a report or two, and be plainly two once more is known. So a story that gets an
article is looked at again: its articles are grouped afresh, and a part whose links to the largest part no longer
hold leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.group.clusters import DayClusters, Span
from tasks.group.linkage import Links

# A part leaves at these log odds or below: under even, so that a story does not come and go with the words of the day. Of
# 0, -.5, -1 and -2 this is the one that finds both halves of dated stories best (docs/errors-comparison.md).
FAR_ODDS = -0.5
FEWEST_ARTICLES = 3
# A larger story is settled: its articles have been compared with many others, and grouping it afresh takes long.
MOST_ARTICLES = 60


class Part(NamedTuple):
    """Articles that leave their story together, and the log odds that they tell the same event as those that stay."""

    places: list[int]
    odds: float


def find_parts(links: Links, places: Sequence[int]) -> list[Part]:
    """The parts of a story that leave it, the first one first; `places` are its articles in `links`."""
    if not FEWEST_ARTICLES <= len(places) <= MOST_ARTICLES:
        return []
    parts = _group_afresh(links, sorted(places))
    kept = min(parts, key=lambda part: (-len(part), part[0]))
    stay = links.sample(kept)
    found = [Part(part, links.weigh(links.sample(part), stay)) for part in parts if part is not kept]
    return [part for part in found if part.odds <= FAR_ODDS]


def _group_afresh(links: Links, places: Sequence[int]) -> list[list[int]]:
    """The articles as they would be grouped if all of them were new; what a person put together stays together."""
    ids = [links.rows[place]["article_id"] for place in places]
    numbers: dict[str, int] = {}
    begun = [
        numbers.setdefault(min(links.corrections.find_group(name)), number) for number, name in enumerate(ids)
    ]
    clusters = DayClusters(links.only(places), begun, dict.fromkeys(begun, Span()), frozenset())
    groups: dict[int, list[int]] = {}
    for number, story in enumerate(begun):
        groups.setdefault(story, []).append(number)
    for kept, gone in clusters.join([True] * len(places)):
        groups[kept] += groups.pop(gone)
    return [sorted(places[number] for number in group) for _, group in sorted(groups.items())]
