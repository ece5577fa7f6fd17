"""Tables of what articles have in common: copies, stories, and the questions that their figures answer."""

from __future__ import annotations

from core.columns import ARTICLE, MONTH
from core.schema import BINARY, FLOAT, INT, INTS, TEXT, TIMESTAMP, Table, may, need

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
        ARTICLE,
        need("story_id", TEXT, "Its story"),
        need("similarity_ratio", FLOAT, "Closeness to the story when it joined", "0 to 1"),
        MONTH,
    ),
    is_partitioned=True,
    parent="articles",
)
