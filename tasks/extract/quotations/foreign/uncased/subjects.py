"""Runs of words that are a speaker where no capital letter shows a name, and whether they name anybody."""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.foreign.uncased.vocabulary import Clauses

_LATIN = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9.'’-]*"
_HAN_RUN = re.compile(
    rf"(?:[々〆〇一-鿿ァ-ヺー・·0-9０-９Ａ-Ｚａ-ｚ]|(?:(?<=[一-鿿]) )?{_LATIN}(?: {_LATIN})*(?: (?=[一-鿿]))?)+(?:さん|さま|ちゃん|くん|たち|ら)?$"
)
_LATIN_NAME = re.compile(rf"(?:^|.*[一-鿿] ?)[A-ZÀ-Þ][A-Za-zÀ-ɏ0-9.'’-]+(?: {_LATIN})*")
_TOKEN = re.compile(r"[^\s،؛؟,.:;!?।()«»“”\"'、。：；]+")
_AGE = re.compile(r"[（(][^（()）]{1,15}[)）]$")
_CONTRACTED = "لل"  # "to" and the article
_ARTICLE = "ال"  # glued to the noun in Arabic
_LONGEST = 30  # characters of a run without spaces
_SHORTEST_NAME = 3  # characters; shorter ones are common words as well
_MOST_TOKENS = 8
_MOST_BACK = 4  # words before the last one of a speaker


class UncasedSpeaker(NamedTuple):
    """A speaker by half-open offsets in the text; `is_unnamed` where the words only describe somebody."""

    start: int
    end: int
    pronoun: str | None = None
    is_unnamed: bool = False


def marked_subject(text: str, start: int, end: int, words: Clauses, cast: Cast) -> UncasedSpeaker | None:
    """The last speaker in text[start:end] that a particle shows to be the subject: "田中市長は", "김 시장은", "मंत्री ने".

    The topic goes before other subjects, as those belong to clauses within the sentence.
    """
    pronouns = list(words.marked_pronouns.finditer(text, start, end))
    marks = [*words.subject.finditer(text, start, end), *pronouns]
    weak: UncasedSpeaker | None = None
    for mark in sorted(marks, key=lambda match: -match.start()):
        if mark in pronouns:
            return UncasedSpeaker(mark.start(), mark.end(), words.pronouns.get(mark[0], "they"))
        is_weak = mark[0] in words.weak_marks
        if is_weak and weak is not None:
            continue
        run = speaker_ending(text, start, mark.start(), words, cast, is_weak=is_weak)
        if run is not None and not is_weak:
            return run
        weak = weak or run
    return weak


def speaker_ending(
    text: str, floor: int, end: int, words: Clauses, cast: Cast, *, is_weak: bool = False
) -> UncasedSpeaker | None:
    """The speaker that ends right there, or None where nothing shows that the words are somebody."""
    end = floor + len(text[floor:end].rstrip())
    if (age := _AGE.search(text[floor:end])) is not None:
        end = floor + age.start()
    start = _spaced_start(text, floor, end, words) if words.is_spaced else _start(text, floor, end)
    run = judged(text, start, end, words, cast, is_weak=is_weak) if start < end else None
    return _with_owner(text, floor, run, words) if run is not None and run.is_unnamed else run


def _with_owner(text: str, floor: int, run: UncasedSpeaker, words: Clauses) -> UncasedSpeaker:
    """A description with the noun that it belongs to: "織部電力の広報担当者", "कंपनी के प्रवक्ता"."""
    mark = words.owners.search(text, floor, run.start)
    if mark is None:
        return run
    if words.is_spaced:
        tokens = list(_TOKEN.finditer(text, floor, mark.start()))
        start = tokens[-1].start() if tokens and tokens[-1][0] not in words.stops else run.start
    else:
        start = _start(text, floor, mark.start())
    return run._replace(start=start) if start < mark.start() else run


def _start(text: str, floor: int, end: int) -> int:
    found = _HAN_RUN.search(text[max(floor, end - _LONGEST) : end])
    return max(floor, end - _LONGEST) + found.start() if found else end


def _spaced_start(text: str, floor: int, end: int, words: Clauses) -> int:
    """Where the words begin that belong to the last one: titles, given names, "the company's"."""
    tokens = list(_TOKEN.finditer(text, floor, end))
    if not tokens or tokens[-1].end() != end:
        return end
    at = len(tokens) - 1
    while at > 0 and len(tokens) - at <= _MOST_BACK and _belongs(text, tokens[at - 1], tokens[at], words):
        at -= 1
    return tokens[at].start()


