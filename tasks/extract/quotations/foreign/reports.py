"""The report of a quotation: the verb of saying beside it and the words for who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.extract.quotations.attribution import StretchPlace
from tasks.extract.quotations.foreign.speakers import Run, cue_at, run_before, run_ending, run_from
from tasks.extract.quotations.foreign.vocabulary import Speech
from tasks.extract.quotations.foreign.words import Word, words_of

_BEHIND = 220  # characters behind a quotation in which its report begins
_BEFORE = 420
_MOST_LEADS = 4
_FULL_NAME = 2  # words with a capital
_LABEL_WORDS = 6
_MOST_BETWEEN = 30  # words between a verb of saying and the words that it introduces


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue and a speaker by half-open offsets; the speaker is (-1, -1) where the verb alone tells that one speaks.

    `name` are the offsets of a name that comes after a comma ("the spokesman, Ada Orr"). `is_unnamed` says whether the
    words only describe somebody, where the reading of the sentence has told it already. `is_other` says that the sentence has a subject that is not understood.
    """

    cue_start: int
    cue_end: int
    start: int = -1
    end: int = -1
    pronoun: str | None = None
    name: tuple[int, int] | None = None
    is_unnamed: bool | None = None
    is_other: bool = False


def find_saying(text: str, place: StretchPlace, speech: Speech) -> Saying | None:
    """The report of the quotation at its place, or None."""
    stretch = place.stretch
    before = words_of(text, max(place.gap_start, stretch.start_char - _BEFORE), stretch.start_char, speech)
    behind = words_of(text, stretch.end_char, min(place.gap_end, stretch.end_char + _BEHIND), speech)
    sentence = _last_sentence(before, speech)
    is_introduced = bool(before) and before[-1].text == ":"
    found = _label(before, speech) if is_introduced and place.gap_start == place.line_start else None
    if found is None and is_introduced:
        found = _before(sentence, speech) or _weak(sentence, speech)
    if found is None:
        is_over = text[stretch.inner_end - 1] in ".!?…。！？"
        found = _behind(behind, speech, sentence if speech.is_around else (), is_over=is_over)
    if found is None and sentence:
        found = _before(sentence, speech)
    return found


def _saying(words: Sequence[Word], cue: tuple[int, int], run: Run | None) -> Saying:
    cue_start, cue_end = words[cue[0]].start, words[cue[1] - 1].end
    if run is None:
        return Saying(cue_start, cue_end)
    name = (words[run.name].start, words[run.name_end - 1].end) if run.name >= 0 else None
    return Saying(cue_start, cue_end, words[run.start].start, words[run.end - 1].end, run.pronoun, name)


def _last_sentence(words: Sequence[Word], speech: Speech) -> Sequence[Word]:
    """The words behind the last full stop that ends a sentence."""
    for at in range(len(words) - 1, -1, -1):
        if words[at].text not in ".!?…。！？" or at == 0:
            continue
        last = words[at - 1]
        is_count = last.text.isdigit() and at + 1 < len(words) and not words[at + 1].is_capital
        is_short = last.lower in speech.honorifics or len(last.text) == 1 or is_count
        is_short = is_short and words[at].text == "."
        if not is_short:
            return words[at + 1 :]
    return words


def _behind(words: Sequence[Word], speech: Speech, before: Sequence[Word], *, is_over: bool) -> Saying | None:
    """The report that follows: ", dijo Orr", ", sagte er", ", selon Orr", ", Orr ha detto"."""
    at, is_new = 0, False
    while at < len(words) and not words[at].is_word:
        if words[at].text in ';:("«„“':
            return None
        is_new = is_new or words[at].text in ".!?。"
        at += 1
    if (
        is_over
        and at == 0
        and words
        and words[0].is_capital
        and words[0].lower in speech.articles | speech.stops
    ):
        is_new = True
    for found in (_phrase(words, at, speech), _thus(words, at, speech)):
        if found is not None and not is_new:
            return found
    first = at
    while (
        at < len(words)
        and at - first < _MOST_LEADS
        and words[at].lower in speech.leads
        and cue_at(words, at, speech) is None
    ):
        at += 1
    has_lead = at > first
    if before and not is_new and (around := _around(words, first, before, speech)) is not None:
        return around
    inverted = _inverted(words, at, speech)
    if inverted is not None and (not is_new or has_lead):
        return inverted
    if is_new:
        return None
    if speech.has_capital_nouns:  # the verb comes first there: "Uebrigens bemerkte er" is a new sentence
        return _any_verb(words, at, speech)
    return (
        _subject_first(words, first, speech)
        or _subject_first(words, at, speech)
        or _any_verb(words, at, speech)
    )


