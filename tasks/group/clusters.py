"""Articles of one day put into stories: the new ones beside those of the days around.

Average-link clustering over the evidence of pairs, after the online clustering of news streams of Miranda et
al. 2018 ("Multilingual Clustering of Streaming News", EMNLP).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import timedelta
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from tasks.group.corrections import SplitMark, are_apart
from tasks.group.languages import find_bridges
from tasks.group.linkage import COMPARED, DAY_SECONDS, LONGEST_DAYS, Links
from tasks.group.neighbours import find_neighbours

# Two stories are joined if the log odds that they are one are at least even.
EVEN = 0.0


class Span(NamedTuple):
    """First and last time of publication in a story, in seconds; empty if no article of it has a time."""

    first: float = math.inf
    last: float = -math.inf

    def extend(self, other: Span) -> Span:
        """The span of both."""
        return Span(min(self.first, other.first), max(self.last, other.last))

    @property
    def seconds(self) -> float:
        """How long it is; negative if it is empty."""
        return self.last - self.first


class Spans(dict[int, Span]):
    """The span of each story, measured when it is first asked for: most stories of the days around have nothing in common with the
    day's articles."""

    def __init__(
        self, measure: Callable[[int], Span], known: Mapping[int, Span] = MappingProxyType({})
    ) -> None:
        super().__init__(known)
        self._measure = measure

    def __missing__(self, story: int) -> Span:
        return self.setdefault(story, self._measure(story))

    def copy(self) -> Spans:
        """The same spans, to be changed for a trial."""
        return Spans(self._measure, self)


class DayClusters:
    """Stories within reach of one day: the story of each article, the span of each story, and those that are `known`, which have
    their ids already. Stories with opposite `marks` are kept apart (corrections.py). `members` are the places of each story's
    articles, `linked` the stories beside it that are worth comparing."""

    def __init__(
        self,
        links: Links,
        stories: Sequence[int],
        spans: Spans,
        known: Collection[int],
        marks: Mapping[int, frozenset[SplitMark]] = MappingProxyType({}),
    ) -> None:
        self._links = links
        self.spans = spans
        self._known = known
        self._marks = dict(marks)
        self._story_of = stories
        self.members: dict[int, list[int]] = {}
        for place, story in enumerate(stories):
            self.members.setdefault(story, []).append(place)
        self.linked: dict[int, set[int]] = {story: set() for story in self.members}
        self._compared: dict[int, list[list[int]]] = {}

    def join(self, is_new: Sequence[bool]) -> Iterator[tuple[int, int]]:
        """Join the closest pair of stories again and again, until no pair is at least even; yields (kept, gone)."""
        self._link(is_new)
        yield from self.join_down_to(EVEN)

    def join_down_to(self, odds: float) -> Iterator[tuple[int, int]]:
        """Join the closest pair of stories again and again, until no pair has these log odds; yields (kept, gone)."""
        queue = [item for story in self.members for item in self._rank(story, odds, above=story)]
        heapq.heapify(queue)
        while queue:
            _, one, other, size = heapq.heappop(queue)
            if size != self._size(one, other):  # one of them has grown since
                continue
            kept, gone = self._join(one, other)
            yield kept, gone
            for item in self._rank(kept, odds):
                heapq.heappush(queue, item)

    def join_groups(self, groups: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
        """Make one story of each group of stories, whatever its odds; yields (kept, gone)."""
        for kept, *others in groups:
            for other in others:
                kept, gone = self._join(kept, other)
                yield kept, gone

    def copy(self) -> DayClusters:
        """The stories that are linked to others, to be joined for a trial."""
        twin = copy(self)
        linked = [story for story in self.members if self.linked[story]]
        twin.members = {story: list(self.members[story]) for story in linked}
        twin.linked = {story: set(self.linked[story]) for story in linked}
        twin.spans, twin._marks, twin._compared = self.spans.copy(), dict(self._marks), dict(self._compared)
        return twin

    def find_names(self, story: int) -> set[str]:
        """The people and places that a story's articles name, without those of world fame."""
        return {name for place in self.members[story] for name in self._links.find_names(place)}

    def weigh(self, story: int, others: Sequence[int]) -> float:
        """The log odds that a story and these others, taken as one, are of one event."""
        places = [place for other in others for place in self.members[other]]
        return self._links.weigh(self._sample(story), self._links.sample(places))

    def _link(self, is_new: Sequence[bool]) -> None:
        links, asked = self._links, list[tuple[int, int]]()
        times = [row["published_at"] for row in links.rows]
        longest = timedelta(days=LONGEST_DAYS)
        pairs = find_neighbours(links.vectors, times, is_new, longest)
        bridges = find_bridges(links.free, links.languages, times, is_new, longest)
        for place, other in chain(pairs, bridges):
            one, two = self._story_of[place], self._story_of[other]
            if one != two and self._may_join(one, two):
                self.linked[one].add(two)
                self.linked[two].add(one)
                if max(len(self.members[one]), len(self.members[two])) <= COMPARED:
                    asked.append((place, other))
        links.weigh_pairs(asked)

    def _may_join(self, one: int, other: int) -> bool:
        """Two stories that have their ids already never become one, since people link to them; no story spans more
        than LONGEST_DAYS, unless a person made it longer. What a person keeps apart stays apart."""
        if one in self._known and other in self._known:
            return False
        if self._marks and are_apart(self._marks[one], self._marks[other]):
            return False
        first, second = self.spans[one], self.spans[other]
        longest = max(LONGEST_DAYS * DAY_SECONDS, first.seconds, second.seconds)
        return first.extend(second).seconds <= longest

    def _size(self, one: int, other: int) -> int:
        """Articles in both stories, 0 when one of them is gone: tells whether a ranking still holds."""
        if one not in self.members or other not in self.members:
            return 0
        return len(self.members[one]) + len(self.members[other])

    def _rank(self, story: int, odds: float, above: int = -1) -> list[tuple[float, int, int, int]]:
        """The joins of this story that are allowed and have these odds, with stories of a number `above`: (minus their odds, lower and
        higher number, size)."""
        ranked = []
        for other in sorted(self.linked[story]):
            if (
                other > above
                and self._may_join(story, other)
                and (found := self._weigh(story, other)) >= odds
            ):
                low, high = min(story, other), max(story, other)
                ranked.append((-found, low, high, self._size(low, high)))
        return ranked

    def _join(self, one: int, other: int) -> tuple[int, int]:
        """Make two stories one and return its number, the known story's or else the lower, and the other's."""
        kept, gone = sorted((one, other), key=lambda story: (story not in self._known, story))
        self.members[kept] += self.members.pop(gone)
        self.spans[kept] = self.spans[kept].extend(self.spans[gone])
        if self._marks:
            self._marks[kept] |= self._marks.pop(gone)
        self._compared.pop(kept, None)
        for neighbour in self.linked.pop(gone) - {kept}:
            self.linked[neighbour].discard(gone)
            self.linked[neighbour].add(kept)
            self.linked[kept].add(neighbour)
        self.linked[kept] -= {kept, gone}
        return kept, gone

    def _weigh(self, one: int, other: int) -> float:
        return self._links.weigh(self._sample(one), self._sample(other))

    def _sample(self, story: int) -> list[list[int]]:
        if story not in self._compared:
            self._compared[story] = self._links.sample(self.members[story])
        return self._compared[story]
