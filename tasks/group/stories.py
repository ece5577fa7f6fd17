"""Which articles tell of the same event.

Average-link clustering of tf-idf vectors behind a gate of time, after the online clustering of news
streams of Miranda et al. 2018 ("Multilingual Clustering of Streaming News", EMNLP): similarity of
words, names and days, and of times of publication.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from core.captures import digest_text
from core.outcomes import Row, StageResult
from tasks.group.features import TermCounts
from tasks.group.neighbours import find_neighbours
from tasks.group.vectors import Scales, Vector, Vectors, add_vectors

GROUP_COLUMNS = (
    "article_id",
    "outlet",
    "month",
    "title",
    "body_text",
    "published_at",
    "entity_ids",
    "event_dates",
    "original_article_id",
    "story_id",
)
_COUNTED = ("body_text", "entity_ids", "event_dates")

# Mean similarity that an article needs with a story's articles, by the days between its publication
# and their mean. Reports on one event cluster within two days; the same actors in the same kind of
# event a week later are as alike as reports on one event are, so that time has to part them.
BASE_SIMILARITY = 0.22
BASE_DAYS = 2.0
FAR_SIMILARITY = 0.6
FAR_DAYS = 5.0
LONGEST_DAYS = 10.0
# Without a time of publication words alone must do.
UNDATED_SIMILARITY = 0.33
# The two were found on windows of a few dozen articles. In a larger one common words weigh less and every
# similarity is higher: reports on one event by 1.15 to 1.3 times among 1,000 articles.
SMALL_WINDOW = 30
RISE_PER_DECADE = 0.13
LARGEST_RISE = 1.35

_LATEST = datetime.max.replace(tzinfo=UTC)
_DAY = 86_400.0


@dataclass(slots=True)
class _Cluster:
    """A story in the making: the sum of its articles' vectors, their places, their times."""

    total: Vector
    places: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    story_id: str | None = None
    neighbours: set[int] = field(default_factory=set)

    @property
    def middle(self) -> float | None:
        return sum(self.seconds) / len(self.seconds) if self.seconds else None


def group_stories(new: Iterable[Row], known: Iterable[Row]) -> StageResult:
    """Rows of `story_articles` for the new articles and of `stories` for every story they touch.

    Both take rows of GROUP_COLUMNS: from `articles` (body_text may be cut to its first LEAD_CHARS),
    with the lists `entity_ids` (distinct, of mentions) and `event_dates` (distinct starts_at of dates
    of granularity day; either list may be None), and `original_article_id` from duplicates, `story_id`
    from story_articles, each None where there is none. `known` holds every article of each story that
    lies within LONGEST_DAYS of the new articles. Each row is read once and its text let go.

    A story keeps its id and its articles when it grows; a new one is named after its first article.
    A new row that has a story_id already keeps its story. A duplicate joins its original. The order
    of the rows does not matter. `similarity_ratio` is the mean similarity to the story's other
    articles, 1 for an article alone.
    """
    terms = TermCounts()
    articles = _read_articles(known, terms)
    fresh = _read_articles(new, terms)
    for article_id, article in fresh.items():
        if article_id in articles:
            article.row["story_id"] = article.row["story_id"] or articles[article_id].row["story_id"]
    ordered = sorted((articles | fresh).values(), key=_Article.order)
    vectors = terms.weigh([article.counts for article in ordered])
    stories = _Stories([article.row for article in ordered], vectors)
    del articles, ordered  # the counts of their terms
    stories.join_duplicates()
    stories.join_alike()
    return _make_result(stories, fresh.keys())


class _Article(NamedTuple):
    """An article without its text, whose terms are counted."""

    row: Row
    counts: Vector

    def order(self) -> tuple[datetime, str]:
        """Articles stand in order of publication and id."""
        return self.row["published_at"] or _LATEST, self.row["article_id"]


def _read_articles(rows: Iterable[Row], terms: TermCounts) -> dict[str, _Article]:
    return {
        row["article_id"]: _Article(
            {name: row[name] for name in GROUP_COLUMNS if name not in _COUNTED}, terms.count(row)
        )
        for row in rows
    }