def _any_verb(words: Sequence[Word], at: int, speech: Speech) -> Saying | None:
    """Whatever verb a pronoun follows directly: ", drängte er", ", s'amuse-t-elle"."""
    if (
        at + 1 >= len(words)
        or not words[at].is_word
        or words[at].is_capital
        or words[at].lower in speech.stops
    ):
        return None
    run = run_from(words, at + 1, speech)
    if run is not None and any(word.lower in speech.honorifics for word in words[run.start : run.end]):
        return _saying(words, (at, at + 1), run)
    kind = speech.pronouns.get(words[at + 1].lower)
    if kind in ("he", "she") and words[at + 1].lower not in speech.articles:
        return _saying(words, (at, at + 1), Run(at + 1, at + 2, kind))
    return None


def _phrase(words: Sequence[Word], at: int, speech: Speech) -> Saying | None:
    """ "selon Orr", "nach Angaben der Polizei": the cue is the phrase."""
    for phrase in speech.according:
        end = at + len(phrase)
        if tuple(word.lower for word in words[at:end]) == phrase:
            run = run_from(words, end, speech, any_case=True)
            return _saying(words, (at, end), run) if run is not None else None
    run = run_from(words, at, speech, any_case=True)
    if run is not None and run.end < len(words) and words[run.end].lower in speech.according_after:
        return _saying(words, (run.end, run.end + 1), run)
    return None


def _thus(words: Sequence[Word], at: int, speech: Speech) -> Saying | None:
    """ "so Merkel", "aldus de minister", where no verb of saying follows."""
    if at + 1 >= len(words) or words[at].lower not in speech.thus or cue_at(words, at + 1, speech):
        return None
    run = run_from(words, at + 1, speech)
    return _saying(words, (at, at + 1), run) if run is not None else None


def _inverted(words: Sequence[Word], at: int, speech: Speech) -> Saying | None:
    """A verb of saying, or its auxiliary, and the speaker behind: "a déclaré Orr", "hat Orr gesagt", "dit-il"."""
    first = at
    while (
        at < len(words)
        and at - first < 3
        and words[at].lower in speech.between
        and cue_at(words, at, speech) is None
    ):
        at += 1
    if at >= len(words):
        return None
    cue = cue_at(words, at, speech)
    if cue is not None:
        return _speaker_behind(words, cue, speech)
    if words[at].lower in speech.auxiliaries:
        run = run_from(words, at + 1, speech)
        if run is not None:
            for later in range(run.end, min(run.end + 8, len(words))):
                if words[later].lower in speech.participles:
                    return _saying(words, (later, later + 1), run)
    return None


def _speaker_behind(words: Sequence[Word], cue: tuple[int, int], speech: Speech) -> Saying:
    at = cue[1]
    while (
        at < len(words)
        and at - cue[1] < 4
        and words[at].lower in speech.between
        and words[at].lower not in speech.articles
        and words[at].lower not in speech.pronouns
    ):
        at += 1
    if at < len(words) and words[at].lower in speech.from_sources:
        run = run_from(words, at + 1, speech, any_case=True)
        is_source = run is not None and any(
            speech.is_person_noun(w.lower) for w in words[run.start : run.end]
        )
        return _saying(words, cue, run if is_source else None)
    run = run_from(words, at, speech)
    if run is None and at > cue[1]:
        run = run_from(words, cue[1], speech)
    return _saying(words, cue, run)


