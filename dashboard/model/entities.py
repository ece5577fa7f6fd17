"""A thing named: where, and what it is quoted with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.model.questions import Marked


@dataclass(frozen=True, slots=True)
class EntityMention:
    """An article that names an entity, with the first sentence that does."""

    outlet: str
    article_id: str
    title: str | None
    published_at: datetime | None
    surface: str
    sentence: Marked
    start_char: int
    mention_count: int


@dataclass(frozen=True, slots=True)
class EntityQuotation:
    """Words that a person is quoted with."""

    outlet: str
    article_id: str
    title: str | None
    published_at: datetime | None
    speaker: str | None
    cue: str | None
    kind: str
    quotation: str
    start_char: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """A thing named: where, and what it is quoted with."""

    entity_id: str
    name: str
    entity_type: str
    aliases: tuple[str, ...]
    wikidata_id: str | None
    country_code: str | None
    mentions: tuple[EntityMention, ...]
    quotations: tuple[EntityQuotation, ...]
