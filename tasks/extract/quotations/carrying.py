"""Speakers carried over: the next words of the same paragraph, and paragraphs that go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tasks.extract.quotations.attribution import (
    Scene,
    StretchPlace,
    begins_sentence,
    find_beat,
    find_report,
    find_weak_report,
)
from tasks.extract.quotations.kinds import (
    is_fragment,
    is_given_name,
    is_nickname,
    is_scare_quote,
    is_so_called,
    is_title,
    names_what_it_quotes,
)
from tasks.extract.quotations.parsed import ParsedSentence
from tasks.extract.quotations.reports import Report, find_label_inside
from tasks.extract.quotations.subjects import SUBJECTS, is_thing
from tasks.extract.quotations.unspoken import is_nobodys

Attributed = tuple[StretchPlace, Report | None]

# Between a verb of speech and words that it introduces: nothing, a particle, a comma or a colon.
_INTRODUCTION = re.compile(r"\s*(?:(?:out|on|up|in|back)\s*)?(?:[,:]\s*)?")
_NEAR = 60  # characters between two titles of one row: "“Tide” and “Ebb”"
_LONGEST_CHAIN = 12  # paragraphs
_FAR = 400  # characters of other text after which a speaker is no longer carried to the next paragraph


def attribute_all(scene: Scene) -> Iterator[tuple[StretchPlace, Report | None]]:
    """Each stretch that is speech with its report, in order; titles, nicknames and scare quotes left out.

    Words have no report if a crowd shouts them, a sign shows them or somebody denies having said them.
    """
    found = [_own_report(scene, place) for place in scene.places]
    previous: Attributed | None = None
    for number, place in enumerate(scene.places):
        report = found[number]
        if any(is_none(scene.document.text, place) for is_none in (is_so_called, is_given_name, is_nickname)):
            continue
        if is_title(scene.document.text, place) and not _is_said(scene, place, report, previous):
            continue
        if is_nobodys(scene.document.text, place, report):  # no one's speech goes on with it
            yield place, None
            continue
        if report is None:
            report = _carry(scene, number, previous, found)
        if report is None and is_scare_quote(scene.document.text, place):
            continue
        previous = _last_speech(scene, previous, (place, report))
        yield place, report


def _last_speech(scene: Scene, previous: Attributed | None, found: Attributed) -> Attributed:
    """Whose speech goes on: not that of a person quoted in passing ("in his coach's words")."""
    if previous is None or previous[1] is None or found[1] is None or found[1].how != "phrase":
        return found
    text = scene.document.text
    goes_on = previous[0].line_start == found[0].line_start and not is_fragment(text, previous[0])
    return (found[0], previous[1]) if goes_on and is_fragment(text, found[0]) else found


def _own_report(scene: Scene, place: StretchPlace) -> Report | None:
    if place.stretch.continues:
        return find_label_inside(scene.document, place.stretch)
    report = find_report(scene, place)
    if report is None and is_fragment(scene.document.text, place):
        report = find_weak_report(scene, place)
    return report


def _is_said(scene: Scene, place: StretchPlace, report: Report | None, previous: Attributed | None) -> bool:
    """Words in capitals that are speech after all: introduced as such, a name given, or one of a row."""
    text = scene.document.text
    if previous is not None and previous[0].line_start == place.line_start:
        end, start = previous[0].stretch.end_char, place.stretch.start_char
        between = text[end:start].strip() if start - end <= _NEAR else ""
        if between in ("and", "or", ",") and is_title(text, previous[0]):
            return True
    if report is None or report.how == "clause":
        return False
    if report.start >= place.stretch.end_char:
        return _is_told_behind(scene, place, report)
    if report.end > place.stretch.start_char:
        return False
    if names_what_it_quotes(report, text, place):
        return True
    before = text[report.end : place.stretch.start_char]
    return report.how == "verb" and bool(_INTRODUCTION.fullmatch(before))


def _is_told_behind(scene: Scene, place: StretchPlace, report: Report) -> bool:
    """ "“Thank God,” said Orr.": a sentence that is nothing but these words and who says them."""
    text = scene.document.text
    if report.how != "verb" or not begins_sentence(text, place) or text[place.stretch.inner_end - 1] != ",":
        return False
    between = text[place.stretch.end_char : report.start].strip()
    return not between and text[report.end : report.end + 1] in ("", ".", ";", "\n")


def _report_of_chain(scene: Scene, number: int) -> Report | None:
    """Who speaks words that go on over paragraphs, when only the last paragraph tells."""
    for place in scene.places[number + 1 : number + 1 + _LONGEST_CHAIN]:
        if not place.stretch.continues:
            return None
        if place.stretch.is_closed:
            return find_report(scene, place)
    return None


def _is_anothers(scene: Scene, place: StretchPlace, other: Attributed, *, of_things: bool = False) -> bool:
    """Whether a few quoted words stand in another sentence of the reporter's that somebody or something else is the subject of.

    With `of_things` it has to be a thing: before words of his, "the mayor" can be who says them.
    """
    text, report = scene.document.text, other[1]
    sentence = scene.document.sentence_at(place.stretch.start_char)
    start, end = other[0].stretch.start_char, other[0].stretch.end_char
    is_shared = sentence.start_char < end and start < sentence.end_char
    if report is None or is_shared or not is_fragment(text, place):
        return False
    parse = scene.parses.get(sentence.number)
    subjects = (
        []
        if parse is None
        else [one for one in parse.parse if one.dep_ in SUBJECTS and parse.is_outside(one)]
    )
    if of_things:
        subjects = [one for one in subjects if one.head.dep_ == "ROOT"] or subjects
    names = set(text[report.speaker_start : report.speaker_end].split())
    if of_things and (parse is None or not _is_of_things(parse, subjects)):
        return False
    return bool(subjects) and not any(one.tag_ == "PRP" or one.text in names for one in subjects)


def _is_of_things(parse: ParsedSentence, subjects: Sequence[Token]) -> bool:
    """Whether only things act in the sentence; "was labelled “suspicious” by Orr" has its speaker."""
    has_agent = any(token.dep_ == "agent" and parse.is_outside(token) for token in parse.parse)
    return not has_agent and all(one.tag_ == "NN" and is_thing(one) for one in subjects)


def _is_answered(scene: Scene, before: StretchPlace, place: StretchPlace) -> bool:
    """Whether one of two paragraphs asks: another speaks in the next one."""
    text = scene.document.text
    return any(text[one.stretch.inner_end - 1] == "?" for one in (before, place))


def _carry(
    scene: Scene,
    number: int,
    previous: Attributed | None,
    found: list[Report | None],
) -> Report | None:
    """From the words before in the paragraph or that go on; else from the next words; else from above."""
    place = scene.places[number]
    if previous is not None:
        same_line = previous[0].line_start == place.line_start
        if place.stretch.continues:
            return previous[1]
        if same_line and _is_anothers(scene, place, previous):
            return None
        if same_line:
            return find_beat(scene, place) or previous[1]
    if number + 1 < len(scene.places) and scene.places[number + 1].line_start == place.line_start:
        following = found[number + 1]
        if following is not None:
            is_of_thing = _is_anothers(scene, place, (scene.places[number + 1], following), of_things=True)
            return None if is_of_thing else following
    if (behind := _report_of_chain(scene, number)) is not None:
        return behind
    if previous is None or is_fragment(scene.document.text, place) or _is_answered(scene, previous[0], place):
        return None
    is_near = place.stretch.start_char - previous[0].stretch.end_char <= _FAR
    return previous[1] if is_near else None
