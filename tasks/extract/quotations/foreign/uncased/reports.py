"""The report of a quotation in a script without capital letters: its verb of saying and who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.extract.quotations.attribution import StretchPlace
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.foreign.reports import Saying
from tasks.extract.quotations.foreign.uncased.subjects import (
    UncasedSpeaker,
    judged,
    marked_subject,
    speaker_behind,
    speaker_ending,
)
from tasks.extract.quotations.foreign.uncased.vocabulary import NOTHING, Clauses

_SENTENCE_END = re.compile(r"[。！？؟।!?\n]|\.(?=\s|$)")
_SEGMENT_END = re.compile(r"[，、,；;]")
_BEHIND = 120  # characters behind a quotation in which its verb stands
_BEFORE = 300
_FRAGMENT_GAP = 12  # characters between a verb and the few words in marks that are part of its sentence
_BRACKET = re.compile(r"\s?[（(]\s?([^（()）\n]{2,20}?)\s?[)）]")
_LABEL = re.compile(r"^\s*([^\s：:。、，,]{2,20})\s?[：:]\s*$")
_ENDING = re.compile(r"[ぁ-ん]{0,6}[ ：:，,、。]*")  # what is left of a verb
_LEAD_END = re.compile(r"[上中时時后後里裏下间間会會]")


def find_uncased(text: str, place: StretchPlace, words: Clauses, cast: Cast) -> Saying | None:
    """The report of the quotation at its place, or None."""
    stretch = place.stretch
    floor = _sentence_start(text, max(place.gap_start, stretch.start_char - _BEFORE), stretch.start_char)
    ceiling = _sentence_end(text, stretch.end_char, min(place.gap_end, stretch.end_char + _BEHIND))
    label = _label(text, place, words, cast)
    if label is not None:
        return label
    finders = {"marked": _marked, "before": _subject_before, "behind": _subject_behind}
    found = finders[words.order](text, place, floor, ceiling, words, cast)
    return found or _according(text, place, floor, ceiling, words, cast)


def _sentence_start(text: str, floor: int, end: int) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, end)]
    return ends[-1] if ends else floor


def _sentence_end(text: str, start: int, ceiling: int) -> int:
    found = _SENTENCE_END.search(text, start, ceiling)
    return found.start() if found else ceiling


def _saying(cue: tuple[int, int], run: UncasedSpeaker | None) -> Saying:
    if run is None:
        return Saying(*cue)
    return Saying(*cue, run.start, run.end, run.pronoun, is_unnamed=run.is_unnamed)


def _label(text: str, place: StretchPlace, words: Clauses, cast: Cast) -> Saying | None:
    """A name and a colon at the line's begin."""
    if place.gap_start != place.line_start:
        return None
    found = _LABEL.match(text[place.line_start : place.stretch.start_char])
    if found is None or words.verb.search(found[1]):
        return None
    start, end = place.line_start + found.start(1), place.line_start + found.end(1)
    run = judged(text, start, end, words, cast)
    colon = place.line_start + len(found[0].rstrip()) - 1
    return _saying((colon, colon + 1), run) if run is not None else None


def _cue_behind(text: str, start: int, ceiling: int, words: Clauses) -> tuple[int, int, int] | None:
    """The particle behind the marks ends at the first number, the verb of saying is the other two."""
    link = words.links.match(text, start, ceiling)
    if link is None:
        return None
    verb = words.verb.search(text, link.end(), ceiling)
    if verb is not None:
        return link.end(), verb.start(), verb.end()
    if words.needs_verb:
        return None
    begin = link.start() + len(link[0]) - len(link[0].lstrip())
    return link.end(), begin, link.end()


def _marked(
    text: str, place: StretchPlace, floor: int, ceiling: int, words: Clauses, cast: Cast
) -> Saying | None:
    """A particle ends the subject, before the words or behind them; the verb comes last or right before the words."""
    start, end = place.stretch.start_char, place.stretch.end_char
    behind = _cue_behind(text, end, ceiling, words)
    if behind is not None:
        run = marked_subject(text, floor, start, words, cast) or marked_subject(
            text, behind[0], behind[1], words, cast
        )
        is_other = run is None and _has_topic(text, ((floor, start), (behind[0], behind[1])), words)
        if run is None and not is_other:
            run = _topic_above(text, place, floor, words, cast)
        return replace(_saying((behind[1], behind[2]), run), is_other=is_other)
    beside = _beside(text, end, ceiling, words, cast)
    if beside is not None:
        return beside
    introduced = _verb_before(text, place, floor, words)
    if introduced is not None:
        run = marked_subject(text, introduced[0], introduced[1], words, cast)
        return _saying(introduced[1:], run) if run is not None else None
    verb = words.verb.search(text, end, ceiling)
    return _without_link(text, (floor, start, end), verb, words, cast) if verb is not None else None


