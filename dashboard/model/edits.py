"""What outlets changed after publication, and names that they spell in several ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A number or a quotation that an outlet changed, added or removed after publication."""

    kind: str
    outlet: str
    article_id: str
    change: str
    thing: str | None
    printed_before: str | None
    printed_after: str | None
    before_speaker: str | None
    speaker: str | None
    before_sentence: str | None
    sentence: str | None
    before_fetched_at: datetime | None
    fetched_at: datetime
    start_char: int | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a person's name in one outlet of a story, and a place where it is printed."""

    outlet: str
    spelling: str
    is_usual: bool
    mention_count: int
    article_id: str
    start_char: int


@dataclass(frozen=True, slots=True)
class SpelledName:
    """A person whose name the outlets of a story spell in several ways; `person` is what most of them print."""

    person: str
    spellings: tuple[Spelling, ...]
