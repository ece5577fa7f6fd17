"""Stories told in unlike words: below even odds, and still nearer to each other than to anything else.

How much two reports share depends on how long they are and on how the outlets write. The odds of evidence.py have learned from news that
is full of like events. Where nothing alike is near, two reports can be of one event at lower odds. So once no two stories are joined at
even odds any more, joining goes on for a trial, down to LOWEST. A group that this makes is one story under three conditions. At most one
of its stories has several articles. All are of one day, or of less than a week and share a person or a place. Each is nearer to the rest
of the group, by CLEARLY, than to any story outside.
"""
# Why: see docs/decisions.md, "Unlike reports are one story where nothing else is near".

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tasks.group.clusters import DayClusters

# The log odds at which stories are still joined for a trial. At -1.5 and -2 more is found, and some halves of local news lose.
LOWEST = -1.25
# How far, in log odds, everything outside has to be behind. At 2 more twin events are joined.
CLEARLY = 2.5
# Reports of one day need no name in common. A week later the same people do the same kind of thing again, so no group is as long.
ONE_DAY_SECONDS = 1.1 * 86_400
LONGEST_SECONDS = 6 * 86_400


class Joined(NamedTuple):
    """Stories that were joined for a trial, by their numbers, and the groups that it was made of."""

    stories: frozenset[int]
    parts: tuple[Joined, ...] = ()


def find_groups(clusters: DayClusters) -> list[list[int]]:
    """The groups of two stories or more that are one, each as the numbers of its stories; a story is in one group at most."""
    found = [_keep(clusters, group) for group in _join_for_a_trial(clusters)]
    return [sorted(group.stories) for groups in found for group in groups]


def _join_for_a_trial(clusters: DayClusters) -> list[Joined]:
    """The groups that joining down to LOWEST ends with, in the order of their first stories."""
    groups: dict[int, Joined] = {}
    trial = clusters.copy()
    for kept, gone in trial.join_down_to(LOWEST):
        parts = [groups.pop(story, Joined(frozenset({story}))) for story in (kept, gone)]
        stories = frozenset[int]().union(*(part.stories for part in parts))
        groups[kept] = Joined(stories, tuple(part for part in parts if part.parts))
    return sorted(groups.values(), key=lambda group: min(group.stories))


def _keep(clusters: DayClusters, group: Joined) -> Iterator[Joined]:
    """The group if it is one story, else the parts of it that are."""
    if _is_simple(clusters, group) and _is_near(clusters, group) and _is_apart(clusters, group):
        yield group
    else:
        for part in group.parts:
            yield from _keep(clusters, part)


def _is_simple(clusters: DayClusters, group: Joined) -> bool:
    return sum(len(clusters.members[story]) > 1 for story in group.stories) <= 1


def _is_near(clusters: DayClusters, group: Joined) -> bool:
    """Whether all is of one day, or of less than a week and each story shares a person or a place with another of the group."""
    first, *others = (clusters.spans[story] for story in group.stories)
    for other in others:
        first = first.extend(other)
    if first.seconds <= ONE_DAY_SECONDS:
        return True
    if first.seconds > LONGEST_SECONDS:
        return False
    names = {story: clusters.find_names(story) for story in group.stories}
    return all(any(names[one] & names[two] for two in names if two != one) for one in names)


def _is_apart(clusters: DayClusters, group: Joined) -> bool:
    """Whether each story is clearly nearer to the rest of the group than to any story outside."""
    for story in group.stories:
        inside = clusters.weigh(story, sorted(group.stories - {story}))
        outside = clusters.linked[story] - group.stories
        if any(clusters.weigh(story, [other]) > inside - CLEARLY for other in outside):
            return False
    return True
