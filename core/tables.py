"""Every table of the lake: its columns, Arrow types, units and meaning. The single source.

The lake's DDL and column comments, `copydesk tables`, docs/tables.md and the check that rows fit
their table are all made from here. Conventions: spans are half-open, in Unicode code points of
`articles.body_text`; timestamps are UTC; `month` is the first day of the month of `published_at`,
else of `fetched_at`, and the physical partition of every big table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from core.errors import ContractError

TEXT = pa.string()
INT = pa.int64()
FLOAT = pa.float64()
BOOL = pa.bool_()
DATE = pa.date32()
TIMESTAMP = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(TEXT)
FLOATS = pa.list_(FLOAT)
INTS = pa.list_(INT)
BINARY = pa.binary()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `unit` where it measures, `choices` where its values are a closed list."""

    name: str
    type: pa.DataType
    meaning: str
    required: bool = False
    unit: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row per `grain`, unique on `key`; `parent` names the table that owns its rows."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_partitioned: bool = False
    parent: str | None = None

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema; required columns are not nullable."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in self.columns])

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns in order."""
        return tuple(c.name for c in self.columns)

    def to_arrow(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """The rows as an Arrow table of exactly this schema; a missing optional column is null.

        Raises ContractError for an unknown column, a missing required value or a value of another
        type.
        """
        rows = list(rows)
        known = set(self.column_names)
        unknown = {name for row in rows for name in row} - known
        if unknown:
            raise ContractError(f"rows of {self.name} have unknown columns {sorted(unknown)}")
        arrays = [self._to_array(column, [row.get(column.name) for row in rows]) for column in self.columns]
        return pa.Table.from_arrays(arrays, schema=self.schema)

    def _to_array(self, column: Column, values: list[Any]) -> pa.Array:
        if column.required and any(value is None for value in values):
            raise ContractError(f"{self.name}.{column.name} is required and is missing in a row")
        try:
            return pa.array(values, column.type)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise ContractError(f"{self.name}.{column.name} does not fit {column.type}: {error}") from error


def _need(name: str, type_: pa.DataType, meaning: str, unit: str | None = None, *choices: str) -> Column:
    return Column(name, type_, meaning, True, unit, choices)


def _may(name: str, type_: pa.DataType, meaning: str, unit: str | None = None, *choices: str) -> Column:
    return Column(name, type_, meaning, False, unit, choices)


_ARTICLE = _need("article_id", TEXT, "The article: a hash of its canonical URL, or of its content")
_MONTH = _need("month", DATE, "First day of the month of publication, else of fetching; the partition")
_SPAN = (
    _need("start_char", INT, "First code point in articles.body_text", "code points"),
    _need("end_char", INT, "One past the last code point", "code points"),
)
_SURFACE = _need("surface", TEXT, "The characters of the text between start_char and end_char")
_SENTENCE = _may("sentence_number", INT, "The sentence it starts in, see sentences")
ENTITY_TYPES = ("person", "organization", "place", "group", "event", "work", "law", "facility", "product")
PRECISIONS = ("minute", "day", "month", "unknown")
FIGURE_KINDS = (
    "count",
    "money",
    "percent",
    "duration",
    "measure",
    "age",
    "fraction",
    "ratio",
    "rank",
    "other",
)
BOUNDS = ("exact", "about", "at_least", "at_most", "between", "vague")
GRANULARITIES = (
    "minute",
    "hour",
    "part_of_day",
    "day",
    "week",
    "month",
    "season",
    "quarter",
    "year",
    "decade",
    "other",
)

CAPTURES = Table(
    "captures",
    "thing fetched or loaded",
    ("capture_id",),
    (
        _need("capture_id", TEXT, "A hash of URL, content and time of fetching"),
        _need("outlet", TEXT, "Publisher: its key in copydesk.toml, else its host or folder"),
        _need("url", TEXT, "Address asked for; file: for local files without a web address"),
        _may("final_url", TEXT, "Address after redirects"),
        _need("kind", TEXT, "How to read the payload", None, "html", "text", "record"),
        _may("status_code", INT, "HTTP status"),
        _may("content_type", TEXT, "Media type as declared"),
        _may("charset", TEXT, "Character set as declared"),
        _need("byte_count", INT, "Length of the payload", "bytes"),
        _need("body_sha256", TEXT, "SHA-256 of the payload, hexadecimal"),
        _need("fetched_at", TIMESTAMP, "When it was fetched; for a local file, its time of modification"),
        _need("warc_file", TEXT, "WARC file, relative to the archive folder"),
        _need("warc_offset", INT, "Where the record starts in the WARC file", "bytes"),
        _need("warc_length", INT, "Length of the compressed record", "bytes"),
        _need("run_id", TEXT, "Run that made the capture"),
        _may("hints", TEXT, "What the feed or record already said, a JSON object"),
        _MONTH,
    ),
    is_partitioned=True,
)

ARTICLES = Table(
    "articles",
    "article, from its newest accepted capture",
    ("article_id",),
    (
        _ARTICLE,
        _need("capture_id", TEXT, "The capture it was made from"),
        _need("outlet", TEXT, "Publisher"),
        _need("url", TEXT, "Address of the capture"),
        _may("canonical_url", TEXT, "Address without tracking, AMP and mobile forms"),
        _may("title", TEXT, "Headline, without the outlet's name"),
        _may("authors", TEXTS, "Persons who wrote it, in order"),
        _may("byline", TEXT, "The byline as printed"),
        _may("section", TEXT, "Section of the outlet"),
        _may("language", TEXT, "ISO 639-1 code"),
        _may("published_at", TIMESTAMP, "Time of publication; midnight UTC when only the day is known"),
        _need("published_precision", TEXT, "How exact published_at is", None, *PRECISIONS),
        _may(
            "published_source",
            TEXT,
            "Where published_at comes from",
            None,
            "json-ld",
            "meta",
            "feed",
            "url",
            "text",
            "record",
        ),
        _may("modified_at", TIMESTAMP, "Time of the last change, as the outlet says"),
        _need("body_text", TEXT, "The article's text: paragraphs parted by one blank line"),
        _need("word_count", INT, "Words of body_text", "words"),
        _may("image_url", TEXT, "Lead image"),
        _need("is_truncated", BOOL, "The page shows only the beginning (paywall, consent)"),
        _need("text_sha256", TEXT, "SHA-256 of title and body_text"),
        _need("code_version", TEXT, "Version and stage fingerprints of the code that made the row"),
        _need("run_id", TEXT, "Run that wrote the row"),
        _MONTH,
    ),
    is_partitioned=True,
)

REMOVED_LINES = Table(
    "removed_lines",
    "line the cleaner took out",
    ("article_id", "line_number"),
    (
        _ARTICLE,
        _need("line_number", INT, "Its place among the page's lines, from 1"),
        _need("text", TEXT, "The line"),
        _need("rule", TEXT, "The rule that took it"),
        _need("section", TEXT, "Where it stood", None, "head", "body", "tail"),
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

SENTENCES = Table(
    "sentences",
    "sentence",
    ("article_id", "sentence_number"),
    (_ARTICLE, _need("sentence_number", INT, "From 1, in reading order"), *_SPAN, _MONTH),
    is_partitioned=True,
    parent="articles",
)

MENTIONS = Table(
    "mentions",
    "name in the text",
    ("article_id", "start_char", "end_char"),
    (
        _ARTICLE,
        *_SPAN,
        _SURFACE,
        _need("entity_type", TEXT, "What kind of thing is named", None, *ENTITY_TYPES),
        _may("entity_id", TEXT, "The thing named, see entities"),
        _may("role", TEXT, "Title or description at hand, e.g. White House press secretary"),
        _SENTENCE,
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

ENTITIES = Table(
    "entities",
    "thing named",
    ("entity_id",),
    (
        _need("entity_id", TEXT, "Stable id: Wikidata's where known, else a hash of type and name"),
        _need("name", TEXT, "The fullest or best-known name"),
        _need("entity_type", TEXT, "What kind of thing it is", None, *ENTITY_TYPES),
        _may("aliases", TEXTS, "Other forms met or known, sorted"),
        _may("wikidata_id", TEXT, "Wikidata item, e.g. Q7747"),
        _may("country_code", TEXT, "ISO 3166-1 alpha-2"),
        _may("latitude", FLOAT, "WGS 84", "degrees"),
        _may("longitude", FLOAT, "WGS 84", "degrees"),
    ),
)

FIGURES = Table(
    "figures",
    "number in the text",
    ("article_id", "start_char", "end_char"),
    (
        _ARTICLE,
        *_SPAN,
        _SURFACE,
        _need("kind", TEXT, "What is measured", None, *FIGURE_KINDS),
        _may("value", FLOAT, "The number, scaled, in `unit`; null when only bounds are known", "unit"),
        _may("low", FLOAT, "Lower bound", "unit"),
        _may("high", FLOAT, "Upper bound", "unit"),
        _need("bound", TEXT, "How value, low and high are meant", None, *BOUNDS),
        _may("unit", TEXT, "UCUM unit or ISO 4217 currency; null for plain counts"),
        _may("counted", TEXT, "Head noun phrase of what is counted, as written"),
        _need("is_suspect", BOOL, "The number looks wrong; it is kept as printed"),
        _may("suspect_reason", TEXT, "Why, e.g. malformed_number"),
        _may("candidates", FLOATS, "Possible readings of a suspect number", "unit"),
        _may("quotation_start_char", INT, "start_char of the quotation it stands in", "code points"),
        _SENTENCE,
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

DATES = Table(
    "dates",
    "expression of time",
    ("article_id", "start_char", "end_char"),
    (
        _ARTICLE,
        *_SPAN,
        _SURFACE,
        _may("starts_at", TIMESTAMP, "Begin of the time meant"),
        _may("ends_at", TIMESTAMP, "End of the time meant, exclusive"),
        _need("granularity", TEXT, "How fine it is said", None, *GRANULARITIES),
        _need("is_relative", BOOL, "It is said from another time"),
        _may("anchor", TEXT, "What it is counted from", None, "published", "previous", "explicit"),
        _SENTENCE,
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

QUOTATIONS = Table(
    "quotations",
    "quoted words",
    ("article_id", "start_char", "end_char"),
    (
        _ARTICLE,
        *_SPAN,
        _need("text", TEXT, "The words, without the outer quotation marks"),
        _need(
            "kind",
            TEXT,
            "Direct: a clause or more in marks; mixed: a part; indirect: no marks",
            None,
            "direct",
            "mixed",
            "indirect",
        ),
        _may("speaker", TEXT, "Who said it, as written nearby"),
        _may("speaker_start_char", INT, "Where speaker stands", "code points"),
        _may("speaker_end_char", INT, "One past its end", "code points"),
        _may("speaker_entity_id", TEXT, "The speaker, see entities"),
        _need("is_anonymous", BOOL, "The speaker is described and not named"),
        _may("cue", TEXT, "The word that tells of speech, e.g. said"),
        _SENTENCE,
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

SIGNATURES = Table(
    "signatures",
    "article's wording in numbers, to find copies by",
    ("article_id",),
    (
        _ARTICLE,
        _need("words_sha256", TEXT, "SHA-256 of the body's words, case-folded; the same for exact copies"),
        _need("shingle_count", INT, "Different runs of five words in the body", "shingles"),
        _need("minhash", BINARY, "MinHash of the shingles: 128 little-endian unsigned 32-bit numbers"),
        _need("bands", INTS, "LSH bands of the MinHash; articles that share one are compared"),
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

DUPLICATES = Table(
    "duplicates",
    "article that repeats another",
    ("article_id",),
    (
        _ARTICLE,
        _need("original_article_id", TEXT, "The earliest article with this text"),
        _need("relation", TEXT, "How close", None, "exact", "near", "rewrite"),
        _need("similarity_ratio", FLOAT, "Estimated Jaccard similarity of word shingles", "0 to 1"),
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

STORIES = Table(
    "stories",
    "event as several articles tell it",
    ("story_id",),
    (
        _need("story_id", TEXT, "Id of its first article's grouping; stays when the story grows"),
        _may("title", TEXT, "Title of its most central article"),
        _may("first_published_at", TIMESTAMP, "Earliest publication"),
        _may("last_published_at", TIMESTAMP, "Latest publication"),
        _need("article_count", INT, "Articles in it", "articles"),
        _need("outlet_count", INT, "Outlets in it", "outlets"),
    ),
)

STORY_ARTICLES = Table(
    "story_articles",
    "article in a story",
    ("article_id",),
    (
        _ARTICLE,
        _need("story_id", TEXT, "Its story"),
        _need("similarity_ratio", FLOAT, "Closeness to the story when it joined", "0 to 1"),
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

OUTCOMES = Table(
    "outcomes",
    "input in a run",
    ("run_id", "input_ref"),
    (
        _need("run_id", TEXT, "The run"),
        _need("input_ref", TEXT, "The input as its user knows it: a path, path#line or URL"),
        _may("capture_id", TEXT, "Its capture, if it could be archived"),
        _may("article_id", TEXT, "The article it became or belongs to"),
        _need(
            "outcome",
            TEXT,
            "What became of it",
            None,
            "accepted",
            "unchanged",
            "duplicate",
            "rejected",
            "quarantined",
        ),
        _need("reason", TEXT, "Why, see docs/tables.md"),
        _may("detail", TEXT, "More, for people"),
        _need("stage", TEXT, "The stage that decided"),
    ),
)

RUNS = Table(
    "runs",
    "run of a flow",
    ("run_id",),
    (
        _need("run_id", TEXT, "Time-ordered id"),
        _need("flow", TEXT, "ingest, load, backfill, stories or maintain"),
        _may("parameters", TEXT, "Its parameters, a JSON object"),
        _need("code_version", TEXT, "Version and stage fingerprints"),
        _need("started_at", TIMESTAMP, "Begin"),
        _may("finished_at", TIMESTAMP, "End; null while it runs"),
        _need("state", TEXT, "How it stands", None, "running", "completed", "failed", "stopped"),
        _need("input_count", INT, "Inputs with a recorded outcome", "inputs"),
        _need("accepted_count", INT, "Inputs accepted", "inputs"),
        _may("snapshot_id", INT, "The lake's snapshot before the run's last landing"),
        _may("seconds", FLOAT, "Wall time", "seconds"),
    ),
)

LINE_STATISTICS = Table(
    "line_statistics",
    "outlet and line that its articles repeat",
    ("outlet", "line_sha256"),
    (
        _need("outlet", TEXT, "Publisher"),
        _need("line_sha256", TEXT, "SHA-256 of the line, case-folded, digits as 0, spaces as one"),
        _need("text", TEXT, "The line as first seen"),
        _need("article_count", INT, "Articles it was seen in", "articles"),
        _need("edge_count", INT, "Times it stood in the first or last lines of the page text", "articles"),
        _need("linked_ratio", FLOAT, "Share of its characters inside links, mean", "0 to 1"),
        _need("first_seen_date", DATE, "First day seen"),
        _need("last_seen_date", DATE, "Last day seen"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        CAPTURES,
        ARTICLES,
        REMOVED_LINES,
        SENTENCES,
        MENTIONS,
        ENTITIES,
        FIGURES,
        DATES,
        QUOTATIONS,
        SIGNATURES,
        DUPLICATES,
        STORIES,
        STORY_ARTICLES,
        OUTCOMES,
        RUNS,
        LINE_STATISTICS,
    )
}
ARTICLE_CHILDREN = (
    "removed_lines",
    "sentences",
    "mentions",
    "figures",
    "dates",
    "quotations",
    "signatures",
)
