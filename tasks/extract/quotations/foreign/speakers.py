"""Runs of words that can be a speaker: a pronoun, a name, or a noun with its article, titles and name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.extract.quotations.foreign.vocabulary import Speech
from tasks.extract.quotations.foreign.words import Word

_LONGEST = 16  # words
_LOWER_WORDS = 4  # beside each other without a capital: "un alto funcionario público"
_APPOSITION = 5  # words of a name behind a comma
_BACK = 16
_ADVERBS = 3  # between a speaker and the verb
_ENDS = ',.;:)!?—–-…«»„“”"»'


class Run(NamedTuple):
    """Words [start, end) by their places in a list; `name` is the place of a name behind a comma, else -1."""

    start: int
    end: int
    pronoun: str | None = None
    name: int = -1
    name_end: int = -1


def run_from(words: Sequence[Word], i: int, speech: Speech, *, any_case: bool = False) -> Run | None:
    """The speaker that begins at words[i]; `any_case` where the language's case says nothing ("laut dem Amt")."""
    if i >= len(words) or not words[i].is_word:
        return None
    first = words[i]
    if first.lower in speech.pronouns and not _is_article_here(words, i, speech):
        return Run(i, i + 1, speech.pronouns[first.lower])
    if first.lower in speech.oblique and not any_case:
        return None
    end = _end_of_run(words, i, speech)
    if end is None or _is_only_grammar(words[i:end], speech):
        return None
    if speech.has_capital_nouns and not any(word.is_capital for word in words[i:end]):
        return None
    return _with_apposition(words, Run(i, end), speech)


def _is_only_grammar(words: Sequence[Word], speech: Speech) -> bool:
    """Whether no word can name somebody: "de" of "habló de «un milagro»", "d" of "d'« un miracle »"."""
    return all(
        word.lower in speech.links
        or word.lower in speech.prepositions
        or (len(word.text) == 1 and word.text.islower())
        for word in words
    )


def _is_article_here(words: Sequence[Word], i: int, speech: Speech) -> bool:
    """ "este ministro" begins a noun, "este" alone is a pronoun; "il ministro" is Italian for "the minister"."""
    if words[i].lower not in speech.articles or i + 1 >= len(words):
        return False
    after = words[i + 1]
    return after.is_word and after.lower not in speech.stops


def _end_of_run(words: Sequence[Word], i: int, speech: Speech) -> int | None:
    """Where the run ends that begins at words[i]; None when it holds no word but articles."""
    at = i
    while at < len(words) and at < i + 2 and _opens(words[at].lower, speech):
        at += 1
    lower_count, has_name, content_end = 0, False, None
    while at < min(len(words), i + _LONGEST):
        skipped = at if content_end is None else _skip(words, at, speech, has_name=has_name)
        if skipped is None:
            break
        if skipped > at:
            at = skipped
            continue
        lower_count = 0 if words[at].is_capital or words[at].text[0].isdigit() else lower_count + 1
        if not _belongs(words, at, speech, has_name, lower_count, is_first=content_end is None):
            break
        has_name = has_name or words[at].is_capital
        at = content_end = at + 1
    return content_end


def _skip(words: Sequence[Word], at: int, speech: Speech, *, has_name: bool) -> int | None:
    """The place behind a point of an abbreviation or behind "de la"; None where the run ends, `at` for a plain word."""
    word = words[at]
    if (
        word.text == ","
        and speech.has_capital_nouns
        and words[at - 1].is_word
        and not words[at - 1].is_capital
    ):
        return at + 1  # "der alte, müde Wirt"
    if word.text == "." and _is_short(words[at - 1], speech):
        return at + 1
    if word.lower not in speech.links:
        return at
    if has_name and not _goes_on(words, at, speech):
        return None
    at += 1
    while at < len(words) and (words[at].lower in speech.links or _opens(words[at].lower, speech)):
        at += 1
    return at if at < len(words) and words[at].is_word and words[at].lower not in speech.stops else None


def _belongs(
    words: Sequence[Word], at: int, speech: Speech, has_name: bool, lower_count: int, *, is_first: bool
) -> bool:
    """Whether a word goes on with the run before it."""
    word = words[at]
    if not word.is_word or (word.lower in speech.stops and not (word.is_capital and has_name)):
        return False
    if not is_first and (word.lower in speech.articles or is_cue(words, at, speech)):
        return False
    if not lower_count:
        return True
    goes_on = not has_name or (word.lower in speech.offices and not speech.has_capital_nouns)
    return goes_on and lower_count <= _LOWER_WORDS


def _opens(lower: str, speech: Speech) -> bool:
    return lower in speech.articles or lower in speech.oblique


def _goes_on(words: Sequence[Word], at: int, speech: Speech) -> bool:
    """Whether a name goes on behind "de" or "von": a capital follows."""
    while at < len(words) and (words[at].lower in speech.links or _opens(words[at].lower, speech)):
        at += 1
    return at < len(words) and words[at].is_capital


def _is_short(word: Word, speech: Speech) -> bool:
    return word.lower in speech.honorifics or (len(word.text) == 1 and word.is_capital)