def _has_topic(text: str, spans: Sequence[tuple[int, int]], words: Clauses) -> bool:
    """Whether the sentence has a subject that is its topic."""
    marks = (mark[0] for start, end in spans for mark in words.subject.finditer(text, start, end))
    return any(mark not in words.weak_marks for mark in marks)


def _beside(text: str, start: int, ceiling: int, words: Clauses, cast: Cast) -> Saying | None:
    """A speaker right behind the marks without a verb: "「…」とムニエ氏。", "「…」（紺野代表）"."""
    link = words.links.match(text, start, ceiling)
    bracket = _BRACKET.match(text, start, ceiling)
    if bracket is not None:
        run = speaker_ending(text, bracket.start(1), bracket.end(1), words, cast)
        return (
            _saying((bracket.start(), bracket.end()), run) if run and run.start == bracket.start(1) else None
        )
    if link is None or not words.needs_verb:
        return None
    begin = link.end() + len(text[link.end() : ceiling]) - len(text[link.end() : ceiling].lstrip("、 "))
    run = speaker_ending(text, begin, ceiling, words, cast)
    return _saying((start, link.end()), run) if run is not None and run.start == begin else None


def _without_link(
    text: str, places: tuple[int, int, int], verb: re.Match[str], words: Clauses, cast: Cast
) -> Saying | None:
    """The verb behind the marks without a particle: its subject beside it, or before the words where it follows at once."""
    floor, start, end = places
    skipped = end + len(text[end : verb.start()]) - len(text[end : verb.start()].lstrip(" ,،"))
    if skipped == verb.start() and words.links is NOTHING:
        run = marked_subject(text, floor, start, words, cast)
    else:
        run = marked_subject(text, end, verb.start(), words, cast)
        beside = (
            speaker_ending(text, skipped, verb.start(), words, cast)
            if run is None and words.is_spaced
            else None
        )
        run = beside if beside is not None and beside.start == skipped else run
    return _saying(verb.span(), run) if run is not None else None


def _verb_before(text: str, place: StretchPlace, floor: int, words: Clauses) -> tuple[int, int, int] | None:
    """The sentence's begin and the verb that introduces the words: in their sentence, or in the one that ends before."""
    start = place.stretch.start_char
    begin = floor
    is_first = not text[floor:start].strip()
    if is_first and floor == place.line_start and text[place.above_end - 1 : place.above_end] in (":", "："):
        begin = _sentence_start(text, max(0, place.above_end - _BEFORE), place.above_end)
        start = place.above_end
    elif is_first and floor > place.gap_start:
        begin = _sentence_start(text, max(place.gap_start, floor - _BEFORE), floor - 1)
        start = floor - 1
    verbs = list(words.verb.finditer(text, begin, start))
    if not verbs:
        return None
    rest = text[verbs[-1].end() : start]
    is_beside = _ENDING.fullmatch(rest) is not None or (
        words.leads.fullmatch(rest.strip(" ：:，,")) is not None
    )
    is_led = (
        start == place.stretch.start_char or words.leads.search(text, begin, verbs[-1].start()) is not None
    )
    return (begin, *verbs[-1].span()) if is_beside and is_led else None


def _topic_above(
    text: str, place: StretchPlace, floor: int, words: Clauses, cast: Cast
) -> UncasedSpeaker | None:
    """The subject of the sentence before, where the quotation's own has none and no quotation stands between."""
    if floor <= place.gap_start or text[place.gap_start : floor].count("\n"):
        return None
    begin = _sentence_start(text, max(place.gap_start, floor - _BEFORE), floor - 1)
    return marked_subject(text, begin, floor - 1, words, cast)


