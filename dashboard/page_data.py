"""What each address of the dashboard reads, with its snapshot; the parameters after the desk are the address's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator

from dashboard import answer_pages
from dashboard.days import read_day
from dashboard.desk import Desk, find_desk
from dashboard.model.answers import AnswerPage, QuestionsPage, SearchPage
from dashboard.model.articles import ArticlePage
from dashboard.model.entities import EntityPage
from dashboard.model.outlets import OutletsPage
from dashboard.model.questions import QuestionPage
from dashboard.model.stories import FrontPage, StoryPage
from dashboard.reading.article import read_article
from dashboard.reading.entity import read_entity
from dashboard.reading.front import read_front
from dashboard.reading.outlets import read_outlets
from dashboard.reading.questions import read_question
from dashboard.reading.story import read_story
from warehouse.asking.pinned import PinnedLake

Here = Annotated[Desk, Depends(find_desk)]
Since = Annotated[
    date | None,
    BeforeValidator(read_day),
    Query(description="Stories with an article of this day or later"),
]
Outlets = Annotated[list[str] | None, Query(description="Stories that this outlet covers")]
Words = Annotated[str, Query(max_length=2_000, description="Words to search for")]
Sql = Annotated[str, Query(max_length=100_000, description="SQL, reading only")]


def front(desk: Here, since: Since = None, outlet: Outlets = None) -> tuple[FrontPage, int]:
    """Stories of these days and outlets."""
    return desk.read(_read_front, since, tuple(name for name in outlet or () if name))


def outlets(desk: Here) -> tuple[OutletsPage, int]:
    """How each outlet does."""
    return desk.read(read_outlets)


def story(desk: Here, story_id: str) -> tuple[StoryPage, int]:
    """The story whose id begins so."""
    return desk.read(read_story, story_id)


def question(desk: Here, question_id: str) -> tuple[QuestionPage, int]:
    """The question whose id begins so."""
    return desk.read(read_question, question_id)


def article(desk: Here, article_id: str) -> tuple[ArticlePage, int]:
    """The article whose id begins so."""
    return desk.read(read_article, article_id, settings=desk.settings)


def entity(desk: Here, entity_id: str) -> tuple[EntityPage, int]:
    """The entity whose id begins so."""
    return desk.read(read_entity, entity_id)


def hits(desk: Here, q: Words = "") -> tuple[SearchPage, int]:
    """The articles that fit the words."""
    with desk.reading() as lake:
        return answer_pages.answer_search(lake, q), lake.snapshot_id


def sql(desk: Here, query: Sql = "") -> tuple[AnswerPage, int]:
    """The answer to SQL."""
    snapshot_id = desk.newest()
    return answer_pages.answer_sql(desk.settings, snapshot_id, query), snapshot_id


def queries(desk: Here) -> tuple[QuestionsPage, int]:
    """The named questions."""
    return answer_pages.list_named(desk.settings), desk.newest()


def query(desk: Here, name: str, request: Request) -> tuple[AnswerPage, int]:
    """The answer to a named question; its values are the parameters of the request."""
    with desk.reading() as lake:
        given = dict(request.query_params)
        return answer_pages.answer_named(desk.settings, lake, name, given), lake.snapshot_id


def _read_front(lake: PinnedLake, since: date | None, outlets: tuple[str, ...]) -> FrontPage:
    return read_front(lake, since=since, outlets=outlets)
