"""Every table of the lake: its columns, Arrow types, units and meaning. The single source.

The lake's DDL and column comments, `copydesk tables`, docs/tables.md and the check that rows fit
their table are all made from here. Conventions: spans are half-open, in Unicode code points of
`articles.body_text`; timestamps are UTC; `month` is the first day of the month of `published_at`,
else of `fetched_at`, and the physical partition of every big table.
"""

from __future__ import annotations

from core.columns import ARTICLE, MONTH, SENTENCE, SPAN, SURFACE
from core.edit_tables import FIGURE_CHANGES, QUOTATION_CHANGES, keep_former
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
    BOOL,
    DATE,
    FLOAT,
    FLOATS,
    INT,
    TEXT,
    TEXTS,
    TIMESTAMP,
    Column,
    Table,
    may,
    need,
)
from core.story_tables import (
    DUPLICATES,
    QUESTIONS,
    READINGS,
    SIGNATURES,
    STORIES,
    STORY_ARTICLES,
    STORY_CORRECTIONS,
    STORY_MOVES,
)

__all__ = ["TABLES", "TEXT", "Column", "Table"]

# How a name was read; docs/languages.md says which language has which.
MENTION_SOURCES = ("model", "table", "title", "speech", "given_name", "surname", "pattern", "repeat")
ENTITY_TYPES = ("person", "organization", "place", "group", "event", "work", "law", "facility", "product")
PRECISIONS = ("minute", "day", "month", "unknown")
FIGURE_KINDS = (
    "count", "money", "percent", "duration", "measure", "age", "fraction", "ratio", "rank", "other",
)  # fmt: skip
BOUNDS = ("exact", "about", "at_least", "at_most", "between", "vague")
GRANULARITIES = (
    "minute", "hour", "part_of_day", "day", "week", "month", "season", "quarter", "year", "decade", "other",
)  # fmt: skip

CAPTURES = Table(
    "captures",
    "thing fetched or loaded",
    ("capture_id",),
    (
        need("capture_id", TEXT, "A hash of URL, content and time of fetching"),
        need("outlet", TEXT, "Publisher: its key in copydesk.toml, else its host or folder"),
        need("url", TEXT, "Requested address; file: for local files without a web address"),
        may("final_url", TEXT, "Address after redirects"),
        need("kind", TEXT, "How to read the payload", None, "html", "text", "record"),
        may("status_code", INT, "HTTP status"),
        may("content_type", TEXT, "Media type as declared"),
        may("charset", TEXT, "Character set as declared"),
        need("byte_count", INT, "Length of the payload", "bytes"),
        need("body_sha256", TEXT, "SHA-256 of the payload, hexadecimal"),
        need("fetched_at", TIMESTAMP, "When it was fetched; for a local file, its time of modification"),
        need("warc_file", TEXT, "WARC file, relative to the archive folder; absolute if it is elsewhere"),
        need("warc_offset", INT, "Where the record starts in the WARC file", "bytes"),
        need("warc_length", INT, "Length of the compressed record", "bytes"),
        need("run_id", TEXT, "Run that made the capture"),
        may("hints", TEXT, "What the feed or record already said, a JSON object"),
        MONTH,
    ),
    is_partitioned=True,
)

