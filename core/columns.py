"""Columns that several tables share: the article, its month, a span of its text."""

from __future__ import annotations

from core.schema import DATE, INT, TEXT, may, need

ARTICLE = need("article_id", TEXT, "The article: a hash of its canonical URL, or of its content")
MONTH = need("month", DATE, "First day of the month of publication, else of fetching; the partition")
SPAN = (
    need("start_char", INT, "First code point in articles.body_text", "code points"),
    need("end_char", INT, "One past the last code point", "code points"),
)
SURFACE = need("surface", TEXT, "The characters of the text between start_char and end_char")
SENTENCE = may("sentence_number", INT, "The sentence it starts in, see sentences")
