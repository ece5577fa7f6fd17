"""Indirect speech before its speaker: "The fund lost £4m, according to two officials", "..., Ada Orr said on Monday".

The clause is the whole sentence up to the comma, so nothing is guessed about where it begins.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.dateline import dateline_end
from tasks.extract.document import Document, Sentence
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.described import SUBORDINATORS
from tasks.extract.quotations.indirect_speech.words import (
    MIN_WORDS,
    IndirectSpeech,
    indirect_rules,
    speaking_nouns,
)
from tasks.extract.quotations.speakers import can_speak

_MOST_WORDS = 14  # of a speaker
_ACCORDING = re.compile(
    r",?\s(?P<cue>according to)\s(?P<speaker>(?:[^,;:()–—]|(?<=\d),(?=\d)){1,120}?)(?=,(?!\d)|[;:(–—]|\s-|[.!?]?\s?$|(?<=[a-z])\.(?=[A-Z]))"
)
_FIRST = re.compile(r"(?P<cue>According to)\s(?P<speaker>[^,;:()–—]{1,120}),\s")
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "did", "does", "do"}
)
_WORD = re.compile(r"\w+")


def speech_before_speaker(document: Document, sentence: Sentence, cast: Cast) -> IndirectSpeech | None:
    """What a sentence says before its speaker, or behind "According to ...,". None if no speaker begins or ends it."""
    text = document.text[sentence.start_char : sentence.end_char]
    first = _FIRST.match(text)
    if first is not None:
        return _make(
            document,
            sentence,
            cast,
            first,
            (first.end(), first.end() + len(text[first.end() :].split(";")[0])),
        )
    found = _ACCORDING.search(text) or _said_last().search(text)
    if found is None:
        return None
    # What a semicolon parts from the words of a speaker may be another's.
    return _make(document, sentence, cast, found, (text.rfind(";", 0, found.start()) + 1, found.start()))


@cache
def _said_last() -> re.Pattern[str]:
    """A comma, a speaker and a verb of saying at the sentence's end, in either order, with a day behind."""
    verbs = "|".join(sorted(indirect_rules()["free"] - {"note", "believe", "think"}))
    days = "|".join(sorted(indirect_rules()["days"] | {"earlier", "later", "today", "yesterday"}))
    end = rf"(?:\s(?:on|in|late|early|last|this|{days})\b[^,]{{0,30}})?[.!?]?\s?$"
    return re.compile(
        rf",\s(?:as\s)?(?:(?P<speaker>[^,;:()–—]{{1,120}}?)(?:,[^,;:()]{{1,120}},)?\s(?<!\bto\s)(?:has\s|have\s|also\s|later\s)?(?P<cue>{verbs}){end}"
        rf"|(?P<verb>{verbs})\s(?P<teller>[^,;:()–—]{{1,120}}?)(?:,[^,;:()]{{1,200}})?[.!?]?\s?$)"
    )


def _make(
    document: Document, sentence: Sentence, cast: Cast, found: re.Match[str], clause: tuple[int, int]
) -> IndirectSpeech | None:
    is_inverted = found.groupdict().get("verb") is not None  # ", said Ada Orr"
    speaker, cue = ("teller", "verb") if is_inverted else ("speaker", "cue")
    offset, text = sentence.start_char, document.text
    start, end = _trimmed(text, offset + clause[0], offset + clause[1])
    teller = (offset + found.start(speaker), offset + found.end(speaker))
    is_clause = len(text[start:end].split()) >= MIN_WORDS and "''" not in text[start:end]
    if not is_clause or not _speaks(text, *teller, cast):
        return None
    if is_inverted and not _ends_with_head(text, *teller, cast):
        return None
    return IndirectSpeech(start, end, *teller, offset + found.start(cue), offset + found.end(cue))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause without a dateline before it and the stop behind it."""
    start = dateline_end(text, start, end)
    while start < end and not text[start].isalnum() and text[start] not in "$£€":
        start += 1
    return start, start + len(text[start:end].rstrip().rstrip(".!?…;,"))


def _speaks(text: str, start: int, end: int, cast: Cast) -> bool:
    """Whether the words can be a speaker: a name, or a person or a paper without one ("a council report")."""
    words = [word.lower() for word in _WORD.findall(text[start:end])]
    if not 0 < len(words) <= _MOST_WORDS or words[0] in SUBORDINATORS or not can_speak(text[start:end]):
        return False
    if not speaking_nouns().isdisjoint(words) or words[0] in ("he", "she", "they"):
        return True
    return cast.mention_in(start, end) is not None


def _ends_with_head(text: str, start: int, end: int, cast: Cast) -> bool:
    """Whether a name or a speaking noun closes the words behind the verb: not so in ", said they had done nothing".

    A verb among them tells that they are what is said: "Ada Orr, the minister, says the police have shut the clinics".
    """
    words = text[start:end].split()
    if not _VERBS.isdisjoint(words):
        return False
    last = words[-1]
    mention = cast.mention_in(end - 1, end)
    return last.lower() in speaking_nouns() or (mention is not None and mention["end_char"] == end)
