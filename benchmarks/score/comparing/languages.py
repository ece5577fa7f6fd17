"""Questions of stories told in several languages: articles beside their translations, which say the same numbers.

    python -m benchmarks.score.compare languages

Prints the questions that readings of two languages answer, with their verdicts: a conflict between an article and its
translation is a mistake. Then how many pairs of equal numbers above a dozen, in two languages, answer one question.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.corpora import CORPORA, read_rows
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tasks.group.questions import StoryArticle, find_questions

Row = dict[str, Any]
SET = "lang/stories_crosslingual.jsonl"
CHILDREN = ("figures", "mentions", "sentences")
SMALL = 12  # up to it numbers are equal by chance
_BATCH = 32


def read_stories() -> Iterator[list[StoryArticle]]:
    """The set's stories, each article an outlet of its own."""
    rows = read_rows(CORPORA / SET)
    articles = [
        {
            "article_id": row["id"],
            "outlet": row["id"],
            "month": date(2021, 5, 1),
            "body_text": row["text"],
            "language": row["language"],
            "published_at": datetime(2021, 5, 3, 8, tzinfo=UTC),
            "published_precision": "minute",
        }
        for row in rows
    ]
    children: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for begin in range(0, len(articles), _BATCH):
        found = extract_articles(articles[begin : begin + _BATCH], ExtractOptions()).rows
        for table in CHILDREN:
            for row in found.get(table, ()):
                children[table, row["article_id"]].append(row)
    stories: defaultdict[str, list[StoryArticle]] = defaultdict(list)
    for row, article in zip(rows, articles, strict=True):
        told = (children[table, row["id"]] for table in CHILDREN)
        stories[row["gold_story"]].append(StoryArticle(article, *told))
    yield from stories.values()


def count_story(story: list[StoryArticle], counts: Counter[str]) -> None:
    """Add a story's verdicts and its pairs of equal numbers."""
    found = find_questions("story", story)
    language = {one.article["article_id"]: one.article["language"] for one in story}
    home = {(row["article_id"], row["start_char"]): row["question_id"] for row in found.readings}
    for question in found.questions:
        rows = [row for row in found.readings if row["question_id"] == question["question_id"]]
        if len({language[row["article_id"]] for row in rows}) > 1:
            counts[f"verdict {question['verdict']}"] += 1
    figures = [row for one in story for row in one.figures if (row["value"] or 0) > SMALL]
    for one, other in itertools.combinations(figures, 2):
        keys = [(row["article_id"], row["start_char"]) for row in (one, other)]
        is_equal = (one["value"], one["unit"]) == (other["value"], other["unit"])
        if is_equal and language[keys[0][0]] != language[keys[1][0]] and all(key in home for key in keys):
            counts["equal numbers"] += 1
            counts["equal numbers in one question"] += home[keys[0]] == home[keys[1]]


def main() -> None:
    """Print the counts of all stories."""
    counts: Counter[str] = Counter()
    for story in read_stories():
        count_story(story, counts)
    for name, count in sorted(counts.items()):
        sys.stdout.write(f"{name}: {count}\n")
