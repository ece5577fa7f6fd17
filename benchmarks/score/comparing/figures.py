"""Figures side by side of a story set, for the corpora's score_figure_pairs.py.

    python -m benchmarks.score.compare figures SET.jsonl

Prints a pair of figures a line: a, b ([article id, start, end] in the set's text) and the verdict. The answers of story
sets are read here, with the labels that say which figures answer one question; `train.train questions` uses them too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import read_rows
from core.outcomes import Row
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.matching import cluster_answers, find_pairs, score_pairs
from tasks.group.questions.model import Values, compare_values
from tasks.group.questions.pair_features import Pairs, compare_pairs
from tasks.group.questions.verdicts import judge_pair

STORY_FILES = ("stories_gvc_dev.jsonl", "stories_ecbplus_dev.jsonl")
FOLDS = 10
_BATCH = 50
Span = tuple[str, int, int]


@dataclass(slots=True)
class Story:
    """One story: its answers, their comparable pairs, and per pair 1, 0 or -1 (not labelled)."""

    story_id: str
    fold: int
    answers: list[Answer]
    pairs: Pairs
    values: Values
    labels: Any
    is_invented: bool = False


def read_articles(files: Iterable[Path]) -> list[Row]:
    """Rows of `articles` from story sets, with gold_story and topic beside."""
    rows: list[Row] = []
    for file in files:
        for line in read_rows(file):
            published = line.get("published_at")
            moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
            rows.append(
                {
                    "article_id": line["id"],
                    "month": (moment.date() if moment else date(2020, 1, 1)).replace(day=1),
                    "body_text": line["text"],
                    "title": line.get("title"),
                    "outlet": line.get("outlet"),
                    "language": "en",
                    "published_at": moment,
                    "published_precision": "day" if moment else "unknown",
                    "gold_story": line["gold_story"],
                    "topic": line.get("topic"),
                }
            )
    return rows


def extract_rows(articles: Sequence[Row], cache: Path | None = None) -> list[dict[str, Any]]:
    """Per article its row, described figures, mentions, sentences, dates and quotations; kept in `cache`."""
    if cache is not None and cache.exists():
        return list(pickle.loads(cache.read_bytes()))
    found = [
        one for start in range(0, len(articles), _BATCH) for one in _extract(articles[start : start + _BATCH])
    ]
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def _extract(articles: Sequence[Row]) -> Iterator[dict[str, Any]]:
    rows = extract_articles(articles, ExtractOptions()).rows
    by_article: dict[str, dict[str, list[Row]]] = {
        table: group_rows(rows.get(table, ())) for table in ("figures", "mentions", "sentences")
    }
    for article in articles:
        yield {
            "article": article,
            **{table: found.get(article["article_id"], []) for table, found in by_article.items()},
        }


def group_rows(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by article_id."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found


def fold_of(row: Row) -> int:
    """The fold of a story: twin events and reports of one event are always in one fold."""
    group = row["topic"] if row["topic"] and not row["gold_story"].startswith("gva") else row["gold_story"]
    return int.from_bytes(hashlib.md5(str(group).encode()).digest()[:4]) % FOLDS


def build_stories(
    extracted: Sequence[dict[str, Any]], labels: Iterable[tuple[Span, Span, int]]
) -> list[Story]:
    """The stories with two articles or more, their pairs labelled."""
    by_story: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in extracted:
        by_story[one["article"]["gold_story"]].append(one)
    wanted = _Labels(labels)
    stories = []
    for story_id, found in sorted(by_story.items()):
        if len(found) < 2:
            continue
        answers = [
            answer
            for one in found
            for answer in gather_answers(one["article"], one["figures"], one["mentions"], one["sentences"])
        ]
        first, second = find_pairs(answers)
        pairs = compare_pairs(answers, first, second)
        said = np.array(
            [wanted.of(answers[i], answers[j]) for i, j in zip(first.tolist(), second.tolist(), strict=True)],
            dtype=int,
        )
        stories.append(
            Story(
                story_id, fold_of(found[0]["article"]), answers, pairs, compare_values(answers, pairs), said
            )
        )
    return stories


class _Labels:
    """Labels of pairs of spans, looked up by pairs of answers."""

    def __init__(self, labels: Iterable[tuple[Span, Span, int]]) -> None:
        self._by_articles: defaultdict[tuple[str, str], list[tuple[Span, Span, int]]] = defaultdict(list)
        for a, b, same in labels:
            self._by_articles[a[0], b[0]].append((a, b, same))
            self._by_articles[b[0], a[0]].append((b, a, same))

    def of(self, one: Answer, other: Answer) -> int:
        """1 where a pair of their figures is labelled the same, 0 where only different ones are, else -1."""
        best = -1
        for a, b, same in self._by_articles[one.article_id, other.article_id]:
            if same > best and _holds(one, a) and _holds(other, b):
                best = same
        return best


def _holds(answer: Answer, span: Span) -> bool:
    """Whether a figure of the answer is the labelled one, and not a list of persons around it."""
    for mention in answer.mentions:
        start, end = mention.figure["start_char"], mention.figure["end_char"]
        if 2 * (min(end, span[2]) - max(start, span[1])) >= max(end - start, span[2] - span[1]):
            return True
    return False


def read_labels(pairs: Path | None, slots: Iterable[Path]) -> list[tuple[Span, Span, int]]:
    """Labelled pairs: those of a file of pairs, and all pairs across articles of files of slots."""
    found: list[tuple[Span, Span, int]] = []
    for row in read_rows(pairs) if pairs else ():
        found.append((tuple(row["a"]), tuple(row["b"]), int(row["same_slot"])))
    for file in slots:
        by_story: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in read_rows(file):
            by_story[row["story"]].append(row)
        for rows in by_story.values():
            found += [
                (_span(a), _span(b), int(a["slot"] is not None and a["slot"] == b["slot"]))
                for place, a in enumerate(rows)
                for b in rows[:place]
                if a["id"] != b["id"]
            ]
    return found


def _span(row: dict[str, Any]) -> Span:
    return row["id"], row["start"], row["end"]


def figure_pairs(stories: Iterable[Story], groups: dict[str, list[list[int]]]) -> Iterator[dict[str, Any]]:
    """Pairs of figures that are in one group, in the form that score_figure_pairs.py reads."""
    for story in stories:
        for group in groups[story.story_id]:
            for place, i in enumerate(group):
                for j in group[:place]:
                    yield from _mention_pairs(story.answers[i], story.answers[j])


def _mention_pairs(one: Answer, other: Answer) -> Iterator[dict[str, Any]]:
    if one.article_id == other.article_id:
        return
    for a in one.mentions:
        for b in other.mentions:
            yield {
                "a": [one.article_id, a.figure["start_char"], a.figure["end_char"]],
                "b": [other.article_id, b.figure["start_char"], b.figure["end_char"]],
                "verdict": judge_pair(a, b, one.kind)[0],
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, nargs="+", help="story sets, as JSON lines with gold_story")
    parser.add_argument("--cache", type=Path, help="keep the extracted rows in this file")
    arguments = parser.parse_args()
    stories = build_stories(extract_rows(read_articles(arguments.sets), arguments.cache), ())
    groups = {story.story_id: cluster_answers(story.answers, score_pairs(story.answers)) for story in stories}
    for pair in figure_pairs(stories, groups):
        print(json.dumps(pair))
