"""The front page: stories, those in dispute first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from dashboard.model.questions import Question
from dashboard.model.stories import FrontPage, StoryLine
from dashboard.reading.questions import read_questions
from dashboard.verdicts import DISPUTES
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

_MOST_OTHERS = 3


def read_front(
    lake: Lake,
    *,
    since: date | None = None,
    until: date | None = None,
    outlets: Sequence[str] = (),
    limit: int = 50,
) -> FrontPage:
    """The newest stories of these days and outlets; disputed ones come first."""
    asked = list(outlets) or None
    rows = run_query(lake, "page_stories", since=since, until=until, outlets=asked, limit=limit).to_pylist()
    questions = _read_questions(lake, [row["story_id"] for row in rows])
    lines = [
        StoryLine(
            row["story_id"],
            row["title"],
            row["first_published_at"],
            row["last_published_at"],
            row["article_count"],
            tuple(row["outlets"]),
            *_sort_out(questions[row["story_id"]]),
        )
        for row in rows
    ]
    lines.sort(key=lambda line: (not line.disputes, len(line.outlets) < 2))
    known = tuple(row["outlet"] for row in run_query(lake, "page_outlet_names").to_pylist())
    return FrontPage(tuple(lines), known, since.isoformat() if since else None, tuple(outlets))


def _read_questions(lake: Lake, story_ids: list[str]) -> defaultdict[str, list[Question]]:
    found: defaultdict[str, list[Question]] = defaultdict(list)
    for question in read_questions(lake, story_ids):
        found[question.story_id].append(question)
    return found


def _sort_out(
    questions: list[Question],
) -> tuple[tuple[Question, ...], tuple[Question, ...], dict[str, int]]:
    """The disputes, the first of those that differ otherwise, and how many have each verdict, the gravest first."""
    disputes = tuple(one for one in questions if one.verdict in DISPUTES)
    others = tuple(one for one in questions if one.verdict not in (*DISPUTES, "agree", None))
    counts = Counter(one.verdict for one in questions if one.verdict)
    return disputes, others[:_MOST_OTHERS], dict(counts)