def _belongs(text: str, before: re.Match[str], word: re.Match[str], words: Clauses) -> bool:
    if text[before.end() : word.start()].strip() or before[0] in words.stops:
        return False
    if before[0] in words.prefixes:
        return True
    has_ending = before[0].endswith(words.ends)
    if words.names.fullmatch(before[0]):
        return not (has_ending and before[0][:-1].endswith(words.bodies + words.people))
    return not has_ending


def judged(
    text: str, start: int, end: int, words: Clauses, cast: Cast, *, is_weak: bool = False
) -> UncasedSpeaker | None:
    """The run with what it tells, or None where nothing in it is a person or a body."""
    run = text[start:end]
    if run in words.pronouns:
        return UncasedSpeaker(start, end, words.pronouns[run])
    mentions = cast.mentions_in(start, end)
    is_person = any(row["entity_type"] == "person" for row in mentions)
    if run.endswith(words.people):
        return UncasedSpeaker(start, end, is_unnamed=not is_person and not _is_title_with_name(run, words))
    if run.endswith(words.titles):
        return UncasedSpeaker(
            start, end, is_unnamed=not is_person and _is_bare(text, start, end, words, cast)
        )
    is_body = run.endswith(words.bodies) or any(row["entity_type"] == "organization" for row in mentions)
    if not words.is_spaced and words.verb.search(run):
        return None
    is_name = not is_weak and _is_name(run, words)
    if is_person or is_body or is_name or _is_title_with_name(run, words):
        return UncasedSpeaker(start, end)
    return None


def _is_name(run: str, words: Clauses) -> bool:
    if not words.is_spaced and _LATIN_NAME.fullmatch(run):
        return True
    last = run.split()[-1]
    return len(last) >= _SHORTEST_NAME and words.names.fullmatch(last) is not None


def _is_title_with_name(run: str, words: Clauses) -> bool:
    """A title or a word for people with a name behind it: "市长李明", "किसान रामलाल", "김민수 대표"."""
    *before, last = run.split()
    if before:
        listed = (*words.titles, *words.people)
        return last not in words.people and any(word.removeprefix(_ARTICLE) in listed for word in before)
    found = next((run.rfind(word) + len(word) for word in (*words.titles, *words.people) if word in run), -1)
    return not words.is_spaced and 0 < found < len(run) and words.names.search(run[found:]) is not None


def _is_bare(text: str, start: int, end: int, words: Clauses, cast: Cast) -> bool:
    """Whether a title stands without a name, alone or behind the body whose title it is."""
    run = text[start:end]
    title = max((word for word in words.titles if run.endswith(word)), key=len)
    rest = run.removesuffix(title).strip()
    if not rest:
        return True
    is_body = (rest.endswith(words.bodies) and rest not in words.surnames) or rest in words.prefixes
    inside = cast.mentions_in(start, start + len(rest))
    return is_body or any(row["start_char"] == start and row["surface"] == rest for row in inside)


def speaker_behind(text: str, start: int, end: int, words: Clauses, cast: Cast) -> UncasedSpeaker | None:
    """The speaker right behind a verb of saying: "قال وزير الخارجية سالم العمري في مؤتمر"."""
    tokens: list[re.Match[str]] = []
    at = start
    for token in _TOKEN.finditer(text, start, end):
        if text[at : token.start()].strip() or token[0] in words.stops or len(tokens) == _MOST_TOKENS:
            break
        if words.leads.match(token[0]):
            break
        tokens.append(token)
        at = token.end()
    if not tokens:
        return None
    first, last = tokens[0].start(), tokens[-1].end()
    if tokens[0][0] in words.pronouns:
        return UncasedSpeaker(first, tokens[0].end(), words.pronouns[tokens[0][0]])
    is_person = any(row["entity_type"] == "person" for row in cast.mentions_in(first, last))
    said = [token[0] for token in tokens]
    if text[start - len(_CONTRACTED) : start] == _CONTRACTED:
        said[0] = _ARTICLE + said[0]
    return UncasedSpeaker(first, last, is_unnamed=not is_person and _only_describes(said, words))


def _only_describes(tokens: list[str], words: Clauses) -> bool:
    """A noun of people without the article, or with one and no name behind it."""
    bare = tokens[0].removeprefix(_ARTICLE)
    if tokens[0] in words.prefixes:
        return True
    if bare not in words.people and bare not in words.titles:
        return False
    if tokens[0] in words.people:
        return True
    return all(token.startswith(_ARTICLE) for token in tokens[1:])
