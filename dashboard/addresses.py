"""The addresses of the dashboard in one table: each page, its values (.json) and its files (.csv, .xlsx, .md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi.responses import Response

from dashboard import downloads, readings
from dashboard.model.answers import AnswerPage, QuestionsPage, SearchPage
from dashboard.model.articles import ArticlePage
from dashboard.model.entities import EntityPage
from dashboard.model.outlets import OutletsPage
from dashboard.model.questions import QuestionPage
from dashboard.model.stories import FrontPage, StoryPage


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it is, what it shows, which function reads it, which template shows it, which writes its file.

    The parameters of `read` and of `write`, but for the desk, are the parameters of the address. The template finds the page
    under the name `shown_as`.
    """

    path: str
    name: str
    summary: str
    model: type
    read: Callable[..., tuple[Any, int]]
    template: str
    shown_as: str = "page"
    summary_of_values: str | None = None
    write: Callable[..., Response] | None = None
    summary_of_file: str | None = None


PAGES = (
    Page("/", "front", "Stories, disputes first", FrontPage, readings.front, "front.html", "front"),
    Page("/outlets", "outlets", "How each outlet does", OutletsPage, readings.outlets, "outlets.html"),
    Page(
        "/stories/{story_id}",
        "story",
        "A story, outlet by outlet",
        StoryPage,
        readings.story,
        "story.html",
        "story",
        write=downloads.story,
        summary_of_file="The numbers of a story",
    ),
    Page(
        "/questions/{question_id}",
        "question",
        "A question with every reading",
        QuestionPage,
        readings.question,
        "question.html",
        write=downloads.question,
        summary_of_file="The readings of a question",
    ),
    Page(
        "/articles/{article_id}",
        "article",
        "An article, marked",
        ArticlePage,
        readings.article,
        "article.html",
        "article",
        "An article with everything read from it",
    ),
    Page(
        "/entities/{entity_id}",
        "entity",
        "A thing named",
        EntityPage,
        readings.entity,
        "entity.html",
        "entity",
    ),
    Page(
        "/search",
        "search",
        "Articles that fit words",
        SearchPage,
        readings.search,
        "search.html",
        write=downloads.search,
        summary_of_file="The articles that were found",
    ),
    Page(
        "/sql",
        "sql",
        "The answer to SQL",
        AnswerPage,
        readings.sql,
        "answer.html",
        write=downloads.sql,
        summary_of_file="The answer to SQL",
    ),
    Page("/queries", "queries", "The named questions", QuestionsPage, readings.queries, "questions.html"),
    Page(
        "/queries/{name}",
        "query",
        "The answer to a named question",
        AnswerPage,
        readings.query,
        "answer.html",
        "page",
        "The answer to a named question; its values are parameters",
        downloads.query,
        "The answer to a named question",
    ),
)