ARTICLES = Table(
    "articles",
    "article, from its newest accepted capture",
    ("article_id",),
    (
        ARTICLE,
        need("capture_id", TEXT, "The capture it was made from"),
        need("outlet", TEXT, "Publisher"),
        need("url", TEXT, "Address of the capture"),
        may("canonical_url", TEXT, "Address without tracking, AMP and mobile forms"),
        may(
            "title",
            TEXT,
            "Headline, without the outlet's name: the one that the page shows, unless its data agree on another",
        ),
        may(
            "social_title",
            TEXT,
            "Headline for social networks (og:title, twitter:title), without the outlet's name, where it differs from title",
        ),
        may(
            "authors",
            TEXTS,
            "Who is credited, in order: persons and agencies; a desk or the outlet only if no person or agency is",
        ),
        may("byline", TEXT, "The byline as printed"),
        may(
            "agency",
            TEXT,
            "News agency whose report it prints or draws on, by byline, dateline or credit line, e.g. Reuters",
        ),
        may("section", TEXT, "Section of the outlet"),
        may("language", TEXT, "ISO 639-1 code"),
        may("published_at", TIMESTAMP, "Time of publication; midnight UTC when only the day is known"),
        may("published_date", DATE, "Day of publication in the zone that the page prints, else in UTC"),
        need("published_precision", TEXT, "How exact published_at is", None, *PRECISIONS),
        may(
            "published_source",
            TEXT,
            "Where published_at comes from; guess means only the likeliest day on the page",
            None,
            "json-ld",
            "meta",
            "feed",
            "url",
            "text",
            "record",
            "guess",
        ),
        may("modified_at", TIMESTAMP, "Time of the last change, as the outlet says"),
        need("body_text", TEXT, "The article's text: paragraphs separated by one blank line"),
        need("word_count", INT, "Words of body_text", "words"),
        may("image_url", TEXT, "Lead image"),
        need("is_truncated", BOOL, "The page shows only the beginning (paywall)"),
        need("text_sha256", TEXT, "SHA-256 of title and body_text"),
        need("code_version", TEXT, "Version and stage fingerprints of the code that made the row"),
        need("run_id", TEXT, "Run that wrote the row"),
        MONTH,
    ),
    is_partitioned=True,
)

ARTICLE_REVISIONS = Table(
    "article_revisions",
    "headline and text that an article has had, from one accepted capture",
    ("capture_id",),
    (
        need("capture_id", TEXT, "The capture it came with; its bytes are in the archive"),
        ARTICLE,
        need("fetched_at", TIMESTAMP, "When it was fetched"),
        may("title", TEXT, "Headline at that time"),
        may("social_title", TEXT, "Headline for social networks at that time, where it differs from title"),
        need("text_sha256", TEXT, "SHA-256 of title and body_text"),
        need(
            "added_words_count", INT, "Words of headlines and text added since the previous revision", "words"
        ),
        need(
            "removed_words_count",
            INT,
            "Words of headlines and text removed since the previous revision",
            "words",
        ),
        may(
            "is_compared",
            BOOL,
            "Figures and quotations were compared with those before; null in rows older than this column",
        ),
        MONTH,
    ),
    is_partitioned=True,
)