def _subject_first(words: Sequence[Word], at: int, speech: Speech) -> Saying | None:
    """The speaker and the verb behind: ", Orr ha detto", ", the minister said"."""
    run = run_from(words, at, speech)
    if run is None:
        return None
    next_word = run.end
    while (
        next_word < len(words)
        and next_word - run.end < 4
        and words[next_word].lower in speech.between
        and cue_at(words, next_word, speech) is None
    ):
        next_word += 1
    if next_word >= len(words):
        return None
    cue = cue_at(words, next_word, speech)
    return _saying(words, cue, run) if cue is not None else None


def _around(words: Sequence[Word], at: int, before: Sequence[Word], speech: Speech) -> Saying | None:
    """The speaker before the quotation and the verb behind it: 'Orr, "..." dedi', 'Orr, "..." diye konuştu'."""
    for place in range(at, min(at + _MOST_LEADS, len(words))):
        if not words[place].is_word:
            break
        cue = cue_at(words, place, speech)
        if cue is not None:
            behind = _speaker_behind(words, cue, speech)
            if behind.start >= 0:
                return behind
            start, end = words[cue[0]].start, words[cue[0]].end
            found = _saying(before, (0, 1), _subject_of(before, speech))
            return replace(found, cue_start=start, cue_end=end)
    return None


def _subject_of(words: Sequence[Word], speech: Speech) -> Run | None:
    """The speaker of a sentence whose verb comes last: its first, or the one right before the quotation where the first
    is only the beginning of what leads to it: "Kaza yerine giden Bakan Ada Orr,"."""
    first = _first_of(words, speech)
    if first is None or first.end >= len(words) or not words[first.end].is_word:
        return first
    end = len(words)
    while end > first.end and not words[end - 1].is_word:
        end -= 1
    last = run_ending(words, end, speech, first.end)
    capitals = [at for at in range(last.start, last.end) if words[at].is_capital] if last else []
    return last._replace(start=capitals[0]) if last and len(capitals) >= _FULL_NAME else first


def _first_of(words: Sequence[Word], speech: Speech) -> Run | None:
    """The speaker that a sentence begins with, whatever leads it in."""
    for start in range(len(words)):
        run = run_from(words, start, speech)
        if run is not None and (run.pronoun or any(w.is_capital for w in words[run.start : run.end])):
            return run
    return None


def _label(words: Sequence[Word], speech: Speech) -> Saying | None:
    """A name and a colon at the line's begin: "Orr:"."""
    inner = [word for word in words[:-1] if word.text not in "—–-"]
    if not 0 < len(inner) <= _LABEL_WORDS or not all(word.is_word for word in inner):
        return None
    if not all(word.is_capital or word.lower in speech.links for word in inner):
        return None
    if any(cue_at(inner, at, speech) for at in range(len(inner))):
        return None
    colon = words[-1]
    return Saying(colon.start, colon.end, inner[0].start, inner[-1].end)


def _weak(words: Sequence[Word], speech: Speech) -> Saying | None:
    """The subject of any other verb before a colon: "Der alte Herr lächelte:", "— Der Richter:"."""
    colon = len(words) - 1
    run = _run_to_colon(words, speech) or _subject(words, colon, speech)
    if run is None:
        return None
    return _saying(words, (colon, colon + 1), run)


def _run_to_colon(words: Sequence[Word], speech: Speech) -> Run | None:
    for start in range(max(0, len(words) - 1 - _LABEL_WORDS), len(words) - 1):
        if start == 0 or not words[start - 1].is_word:
            run = run_from(words, start, speech)
            is_opening = run is not None and run == _opening(words, len(words) - 1, speech)
            if (
                run is not None
                and run.end == len(words) - 1
                and (is_opening or _is_somebody(words, run, speech))
            ):
                return run
    return None


