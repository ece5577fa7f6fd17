"""Which articles tell of the same event.

Articles are placed day by day, in order of publication, among those of the ten days before. So one load, a load
a day and any other order of whole days give the same stories (see
docs/decisions.md, "Stories grow day by day").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce

from core.captures import digest_text
from core.outcomes import Row, StageResult
from tasks.group.clusters import DayClusters, Span
from tasks.group.evidence import read_profile
from tasks.group.features import TermCounts
from tasks.group.links import LONGEST_DAYS, Article, Links
from tasks.group.vectors import Scales, Vectors, add_vectors

GROUP_COLUMNS = (
    "article_id",
    "outlet",
    "language",
    "month",
    "title",
    "body_text",
    "published_at",
    "entity_ids",
    "event_dates",
    "entity_weights",
    "numbers",
    "original_article_id",
    "story_id",
)
_COUNTED = ("body_text", "entity_ids", "event_dates", "entity_weights", "numbers")
_LATEST = datetime.max.replace(tzinfo=UTC)


def group_stories(new: Iterable[Row], known: Iterable[Row]) -> StageResult:
    """Rows of `story_articles` for the new articles and of `stories` for every story they touch.

    Both take rows of GROUP_COLUMNS: from `articles` (body_text can be cut to its first LEAD_CHARS), with lists
    that can be None: `entity_ids` (distinct, of mentions), `event_dates` (distinct starts_at of dates of
    granularity day), `entity_weights` (entity_id, entity_type and weight of each entity mentioned) and `numbers` (kind and
    value of ages and counts). `original_article_id` comes from duplicates and `story_id` from story_articles,
    None for an article without one. `known` holds every article of each story that lies within LONGEST_DAYS of
    the new articles. Each row is read once, and its text is let go.

    A story keeps its id and its articles when it grows; a new story is named after its first article. A new row
    that has a story_id keeps its story. A duplicate joins its original. The order of the rows does not matter.
    `similarity_ratio` is the mean similarity to the story's other articles, 1 for an article alone.
    """
    terms = TermCounts()
    articles = _read_articles(known, terms)
    fresh = _read_articles(new, terms)
    for article_id, article in fresh.items():
        if article_id in articles:
            article.row["story_id"] = article.row["story_id"] or articles[article_id].row["story_id"]
    stories = _Stories(sorted((articles | fresh).values(), key=_order), terms)
    stories.join_duplicates()
    stories.place_all()
    return _make_result(stories, terms, fresh.keys())


def _order(article: Article) -> tuple[datetime, str]:
    """Articles are in order of publication and id; those without a time come last."""
    return article.row["published_at"] or _LATEST, article.row["article_id"]


def _read_articles(rows: Iterable[Row], terms: TermCounts) -> dict[str, Article]:
    return {
        row["article_id"]: Article(
            {name: row[name] for name in GROUP_COLUMNS if name not in _COUNTED},
            terms.count(row),
            terms.count_first(row),
            terms.count_free(row),
            read_profile(row),
        )
        for row in rows
    }


class _Stories:
    """Which story each article is in: `story_of` has a number for each place in `articles`."""

    def __init__(self, articles: Sequence[Article], terms: TermCounts) -> None:
        self.articles = articles
        self._terms = terms
        self._days = [article.day for article in articles if article.day]  # they come first, in order
        self._place_of = {article.row["article_id"]: place for place, article in enumerate(articles)}
        self.story_of: list[int] = []
        self.members: dict[int, list[int]] = {}
        first: dict[str, int] = {}
        for place, article in enumerate(articles):
            story_id = article.row["story_id"]
            story = first.setdefault(story_id, place) if story_id else place
            self.story_of.append(story)
            self.members.setdefault(story, []).append(place)
        self._is_placed = [article.row["story_id"] is not None for article in articles]
        self._copies: set[int] = set()

    def join_duplicates(self) -> None:
        """Put copy and original into one story, unless each is known in its own."""
        for place, article in enumerate(self.articles):
            original = self._place_of.get(article.row["original_article_id"] or "")
            if original is None:
                continue
            self._copies.add(place)
            one, other = self.story_of[original], self.story_of[place]
            if one != other and not (self._is_known(one) and self._is_known(other)):
                kept, gone = (
                    (one, other) if self._is_known(one) or not self._is_known(other) else (other, one)
                )
                self._merge(kept, gone)

    def _is_known(self, story: int) -> bool:
        return any(self.articles[place].row["story_id"] for place in self.members[story])

    def _merge(self, kept: int, gone: int) -> None:
        for place in self.members[gone]:
            self.story_of[place] = kept
        self.members[kept] += self.members.pop(gone)

    def place_all(self) -> None:
        """Place the articles that have no story yet, day by day; those without a time come last."""
        waiting = [
            article.day for article, placed in zip(self.articles, self._is_placed, strict=True) if not placed
        ]
        for day in sorted({day for day in waiting if day}):
            self._place_day(day, self._reach(day))
        if None in waiting:
            self._place_day(None, range(len(self.articles)))

    def _reach(self, day: date) -> list[int]:
        """Places of the articles within LONGEST_DAYS of the day, and of those without a time."""
        margin = timedelta(days=LONGEST_DAYS)
        first, last = bisect_left(self._days, day - margin), bisect_right(self._days, day + margin)
        return [*range(first, last), *range(len(self._days), len(self.articles))]

    def _place_day(self, day: date | None, reach: Iterable[int]) -> None:
        """Join the day's articles with each other and with those placed before. A late reprint moves no event, so
        copies are left to their originals."""
        places = [
            place
            for place in reach
            if place not in self._copies and (self._is_placed[place] or self.articles[place].day == day)
        ]
        is_new = [not self._is_placed[place] for place in places]
        articles = [self.articles[place] for place in places]
        stories = [self.story_of[place] for place in places]
        links = Links(articles, self._terms)
        clusters = DayClusters(links, stories, {story: self._span(story) for story in stories})
        for kept, gone in clusters.join(is_new):
            self._merge(kept, gone)
        for place in places:
            self._is_placed[place] = True

    def _span(self, story: int) -> Span:
        """The time that a story's articles span, late copies left out."""
        rows = [self.articles[place].row for place in self.members[story] if place not in self._copies]
        seconds = [row["published_at"].timestamp() for row in rows if row["published_at"]]
        return Span(min(seconds), max(seconds)) if seconds else Span()