REMOVED_LINES = Table(
    "removed_lines",
    "line the cleaner took out",
    ("article_id", "line_number"),
    (
        ARTICLE,
        need("line_number", INT, "Its place among the page's lines, from 1"),
        need("text", TEXT, "The line"),
        need("rule", TEXT, "The rule that removed it, see docs/cleaning-rules.md"),
        need("section", TEXT, "The part of the page it was in", None, "head", "body", "tail"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

SENTENCES = Table(
    "sentences",
    "sentence",
    ("article_id", "sentence_number"),
    (ARTICLE, need("sentence_number", INT, "From 1, in reading order"), *SPAN, MONTH),
    is_partitioned=True,
    parent="articles",
)

MENTIONS = Table(
    "mentions",
    "name in the text",
    ("article_id", "start_char", "end_char"),
    (
        ARTICLE,
        *SPAN,
        SURFACE,
        need("entity_type", TEXT, "What kind of thing is named", None, *ENTITY_TYPES),
        may("entity_id", TEXT, "The thing named, see entities"),
        may("source", TEXT, "The clue by which the name was found", None, *MENTION_SOURCES),
        may("role", TEXT, "Title or description beside the name, e.g. White House press secretary"),
        SENTENCE,
        MONTH,
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
        ARTICLE,
        *SPAN,
        SURFACE,
        need(
            "kind",
            TEXT,
            "What is measured; a duration can lie in a date: 47 years of 47 years ago",
            None,
            *FIGURE_KINDS,
        ),
        may("value", FLOAT, "The number, scaled, in `unit`; null when only bounds are known", "unit"),
        may("low", FLOAT, "Lower bound", "unit"),
        may("high", FLOAT, "Upper bound", "unit"),
        need("bound", TEXT, "How to read value, low and high", None, *BOUNDS),
        may("unit", TEXT, "UCUM unit or ISO 4217 currency; null for plain counts"),
        may("counted", TEXT, "Head noun phrase of what is counted, as written"),
        need("is_suspect", BOOL, "The number looks wrong; it is kept as printed"),
        may("suspect_reason", TEXT, "Why, e.g. malformed_number"),
        may("candidates", FLOATS, "Possible readings of a suspect number", "unit"),
        may("quotation_start_char", INT, "start_char of the quotation it is in", "code points"),
        SENTENCE,
        may("predicate", TEXT, "Base form of what happens to it or what it is, e.g. kill"),
        may("roles", TEXTS, "Words of its sentence about it, nearest first, e.g. obj:kill, in:fire"),
        may("measured", TEXT, "Whose age it is, or what costs or lasts, as written"),
        may("measured_entity_id", TEXT, "The person whose age it is, see entities"),
        may("per", TEXT, "The unit that the number is for: year, head, each"),
        may("of_whole", TEXT, "What it is a part of, as written, e.g. the males"),
        may("since", TIMESTAMP, "The time that it counts from"),
        may("as_of", TIMESTAMP, "The time for which it is true"),
        may(
            "told_from",
            TIMESTAMP,
            "Beginning of the time it is told for, where its clause names one; English only; null in older rows",
        ),
        may("told_until", TIMESTAMP, "End of that time, exclusive"),
        may("told_time", TEXT, "The words that name it, e.g. last winter"),
        may("attributed_to", TEXT, "Who says the number, as written"),
        may("attributed_entity_id", TEXT, "Who says it, see entities"),
        may("is_negated", BOOL, "It is denied"),
        may("is_hypothetical", BOOL, "It is planned, possible, demanded or conditional"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

DATES = Table(
    "dates",
    "expression of time",
    ("article_id", "start_char", "end_char"),
    (
        ARTICLE,
        *SPAN,
        SURFACE,
        may("starts_at", TIMESTAMP, "Beginning of the time, inclusive"),
        may("ends_at", TIMESTAMP, "End of the time, exclusive"),
        need("granularity", TEXT, "How precise the words are", None, *GRANULARITIES),
        need("is_relative", BOOL, "It is relative to another time"),
        may(
            "anchor",
            TEXT,
            "The time that a relative date is counted from",
            None,
            "published",
            "previous",
            "explicit",
        ),
        may(
            "predicate",
            TEXT,
            "What happens then: base form of the verb or noun that the date depends on (hold, talk); English only; null in rows older than this column",
        ),
        may(
            "roles",
            TEXTS,
            "Words of its sentence about it, as role:base form, nearest first: the link to the predicate (on:hold), the subject (subj), the object (obj), nouns nearby (near:talk)",
        ),
        SENTENCE,
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

QUOTATIONS = Table(
    "quotations",
    "quoted words",
    ("article_id", "start_char", "end_char"),
    (
        ARTICLE,
        *SPAN,
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
        may("speaker_start_char", INT, "Where the speaker is printed", "code points"),
        may("speaker_end_char", INT, "One past its end", "code points"),
        may("speaker_entity_id", TEXT, "The speaker, see entities"),
        need("is_anonymous", BOOL, "The speaker is described and not named"),
        may("cue", TEXT, "The reporting word, e.g. said"),
        SENTENCE,
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

FORMER_FIGURES = keep_former(FIGURES, "figure of a text that an edit replaced")
FORMER_QUOTATIONS = keep_former(QUOTATIONS, "quotation of a text that an edit replaced")

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
        STORY_MOVES,
        STORY_CORRECTIONS,
        QUESTIONS,
        READINGS,
        FORMER_FIGURES,
        FORMER_QUOTATIONS,
        FIGURE_CHANGES,
        QUOTATION_CHANGES,
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
    "removed_lines", "sentences", "mentions", "figures", "dates", "quotations", "signatures", "readings",
)  # fmt: skip
