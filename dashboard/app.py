"""The dashboard: every page at its address, and its values at the same address with .json."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from core import __version__
from core.errors import ConfigError, CopydeskError, TransientError
from core.settings import Settings
from dashboard import asking
from dashboard.desk import Desk
from dashboard.downloads import add_downloads
from dashboard.feeds import add_feeds
from dashboard.guards import HEADERS, Guard
from dashboard.model import (
    AnswerPage,
    ArticlePage,
    EntityPage,
    FrontPage,
    OutletsPage,
    QuestionPage,
    QuestionsPage,
    SearchPage,
    StoryPage,
)
from dashboard.pages import icon_svg, style_sheet
from dashboard.reading.article import read_article
from dashboard.reading.entity import read_entity
from dashboard.reading.front import read_front
from dashboard.reading.outlets import read_outlets
from dashboard.reading.questions import read_question
from dashboard.reading.story import read_story
from warehouse.asking.ids import UnknownIdError
from warehouse.asking.pinned import PinnedLake, PinnedReader

Since = Annotated[date | None, Query(description="Stories with an article of this day or later")]
Outlets = Annotated[list[str] | None, Query(description="Stories that this outlet covers")]
Words = Annotated[str, Query(max_length=2_000, description="Words to search for")]
Sql = Annotated[str, Query(max_length=100_000, description="SQL, reading only")]


def make_app(settings: Settings, reader: PinnedReader, guard: Guard) -> FastAPI:
    """The application; the caller closes the reader."""
    app = FastAPI(
        title="Copydesk",
        version=__version__,
        description="What the lake holds, reading only: each page has a sister with .json.",
        docs_url=None,
        redoc_url=None,
    )
    desk = Desk(settings, reader)
    _guard(app, guard)
    _explain(app, desk)
    add_feeds(app, desk)
    add_downloads(app, desk)  # first: an id can be anything that has no dot
    _add_front(app, desk)
    _add_things(app, desk)
    _add_answers(app, desk)

    @app.get("/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(style_sheet(), media_type="text/css")

    @app.get("/icon.svg", include_in_schema=False)
    def icon() -> Response:
        return Response(icon_svg(), media_type="image/svg+xml")

    return app


def _guard(app: FastAPI, guard: Guard) -> None:
    @app.middleware("http")
    async def check(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
        refused = guard.refusal(request.method, request.headers)
        if refused:
            status, reason = refused
            answer: Response = PlainTextResponse(reason + "\n", status)
            if status == 401:
                answer.headers["WWW-Authenticate"] = 'Basic realm="Copydesk", charset="UTF-8"'
        else:
            answer = await follow(request)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer


def _explain(app: FastAPI, desk: Desk) -> None:
    """Errors as pages, or as JSON if JSON was requested."""

    def tell(request: Request, status: int, title: str, told: str) -> Response:
        if request.url.path.endswith(".json"):
            return JSONResponse({"detail": told}, status)
        answer = desk.show("problem.html", 0, title=title, told=told)
        answer.status_code = status
        return answer

    @app.exception_handler(CopydeskError)
    def failed(request: Request, error: CopydeskError) -> Response:
        if isinstance(error, UnknownIdError):
            return tell(request, 404, "Not found", str(error))
        if isinstance(error, ConfigError):
            return tell(request, 400, "This cannot be shown", str(error))
        status = 503 if isinstance(error, TransientError) else 500
        return tell(request, status, "The lake could not be read", str(error))

    @app.exception_handler(RequestValidationError)
    def misunderstood(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
        return tell(request, 400, "The address is not understood", told)

    @app.exception_handler(404)
    def missing(request: Request, _error: Exception) -> Response:
        return tell(request, 404, "Not found", "there is no such page")


def _add_front(app: FastAPI, desk: Desk) -> None:
    def read(since: date | None, outlet: list[str] | None) -> tuple[FrontPage, int]:
        return desk.read(_read_front, since, tuple(outlet or ()))

    @app.get("/", response_class=HTMLResponse, summary="Stories, disputes first")
    def front(since: str = "", outlet: Outlets = None) -> HTMLResponse:
        named = [name for name in outlet or [] if name]
        page, snapshot_id = read(_read_day(since), named)
        return desk.show("front.html", snapshot_id, front=page, days=_list_days())

    @app.get("/.json", summary="Stories, disputes first")
    def front_json(since: Since = None, outlet: Outlets = None) -> FrontPage:
        return read(since, outlet)[0]

    @app.get("/outlets", response_class=HTMLResponse, summary="How each outlet does")
    def outlets() -> HTMLResponse:
        page, snapshot_id = desk.read(read_outlets)
        return desk.show("outlets.html", snapshot_id, page=page)

    @app.get("/outlets.json", summary="How each outlet does")
    def outlets_json() -> OutletsPage:
        return desk.read(read_outlets)[0]


def _add_things(app: FastAPI, desk: Desk) -> None:
    """Stories, questions, articles and entities: JSON first, because an id can be anything without a dot."""

    def read_article_here(lake: PinnedLake, article_id: str) -> ArticlePage:
        return read_article(lake, article_id, desk.settings)

    @app.get("/stories/{story_id}.json", summary="A story, outlet by outlet")
    def story_json(story_id: str) -> StoryPage:
        return desk.read(read_story, story_id)[0]

    @app.get("/stories/{story_id}", response_class=HTMLResponse, summary="A story, outlet by outlet")
    def story(story_id: str) -> HTMLResponse:
        found, snapshot_id = desk.read(read_story, story_id)
        return desk.show("story.html", snapshot_id, story=found)

    @app.get("/questions/{question_id}.json", summary="A question with every reading")
    def question_json(question_id: str) -> QuestionPage:
        return desk.read(read_question, question_id)[0]

    @app.get("/questions/{question_id}", response_class=HTMLResponse, summary="A question with every reading")
    def question(question_id: str) -> HTMLResponse:
        found, snapshot_id = desk.read(read_question, question_id)
        return desk.show("question.html", snapshot_id, page=found)

    @app.get("/articles/{article_id}.json", summary="An article with everything read from it")
    def article_json(article_id: str) -> ArticlePage:
        return desk.read(read_article_here, article_id)[0]

    @app.get("/articles/{article_id}", response_class=HTMLResponse, summary="An article, marked")
    def article(article_id: str) -> HTMLResponse:
        found, snapshot_id = desk.read(read_article_here, article_id)
        return desk.show("article.html", snapshot_id, article=found)

    @app.get("/entities/{entity_id}.json", summary="A thing named")
    def entity_json(entity_id: str) -> EntityPage:
        return desk.read(read_entity, entity_id)[0]

    @app.get("/entities/{entity_id}", response_class=HTMLResponse, summary="A thing named")
    def entity(entity_id: str) -> HTMLResponse:
        found, snapshot_id = desk.read(read_entity, entity_id)
        return desk.show("entity.html", snapshot_id, entity=found)


def _add_answers(app: FastAPI, desk: Desk) -> None:
    def named(name: str, request: Request) -> tuple[AnswerPage, int]:
        with desk.reading() as lake:
            given = dict(request.query_params)
            return asking.answer_named(desk.settings, lake, name, given), lake.snapshot_id

    def ask(query: str) -> tuple[AnswerPage, int]:
        with desk.reading() as lake:
            snapshot_id = lake.snapshot_id
        return asking.answer_sql(desk.settings, snapshot_id, query), snapshot_id

    @app.get("/search", response_class=HTMLResponse, summary="Articles that fit words")
    def search(q: Words = "") -> HTMLResponse:
        with desk.reading() as lake:
            return desk.show("search.html", lake.snapshot_id, page=asking.answer_search(lake, q))

    @app.get("/search.json", summary="Articles that fit words")
    def search_json(q: Words = "") -> SearchPage:
        with desk.reading() as lake:
            return asking.answer_search(lake, q)

    @app.get("/sql", response_class=HTMLResponse, summary="The answer to SQL")
    def sql(query: Sql = "") -> HTMLResponse:
        page, snapshot_id = ask(query)
        return desk.show("answer.html", snapshot_id, page=page)

    @app.get("/sql.json", summary="The answer to SQL")
    def sql_json(query: Sql = "") -> AnswerPage:
        return ask(query)[0]

    @app.get("/queries.json", summary="The named questions")
    def queries_json() -> QuestionsPage:
        return asking.list_named()

    @app.get("/queries", response_class=HTMLResponse, summary="The named questions")
    def queries() -> HTMLResponse:
        with desk.reading() as lake:
            return desk.show("questions.html", lake.snapshot_id, page=asking.list_named())

    @app.get("/queries/{name}.json", summary="The answer to a named question; its values are parameters")
    def query_json(name: str, request: Request) -> AnswerPage:
        return named(name, request)[0]

    @app.get("/queries/{name}", response_class=HTMLResponse, summary="The answer to a named question")
    def query(name: str, request: Request) -> HTMLResponse:
        page, snapshot_id = named(name, request)
        return desk.show("answer.html", snapshot_id, page=page)


def _read_front(lake: PinnedLake, since: date | None, outlets: tuple[str, ...]) -> FrontPage:
    return read_front(lake, since=since, outlets=outlets)


def _list_days() -> list[tuple[str, str]]:
    """Choices of the front page: a name and the day from which stories are shown."""
    today = datetime.now(UTC).date()
    spans = (("today", 0), ("last 7 days", 7), ("last 30 days", 30))
    return [("all days", ""), *((name, (today - timedelta(days=days)).isoformat()) for name, days in spans)]


def _read_day(text: str) -> date | None:
    """The day of a form, which sends an empty text for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(f"{text!r} is not a day; write 2026-11-20") from None
