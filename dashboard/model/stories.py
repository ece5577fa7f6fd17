"""Stories: one line each on the front page, and the page of one, outlet by outlet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.model.edits import PrintedChange, SpelledName
from dashboard.model.questions import Marked, Question


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as a part of its story."""

    article_id: str
    outlet: str
    title: str | None
    url: str
    published_at: datetime | None
    hours_after_first: float | None
    word_count: int
    copy_relation: str | None
    original_article_id: str | None
    edited_at: tuple[datetime, ...] = ()
    published_precision: str = "minute"
    canonical_url: str | None = None


@dataclass(frozen=True, slots=True)
class QuotedPiece:
    """A stretch of quoted words; `is_shared` where most other versions print these too."""

    text: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Words as one outlet prints them."""

    outlet: str
    article_id: str
    start_char: int
    text: str
    speaker: str | None
    speaker_name: str | None
    pieces: tuple[QuotedPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedQuotation:
    """The same words in several outlets, and whether they are printed alike."""

    verdict: str
    has_other_speaker: bool
    versions: tuple[QuotedWords, ...]


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as one outlet prints it; a week or a month has its middle day, a date without a year none."""

    outlet: str
    article_id: str
    start_char: int
    surface: str
    event_date: date | None
    granularity: str
    sentence: Marked


@dataclass(frozen=True, slots=True)
class SharedDate:
    """Dates of several outlets that are for the same thing, how they compare, and the days that they give."""

    verdict: str
    days: tuple[date, ...]
    dates: tuple[PrintedDate, ...]


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name as each outlet of a story writes it; an outlet that does not name it is left out."""

    entity_id: str
    name: str
    entity_type: str
    spellings: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Omission:
    """A number (its question) or a name that an outlet leaves out, though most of the others have it."""

    outlet: str
    kind: str
    item: str
    item_id: str
    other_outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeByHand:
    """A person's decision to split or merge stories."""

    correction_id: str
    kind: str
    decided_at: datetime
    decided_by: str
    why: str | None


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story outlet by outlet."""

    story_id: str
    title: str | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    outlets: tuple[str, ...]
    tellings: tuple[Telling, ...]
    questions: tuple[Question, ...]
    quotations: tuple[SharedQuotation, ...]
    names: tuple[SharedName, ...]
    omissions: tuple[Omission, ...] = ()
    changes: tuple[PrintedChange, ...] = ()
    spelled_names: tuple[SpelledName, ...] = ()
    dates: tuple[SharedDate, ...] = ()
    corrections: tuple[MadeByHand, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in one line of the front page: its disputes, and the first of the numbers that differ without one."""

    story_id: str
    title: str | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    article_count: int
    outlets: tuple[str, ...]
    disputes: tuple[Question, ...] = ()
    differing: tuple[Question, ...] = ()
    verdict_counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Stories, those in dispute first."""

    stories: tuple[StoryLine, ...]
    outlets: tuple[str, ...]
    since: str | None = None
    outlet: tuple[str, ...] = ()
