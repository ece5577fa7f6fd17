"""From a story's figures to rows of `questions` and `readings`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.outcomes import Row
from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.judging import Judge
from tasks.group.questions.labels.wording import word_question
from tasks.group.questions.matching import join_answers, weigh_pairs
from tasks.group.questions.model import PairModels
from tasks.group.questions.readings import (
    Reading,
    ReadingKey,
    StoryArticle,
    count_sources,
)
from tasks.group.questions.value_ranges import FRACTION, from_dimension


@dataclass(slots=True)
class Questions:
    """Rows of `questions` and of `readings`, and the labels of questions that several outlets answer."""

    questions: list[Row] = field(default_factory=list)
    readings: list[Row] = field(default_factory=list)
    labels: set[str] = field(default_factory=set, repr=False)


def find_questions(
    story_id: str,
    articles: Sequence[StoryArticle],
    known: Mapping[ReadingKey, str] | None = None,
    models: PairModels | None = None,
) -> Questions:
    """The questions that a story's figures answer and each figure's reading, in the order of their first report.

    `known` gives the question_id that a figure (article_id, start_char, end_char) had before: a question keeps the id
    that most of its readings had. `models` are others than those that ship.
    """
    by_article = {one.article["article_id"]: one for one in sorted(articles, key=_age_of)}
    answers = [
        answer
        for one in by_article.values()
        for answer in gather_answers(one.article, one.figures, one.mentions, one.sentences)
    ]
    groups = join_answers(answers, weigh_pairs(answers, models))
    joined = {place for group in groups for place in group}
    groups += [[place] for place in range(len(answers)) if place not in joined]
    result, used = Questions(), set[str]()
    for group in sorted(groups):
        members = [answers[place] for place in group]
        readings = [
            Reading(mention, members[0].kind, by_article[answer.article_id])
            for answer in members
            for mention in answer.mentions
        ]
        question_id = _question_id(story_id, readings, known or {}, used)
        used.add(question_id)
        _add_rows(result, question_id, story_id, members, readings)
    return result


def _age_of(one: StoryArticle) -> tuple[str, str]:
    published = one.article.get("published_at")
    return (published.isoformat() if published else "9"), one.article["article_id"]


def _question_id(
    story_id: str, readings: Sequence[Reading], known: Mapping[ReadingKey, str], used: set[str]
) -> str:
    before = Counter(known[reading.key] for reading in readings if reading.key in known) if known else {}
    for question_id, _ in sorted(before.items(), key=lambda item: (-item[1], item[0])):
        if question_id not in used:
            return question_id
    first = " ".join(str(part) for part in readings[0].key)
    return hashlib.sha256(f"{story_id} {first}".encode()).hexdigest()[:20]


def _add_rows(
    result: Questions,
    question_id: str,
    story_id: str,
    members: Sequence[Answer],
    readings: Sequence[Reading],
) -> None:
    unit = _common_unit(readings)
    outlets = {reading.outlet for reading in readings}
    is_compared = len(outlets) > 1
    verdicts, verdict_of_all = Judge(readings).judge() if is_compared else ([None] * len(readings), None)
    rows = [
        _reading_row(question_id, unit, reading, verdict)
        for reading, verdict in zip(readings, verdicts, strict=True)
    ]
    label = word_question(members, result.labels)
    if is_compared:
        result.labels.add(label)
    times = [reading.published for reading in readings if reading.published]
    lows, highs = [row["low"] for row in rows], [row["high"] for row in rows]
    result.readings += rows
    result.questions.append(
        {
            "question_id": question_id,
            "story_id": story_id,
            "label": label,
            "kind": members[0].kind,
            "unit": unit,
            "reading_count": len(rows),
            "outlet_count": len(outlets),
            "source_count": count_sources(readings),
            "low": None if None in lows else min(lows),
            "high": None if None in highs else max(highs),
            "verdict": verdict_of_all,
            "first_published_at": min(times, default=None),
            "last_published_at": max(times, default=None),
        }
    )


def _common_unit(readings: Sequence[Reading]) -> str | None:
    """The unit that most readings print."""
    printed: list[str] = [unit for reading in readings if (unit := reading.mention.figure["unit"])]
    if len(printed) < 2:
        return printed[0] if printed else None
    units = Counter(printed)
    return min(units, key=lambda unit: (-units[unit], unit))


def _reading_row(question_id: str, unit: str | None, reading: Reading, verdict: str | None) -> dict[str, Any]:
    figure, interval = reading.mention.figure, reading.mention.interval
    own = unit if interval.unit is not None else None
    if unit is None and interval.unit == "%":
        own = FRACTION
    return {
        "article_id": figure["article_id"],
        "start_char": figure["start_char"],
        "end_char": figure["end_char"],
        "question_id": question_id,
        "low": from_dimension(interval.low, own),
        "high": from_dimension(interval.high, own),
        "verdict": verdict,
        "is_copy": reading.article.is_copy,
        "source": figure["attributed_to"],
        "source_entity_id": figure["attributed_entity_id"],
        "month": reading.article.article["month"],
    }