def _with_apposition(words: Sequence[Word], run: Run, speech: Speech) -> Run:
    """With the name that comes after a comma: "la portavoz, Ada Orr,"."""
    if run.end + 1 >= len(words) or words[run.end].text != ",":
        return run
    at = first = run.end + 1
    while at < len(words) and at - first < _APPOSITION and words[at].is_word:
        if not words[at].is_capital and not (at > first and words[at].lower in speech.links):
            break
        at += 1
    if at == first or words[at - 1].lower in speech.links or words[first].lower in speech.stops:
        return run
    return run._replace(name=first, name_end=at)


def run_before(words: Sequence[Word], i: int, speech: Speech, floor: int = 0) -> Run | None:
    """The speaker that ends right before words[i], the verb or its auxiliary."""
    at = i
    while (
        at > floor
        and at > i - 5
        and words[at - 1].lower in speech.between
        and words[at - 1].lower not in speech.pronouns
    ):
        at -= 1
    if at <= floor:
        return None
    if words[at - 1].text == ")":
        opened = next((k for k in range(at - 2, max(floor, at - 8), -1) if words[k].text == "("), None)
        if opened is None:
            return None
        at = opened
    if words[at - 1].text == "," and at - 1 > floor:
        comma = next((k for k in range(at - 2, max(floor, at - 2 - _BACK), -1) if words[k].text == ","), None)
        return run_ending(words, comma, speech, floor) if comma is not None else None
    for end in range(at, max(floor, at - 1 - _ADVERBS), -1):
        run = run_ending(words, end, speech, floor)
        if run is not None and (run.pronoun is not None or _is_marked(words, run, speech)):
            return run
        if (
            not words[end - 1].is_word
            or words[end - 1].is_capital
            or words[end - 1].lower in speech.prepositions
        ):
            break
    return None


def _is_marked(words: Sequence[Word], run: Run, speech: Speech) -> bool:
    """Whether an article, a capital or a noun of people shows that a run of words is a speaker."""
    if words[run.start].lower in speech.articles or _tells_of_people(words, run, speech):
        return True
    return any(word.is_capital for word in words[run.start : run.end])


def run_ending(words: Sequence[Word], end: int, speech: Speech, floor: int) -> Run | None:
    """The longest run that ends exactly there and no preposition holds."""
    if end > floor and words[end - 1].lower in speech.pronouns:
        return Run(end - 1, end, speech.pronouns[words[end - 1].lower])
    for start in range(max(floor, end - _BACK), end):
        word = words[start]
        if not word.is_word or (word.lower in speech.stops and word.lower not in speech.articles):
            continue
        held = start > floor and _is_held(words, start, floor, speech)
        if held and words[start - 1].lower not in speech.from_sources:
            continue
        if speech.has_capital_nouns and not word.is_capital and word.lower not in speech.articles:
            continue
        run = run_from(words, start, speech)
        if run is not None and run.end == end and (not held or _tells_of_people(words, run, speech)):
            return run
    return None


def _tells_of_people(words: Sequence[Word], run: Run, speech: Speech) -> bool:
    return any(speech.is_person_noun(word.lower) for word in words[run.start : run.end])


def _is_held(words: Sequence[Word], start: int, floor: int, speech: Speech) -> bool:
    before = words[start - 1]
    is_noun_beside = before.is_word and before.lower not in speech.stops and not _opens(before.lower, speech)
    if is_noun_beside and words[start].lower in speech.links:
        return True
    if is_noun_beside and speech.has_capital_nouns and not before.is_capital and words[start].is_capital:
        return True
    if before.lower in speech.prepositions or before.lower in speech.links:
        return True
    if _opens(before.lower, speech) and before.lower not in speech.pronouns:
        return start - 1 == floor or words[start].lower not in speech.articles
    return False


def is_cue(words: Sequence[Word], i: int, speech: Speech) -> bool:
    """Whether a verb of saying is at words[i]."""
    return cue_at(words, i, speech) is not None


def _is_noun_before(lower: str, speech: Speech) -> bool:
    """Whether what follows the word is a noun: "in una nota" is no verb."""
    return lower in speech.prepositions or (
        lower in speech.articles and lower.startswith(("un", "ein", "um"))
    )


def cue_at(words: Sequence[Word], i: int, speech: Speech) -> tuple[int, int] | None:
    """The place of the verb of saying that begins at words[i], and of the word after it.

    A participle counts behind an auxiliary only, with at most three words between them; the auxiliary is no part of it.
    """
    word = words[i]
    if not word.is_word or (i and _is_noun_before(words[i - 1].lower, speech)):
        return None
    if word.lower in speech.verbs and (not word.is_capital or i == 0 or not words[i - 1].is_word):
        return i, i + 1
    if word.lower in speech.auxiliaries:
        for at in range(i + 1, min(i + 5, len(words))):
            if words[at].lower in speech.participles and not words[at].is_capital:
                return at, at + 1
            if words[at].lower not in speech.between and words[at].lower not in speech.auxiliaries:
                break
    return None
