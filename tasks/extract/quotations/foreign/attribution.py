"""Every quotation of an article with its report; titles, names and scare quotes are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from tasks.extract.quotations.attribution import StretchPlace, locate
from tasks.extract.quotations.foreign.reports import Saying, find_saying
from tasks.extract.quotations.foreign.vocabulary import Speech
from tasks.extract.quotations.kinds import is_fragment, is_nickname
from tasks.extract.quotations.marks import Stretch

_NEAR = 400  # characters of other text after which a speaker is no longer carried to the next paragraph
_LONGEST_CHAIN = 12  # paragraphs
_TITLE_WORDS = 8
_FRAGMENT_WORDS = 5
_GIVEN_WORDS = 4
_NAMING_CHARS = 30
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ENDS = ".!?…,;"
_UNCASED_ENDS = "。！？!?.…،؟।，"
_UNCASED_CHARS = 16
_SENTENCE_ENDS = "。！？!?.؟।"


def attribute(
    text: str,
    stretches: Sequence[Stretch],
    speech: Speech,
    find: Callable[[StretchPlace], Saying | None] | None = None,
) -> Iterator[tuple[StretchPlace, Saying | None]]:
    """Each stretch that is speech with its report, own or carried, in order.

    `find` reads the report of one quotation; without it, `find_saying` does.
    """
    find = find or partial(find_saying, text, speech=speech)
    names = [
        place.stretch
        for place in locate(text, stretches)
        if _is_name(text, place, speech) or _is_given_name(text, place, speech) or is_nickname(text, place)
    ]
    places = locate(text, [stretch for stretch in stretches if stretch not in names])
    own = [
        None if place.stretch.continues and not place.stretch.is_closed else find(place) for place in places
    ]
    previous: tuple[StretchPlace, Saying | None] | None = None
    earlier: Saying | None = None  # who spoke before the last speaker
    for number, place in enumerate(places):
        saying = own[number]
        if place.stretch.continues and previous is not None:
            saying = previous[1] or saying
        elif saying is None and (saying := _told_at_the_end(places, own, number)) is not None:
            pass
        elif saying is None:
            if _is_no_speech(text, place, previous):
                continue
            if _answers(text, place, previous):
                saying = earlier
            else:
                saying = _carried(text, places, own, number, previous)
        elif saying.start < 0 and not saying.is_other:
            saying = _with_speaker(saying, previous)
        if previous is not None and _speaker(text, previous[1]) != _speaker(text, saying):
            earlier = previous[1]
        previous = (place, saying)
        yield place, saying


def _told_at_the_end(
    places: Sequence[StretchPlace], own: Sequence[Saying | None], number: int
) -> Saying | None:
    """Who speaks words that go on over paragraphs, when only the last paragraph tells."""
    if places[number].stretch.is_closed:
        return None
    for after in range(number + 1, min(number + 1 + _LONGEST_CHAIN, len(places))):
        if not places[after].stretch.continues:
            return None
        if places[after].stretch.is_closed:
            return own[after]
    return None


def _is_name(text: str, place: StretchPlace, speech: Speech) -> bool:
    """A name in marks behind an article or preposition: "die „Morgenpost“", "el «Aurora»"."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end].strip()
    before = _WORD.findall(
        text[max(place.gap_start, place.stretch.start_char - 20) : place.stretch.start_char]
    )
    is_beside = (
        text[place.stretch.start_char - 1 : place.stretch.start_char] == " "
        and text[max(0, place.stretch.start_char - 2) : place.stretch.start_char - 1].isalpha()
    )
    if not before or not is_beside or not inner[:1].isupper() or len(_WORD.findall(inner)) > _TITLE_WORDS:
        return False
    return before[-1].lower() in speech.articles | speech.oblique | speech.prepositions | speech.links