def required_similarity(one: float | None, other: float | None, count: int = SMALL_WINDOW) -> float:
    """What two clusters need whose mean times (seconds) are these; above 1 means never.

    `count` is the number of articles in the window.
    """
    decades = math.log10(max(count, SMALL_WINDOW) / SMALL_WINDOW)
    rise = min(LARGEST_RISE, 1 + RISE_PER_DECADE * decades)
    if one is None or other is None:
        return UNDATED_SIMILARITY * rise
    days = abs(one - other) / _DAY
    if days > LONGEST_DAYS:
        return 2.0
    base = BASE_SIMILARITY * rise
    climb = min(1.0, max(0.0, (days - BASE_DAYS) / (FAR_DAYS - BASE_DAYS)))
    return base + climb * (FAR_SIMILARITY - base)


class _Stories:
    """Clusters under numbers; the most alike are joined first until none are alike enough."""

    def __init__(self, rows: list[Row], vectors: Vectors) -> None:
        self.rows = rows
        self.vectors = vectors
        self.scales = Scales(vectors.term_count)
        self.clusters: dict[int, _Cluster] = {}
        self.cluster_of: list[int] = []
        self._place_of = {row["article_id"]: place for place, row in enumerate(rows)}
        by_story: dict[str, int] = {}
        for place, row in enumerate(rows):
            number = by_story.setdefault(row["story_id"], place) if row["story_id"] else place
            self.cluster_of.append(number)
            self._add(number, place)

    def _add(self, number: int, place: int) -> None:
        row = self.rows[place]
        cluster = self.clusters.get(number)
        if cluster is None:
            cluster = self.clusters[number] = _Cluster(self.vectors[place], story_id=row["story_id"])
        else:
            cluster.total = add_vectors(cluster.total, self.vectors[place])
        cluster.places.append(place)
        if row["published_at"] and self._original(place) is None:  # a late reprint moves no event
            cluster.seconds.append(row["published_at"].timestamp())

    def _original(self, place: int) -> int | None:
        """The place of the article that this one repeats, if it is at hand."""
        return self._place_of.get(self.rows[place]["original_article_id"] or "")

    def join_duplicates(self) -> None:
        """Put each duplicate into the story of its original."""
        for place in range(len(self.rows)):
            original = self._original(place)
            if original is not None:
                one, other = self.cluster_of[original], self.cluster_of[place]
                if one != other and self._may_join(one, other):
                    self._join(one, other)

    def _may_join(self, one: int, other: int) -> bool:
        """Two stories that have their ids already are never made one: people link to them."""
        return self.clusters[one].story_id is None or self.clusters[other].story_id is None

    def _join(self, one: int, other: int) -> int:
        """Make two clusters one and return its number: the grown story's, else the lower."""
        kept, gone = sorted((one, other), key=lambda number: (self.clusters[number].story_id is None, number))
        target, merged = self.clusters[kept], self.clusters.pop(gone)
        target.places.extend(merged.places)
        target.seconds.extend(merged.seconds)
        target.total = add_vectors(target.total, merged.total)
        for place in merged.places:
            self.cluster_of[place] = kept
        for neighbour in merged.neighbours - {kept}:
            self.clusters[neighbour].neighbours.discard(gone)
            self.clusters[neighbour].neighbours.add(kept)
            target.neighbours.add(neighbour)
        target.neighbours -= {kept, gone}
        return kept

    def join_alike(self) -> None:
        """Join the closest pair of clusters again and again; a stale pair in the queue is skipped."""
        self._link_neighbours()
        queue = [item for number in self.clusters for item in self._rank(number) if item[1] < item[2]]
        heapq.heapify(queue)
        while queue:
            _, one, other, size = heapq.heappop(queue)
            if size != self._size(one, other):
                continue
            kept = self._join(one, other)
            for item in self._rank(kept):
                heapq.heappush(queue, item)

    def _link_neighbours(self) -> None:
        times = [row["published_at"] for row in self.rows]
        is_new = [row["story_id"] is None for row in self.rows]
        for place, other in find_neighbours(self.vectors, times, is_new, timedelta(days=LONGEST_DAYS)):
            one, two = self.cluster_of[place], self.cluster_of[other]
            if one != two and self._may_join(one, two):
                self.clusters[one].neighbours.add(two)
                self.clusters[two].neighbours.add(one)

    def _size(self, one: int, other: int) -> int:
        """Articles in both clusters, 0 when one of them is gone: tells whether a ranking still holds."""
        if one not in self.clusters or other not in self.clusters:
            return 0
        return len(self.clusters[one].places) + len(self.clusters[other].places)

    def _rank(self, number: int) -> list[tuple[float, int, int, int]]:
        """The joins of this cluster that are allowed: (minus the margin, lower and higher number, size)."""
        others = [
            other for other in sorted(self.clusters[number].neighbours) if self._may_join(number, other)
        ]
        ranked = []
        for other, margin in zip(others, self._measure_margins(number, others), strict=True):
            if margin >= 0:
                low, high = min(number, other), max(number, other)
                ranked.append((-margin, low, high, self._size(low, high)))
        return ranked

    def _measure_margins(self, number: int, others: Sequence[int]) -> list[float]:
        """By how much the mean similarity to each of the others passes what their times require."""
        one, rivals = self.clusters[number], [self.clusters[other] for other in others]
        totals = self.scales.compare(one.total, [rival.total for rival in rivals])
        return [
            total / (len(one.places) * len(rival.places))
            - required_similarity(one.middle, rival.middle, len(self.rows))
            for total, rival in zip(totals, rivals, strict=True)
        ]

    def measure_closeness(self, cluster: _Cluster) -> dict[int, float]:
        """The mean similarity of each article of the cluster to its others; 1 for an article alone."""
        others = len(cluster.places) - 1
        if others == 0:
            return {cluster.places[0]: 1.0}
        places = sorted(cluster.places)
        vectors = [self.vectors[place] for place in places]
        totals = self.scales.compare(cluster.total, vectors)
        # Each vector has length 1. Rounded, so that equals are equal: of two articles the first is central.
        closeness = [min(1.0, max(0.0, round((total - 1.0) / others, 9))) for total in totals]
        return dict(zip(places, closeness, strict=True))


