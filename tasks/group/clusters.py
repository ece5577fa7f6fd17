"""Articles of one day put into stories: the new ones beside those of the days around.

Average-link clustering over the evidence of pairs, after the online clustering of news streams of Miranda et
al. 2018 ("Multilingual Clustering of Streaming News", EMNLP).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
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


class DayClusters:
    """Stories within reach of one day: the story of each article, the span of each story, and those that are `known`, which have
    their ids already. Stories with opposite `marks` are kept apart (corrections.py)."""

    def __init__(
        self,
        links: Links,
        stories: Sequence[int],
        spans: dict[int, Span],
        known: Collection[int],
        marks: Mapping[int, frozenset[SplitMark]] = MappingProxyType({}),
    ) -> None:
        self._links = links
        self._spans = spans
        self._known = known
        self._marks = dict(marks)
        self._story_of = list(stories)
        self._members: dict[int, list[int]] = {}
        for place, story in enumerate(stories):
            self._members.setdefault(story, []).append(place)
        self._linked: dict[int, set[int]] = {story: set() for story in self._members}
        self._compared: dict[int, list[list[int]]] = {}

    def join(self, is_new: Sequence[bool]) -> Iterator[tuple[int, int]]:
        """Join the closest pair of stories again and again, until no pair is at least even; yields (kept, gone)."""
        self._link(is_new)
        queue = [item for story in self._members for item in self._rank(story, above=story)]
        heapq.heapify(queue)
        while queue:
            _, one, other, size = heapq.heappop(queue)
            if size != self._size(one, other):  # one of them has grown since
                continue
            kept = self._join(one, other)
            yield kept, one + other - kept
            for item in self._rank(kept):
                heapq.heappush(queue, item)

    def _link(self, is_new: Sequence[bool]) -> None:
        links, asked = self._links, list[tuple[int, int]]()
        times = [row["published_at"] for row in links.rows]
        longest = timedelta(days=LONGEST_DAYS)
        pairs = find_neighbours(links.vectors, times, is_new, longest)
        bridges = find_bridges(links.free, links.languages, times, is_new, longest)
        for place, other in chain(pairs, bridges):
            one, two = self._story_of[place], self._story_of[other]
            if one != two and self._may_join(one, two):
                self._linked[one].add(two)
                self._linked[two].add(one)
                if max(len(self._members[one]), len(self._members[two])) <= COMPARED:
                    asked.append((place, other))
        links.weigh_pairs(asked)

    def _may_join(self, one: int, other: int) -> bool:
        """Two stories that have their ids already never become one, since people link to them; no story spans more
        than LONGEST_DAYS, unless a person made it longer. What a person keeps apart stays apart."""
        if one in self._known and other in self._known:
            return False
        if self._marks and are_apart(self._marks[one], self._marks[other]):
            return False
        first, second = self._spans[one], self._spans[other]
        longest = max(LONGEST_DAYS * DAY_SECONDS, first.seconds, second.seconds)
        return first.extend(second).seconds <= longest

    def _size(self, one: int, other: int) -> int:
        """Articles in both stories, 0 when one of them is gone: tells whether a ranking still holds."""
        if one not in self._members or other not in self._members:
            return 0
        return len(self._members[one]) + len(self._members[other])

    def _rank(self, story: int, above: int = -1) -> list[tuple[float, int, int, int]]:
        """The joins of this story that are allowed, with stories of a number `above`: (minus the odds, lower and higher number,
        size)."""
        ranked = []
        for other in sorted(self._linked[story]):
            if other > above and self._may_join(story, other) and (odds := self._weigh(story, other)) >= EVEN:
                low, high = min(story, other), max(story, other)
                ranked.append((-odds, low, high, self._size(low, high)))
        return ranked

    def _join(self, one: int, other: int) -> int:
        """Make two stories one and return its number: the known story's, else the lower."""
        kept, gone = sorted((one, other), key=lambda story: (story not in self._known, story))
        for place in self._members[gone]:
            self._story_of[place] = kept
        self._members[kept] += self._members.pop(gone)
        self._spans[kept] = self._spans[kept].extend(self._spans.pop(gone))
        if self._marks:
            self._marks[kept] |= self._marks.pop(gone)
        self._compared.pop(kept, None)
        for neighbour in self._linked.pop(gone) - {kept}:
            self._linked[neighbour].discard(gone)
            self._linked[neighbour].add(kept)
            self._linked[kept].add(neighbour)
        self._linked[kept] -= {kept, gone}
        return kept

    def _weigh(self, one: int, other: int) -> float:
        return self._links.weigh(self._sample(one), self._sample(other))

    def _sample(self, story: int) -> list[list[int]]:
        if story not in self._compared:
            self._compared[story] = self._links.sample(self._members[story])
        return self._compared[story]
