"""The articles of story sets as grouping reads them from the lake, with the event of each.

A set's row has `id`, `outlet`, `title`, `text`, `published_at`, `gold_story` (its event), and `topic` or `twins` (like events).
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpora import CORPORA, Row, read_rows
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tasks.group.free_terms import LEAD_CHARS

SETS = ("stories_gvc_dev", "stories_ecbplus_dev")
DAY = datetime(2020, 1, 1, tzinfo=UTC)


def read_sets(kept: Path) -> dict[str, list[Row]]:
    """The rows of each set: GROUP_COLUMNS and, under `gold`, the row of the corpus."""
    if not kept.exists():
        with kept.open("w", encoding="utf-8") as file:
            for name in SETS:
                for row in extract_rows(name, read_rows(CORPORA / f"{name}.jsonl")):
                    file.write(json.dumps({"set": name, **row}, default=str) + "\n")
    found: dict[str, list[Row]] = defaultdict(list)
    with kept.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["published_at"] = row["published_at"] and datetime.fromisoformat(row["published_at"])
            row["event_dates"] = [datetime.fromisoformat(day) for day in row["event_dates"]]
            found[row["set"]].append(row)
    return found


def extract_rows(name: str, gold: Sequence[Row]) -> Iterator[Row]:
    """The articles of a set as grouping reads them from the lake."""
    for begin in range(0, len(gold), 50):
        articles = [make_article(row) for row in gold[begin : begin + 50]]
        rows = extract_articles(articles, ExtractOptions()).rows
        for source, article in zip(gold[begin : begin + 50], articles, strict=True):
            mine = {
                table: [row for row in rows.get(table, []) if row["article_id"] == source["id"]]
                for table in ("mentions", "dates", "figures")
            }
            yield make_row(source, article, {**mine, "entities": rows.get("entities", [])})
        print(f"{name}: {begin + len(articles)} of {len(gold)} extracted", file=sys.stderr)


def make_article(gold: Row) -> Row:
    """A row of `articles` from a row of a set."""
    published = gold.get("published_at")
    moment = datetime.fromisoformat(published.replace("Z", "+00:00")) if published else None
    if moment and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return {
        "article_id": gold["id"],
        "month": (moment or DAY).date().replace(day=1),
        "body_text": gold["text"],
        "language": "en",
        "title": gold.get("title"),
        "authors": [],
        "published_at": moment,
        "published_precision": "day" if moment else "unknown",
        "outlet": gold.get("outlet") or "unknown",
    }


def make_row(gold: Row, article: Row, rows: dict[str, list[Row]]) -> Row:
    """A row of GROUP_COLUMNS from an article and what was extracted from it; `gold` holds its event, topic and twins."""
    weights: Counter[tuple[str, str]] = Counter()
    famous = {entity["entity_id"] for entity in rows["entities"] if entity["wikidata_id"]}
    for mention in rows["mentions"]:
        if mention["entity_id"]:
            weights[mention["entity_id"], mention["entity_type"]] += 1 + (mention["start_char"] < 600)
    days = {d["starts_at"] for d in rows["dates"] if d["granularity"] == "day" and d["starts_at"]}
    numbers = {
        (f["kind"], f["value"], f["unit"])
        for f in rows["figures"]
        if f["kind"] in ("age", "count", "measure") and f["value"]
    }
    return {
        **{
            name: article[name]
            for name in ("article_id", "outlet", "language", "month", "title", "published_at")
        },
        "body_text": article["body_text"][:LEAD_CHARS],
        "entity_ids": sorted({entity for entity, _ in weights}),
        "event_dates": sorted(days),
        "entity_weights": [
            {"entity_id": e, "entity_type": t, "weight": w, "is_famous": e in famous}
            for (e, t), w in sorted(weights.items())
        ],
        "numbers": [
            {"kind": kind, "value": value, "unit": unit} for kind, value, unit in sorted(numbers, key=str)
        ],
        "original_article_id": None,
        "story_id": None,
        "gold": {name: gold.get(name) for name in ("id", "gold_story", "topic", "twins")},
    }
