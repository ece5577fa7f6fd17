"""Articles of one day put into stories: the new ones beside those of the days around.

Average-link clustering over the evidence of pairs, after the online clustering of news streams of Miranda et
al. 2018 ("Multilingual Clustering of Streaming News", EMNLP).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from core.captures import digest_text
from core.outcomes import Row
from tasks.group.evidence import LOWEST_COSINE, UNLIKE, Profile, weigh_pair
from tasks.group.languages import find_bridges, language_of, weigh_free
from tasks.group.neighbours import find_neighbours
from tasks.group.vectors import Scales, Vector, Vectors

LONGEST_DAYS = 10.0
# Two stories are joined if the mean log odds of their pairs are at least even.
EVEN = 0.0
# Of a larger story, this many articles are compared: always the same ones as it grows.
COMPARED = 8
_DAY = 86_400.0


class Article(NamedTuple):
    """An article without its text: its row, the counts of its terms, its language-free terms and its profile."""

    row: Row
    counts: Vector
    free: Vector
    profile: Profile

    @property
    def day(self) -> date | None:
        """The day of publication in UTC, None if it is unknown."""
        return self.row["published_at"].date() if self.row["published_at"] else None


class Span(NamedTuple):
    """First and last time of publication in a story, in seconds; empty if no article of it has a time."""

    first: float = math.inf
    last: float = -math.inf

    def extend(self, other: Span) -> Span:
        """The span of both."""
        return Span(min(self.first, other.first), max(self.last, other.last))


class DayClusters:
    """Stories within reach of one day: the story and the vector of each article, and the span of each story."""

    def __init__(
        self,
        articles: Sequence[Article],
        vectors: Vectors,
        free: Vectors,
        stories: Sequence[int],
        spans: dict[int, Span],
    ) -> None:
        self._rows = [article.row for article in articles]
        self._profiles = [article.profile for article in articles]
        self._vectors = vectors
        self._scales = Scales(vectors.term_count)
        self._free = free
        self._free_scales = Scales(free.term_count)
        self._languages = [language_of(article.row) for article in articles]
        self._spans = spans
        self._story_of = list(stories)
        self._members: dict[int, list[int]] = {}
        for place, story in enumerate(stories):
            self._members.setdefault(story, []).append(place)
        self._linked: dict[int, set[int]] = {story: set() for story in self._members}
        self._odds: dict[tuple[int, int], float] = {}
        self._compared: dict[int, list[int]] = {}
        self._known = {
            story
            for story, places in self._members.items()
            if any(self._rows[place]["story_id"] for place in places)
        }

    def join(self, is_new: Sequence[bool]) -> Iterator[tuple[int, int]]:
        """Join the closest pair of stories again and again, until no pair is at least even; yields (kept, gone)."""
        self._link(is_new)
        queue = [item for story in self._members for item in self._rank(story) if item[1] < item[2]]
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
        times = [row["published_at"] for row in self._rows]
        longest = timedelta(days=LONGEST_DAYS)
        pairs = find_neighbours(self._vectors, times, is_new, longest)
        bridges = find_bridges(self._free, self._languages, times, is_new, longest)
        for place, other in chain(pairs, bridges):
            one, two = self._story_of[place], self._story_of[other]
            if one != two and self._may_join(one, two):
                self._linked[one].add(two)
                self._linked[two].add(one)

    def _may_join(self, one: int, other: int) -> bool:
        """Two stories that have their ids already never become one, since people link to them; no story spans more
        than LONGEST_DAYS."""
        if one in self._known and other in self._known:
            return False
        span = self._spans[one].extend(self._spans[other])
        return span.last - span.first <= LONGEST_DAYS * _DAY

    def _size(self, one: int, other: int) -> int:
        """Articles in both stories, 0 when one of them is gone: tells whether a ranking still holds."""
        if one not in self._members or other not in self._members:
            return 0
        return len(self._members[one]) + len(self._members[other])

    def _rank(self, story: int) -> list[tuple[float, int, int, int]]:
        """The joins of this story that are allowed: (minus the odds, lower and higher number, size)."""
        ranked = []
        for other in sorted(self._linked[story]):
            if self._may_join(story, other) and (odds := self._mean_odds(story, other)) >= EVEN:
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
        self._compared.pop(kept, None)
        for neighbour in self._linked.pop(gone) - {kept}:
            self._linked[neighbour].discard(gone)
            self._linked[neighbour].add(kept)
            self._linked[kept].add(neighbour)
        self._linked[kept] -= {kept, gone}
        return kept

    def _mean_odds(self, one: int, other: int) -> float:
        pairs = [(a, b) for a in self._sample(one) for b in self._sample(other)]
        # Rounded, so that the order of an addition decides nothing.
        return round(sum(self._pair_odds(a, b) for a, b in pairs) / len(pairs), 9)

    def _sample(self, story: int) -> list[int]:
        """At most COMPARED articles of the story, drawn by their ids."""
        if story not in self._compared:
            drawn = sorted(
                self._members[story], key=lambda place: digest_text("sample", self._rows[place]["article_id"])
            )
            self._compared[story] = drawn[:COMPARED]
        return self._compared[story]

    def _pair_odds(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._odds:
            self._odds[pair] = self._weigh(*pair)
        return self._odds[pair]

    def _weigh(self, one: int, other: int) -> float:
        days = self._days_between(one, other)
        if days is not None and days > LONGEST_DAYS:
            return UNLIKE
        if self._are_foreign(one, other):
            return weigh_free(self._free, self._free_scales, one, other, days)
        (cosine,) = self._scales.compare(self._vectors[one], [self._vectors[other]])
        if cosine < LOWEST_COSINE:
            return UNLIKE
        return weigh_pair(self._profiles[one], self._profiles[other], cosine, days)

    def _are_foreign(self, one: int, other: int) -> bool:
        """Whether the articles are known to be in different languages."""
        first, second = self._languages[one], self._languages[other]
        return bool(first and second) and first != second

    def _days_between(self, one: int, other: int) -> float | None:
        first, second = self._rows[one]["published_at"], self._rows[other]["published_at"]
        return abs((first - second).total_seconds()) / _DAY if first and second else None