def _measure(scales: Scales, vectors: Vectors, places: Sequence[int]) -> dict[int, float]:
    if len(places) == 1:
        return {places[0]: 1.0}
    rows = [vectors[place] for place in places]
    total = reduce(add_vectors, rows)
    # Each vector has length 1. Rounded, so that equals are equal: of two articles the first is central.
    others = len(places) - 1
    closeness = [
        min(1.0, max(0.0, round((alike - 1.0) / others, 9))) for alike in scales.compare(total, rows)
    ]
    return dict(zip(places, closeness, strict=True))


def _make_result(stories: _Stories, terms: TermCounts, new_ids: Collection[str]) -> StageResult:
    result = StageResult(rows={"stories": [], "story_articles": []})
    rows = [article.row for article in stories.articles]
    vectors = terms.weigh([article.counts for article in stories.articles])
    scales = Scales(vectors.term_count)
    taken = {row["story_id"] for row in rows}
    for story in sorted(stories.members):
        members = sorted(stories.members[story])
        fresh = [place for place in members if rows[place]["article_id"] in new_ids]
        if not fresh:
            continue
        known = next((rows[place]["story_id"] for place in members if rows[place]["story_id"]), None)
        story_id = known or _name_story([rows[place] for place in members], taken)
        taken.add(story_id)
        closeness = _measure(scales, vectors, members)
        result.add("stories", _make_story(story_id, members, closeness, rows))
        for place in fresh:
            result.add("story_articles", _make_membership(rows[place], story_id, closeness[place]))
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
