"""From an article's text to names, figures, dates and quotations."""

from __future__ import annotations

from collections.abc import Sequence

from core.outcomes import Row, StageResult
from tasks.extract.document import Document
from tasks.extract.options import ExtractOptions
from tasks.extract.pipeline import bounded_memory, build_documents, parse_sentences

__all__ = ["Document", "ExtractOptions", "extract_articles"]


def extract_articles(articles: Sequence[Row], options: ExtractOptions) -> StageResult:
    """Rows of `sentences`, `mentions`, `entities`, `figures`, `dates` and `quotations` of the articles.

    Takes rows of `articles`; rows come in the articles' order and, within one, in reading order.
    An article's rows do not depend on which others are in the batch.
    """
    result = StageResult()
    with bounded_memory(articles, options):
        documents = build_documents(articles, options)
        parse_sentences(documents, {}, options)
        for document in documents:
            for row in _sentence_rows(document):
                result.add("sentences", row)
    return result


def _sentence_rows(document: Document) -> list[Row]:
    return [
        {
            "article_id": document.article_id,
            "sentence_number": sentence.number,
            "start_char": sentence.start_char,
            "end_char": sentence.end_char,
            "month": document.month,
        }
        for sentence in document.sentences
    ]
