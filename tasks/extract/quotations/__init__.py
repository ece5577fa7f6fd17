"""Quotations: the words in quotation marks, who said them, and with which reporting word.

A row's span holds the quotation marks; its `text` does not. One row per paragraph: words that run
over paragraphs come as several rows with the same speaker. What is quoted inside a quotation
belongs to it and has no row, so no two rows of kind direct or mixed overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from core.outcomes import Row
from tasks.extract.document import Document
from tasks.extract.quotations.attribution import Scene, StretchPlace, begins_sentence, locate
from tasks.extract.quotations.carrying import attribute_all
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.foreign.rows import foreign_rows
from tasks.extract.quotations.headlines import find_body_stretches
from tasks.extract.quotations.indirect_speech import IndirectSpeech, find_indirect_speech
from tasks.extract.quotations.kinds import kind_of
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.parsed import read_parse
from tasks.extract.quotations.plain import find_plain_report
from tasks.extract.quotations.reports import Report, find_reports
from tasks.extract.quotations.speakers import Told, can_speak, speaker_values

__all__ = ["find_quotations", "sentences_to_parse"]


def sentences_to_parse(document: Document) -> set[int]:
    """Numbers of the sentences in which a report can be beside a quotation.

    These hold reporter's words in a line with quotation marks; what lies wholly inside marks needs no
    parse. Empty for a language other than English.
    """
    if not document.language.startswith("en"):
        return set()
    places = locate(document.text, find_body_stretches(document))
    wanted: set[int] = set()
    for place in places:
        wanted.update(_sentences_beside(document, place))
    return wanted


def _sentences_beside(document: Document, place: StretchPlace) -> Iterator[int]:
    """Numbers of the sentences before and behind the words that can tell who speaks."""
    text, start, end = document.text, place.stretch.start_char, place.stretch.end_char
    is_plain = False
    if place.gap_start == place.line_start and text[place.above_end - 1 : place.above_end] == ":":
        yield document.sentence_at(place.above_end - 1).number
    if begins_sentence(text, place):
        is_plain = find_plain_report(document, place.stretch) is not None
        before = document.sentence_at(max(start - 2, place.gap_start))
        if not is_plain and place.line_start < place.gap_start <= before.start_char < start:
            yield before.number
    elif text[place.gap_start : start].strip():
        yield document.sentence_at(max(start - 2, place.gap_start)).number
        yield document.sentence_at(start).number
    if not is_plain and text[end : place.gap_end].strip():
        yield document.sentence_at(end - 1).number
        yield document.sentence_at(min(end + 2, place.gap_end)).number


def find_quotations(document: Document, mentions: Sequence[Row]) -> list[Row]:
    """Rows of `quotations` in order of their place."""
    stretches = find_body_stretches(document)
    cast = Cast(document, mentions, stretches)
    if not document.language.startswith("en"):
        return list(foreign_rows(document, stretches, cast))
    scene = make_scene(document, stretches)
    found: list[tuple[int, Callable[[], Row]]] = [
        (place.stretch.start_char, partial(_make_row, scene, place, report, cast))
        for place, report in attribute_all(scene)
    ]
    found += [
        (speech.start_char, partial(_make_indirect_row, document, speech, cast))
        for speech in find_indirect_speech(document, stretches, cast)
    ]
    return [make_row() for _, make_row in sorted(found, key=itemgetter(0))]  # in order: "he" looks back


def make_scene(document: Document, stretches: Sequence[Stretch]) -> Scene:
    """The article as attribution looks at it."""
    parses = {}
    starts = [stretch.start_char for stretch in stretches]
    for number in sorted(document.parses):
        parse = read_parse(document, number, stretches, starts)
        if parse is not None:
            parses[number] = parse
    reports = [report for number in parses for report in find_reports(parses[number])]
    return Scene(document, locate(document.text, stretches), reports, parses)


def _make_row(scene: Scene, place: StretchPlace, report: Report | None, cast: Cast) -> Row:
    document, stretch = scene.document, place.stretch
    if report and not can_speak(document.text[report.speaker_start : report.speaker_end]):
        report = None
    speaker = _speaker_of(cast, report) if report else {"is_anonymous": False}
    return document.row(
        stretch.start_char,
        stretch.end_char,
        text=document.text[stretch.inner_start : stretch.inner_end],
        kind=kind_of(document.text, place),
        cue=document.text[report.cue_start : report.cue_end] if report else None,
        **speaker,
    )


def _speaker_of(cast: Cast, report: Report) -> dict[str, Any]:
    told = Told(
        report.speaker_start,
        report.speaker_end,
        report.cue_start,
        report.cue_end,
        is_owner=report.how in ("noun", "label"),
        has_verb=report.how in ("verb", "other", "clause", "phrase"),
    )
    return speaker_values(cast, told)


def _make_indirect_row(document: Document, speech: IndirectSpeech, cast: Cast) -> Row:
    return document.row(
        speech.start_char,
        speech.end_char,
        text=document.text[speech.start_char : speech.end_char],
        kind="indirect",
        cue=document.text[speech.cue_start : speech.cue_end],
        **speaker_values(
            cast, Told(speech.speaker_start, speech.speaker_end, speech.cue_start, speech.cue_end)
        ),
    )
