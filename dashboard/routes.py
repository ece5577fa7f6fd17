"""The addresses of the dashboard in one table: each page, its values (.json) and its files (.csv, .xlsx, .md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi.responses import Response

from dashboard import page_data, page_files
from dashboard.model.answers import AnswerPage, QuestionsPage, SearchPage
from dashboard.model.articles import ArticlePage
from dashboard.model.entities import EntityPage
from dashboard.model.outlets import OutletsPage
from dashboard.model.questions import QuestionPage
from dashboard.model.stories import FrontPage, StoryPage


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a page: where it is, what it shows, which function reads it, which template shows it, which writes its file.

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


ADDRESSES = (
    Address("/", "front", "Stories, disputes first", FrontPage, page_data.front, "front.html", "front"),
    Address("/outlets", "outlets", "How each outlet does", OutletsPage, page_data.outlets, "outlets.html"),
    Address(
        "/stories/{story_id}",
        "story",
        "A story, outlet by outlet",
        StoryPage,
        page_data.story,
        "story.html",
        "story",
        write=page_files.save_story,
        summary_of_file="The numbers of a story",
    ),
    Address(
        "/questions/{question_id}",
        "question",
        "A question with every reading",
        QuestionPage,
        page_data.question,
        "question.html",
        write=page_files.save_question,
        summary_of_file="The readings of a question",
    ),
    Address(
        "/articles/{article_id}",
        "article",
        "An article, marked",
        ArticlePage,
        page_data.article,
        "article.html",
        "article",
        "An article with everything read from it",
    ),
    Address(
        "/entities/{entity_id}",
        "entity",
        "A thing named",
        EntityPage,
        page_data.entity,
        "entity.html",
        "entity",
    ),
    Address(
        "/search",
        "search",
        "Articles that fit words",
        SearchPage,
        page_data.hits,
        "search.html",
        write=page_files.save_search,
        summary_of_file="The articles that were found",
    ),
    Address(
        "/sql",
        "sql",
        "The answer to SQL",
        AnswerPage,
        page_data.sql,
        "answer.html",
        write=page_files.save_sql,
        summary_of_file="The answer to SQL",
    ),
    Address("/queries", "queries", "The named questions", QuestionsPage, page_data.queries, "questions.html"),
    Address(
        "/queries/{name}",
        "query",
        "The answer to a named question",
        AnswerPage,
        page_data.query,
        "answer.html",
        "page",
        "The answer to a named question; its values are parameters",
        page_files.save_query,
        "The answer to a named question",
    ),
)
