"""Invented stories as articles: are the reports of one event in one story?

    python -m benchmarks.score.compare grouped [FOLDER ...]

Each folder of tests/data/sides is a set of events, told by several outlets in unlike words. The command groups its articles, as they are and as if all
were published on one day, and prints B-cubed precision, recall and F1. The last row takes all sets together.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import Row
from benchmarks.score.comparing.invented import SIDES, InventedStory, read_story
from benchmarks.score.comparing.score import find_sets
from benchmarks.score.comparing.twins import group, measure
from benchmarks.train.weights.story_rows import DAY, extract_rows


def read_events(folder: Path) -> list[Row]:
    """The articles of a folder's stories as grouping reads them, each with its event."""
    return list(extract_rows(folder.name, list_reports(folder)))


def list_reports(folder: Path) -> list[Row]:
    """The articles of a folder's stories as rows of a story set. Two sets can have an event of the same name, so ids hold the
    folder's."""
    stories = [read_story(path) for path in sorted(folder.glob("*.txt"))]
    return [row for story in stories for row in _list_articles(story, f"{folder.name}/{story.name}")]


def _list_articles(story: InventedStory, event: str) -> Iterator[Row]:
    for article in story.articles:
        row = article.row
        yield {
            "id": f"{event} {row['article_id']}",
            "outlet": row["outlet"],
            "title": row["title"],
            "text": row["body_text"],
            "published_at": row["published_at"].isoformat(),
            "gold_story": event,
            "topic": event,
        }


def _describe(rows: Sequence[Row]) -> str:
    precision, recall, f1, _ = measure(rows, group(rows))
    return f"{precision:.3f}, {recall:.3f}, {f1:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of stories; those of tests/data/sides")
    options = parser.parse_args()
    sets = {folder.name: read_events(folder) for folder in options.folders or find_sets(SIDES)}
    sets["all"] = [row for rows in sets.values() for row in rows]
    print("| invented stories | articles | precision, recall, F1 | as of one day |\n|---|---|---|---|")
    for name, rows in sets.items():
        dated = [{**row, "published_at": DAY} for row in rows]
        print(f"| {name} | {len(rows)} | {_describe(rows)} | {_describe(dated)} |")
