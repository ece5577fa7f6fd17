"""A question that figures answer, and every reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in three parts: before the span, the span, after it."""

    before: str
    span: str
    after: str


@dataclass(frozen=True, slots=True)
class PrintedReading:
    """What one outlet prints in answer to a question."""

    outlet: str
    article_id: str
    title: str | None
    published_at: datetime | None
    surface: str
    bound: str
    low: float | None
    high: float | None
    verdict: str | None
    suspect_reason: str | None
    is_copy: bool
    source: str | None
    sentence: Marked
    start_char: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that figures of a story answer, with every reading of it."""

    question_id: str
    story_id: str
    label: str
    kind: str
    unit: str | None
    verdict: str | None
    readings: tuple[PrintedReading, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that answer it, sorted."""
        return tuple(sorted({reading.outlet for reading in self.readings}))


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The archived bytes of an article."""

    article_id: str
    published_precision: str
    fetched_at: datetime | None
    body_sha256: str | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, with the title of its story and the archived bytes of the articles that answer it."""

    question: Question
    story_title: str | None
    archived: tuple[ArchivedPage, ...] = ()
