"""Pages as files: the same address with .csv, .xlsx or .md before the question mark."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response
from starlette.convertors import StringConvertor, register_url_convertor

from dashboard import asking
from dashboard.desk import Desk
from dashboard.reading.questions import read_question
from dashboard.reading.story import read_story

Form = Literal["csv", "xlsx", "md"]
_WRITERS = {"csv": "csv", "xlsx": "xlsx", "md": "markdown"}
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}
_DESCRIBED: dict[int | str, dict[str, object]] = {
    200: {"content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}
}


class _FormConvertor(StringConvertor):
    """Other endings than these are left to other addresses."""

    regex = "csv|xlsx|md"


def add_downloads(app: FastAPI, desk: Desk) -> None:
    """Add the files of stories, questions, named questions, searches and SQL."""
    register_url_convertor("form", _FormConvertor())

    @app.get("/stories/{story_id}.{form:form}", summary="The numbers of a story", responses=_DESCRIBED)
    def story(story_id: str, form: Form) -> Response:
        found, _ = desk.read(read_story, story_id)
        return _send(asking.write_questions(found.questions, _WRITERS[form]), "story", story_id, form)

    @app.get(
        "/questions/{question_id}.{form:form}", summary="The readings of a question", responses=_DESCRIBED
    )
    def question(question_id: str, form: Form) -> Response:
        found, _ = desk.read(read_question, question_id)
        return _send(asking.write_questions([found.question], _WRITERS[form]), "question", question_id, form)

    @app.get("/queries/{name}.{form:form}", summary="The answer to a named question", responses=_DESCRIBED)
    def query(name: str, form: Form, request: Request) -> Response:
        with desk.reading() as lake:
            content = asking.write_named(
                desk.settings, lake, name, dict(request.query_params), _WRITERS[form]
            )
        return _send(content, name, "", form)

    @app.get("/search.{form:form}", summary="The articles that were found", responses=_DESCRIBED)
    def search(form: Form, q: Annotated[str, Query(max_length=2_000)] = "") -> Response:
        with desk.reading() as lake:
            return _send(
                asking.write_search(asking.answer_search(lake, q), _WRITERS[form]), "search", "", form
            )

    @app.get("/sql.{form:form}", summary="The answer to SQL", responses=_DESCRIBED)
    def sql(form: Form, query: Annotated[str, Query(max_length=100_000, min_length=1)]) -> Response:
        with desk.reading() as lake:
            snapshot_id = lake.snapshot_id
        return _send(asking.write_sql(desk.settings, snapshot_id, query, _WRITERS[form]), "answer", "", form)


def _send(content: bytes, kind: str, name: str, form: str) -> Response:
    file = re.sub(r"[^\w-]", "", f"{kind}-{name}" if name else kind, flags=re.ASCII)
    headers = {"Content-Disposition": f'attachment; filename="copydesk-{file[:80]}.{form}"'}
    return Response(content, media_type=_TYPES[form], headers=headers)
