"""From an article's text to names, figures, dates and quotations."""

from __future__ import annotations

from collections.abc import Sequence

from core.outcomes import Row, StageResult
from tasks.extract.document import Document
from tasks.extract.entities import entity_rows, identify_names, merge_entities
from tasks.extract.names import find_names
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
            mentions, entities = _name_rows(document)
            result.rows.setdefault("mentions", []).extend(mentions)
            result.rows.setdefault("entities", []).extend(entities)
    result.rows["entities"] = merge_entities(result.rows.get("entities", []))
    return result


def _name_rows(document: Document) -> tuple[list[Row], list[Row]]:
    """Rows of `mentions` and of `entities` for one article."""
    frame, names = find_names(document)
    identities = identify_names(frame, names)
    mentions = []
    for one, identity in zip(names, identities, strict=True):
        start, end = frame.starts[one.start], frame.end_char(one.end - 1)
        mentions.append(
            document.row(
                start,
                end,
                surface=document.text[start:end],
                entity_type=one.entity_type,
                entity_id=identity.entity_id,
                role=one.role,
            )
        )
    return mentions, entity_rows(frame, names, identities)


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
