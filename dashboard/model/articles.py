"""An article with everything that was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.model.edits import PrintedChange, SpelledName


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A marked stretch of an article's text."""

    kind: str
    start_char: int
    end_char: int
    meaning: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A line that the cleaning took out."""

    line_number: int
    section: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision of an article: `lines` is a diff to the revision before; `problem` says why there is no diff."""

    capture_id: str
    fetched_at: datetime
    title: str | None
    social_title: str | None
    added_words_count: int
    removed_words_count: int
    lines: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the bytes are that the article was made from, and the code that made it."""

    capture_id: str
    fetched_at: datetime | None
    byte_count: int | None
    body_sha256: str | None
    warc_file: str | None
    warc_offset: int | None
    warc_length: int | None
    code_version: str
    run_id: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with everything that was read from it."""

    article_id: str
    outlet: str
    url: str
    canonical_url: str | None
    title: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    published_precision: str
    language: str | None
    body_text: str
    word_count: int
    is_truncated: bool
    story_id: str | None
    story_title: str | None
    copy_relation: str | None
    original_article_id: str | None
    spans: tuple[MarkedSpan, ...]
    removed: tuple[TakenLine, ...]
    revisions: tuple[RevisionLine, ...]
    receipt: Receipt
    changes: tuple[PrintedChange, ...] = ()
    spelled_names: tuple[SpelledName, ...] = ()
