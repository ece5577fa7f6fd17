"""What a page shows: plain values, the same for HTML and for JSON. Texts are as the outlets printed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the lake that a page shows."""

    snapshot_id: int
    read_at: datetime


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


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, with the title of its story."""

    question: Question
    story_title: str | None


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
    """A headline and text that the article has had; `lines` is a diff to the one before."""

    capture_id: str
    fetched_at: datetime
    title: str | None
    social_title: str | None
    added_words_count: int
    removed_words_count: int
    lines: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class OutletLine:
    """How one outlet does."""

    outlet: str
    last_fetched_at: datetime | None
    last_published_at: datetime | None
    article_count: int
    input_count: int
    removed_ratio: float | None
    suspect_figure_ratio: float | None
    undated_ratio: float | None
    truncated_ratio: float | None
    feed_count: int
    feed_problems: tuple[str, ...]
    outcomes: tuple[tuple[str, str, int], ...] = ()
    removed_rules: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """Every outlet."""

    outlets: tuple[OutletLine, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Stories, those in dispute first."""

    stories: tuple[StoryLine, ...]
    outlets: tuple[str, ...]
    since: str | None = None
    outlet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Articles that fit the words; `notes` say what of them was not understood."""

    words: str
    hits: tuple[Hit, ...] = ()
    problem: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found; the snippet has the words between ⟦ and ⟧."""

    article_id: str
    outlet: str
    title: str | None
    published_at: datetime | None
    snippet: str


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
