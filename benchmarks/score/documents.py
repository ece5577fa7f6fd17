"""Documents without a language model, for what needs words only: figures and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tasks.extract.document import Document, Sentence
from tasks.extract.language.sentences import split_sentences
from tasks.extract.language.tokens import blank_language


def make_document(
    text: str,
    published_at: datetime | None = None,
    *,
    language: str = "en",
    time_zone: str = "UTC",
    precision: str = "day",
) -> Document:
    """The text as a Document with sentences and tokens, and no names or parses."""
    if published_at is not None and published_at.tzinfo is None:
        published_at = published_at.replace(tzinfo=UTC)
    sentences = [
        Sentence(number, start, end, 0, 0)
        for number, (start, end) in enumerate(split_sentences(text, language), start=1)
    ]
    return Document(
        article_id="benchmark",
        month=date(2000, 1, 1),
        text=text,
        language=language,
        doc=blank_language(language).make_doc(""),
        sentences=sentences,
        published_at=published_at,
        published_precision=precision if published_at else "unknown",
        time_zone=time_zone,
    )
