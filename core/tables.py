"""Every table of the lake: its columns, Arrow types, units and meaning. The single source.

The lake's DDL and column comments, `copydesk tables`, docs/tables.md and the check that rows fit
their table are all made from here. Conventions: spans are half-open, in Unicode code points of
`articles.body_text`; timestamps are UTC; `month` is the first day of the month of `published_at`,
else of `fetched_at`, and the physical partition of every big table.
"""

from __future__ import annotations

from core.run_tables import (
    BACKFILL_CHUNKS,
    BACKFILLS,
    FEED_CURSORS,
    FETCHES,
    LINE_STATISTICS,
    OUTCOMES,
    RUNS,
)
from core.schema import (
    BINARY,
    BOOL,
    DATE,
    FLOAT,
    FLOATS,
    INT,
    INTS,
    TEXT,
    TEXTS,
    TIMESTAMP,
    Column,
    Table,
    may,
    need,
)

__all__ = ["TABLES", "TEXT", "Column", "Table"]

_ARTICLE = need("article_id", TEXT, "The article: a hash of its canonical URL, or of its content")
_MONTH = need("month", DATE, "First day of the month of publication, else of fetching; the partition")
_SPAN = (
    need("start_char", INT, "First code point in articles.body_text", "code points"),
    need("end_char", INT, "One past the last code point", "code points"),
)
_SURFACE = need("surface", TEXT, "The characters of the text between start_char and end_char")
_SENTENCE = may("sentence_number", INT, "The sentence it starts in, see sentences")
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
        need("capture_id", TEXT, "A hash of URL, content and time of fetching"),
        need("outlet", TEXT, "Publisher: its key in copydesk.toml, else its host or folder"),
        need("url", TEXT, "Address asked for; file: for local files without a web address"),
        may("final_url", TEXT, "Address after redirects"),
        need("kind", TEXT, "How to read the payload", None, "html", "text", "record"),
        may("status_code", INT, "HTTP status"),
        may("content_type", TEXT, "Media type as declared"),
        may("charset", TEXT, "Character set as declared"),
        need("byte_count", INT, "Length of the payload", "bytes"),
        need("body_sha256", TEXT, "SHA-256 of the payload, hexadecimal"),
        need("fetched_at", TIMESTAMP, "When it was fetched; for a local file, its time of modification"),
        need(
            "warc_file", TEXT, "WARC file, relative to the archive folder; absolute where it lies elsewhere"
        ),
        need("warc_offset", INT, "Where the record starts in the WARC file", "bytes"),
        need("warc_length", INT, "Length of the compressed record", "bytes"),
        need("run_id", TEXT, "Run that made the capture"),
        may("hints", TEXT, "What the feed or record already said, a JSON object"),
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
        need("capture_id", TEXT, "The capture it was made from"),
        need("outlet", TEXT, "Publisher"),
        need("url", TEXT, "Address of the capture"),
        may("canonical_url", TEXT, "Address without tracking, AMP and mobile forms"),
        may("title", TEXT, "Headline, without the outlet's name"),
        may(
            "authors",
            TEXTS,
            "Who is credited, in order: persons and agencies; a desk or the outlet only where nobody else is",
        ),
        may("byline", TEXT, "The byline as printed"),
        may("section", TEXT, "Section of the outlet"),
        may("language", TEXT, "ISO 639-1 code"),
        may("published_at", TIMESTAMP, "Time of publication; midnight UTC when only the day is known"),
        may("published_date", DATE, "Day of publication in the zone that the page prints, else in UTC"),
        need("published_precision", TEXT, "How exact published_at is", None, *PRECISIONS),
        may(
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
        may("modified_at", TIMESTAMP, "Time of the last change, as the outlet says"),
        need("body_text", TEXT, "The article's text: paragraphs parted by one blank line"),
        need("word_count", INT, "Words of body_text", "words"),
        may("image_url", TEXT, "Lead image"),
        need("is_truncated", BOOL, "The page shows only the beginning (paywall)"),
        need("text_sha256", TEXT, "SHA-256 of title and body_text"),
        need("code_version", TEXT, "Version and stage fingerprints of the code that made the row"),
        need("run_id", TEXT, "Run that wrote the row"),
        _MONTH,
    ),
    is_partitioned=True,
)