def _subject_before(
    text: str, place: StretchPlace, floor: int, ceiling: int, words: Clauses, cast: Cast
) -> Saying | None:
    """The subject heads the clause of the verb: "市长李明周二在会上说：“…”", "“…”，李明说"."""
    start, end = place.stretch.start_char, place.stretch.end_char
    verbs = list(words.verb.finditer(text, floor, start))
    if verbs and _reaches(text, verbs[-1].end(), start, place):
        run = _head(text, floor, verbs[-1].start(), words, cast)
        is_other = run is None and bool(words.leads.sub("", text[floor : verbs[-1].start()]).strip("，, 、"))
        return replace(_saying(verbs[-1].span(), run), is_other=is_other)
    skipped = end + len(text[end:ceiling]) - len(text[end:ceiling].lstrip("，, "))
    verb = words.verb.search(text, skipped, ceiling)
    if verb is None or _SEGMENT_END.search(text, skipped, verb.start()):
        return None
    run = _head(text, skipped, verb.start(), words, cast)
    return _saying(verb.span(), run) if run is not None else None


def _reaches(text: str, verb_end: int, start: int, place: StretchPlace) -> bool:
    """Whether the verb introduces the words: right before them, or with few words between that go on inside the marks."""
    between = text[verb_end:start].strip(" ：:，,")
    if not between:
        return True
    return len(between) <= _FRAGMENT_GAP and text[start - 1 : start] not in "：:，," and "，" not in between


def _head(text: str, floor: int, end: int, words: Clauses, cast: Cast) -> UncasedSpeaker | None:
    """The somebody that heads one of the segments before the verb, the nearest first."""
    cuts = [floor, *(match.end() for match in _SEGMENT_END.finditer(text, floor, end)), end + 1]
    for begin, after in reversed(list(pairwise(cuts))):
        run = _head_of(text, begin, after - 1, words, cast)
        if run is not None:
            return run
    return None


def _head_of(text: str, begin: int, end: int, words: Clauses, cast: Cast) -> UncasedSpeaker | None:
    """The segment up to the first word that no speaker holds ("周二", "在"), or what follows such words."""
    lead = words.leads.search(text, begin, end)
    if lead is None:
        return speaker_ending(text, begin, end, words, cast)
    if lead.start() > begin:
        return speaker_ending(text, begin, lead.start(), words, cast)
    rest = begin
    while (lead := words.leads.match(text, rest, end)) is not None:
        rest = lead.end()
    closing = [match.end() for match in _LEAD_END.finditer(text, rest, end)]
    starts = [rest, *closing] if rest > begin else [begin]
    return next((run for at in starts if (run := _plain_head(text, at, end, words, cast)) is not None), None)


def _plain_head(text: str, begin: int, end: int, words: Clauses, cast: Cast) -> UncasedSpeaker | None:
    lead = words.leads.search(text, begin, end)
    cut = lead.start() if lead is not None else end
    run = speaker_ending(text, begin, cut, words, cast) if cut > begin else None
    return run if run is not None and run.start == begin else None


def _subject_behind(
    text: str, place: StretchPlace, floor: int, ceiling: int, words: Clauses, cast: Cast
) -> Saying | None:
    """The subject follows the verb, or stands right before it: "قال الوزير: «…»", "الوزير قال: «…»"."""
    start, end = place.stretch.start_char, place.stretch.end_char
    skipped = end + len(text[end:ceiling]) - len(text[end:ceiling].lstrip("،, "))
    verb = words.verb.match(text, skipped, ceiling)
    if verb is not None:
        return _saying(verb.span(), speaker_behind(text, verb.end(), ceiling, words, cast))
    verbs = list(words.verb.finditer(text, floor, start))
    if not verbs or words.according_before.search(text, verbs[-1].end(), start):
        return None
    last = verbs[-1]
    run = speaker_behind(text, last.end(), start, words, cast)
    if run is None:
        run = speaker_ending(text, floor, last.start(), words, cast)
    return _saying(last.span(), run)


def _according(
    text: str, place: StretchPlace, floor: int, ceiling: int, words: Clauses, cast: Cast
) -> Saying | None:
    """ "Xによると", "X에 따르면", "据X称", "بحسب X"."""
    start, end = place.stretch.start_char, place.stretch.end_char
    for begin, stop in ((floor, start), (end, ceiling)):
        for phrase in words.according_behind.finditer(text, begin, stop):
            run = speaker_ending(text, begin, phrase.start(), words, cast)
            if run is not None:
                cue = phrase.start() + len(phrase[0]) - len(phrase[0].lstrip())
                return _saying((cue, phrase.end()), run)
        for phrase in words.according_before.finditer(text, begin, stop):
            run = speaker_behind(text, phrase.end(), stop, words, cast)
            if run is not None:
                return _saying(phrase.span(), run)
    return None
