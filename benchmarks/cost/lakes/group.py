"""What signing, finding copies and grouping cost: python -m benchmarks.cost.grow_lake group [ARTICLES]

A fortnight of made-up articles (20,000 by default) about a third as many events; one in ten
is a copy with a few words changed. Printed: CPU seconds for all of them at once, for a run of 1,000 new
ones among those that are known, and how many of the copies and events were found.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tasks.group.duplicates import find_duplicates
from tasks.group.signatures import sign_articles
from tasks.group.stories import group_stories

Row = dict[str, Any]
START = datetime(2026, 10, 1, tzinfo=UTC)
MONTH = date(2026, 10, 1)
NEW = 1_000
EVENT_WORDS = 60
ARTICLE_WORDS = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=20_000)
    count = parser.parse_args().articles
    articles = make_articles(count, random.Random(1))
    signatures = measure("sign", lambda: sign_articles(articles))
    signed = [
        {**signature, "published_at": article["published_at"], "original_article_id": None}
        for signature, article in zip(signatures, articles, strict=True)
    ]
    copies = measure("find copies, all at once", lambda: find_duplicates(signed, []))
    print(f"  copies found: {score_copies(articles, copies):.1%}")
    stories = measure("group, all at once", lambda: group_stories(articles, []))
    story_of = {row["article_id"]: row["story_id"] for row in stories.rows["story_articles"]}
    print(f"  events that are exactly one story: {score_events(articles, story_of):.1%}")

    known = [{**row, "story_id": story_of[row["article_id"]]} for row in articles[:-NEW]]
    measure(f"find copies, {NEW:,} new", lambda: find_duplicates(signed[-NEW:], signed[:-NEW]))
    measure(f"group, {NEW:,} new", lambda: group_stories(articles[-NEW:], known))


def measure(label: str, work: Callable[[], Any]) -> Any:
    begin = time.process_time()
    result = work()
    print(f"{label}: {time.process_time() - begin:.1f} s")
    return result


def make_articles(count: int, picker: random.Random) -> list[Row]:
    """Articles whose words are drawn by Zipf's law from a language and, in part, from their event."""
    language = [f"w{number}" for number in range(30_000)]
    weights = [1 / (rank + 10) for rank in range(len(language))]
    events = [
        (number, [f"e{number}n{n}" for n in range(8)] + picker.choices(language, weights, k=EVENT_WORDS))
        for number in range(max(1, count // 3))
    ]
    articles: list[Row] = []
    for number in range(count):
        if articles and picker.random() < 0.1:
            articles.append(copy_article(f"{number:06d}", picker.choice(articles), picker))
            continue
        event, own = picker.choice(events)
        body = picker.choices(language, weights, k=ARTICLE_WORDS)
        for place in picker.sample(range(ARTICLE_WORDS), ARTICLE_WORDS // 3):
            body[place] = picker.choice(own)
        hours = (event * 7) % (13 * 24) + picker.random() * 24
        articles.append(make_article(f"{number:06d}", event, body, START + timedelta(hours=hours)))
    return articles


def copy_article(article_id: str, article: Row, picker: random.Random) -> Row:
    words = article["body_text"].split()
    words[picker.randrange(len(words))] = "changed"
    row = make_article(article_id, article["event"], words, article["published_at"] + timedelta(minutes=20))
    return {**row, "copy_of": article["article_id"]}


def make_article(article_id: str, event: int, words: list[str], published_at: datetime) -> Row:
    return {
        "article_id": article_id,
        "outlet": f"outlet{int(article_id) % 40}",
        "month": MONTH,
        "title": " ".join(words[:8]),
        "body_text": " ".join(words),
        "published_at": published_at,
        "language": "en",
        "entity_ids": None,
        "event_dates": None,
        "entity_weights": None,
        "numbers": None,
        "original_article_id": None,
        "story_id": None,
        "event": event,
        "copy_of": None,
    }


def score_copies(articles: list[Row], duplicates: list[Row]) -> float:
    found = {row["article_id"] for row in duplicates}
    copies = [row["article_id"] for row in articles if row["copy_of"]]
    return sum(article_id in found for article_id in copies) / max(1, len(copies))


def score_events(articles: list[Row], story_of: dict[str, str]) -> float:
    """Share of events whose articles are one story that holds no article of another event."""
    stories_of: dict[int, set[str]] = {}
    events_of: dict[str, set[int]] = {}
    for row in articles:
        story = story_of[row["article_id"]]
        stories_of.setdefault(row["event"], set()).add(story)
        events_of.setdefault(story, set()).add(row["event"])
    exact = [s for s in stories_of.values() if len(s) == 1 and len(events_of[next(iter(s))]) == 1]
    return len(exact) / len(stories_of)
