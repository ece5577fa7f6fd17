"""The front page: stories, those in dispute first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from dashboard.model.questions import Question
from dashboard.model.stories import FrontPage, StoryLine
from dashboard.reading.questions import QUESTION_QUERIES, read_questions
from dashboard.verdicts import DISPUTES
from warehouse.asking.excerpt import excerpt
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
    story_ids = choose_stories(lake, since=since, until=until, outlets=outlets, limit=limit)
    with excerpt(lake, ("page_stories", *QUESTION_QUERIES), story_ids=story_ids) as part:
        rows = run_query(part, "page_stories").to_pylist()
        questions = _read_questions(part, story_ids)
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


def choose_stories(
    lake: Lake,
    *,
    since: date | None = None,
    until: date | None = None,
    outlets: Sequence[str] = (),
    limit: int = 50,
) -> list[str]:
    """The ids of the newest stories with an article of these days and one of these outlets, newest first."""
    given: dict[str, object] = {"outlets": list(outlets) or None, "limit": limit}
    if since or until:
        given["is_dated"] = True
    if since:  # the month is that of the time in UTC, the day is the outlet's own
        given |= {"since": since, "first_month": _first_of(since, -1)}
    if until:
        given |= {"until": until, "last_month": _first_of(until, 1)}
    return [row["story_id"] for row in run_query(lake, "page_story_ids", **given).to_pylist()]


def list_stories(lake: Lake, story_ids: Sequence[str]) -> list[dict[str, Any]]:
    """These stories with their outlets, the newest first."""
    with excerpt(lake, ("page_stories",), story_ids=story_ids) as part:
        rows: list[dict[str, Any]] = run_query(part, "page_stories").to_pylist()
        return rows


def _first_of(day: date, days: int) -> date:
    """The first of the month of the day before, or after; at either end of the calendar that of the day itself."""
    with suppress(OverflowError):
        day += timedelta(days=days)
    return day.replace(day=1)


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