ARTICLE_REVISIONS = Table(
    "article_revisions",
    "headline and text that an article has had, from one accepted capture",
    ("capture_id",),
    (
        need("capture_id", TEXT, "The capture it came with; its bytes are in the archive"),
        _ARTICLE,
        need("fetched_at", TIMESTAMP, "When it was fetched"),
        may("title", TEXT, "Headline at that time"),
        need("text_sha256", TEXT, "SHA-256 of title and body_text"),
        need("added_words_count", INT, "Words of headline and text that came since the last", "words"),
        need("removed_words_count", INT, "Words of headline and text that went since", "words"),
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
        need("line_number", INT, "Its place among the page's lines, from 1"),
        need("text", TEXT, "The line"),
        need("rule", TEXT, "The rule that removed it, see docs/cleaning-rules.md"),
        need("section", TEXT, "Where it stood", None, "head", "body", "tail"),
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

SENTENCES = Table(
    "sentences",
    "sentence",
    ("article_id", "sentence_number"),
    (_ARTICLE, need("sentence_number", INT, "From 1, in reading order"), *_SPAN, _MONTH),
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
        need("entity_type", TEXT, "What kind of thing is named", None, *ENTITY_TYPES),
        may("entity_id", TEXT, "The thing named, see entities"),
        may("role", TEXT, "Title or description at hand, e.g. White House press secretary"),
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
        need("entity_id", TEXT, "Stable id: Wikidata's where known, else a hash of type and name"),
        need("name", TEXT, "The fullest or best-known name"),
        need("entity_type", TEXT, "What kind of thing it is", None, *ENTITY_TYPES),
        may("aliases", TEXTS, "Other forms met or known, sorted"),
        may("wikidata_id", TEXT, "Wikidata item, e.g. Q7747"),
        may("country_code", TEXT, "ISO 3166-1 alpha-2"),
        may("latitude", FLOAT, "WGS 84", "degrees"),
        may("longitude", FLOAT, "WGS 84", "degrees"),
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
        need("kind", TEXT, "What is measured", None, *FIGURE_KINDS),
        may("value", FLOAT, "The number, scaled, in `unit`; null when only bounds are known", "unit"),
        may("low", FLOAT, "Lower bound", "unit"),
        may("high", FLOAT, "Upper bound", "unit"),
        need("bound", TEXT, "How value, low and high are meant", None, *BOUNDS),
        may("unit", TEXT, "UCUM unit or ISO 4217 currency; null for plain counts"),
        may("counted", TEXT, "Head noun phrase of what is counted, as written"),
        need("is_suspect", BOOL, "The number looks wrong; it is kept as printed"),
        may("suspect_reason", TEXT, "Why, e.g. malformed_number"),
        may("candidates", FLOATS, "Possible readings of a suspect number", "unit"),
        may("quotation_start_char", INT, "start_char of the quotation it stands in", "code points"),
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
        may("starts_at", TIMESTAMP, "Begin of the time meant"),
        may("ends_at", TIMESTAMP, "End of the time meant, exclusive"),
        need("granularity", TEXT, "How fine it is said", None, *GRANULARITIES),
        need("is_relative", BOOL, "It is said from another time"),
        may("anchor", TEXT, "What it is counted from", None, "published", "previous", "explicit"),
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
        need("text", TEXT, "The words, without the outer quotation marks"),
        need(
            "kind",
            TEXT,
            "Direct: a clause or more in marks; mixed: a part; indirect: no marks",
            None,
            "direct",
            "mixed",
            "indirect",
        ),
        may("speaker", TEXT, "Who said it, as written nearby"),
        may("speaker_start_char", INT, "Where speaker stands", "code points"),
        may("speaker_end_char", INT, "One past its end", "code points"),
        may("speaker_entity_id", TEXT, "The speaker, see entities"),
        need("is_anonymous", BOOL, "The speaker is described and not named"),
        may("cue", TEXT, "The word that tells of speech, e.g. said"),
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
        need("words_sha256", TEXT, "SHA-256 of the body's words, case-folded; the same for exact copies"),
        need("shingle_count", INT, "Different runs of five words in the body", "shingles"),
        need("minhash", BINARY, "MinHash of the shingles: 128 little-endian unsigned 32-bit numbers"),
        need("bands", INTS, "LSH bands of the MinHash; articles that share one are compared"),
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
        need("original_article_id", TEXT, "The earliest article with this text"),
        need("relation", TEXT, "How close", None, "exact", "near", "rewrite"),
        need("similarity_ratio", FLOAT, "Estimated Jaccard similarity of word shingles", "0 to 1"),
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
        need("story_id", TEXT, "Id of its first article's grouping; stays when the story grows"),
        may("title", TEXT, "Title of its most central article"),
        may("first_published_at", TIMESTAMP, "Earliest publication"),
        may("last_published_at", TIMESTAMP, "Latest publication"),
        need("article_count", INT, "Articles in it", "articles"),
        need("outlet_count", INT, "Outlets in it", "outlets"),
    ),
)

STORY_ARTICLES = Table(
    "story_articles",
    "article in a story",
    ("article_id",),
    (
        _ARTICLE,
        need("story_id", TEXT, "Its story"),
        need("similarity_ratio", FLOAT, "Closeness to the story when it joined", "0 to 1"),
        _MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        CAPTURES,
        ARTICLES,
        ARTICLE_REVISIONS,
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
        BACKFILLS,
        BACKFILL_CHUNKS,
        FEED_CURSORS,
        FETCHES,
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
