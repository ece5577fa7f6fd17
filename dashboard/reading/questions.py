"""The questions that the figures of stories answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dashboard.model.questions import ArchivedPage, PrintedReading, Question, QuestionPage
from dashboard.reading.marked import part_marked
from dashboard.verdicts import gravity
from warehouse.asking.excerpt import excerpt
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

_SAME = (
    "outlet",
    "article_id",
    "title",
    "published_at",
    "surface",
    "bound",
    "low",
    "high",
    "verdict",
    "suspect_reason",
    "is_copy",
    "start_char",
    "link",
)


QUESTION_QUERIES = ("page_readings",)


def read_questions(part: Lake, story_ids: Sequence[str]) -> tuple[Question, ...]:
    """The questions of stories in an excerpt, the gravest first."""
    rows = run_query(part, "page_readings", story_ids=list(story_ids)).to_pylist()
    questions = [_make_question(list(group)) for _, group in groupby(rows, lambda row: row["question_id"])]
    return tuple(sorted(questions, key=lambda one: (gravity(one.verdict), -len(one.outlets), one.label)))


def read_question(lake: Lake, prefix: str) -> QuestionPage:
    """The only question whose id begins so."""
    question_id = find_id(lake, "question", prefix)
    (asked,) = run_query(lake, "questions_by_id", ids=[question_id]).to_pylist()
    with excerpt(
        lake, ("page_stories", "page_archived", *QUESTION_QUERIES), story_ids=[asked["story_id"]]
    ) as part:
        question = _make_question(run_query(part, "page_readings", question_id=question_id).to_pylist())
        stories = run_query(part, "page_stories").to_pylist()
        ids = sorted({one.article_id for one in question.readings})
        archived = run_query(part, "page_archived", article_ids=ids).to_pylist()
    return QuestionPage(
        question,
        stories[0]["title"] if stories else None,
        tuple(ArchivedPage(**row) for row in archived),
    )


def _make_question(rows: list[dict[str, Any]]) -> Question:
    first = rows[0]
    return Question(
        first["question_id"],
        first["story_id"],
        first["question_label"],
        first["kind"],
        first["unit"],
        first["question_verdict"],
        tuple(_make_reading(row) for row in rows),
    )


def _make_reading(row: dict[str, Any]) -> PrintedReading:
    return PrintedReading(
        **{name: row[name] for name in _SAME},
        source=row["number_source"],
        sentence=part_marked(row["marked"], row["surface"]),
    )
