"""The answers to searches, SQL and named questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found; the snippet has the words between ⟦ and ⟧."""

    article_id: str
    outlet: str
    title: str | None
    published_at: datetime | None
    snippet: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Articles that fit the words; `notes` say what of them was not understood."""

    words: str
    hits: tuple[Hit, ...] = ()
    problem: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedValue:
    """A value that a named question takes."""

    name: str
    type: str
    meaning: str
    is_required: bool
    value: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The answer to SQL or to a named question."""

    name: str | None
    purpose: str | None
    query: str
    parameters: tuple[AskedValue, ...] = ()
    columns: tuple[str, ...] = ()
    rows: list[list[object]] = field(default_factory=list)
    problem: str | None = None
    is_cut: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The named questions: name and what each answers."""

    named: tuple[tuple[str, str], ...]
