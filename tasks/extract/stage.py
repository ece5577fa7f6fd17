"""The extract stage: rows of articles in, rows of what they name, count, date and quote out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from core.outcomes import Row, StageResult
from tasks.extract.date_context import dated_sentences, describe_dates
from tasks.extract.date_tense import tense_of_date
from tasks.extract.dates import DateReading
from tasks.extract.document import Document
from tasks.extract.entities import entity_rows, identify_names, merge_entities
from tasks.extract.figure_context import describe_figures
from tasks.extract.figure_context.implied_counts import find_told, sentences_with_implied_counts
from tasks.extract.figure_context.told_ages import find_told_ages
from tasks.extract.figures import find_figures, find_lengths
from tasks.extract.language_model.pipeline import bounded_memory, build_documents, parse_sentences
from tasks.extract.names import find_names
from tasks.extract.options import ExtractOptions
from tasks.extract.quotations import find_quotations
from tasks.extract.quotations import sentences_to_parse as quotation_sentences


def extract_articles(articles: Sequence[Row], options: ExtractOptions) -> StageResult:
    """Rows of `sentences`, `mentions`, `entities`, `figures`, `dates` and `quotations` of the articles.

    Takes rows of `articles`; rows come in the articles' order and, within one, in reading order. An
    article's rows do not depend on which others are in the batch; a thing that several articles name
    has one row of `entities`, which holds the forms met in all of them (see `merge_entities`).
    """
    result = StageResult()
    with bounded_memory(articles, options):
        documents = build_documents(articles, options)
        readings = [_read(document) for document in documents]
        wanted = {
            place: _sentences_to_parse(document, dates.rows, figures)
            for place, (document, (dates, figures)) in enumerate(zip(documents, readings, strict=True))
        }
        parse_sentences(documents, wanted, options)
        for document, (dates, figures) in zip(documents, readings, strict=True):
            for table, rows in _document_rows(document, dates, figures).items():
                result.rows.setdefault(table, []).extend(rows)
    if "entities" in result.rows:
        result.rows["entities"] = merge_entities(result.rows["entities"])
    return result


def _read(document: Document) -> tuple[DateReading, list[Row]]:
    """The dates and rows of `figures`: they need no parse. What is a figure leans on dates."""
    dates = DateReading(document)
    figures = find_figures(document, dates.rows)
    return dates, figures + find_lengths(document, dates.rows, figures)


def _sentences_to_parse(document: Document, dates: Sequence[Row], figures: Sequence[Row]) -> set[int]:
    """The sentences that say what a figure counts or what a date is for, tell a count in words, or tell who speaks."""
    wanted = quotation_sentences(document)
    if document.language.split("-")[0] == "en":
        wanted |= (
            sentences_with_implied_counts(document)
            | dated_sentences(dates)
            | {row["sentence_number"] for row in figures}
        )
    return wanted


def _document_rows(document: Document, reading: DateReading, figures: list[Row]) -> dict[str, list[Row]]:
    """Every table's rows of one article. Who speaks leans on names; what a figure says, on all else."""
    reading.settle(lambda date: tense_of_date(document, date))
    dates = reading.rows
    mentions, entities = _name_rows(document)
    quotations = find_quotations(document, mentions)
    told = find_told(document, figures) + find_told_ages(document, figures, mentions)
    figures = sorted(figures + told, key=lambda row: (row["start_char"], row["end_char"]))
    describe_dates(document, dates)
    describe_figures(document, figures, mentions, dates, quotations)
    _place_in_quotations(figures, quotations)
    return {
        "sentences": _sentence_rows(document),
        "mentions": mentions,
        "entities": entities,
        "figures": figures,
        "dates": dates,
        "quotations": quotations,
    }


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
                source=one.source,
                role=one.role,
            )
        )
    return mentions, entity_rows(frame, names, identities)


def _place_in_quotations(figures: Sequence[Row], quotations: Sequence[Row]) -> None:
    """Set `quotation_start_char` of the figures that somebody says inside quotation marks."""
    marked = sorted((row["start_char"], row["end_char"]) for row in quotations if row["kind"] != "indirect")
    starts = [start for start, _ in marked]
    for figure in figures:
        place = bisect_right(starts, figure["start_char"]) - 1
        if place >= 0 and figure["end_char"] <= marked[place][1]:
            figure["quotation_start_char"] = starts[place]


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
