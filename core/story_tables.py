"""Tables of what articles have in common: copies, stories, and the questions that their figures answer."""

from __future__ import annotations

from core.columns import ARTICLE, MONTH, SPAN
from core.schema import BINARY, BOOL, FLOAT, INT, INTS, TEXT, TIMESTAMP, Table, may, need

SIGNATURES = Table(
    "signatures",
    "article's wording in numbers, to find copies by",
    ("article_id",),
    (
        ARTICLE,
        need("words_sha256", TEXT, "SHA-256 of the body's words, case-folded; the same for exact copies"),
        need("shingle_count", INT, "Different runs of five words in the body", "shingles"),
        need("minhash", BINARY, "MinHash of the shingles: 128 little-endian unsigned 32-bit numbers"),
        need("bands", INTS, "LSH bands of the MinHash; articles that share one are compared"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

DUPLICATES = Table(
    "duplicates",
    "article that repeats another",
    ("article_id",),
    (
        ARTICLE,
        need("original_article_id", TEXT, "The earliest article with this text"),
        need("relation", TEXT, "How close", None, "exact", "near", "rewrite"),
        need("similarity_ratio", FLOAT, "Estimated Jaccard similarity of word shingles", "0 to 1"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

STORIES = Table(
    "stories",
    "event that several articles report",
    ("story_id",),
    (
        need("story_id", TEXT, "Id of the story, made from its first article; stays when the story grows"),
        may("title", TEXT, "Title of its most central article"),
        may("first_published_at", TIMESTAMP, "Earliest publication"),
        may("last_published_at", TIMESTAMP, "Latest publication"),
        need("article_count", INT, "Articles in it", "articles"),
        need("outlet_count", INT, "Outlets in it", "outlets"),
        may(
            "has_stale_questions",
            BOOL,
            "An article changed after its questions were made; the next run makes them again",
        ),
    ),
)

STORY_ARTICLES = Table(
    "story_articles",
    "article in a story",
    ("article_id",),
    (
        ARTICLE,
        need("story_id", TEXT, "Its story"),
        need("similarity_ratio", FLOAT, "Closeness to the story when it joined", "0 to 1"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)

STORY_MOVES = Table(
    "story_moves",
    "move of an article from one story to another",
    ("article_id", "from_story_id", "to_story_id", "run_id"),
    (
        ARTICLE,
        need("from_story_id", TEXT, "The story that it left"),
        need("to_story_id", TEXT, "The story that it moved to"),
        need("moved_at", TIMESTAMP, "When the run that moved it began"),
        need(
            "reason",
            TEXT,
            "Why: `parted`, its links to the story were too weak after the story got another article; `regrouped`, a backfill grouped"
            " it again; `corrected`, a person split or merged stories, or undid that (see story_corrections)",
            None,
            "parted",
            "regrouped",
            "corrected",
        ),
        may(
            "log_odds",
            FLOAT,
            "Log odds that the articles that left and those that stayed report one event; null where regrouped or corrected",
        ),
        need("run_id", TEXT, "The run that moved it"),
    ),
)

STORY_CORRECTIONS = Table(
    "story_corrections",
    "article of a story that a person split or merged",
    ("correction_id", "article_id"),
    (
        need("correction_id", TEXT, "The decision; names all of its rows"),
        ARTICLE,
        need(
            "kind",
            TEXT,
            "What was decided: `split`, the articles with another story_id than from_story_id report another event than the rest;"
            " `merge`, all of them report one event",
            None,
            "split",
            "merge",
        ),
        need("from_story_id", TEXT, "The story that it was in"),
        need("story_id", TEXT, "The story that it was put into"),
        need(
            "decided_at", TIMESTAMP, "When; where two decisions contradict each other, the later one counts"
        ),
        need("decided_by", TEXT, "Who decided"),
        may("why", TEXT, "Why, in the person's words"),
        may("undone_at", TIMESTAMP, "When the decision was taken back; it no longer counts"),
        may("undone_by", TEXT, "Who took it back"),
    ),
)

# The two sides of a dispute are few words: what an editor sorts by.
VERDICTS = ("agree", "overlap", "vaguer", "update", "conflict", "conflict of sources", "suspect")

QUESTIONS = Table(
    "questions",
    "question that figures of a story of several articles answer",
    ("question_id",),
    (
        need("question_id", TEXT, "Stays when the story grows"),
        need("story_id", TEXT, "Its story"),
        need("label", TEXT, "The question in words: people killed, Ana Bell's age, reward"),
        need(
            "kind",
            TEXT,
            "The kind of answer",
            None,
            "age",
            "money",
            "duration",
            "measure",
            "percent",
            "score",
            "count",
        ),
        may("unit", TEXT, "UCUM unit or ISO 4217 currency of low and high"),
        need("reading_count", INT, "Figures that answer it", "readings"),
        need("outlet_count", INT, "Outlets that answer it", "outlets"),
        need(
            "source_count",
            INT,
            "Different sources behind the answers: who is named for the number, else the agency or the outlet; copies do not count",
            "sources",
        ),
        may("low", FLOAT, "The lowest bound of all readings; null if one has no lower bound", "unit"),
        may("high", FLOAT, "The highest bound of all readings; null if one has no upper bound", "unit"),
        may(
            "verdict",
            TEXT,
            "The gravest verdict between readings of two outlets; null if only one outlet answers",
            None,
            *VERDICTS,
        ),
        may("first_published_at", TIMESTAMP, "The first answer"),
        may("last_published_at", TIMESTAMP, "The last answer"),
    ),
)

READINGS = Table(
    "readings",
    "figure as an answer to a question",
    ("article_id", "start_char", "end_char"),
    (
        ARTICLE,
        *SPAN,
        need("question_id", TEXT, "The question that it answers"),
        may(
            "low",
            FLOAT,
            "Lower bound of what the figure says; null if it has no lower bound",
            "unit of the question",
        ),
        may("high", FLOAT, "Upper bound; null if it has no upper bound", "unit of the question"),
        may(
            "verdict",
            TEXT,
            "How it compares with the nearest reading of another outlet; null if no other outlet has one",
            None,
            *VERDICTS,
        ),
        need("is_copy", BOOL, "The article repeats another (see duplicates)"),
        may("source", TEXT, "Who says the number, as written"),
        may("source_entity_id", TEXT, "Who says it, see entities"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)
