"""Pages that answer: SQL, named questions and search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from urllib.parse import urlencode

from core.errors import ConfigError, CopydeskError
from core.settings import Settings
from dashboard.model.answers import AnswerPage, AskedValue, Hit, QuestionsPage, SearchPage
from dashboard.model.questions import PrintedReading, Question
from warehouse.asking.apart import ask_apart, write_apart
from warehouse.asking.ids import complete_ids
from warehouse.asking.named_questions import find_question, list_questions
from warehouse.asking.pinned import PinnedLake
from warehouse.asking.search import search
from warehouse.catalog.session import Lake
from warehouse.export.forms import RowAnswer, write_bytes

EXAMPLE = (
    "from figures_in_context select outlet, surface, marked, title where counted = 'jobs' order by outlet"
)
_READING = (
    "question",
    "question_verdict",
    "outlet",
    "printed",
    "low",
    "high",
    "unit",
    "verdict",
    "source",
    "sentence",
    "title",
    "published_at",
    "link",
    "is_copy",
    "question_id",
    "article_id",
)


def list_named(settings: Settings) -> QuestionsPage:
    """The named questions, the user's own among them."""
    return QuestionsPage(tuple((file.name, file.purpose) for file in list_questions(settings)))


def answer_sql(settings: Settings, snapshot_id: int, query: str) -> AnswerPage:
    """The answer to a user's SQL, in a process of its own; the page says what is wrong with it."""
    if not query.strip():
        return AnswerPage(None, None, EXAMPLE)
    link = f"/sql?{urlencode({'query': query})}"
    try:
        found = ask_apart(settings, query, snapshot_id=snapshot_id)
    except CopydeskError as error:
        return AnswerPage(None, None, query, problem=str(error), link=link)
    return AnswerPage(
        None, None, query, columns=found.columns, rows=found.rows, is_cut=found.is_cut, link=link
    )


def answer_named(settings: Settings, lake: PinnedLake, name: str, given: Mapping[str, str]) -> AnswerPage:
    """The answer to a named question; without a value that it needs, its form."""
    file = find_question(settings, name)
    values = {key: value for key, value in given.items() if value != ""}
    link = f"/queries/{name}" + (f"?{urlencode(values)}" if values else "")
    parameters = tuple(
        AskedValue(p.name, p.type, p.meaning, p.is_required, values.get(p.name, _tell(p.default)))
        for p in file.parameters
    )
    page = AnswerPage(name, file.purpose, file.text, parameters, link=link)
    if any(p.is_required and p.name not in values for p in file.parameters):
        return page
    try:
        bound = file.bind(complete_ids(lake, file, values)) or None
        found = ask_apart(settings, file.text, bound, snapshot_id=lake.snapshot_id)
    except CopydeskError as error:
        return replace(page, problem=str(error))
    return replace(page, columns=found.columns, rows=found.rows, is_cut=found.is_cut)


def write_sql(settings: Settings, snapshot_id: int, query: str, form: str) -> bytes:
    """The answer to a user's SQL as a file."""
    return write_apart(settings, query, snapshot_id=snapshot_id, form=form)


def write_named(
    settings: Settings, lake: PinnedLake, name: str, given: Mapping[str, str], form: str
) -> bytes:
    """The answer to a named question as a file."""
    file = find_question(settings, name)
    values = {key: value for key, value in given.items() if value != ""}
    bound = file.bind(complete_ids(lake, file, values)) or None
    return write_apart(settings, file.text, bound, snapshot_id=lake.snapshot_id, form=form)


def write_questions(questions: Sequence[Question], form: str) -> bytes:
    """The readings of questions as a file, a row for each."""
    return write_bytes(
        RowAnswer([_tell_reading(one, each) for one in questions for each in one.readings], _READING), form
    )


def write_search(page: SearchPage, form: str) -> bytes:
    """The articles that were found as a file."""
    return write_bytes(RowAnswer([asdict(hit) for hit in page.hits], tuple(Hit.__dataclass_fields__)), form)


def answer_search(lake: Lake, words: str, limit: int = 50) -> SearchPage:
    """The articles that fit the words best."""
    if not words.strip():
        return SearchPage(words)
    try:
        hits = search(lake, words, limit)
    except ConfigError as error:
        return SearchPage(words, problem=str(error))
    return SearchPage(
        words,
        tuple(Hit(hit.article_id, hit.outlet, hit.title, hit.published_at, hit.snippet) for hit in hits),
        notes=hits.notes,
    )


def _tell(default: object) -> str:
    return "" if default is None else str(default)


def _tell_reading(question: Question, reading: PrintedReading) -> dict[str, object]:
    values = (
        question.label,
        question.verdict,
        reading.outlet,
        reading.surface,
        reading.low,
        reading.high,
        question.unit,
        reading.verdict,
        reading.source,
        reading.sentence.before + reading.sentence.span + reading.sentence.after,
        reading.title,
        reading.published_at,
        reading.link,
        reading.is_copy,
        question.question_id,
        reading.article_id,
    )
    return dict(zip(_READING, values, strict=True))
