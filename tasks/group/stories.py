"""Which articles tell of the same event.

Articles are placed day by day, in order of publication, among those of the ten days before. So one load, a load
a day and any other order of whole days give the same stories (see
docs/decisions.md, "Stories grow day by day").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from types import MappingProxyType

from core.outcomes import Row, StageResult
from tasks.group.corrections import NO_CORRECTIONS, Corrections
from tasks.group.evidence import read_profile
from tasks.group.features import TermCounts, weigh_counts
from tasks.group.linkage import Article, Seen, StoryJudge, judge_stories
from tasks.group.placing import Stories
from tasks.group.sparse_vectors import Scales, Vectors, add_vectors
from tasks.group.specifics import read_specifics

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
PackedArticles = Mapping[str, Callable[[Row], Article]]
"""Makes the article of each id from its row."""
NOTHING_PACKED: PackedArticles = MappingProxyType({})


def group_stories(
    new: Iterable[Row],
    known: Iterable[Row],
    *,
    judge: StoryJudge = judge_stories,
    corrections: Corrections = NO_CORRECTIONS,
    terms: TermCounts | None = None,
    packed: PackedArticles = NOTHING_PACKED,
) -> StageResult:
    """Rows of `story_articles` for the new articles and those that move, of `stories` for every story they touch, and of
    `story_moves` (without their run).

    Both take rows of GROUP_COLUMNS: from `articles` (body_text can be cut to its first LEAD_CHARS), with lists
    that can be None: `entity_ids` (distinct, of mentions), `event_dates` (distinct starts_at of dates of
    granularity day), `entity_weights` (entity_id, entity_type and weight of each entity mentioned) and `numbers` (kind,
    value and unit of ages, counts and measures). `original_article_id` comes from duplicates and `story_id` from story_articles,
    None for an article without one. `known` holds every article of each story that lies within LONGEST_DAYS of
    the new articles. Each row is read once, and its text is let go.

    A story keeps its id when it grows, and its articles as long as they belong together: parts that no longer do leave it
    (parting.py), and the largest keeps the id. A new story is named after its first article. A new row that has a story_id
    keeps its story likewise. A duplicate joins its original. The order of the rows does not matter.
    `corrections` of people outweigh all of this, for known articles too. `judge` weighs pairs of stories. `packed` has the articles
    whose rows come without `body_text` and lists, with the numbers that their terms have in `terms`. `similarity_ratio` is the mean similarity to the story's other articles, 1 for an article alone.
    """
    terms = terms or TermCounts()
    articles = count_articles(known, terms, packed)
    fresh = count_articles(new, terms, packed)
    for article_id, article in fresh.items():
        if article_id in articles:
            article.row["story_id"] = article.row["story_id"] or articles[article_id].row["story_id"]
    ordered = sorted((articles | fresh).values(), key=_order)
    stories = Stories(ordered, terms, fresh.keys(), judge, corrections)
    stories.join_duplicates()
    stories.join_corrected()
    stories.place_all()
    return _make_result(stories, fresh.keys())


def _order(article: Article) -> tuple[datetime, str]:
    """Articles are in order of publication and id; those without a time come last."""
    return article.row["published_at"] or _LATEST, article.row["article_id"]


def count_articles(
    rows: Iterable[Row], terms: TermCounts, packed: PackedArticles = NOTHING_PACKED
) -> dict[str, Article]:
    """The articles by their ids; their terms are numbered in `terms`."""
    return {row["article_id"]: _find_article(row, terms, packed) for row in rows}


def _find_article(row: Row, terms: TermCounts, packed: PackedArticles) -> Article:
    is_packed = row["body_text"] is None and row["article_id"] in packed
    return packed[row["article_id"]](_trim(row)) if is_packed else count_article(row, terms)


def count_article(row: Row, terms: TermCounts) -> Article:
    """The article of a row of GROUP_COLUMNS; its terms are numbered in `terms`."""
    counts = terms.count(row)
    seen = Seen(read_profile(row), read_specifics(row, counts, terms))
    return Article(_trim(row), counts, terms.count_first(row), terms.count_free(row), lambda: seen)


def _trim(row: Row) -> Row:
    return {name: row[name] for name in GROUP_COLUMNS if name not in _COUNTED}


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


def _make_result(stories: Stories, new_ids: Collection[str]) -> StageResult:
    result = StageResult(rows={"stories": [], "story_articles": [], "story_moves": []})
    rows = [article.row for article in stories.articles]
    vectors = weigh_counts(stories.stacks.counts)
    scales = Scales(vectors.term_count)
    moved = _find_moved(stories)
    left = {rows[place]["story_id"] for place in moved}
    for story in sorted(stories.members):
        members, story_id = sorted(stories.members[story]), stories.names[story]
        fresh = [place for place in members if rows[place]["article_id"] in new_ids or place in moved]
        if not fresh and story_id not in left:
            continue
        closeness = _measure(scales, vectors, members)
        result.add("stories", _make_story(story_id, members, closeness, rows))
        for place in fresh:
            result.add("story_articles", _make_membership(rows[place], story_id, closeness[place]))
    for place in sorted(moved):
        result.add("story_moves", _make_move(stories, place))
    return result


def _find_moved(stories: Stories) -> set[int]:
    """The places of the articles that are in another story than the lake has them in."""
    return {
        place
        for place, article in enumerate(stories.articles)
        if article.row["story_id"] not in (None, stories.names[stories.story_of[place]])
    }


def _make_move(stories: Stories, place: int) -> Row:
    """A row of `story_moves` without its run. A copy moves with its original."""
    row = stories.articles[place].row
    return {
        "article_id": row["article_id"],
        "from_story_id": row["story_id"],
        "to_story_id": stories.names[stories.story_of[place]],
        "reason": "parted" if stories.begun[place] == row["story_id"] else "corrected",
        "log_odds": stories.odds.get(place),
    }


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