def _is_given_name(text: str, place: StretchPlace, speech: Speech) -> bool:
    """A nickname behind words that say so: "apodado «El Largo»", "detto «il Lungo»"."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end]
    words = _WORD.findall(inner)
    if not 0 < len(words) <= _GIVEN_WORDS or not any(word[0].isupper() for word in words):
        return False
    if inner.rstrip()[-1:] in _ENDS:
        return False
    before = text[max(place.line_start, place.stretch.start_char - _NAMING_CHARS) : place.stretch.start_char]
    return f" {before}".rstrip().lower().endswith(speech.naming)


def _is_no_speech(
    text: str, place: StretchPlace, previous: tuple[StretchPlace, Saying | None] | None
) -> bool:
    """Words in marks without a report that are a name, a title or set apart: no clause, no full stop."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end].strip()
    if not has_capitals(inner):
        return _is_short_uncased(inner)
    words = _WORD.findall(inner)
    ends = inner[-1:] in _ENDS or text[place.stretch.end_char : place.stretch.end_char + 1] in (",",)
    before = text[place.gap_start : place.stretch.start_char].rstrip()
    is_introduced = before.endswith(":")
    # A sentence of its own, whose full stop is printed behind the marks.
    ends = ends or (
        before[-1:] in (".", "!", "?") and text[place.stretch.end_char : place.stretch.end_char + 1] == "."
    )
    if is_fragment(text, place) and len(words) <= _FRAGMENT_WORDS and not is_introduced:
        return True
    if place.stretch.continues or (
        previous is not None and previous[0].line_start == place.line_start and ends
    ):
        return False
    if is_introduced:
        return False
    begins = (
        not text[place.gap_start : place.stretch.start_char].strip() and place.gap_start == place.line_start
    )
    return not ends and not begins and len(words) <= _TITLE_WORDS


def has_capitals(words: str) -> bool:
    """Whether the script of the words knows capital letters."""
    return any(char.isupper() or char.islower() for char in words)


def _carried_uncased(
    text: str,
    places: Sequence[StretchPlace],
    own: Sequence[Saying | None],
    number: int,
    previous: tuple[StretchPlace, Saying | None] | None,
) -> Saying | None:
    """From quoted words that nothing but a sentence's end parts from these: without a parse, what is between may name somebody else."""
    place = places[number]
    if previous is not None and _is_next(text, previous[0], place):
        return previous[1]
    if number + 1 < len(places) and _is_next(text, place, places[number + 1]):
        return own[number + 1]
    return None


def _is_next(text: str, first: StretchPlace, second: StretchPlace) -> bool:
    """Whether the reporter begins no sentence between two quotations."""
    between = text[first.stretch.end_char : second.stretch.start_char].strip()
    head, _, rest = between.partition("\n")
    is_sentence_over = not rest.strip() and head.rstrip()[-1:] in ("", *_SENTENCE_ENDS)
    return is_sentence_over and len(head) <= _NEAR and not any(sign in head[:-1] for sign in _SENTENCE_ENDS)


def _is_short_uncased(inner: str) -> bool:
    """Few words without the sign of a sentence, in a script without capital letters."""
    if inner[-1:] in _UNCASED_ENDS or any(char in _UNCASED_ENDS for char in inner):
        return False
    return len(inner) < _UNCASED_CHARS if " " not in inner else len(inner.split()) <= _FRAGMENT_WORDS


def _speaker(text: str, saying: Saying | None) -> str:
    return text[saying.start : saying.end].lower() if saying is not None and saying.start >= 0 else ""


def _answers(text: str, place: StretchPlace, previous: tuple[StretchPlace, Saying | None] | None) -> bool:
    """Whether somebody else speaks: nothing, or only a dash, is between two quotations of a line."""
    if previous is None or previous[0].line_start != place.line_start or place.stretch.continues:
        return False
    last = previous[0].stretch
    return text[last.inner_end - 1] in ".!?…" and not text[last.end_char : place.stretch.start_char].strip(
        " \xa0—–-"
    )


def _with_speaker(saying: Saying, previous: tuple[StretchPlace, Saying | None] | None) -> Saying:
    """ "..., dijo." goes on with who spoke before."""
    if previous is None or previous[1] is None or previous[1].start < 0:
        return saying
    last = previous[1]
    return replace(last, cue_start=saying.cue_start, cue_end=saying.cue_end)


def _carried(
    text: str,
    places: Sequence[StretchPlace],
    own: Sequence[Saying | None],
    number: int,
    previous: tuple[StretchPlace, Saying | None] | None,
) -> Saying | None:
    """From the words before in the paragraph or that go on; else from the next words; else from above."""
    place = places[number]
    if not has_capitals(text[place.stretch.inner_start : place.stretch.inner_end]):
        return _carried_uncased(text, places, own, number, previous)
    if previous is not None and (place.stretch.continues or previous[0].line_start == place.line_start):
        return previous[1]
    if (
        number + 1 < len(places)
        and places[number + 1].line_start == place.line_start
        and own[number + 1] is not None
    ):
        return own[number + 1]
    if previous is None or is_fragment(text, place):
        return None
    is_near = place.stretch.start_char - previous[0].stretch.end_char <= _NEAR
    return previous[1] if is_near else None