def _before(words: Sequence[Word], speech: Speech) -> Saying | None:
    """The report that introduces the words: "Orr dijo: ", "Am Montag sagte Orr: ", "Selon Orr, "."""
    for at in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_BETWEEN), -1):
        if words[at].lower in speech.auxiliaries or words[at].lower in speech.verbs:
            cue = cue_at(words, at, speech)
            if cue is not None:
                return _introduced(words, at, cue, speech)
        found = _phrase(words, at, speech)
        if found is not None and (
            at == 0 or not words[at - 1].is_word or words[at - 1].lower in speech.stops
        ):
            return found
    return _split_verb(words, speech)


def _introduced(words: Sequence[Word], at: int, cue: tuple[int, int], speech: Speech) -> Saying:
    behind = words[cue[1]] if cue[1] < len(words) else None
    if speech.has_capital_nouns and behind is not None and behind.lower in _subject_pronouns(speech):
        return _saying(words, cue, Run(cue[1], cue[1] + 1, speech.pronouns[behind.lower]))
    is_second = speech.has_capital_nouns and at > 0 and words[at - 1].lower in speech.joints
    run = None if is_second else run_before(words, at, speech)
    if run is not None:
        return _saying(words, cue, run)
    if is_second and (run := _subject(words, at, speech)) is not None:
        return _saying(words, cue, run)
    found = _speaker_behind(words, cue, speech)
    if found.start >= 0:
        return found
    return _saying(words, cue, _subject(words, at, speech))


def _subject_pronouns(speech: Speech) -> set[str]:
    """Pronouns that are a subject and no article."""
    return {word for word, kind in speech.pronouns.items() if kind != "they" and word not in speech.articles}


def _subject(words: Sequence[Word], end: int, speech: Speech) -> Run | None:
    """The subject of a clause with several verbs: "Er stand auf und sagte", "Orr se levantó y dijo"."""
    comma = next((at for at in range(end - 1, -1, -1) if words[at].text == ","), -1)
    for floor in dict.fromkeys((comma + 1, 0)):
        if (run := _first_run(words, floor, end, speech)) is not None:
            return run
    return _opening(words, end, speech)


def _opening(words: Sequence[Word], end: int, speech: Speech) -> Run | None:
    """The noun with its article that begins a German sentence: whatever it names is the subject."""
    first = next((at for at in range(end) if words[at].is_word), end)
    is_article = first < end and words[first].lower in speech.articles and words[first].is_capital
    run = run_from(words, first, speech) if speech.has_capital_nouns and is_article else None
    return run if run is not None and run.end <= end else None


def _first_run(words: Sequence[Word], floor: int, end: int, speech: Speech) -> Run | None:
    for start in range(floor, end):
        word = words[start]
        if not word.is_word or (
            start
            and words[start - 1].is_word
            and (words[start - 1].lower in speech.prepositions or words[start - 1].lower in speech.articles)
        ):
            continue
        if word.lower in speech.pronouns and speech.pronouns[word.lower] != "they":
            return Run(start, start + 1, speech.pronouns[word.lower])
        if word.lower in speech.stops and word.lower not in speech.articles:
            continue
        run = run_from(words, start, speech)
        if run is not None and run.pronoun is None and run.end <= end and _is_somebody(words, run, speech):
            return run
    return None


def _is_somebody(words: Sequence[Word], run: Run, speech: Speech) -> bool:
    inner = words[run.start : run.end]
    if any(speech.is_person_noun(word.lower) for word in inner):
        return True
    return not speech.has_capital_nouns and run.start > 0 and inner[0].is_capital


def _split_verb(words: Sequence[Word], speech: Speech) -> Saying | None:
    """An auxiliary with its speaker, and the participle at the end: "hat Orr vor Gericht gesagt: "."""
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower in speech.participles:
            for aux in range(at - 1, max(-1, at - 16), -1):
                if words[aux].lower in speech.auxiliaries:
                    run = run_before(words, aux, speech) or run_from(words, aux + 1, speech)
                    return _saying(words, (at, at + 1), run or _subject(words, aux, speech))
            return None
    return None