def _make_result(stories: _Stories, new_ids: Collection[str]) -> StageResult:
    result = StageResult(rows={"stories": [], "story_articles": []})
    taken = {cluster.story_id for cluster in stories.clusters.values()}
    for cluster in stories.clusters.values():
        members = sorted(cluster.places)
        fresh = [place for place in members if stories.rows[place]["article_id"] in new_ids]
        if not fresh:
            continue
        story_id = cluster.story_id or _name_story([stories.rows[place] for place in members], taken)
        taken.add(story_id)
        closeness = stories.measure_closeness(cluster)
        result.add("stories", _make_story(story_id, members, closeness, stories.rows))
        for place in fresh:
            result.add("story_articles", _make_membership(stories.rows[place], story_id, closeness[place]))
    return result


def _name_story(members: Sequence[Row], taken: set[str | None]) -> str:
    """An id after the first article whose name is free."""
    names = [digest_text("story", row["article_id"]) for row in members]
    return next((name for name in names if name not in taken), digest_text("story", *names))


def _make_story(
    story_id: str, members: Sequence[int], closeness: dict[int, float], rows: Sequence[Row]
) -> Row:
    times = [rows[place]["published_at"] for place in members if rows[place]["published_at"]]
    titled = [place for place in members if rows[place]["title"]]
    central = max(titled, key=lambda place: (closeness[place], -place), default=None)
    return {
        "story_id": story_id,
        "title": None if central is None else rows[central]["title"],
        "first_published_at": min(times, default=None),
        "last_published_at": max(times, default=None),
        "article_count": len(members),
        "outlet_count": len({rows[place]["outlet"] for place in members}),
    }


def _make_membership(row: Row, story_id: str, closeness: float) -> Row:
    return {
        "article_id": row["article_id"],
        "story_id": story_id,
        "similarity_ratio": closeness,
        "month": row["month"],
    }
