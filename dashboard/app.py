"""The dashboard: every page at its address, and its values at the same address with .json."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from core import __version__
from core.errors import ConfigError, CopydeskError, TransientError
from core.settings import Settings
from dashboard.atom import add_feeds
from dashboard.desk import Desk
from dashboard.guards import HEADERS, Guard
from dashboard.page_files import DESCRIBED
from dashboard.rendering import icon_svg, style_sheet
from dashboard.routes import ADDRESSES, Address
from warehouse.asking.ids import UnknownIdError
from warehouse.asking.pinned import PinnedReader


def make_app(settings: Settings, reader: PinnedReader, guard: Guard) -> FastAPI:
    """The application; the caller closes the reader."""
    app = FastAPI(
        title="Copydesk",
        version=__version__,
        description="What the lake holds, reading only: each page has a sister with .json.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk = Desk(settings, reader)
    _guard(app, guard)
    _explain(app, desk)
    add_feeds(app, desk)
    for page in ADDRESSES:
        _add_page(app, desk, page)

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


def _add_page(app: FastAPI, desk: Desk, page: Address) -> None:
    """A page at its address. An id can be anything without a dot, so what has an ending comes first."""
    if page.write:
        path, summary = page.path + ".{form:form}", page.summary_of_file
        app.get(path, name=page.name, summary=summary, responses=DESCRIBED)(page.write)

    @app.get(
        page.path + ".json",
        name=f"{page.name}_json",
        summary=page.summary_of_values or page.summary,
        response_model=page.model,
    )
    def give(found: tuple[Any, int] = Depends(page.read)) -> Any:
        return found[0]

    @app.get(page.path, name=page.name, summary=page.summary, response_class=HTMLResponse)
    def show(found: tuple[Any, int] = Depends(page.read)) -> HTMLResponse:
        return desk.show(page.template, found[1], **{page.shown_as: found[0]})
