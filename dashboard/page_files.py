"""Pages as files: the same address with .csv, .xlsx or .md before the question mark, and every row."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import Query, Request
from fastapi.responses import Response
from starlette.convertors import StringConvertor, register_url_convertor

from dashboard import answer_pages, page_data
from dashboard.page_data import Here

Form = Literal["csv", "xlsx", "md"]
_WRITERS = {"csv": "csv", "xlsx": "xlsx", "md": "markdown"}
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}
DESCRIBED: dict[int | str, dict[str, object]] = {
    200: {"content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}
}


class _FormConvertor(StringConvertor):
    """Other endings than these are left to other addresses."""

    regex = "csv|xlsx|md"


register_url_convertor("form", _FormConvertor())


def save_story(desk: Here, story_id: str, form: Form) -> Response:
    """Every reading of the numbers of a story."""
    page, _ = page_data.story(desk, story_id)
    return _send(answer_pages.write_questions(page.questions, _WRITERS[form]), f"story-{story_id}", form)


def save_question(desk: Here, question_id: str, form: Form) -> Response:
    """Every reading of a question."""
    page, _ = page_data.question(desk, question_id)
    return _send(
        answer_pages.write_questions([page.question], _WRITERS[form]), f"question-{question_id}", form
    )


def save_query(desk: Here, name: str, form: Form, request: Request) -> Response:
    """Every row of the answer to a named question."""
    given = dict(request.query_params)
    with desk.reading() as lake:
        content = answer_pages.write_named(desk.settings, lake, name, given, _WRITERS[form])
    return _send(content, name, form)


def save_search(desk: Here, form: Form, q: Annotated[str, Query(max_length=2_000)] = "") -> Response:
    """The articles that fit the words."""
    page, _ = page_data.hits(desk, q)
    return _send(answer_pages.write_search(page, _WRITERS[form]), "search", form)


def save_sql(
    desk: Here, form: Form, query: Annotated[str, Query(max_length=100_000, min_length=1)]
) -> Response:
    """Every row of the answer to SQL."""
    content = answer_pages.write_sql(desk.settings, desk.newest(), query, _WRITERS[form])
    return _send(content, "answer", form)


def _send(content: bytes, name: str, form: str) -> Response:
    file = re.sub(r"[^\w-]", "", name, flags=re.ASCII)
    headers = {"Content-Disposition": f'attachment; filename="copydesk-{file[:80]}.{form}"'}
    return Response(content, media_type=_TYPES[form], headers=headers)
