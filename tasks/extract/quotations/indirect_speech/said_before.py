"""Indirect speech behind its speaker and verb: "Ada Orr said the road would reopen"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from spacy.lang.en.lex_attrs import like_num
from spacy.tokens import Span, Token

from tasks.extract.dates.base.tense import is_past
from tasks.extract.document import Document, Sentence
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.indirect_speech.speaker_before import speaker_before
from tasks.extract.quotations.indirect_speech.words import (
    MIN_WORDS,
    IndirectSpeech,
    indirect_rules,
)

_MAX_BETWEEN = 10
# Behind these words 's is a verb.
_SHORTENING = frozenset(
    {"he", "she", "it", "that", "this", "there", "here", "what", "who", "where", "how", "everyone", "nobody"}
)


@cache
def _clause_end() -> re.Pattern[str]:
    ends = "|".join(re.escape(end) for end in indirect_rules()["clause_ends"])
    return re.compile(rf";|[,–—]\s*(?:{ends})\b")


def speech_behind_verb(document: Document, sentence: Sentence, cast: Cast) -> IndirectSpeech | None:
    """What a sentence gives as said behind a verb of saying, if a speaker is right before the verb; else None."""
    tokens = document.doc[sentence.start_token : sentence.end_token]
    rules = indirect_rules()
    for cue in tokens:
        needs_that = cue.lower_ in rules["with_that"]
        if not needs_that and cue.lower_ not in rules["free"]:
            continue
        speaker = speaker_before(tokens, cue.i - tokens.start, cast)
        first = _clause_start(tokens, cue.i - tokens.start + 1, needs_that=needs_that, cast=cast)
        if first is not None and cue.lower_ in rules["of_things"] and not _is_clause(tokens, cue, first):
            continue
        if speaker is not None and first is not None:
            return _make_speech(document, sentence, cue, speaker, first)
    return None


def _make_speech(
    document: Document, sentence: Sentence, cue: Token, speaker: tuple[int, int], first: Token
) -> IndirectSpeech | None:
    end = sentence.end_char
    cut = _clause_end().search(document.text, first.idx, end)
    text = document.text[first.idx : cut.start() if cut else end].rstrip().rstrip(".!?…;,")
    if len(text.split()) < MIN_WORDS:
        return None
    return IndirectSpeech(first.idx, first.idx + len(text), *speaker, cue.idx, cue.idx + len(cue.text))


def _clause_start(tokens: Span, place: int, *, needs_that: bool, cast: Cast) -> Token | None:
    """The clause's first word after "that", else after days and places, when it can begin a clause."""
    rules = indirect_rules()
    for first in range(place, min(place + _MAX_BETWEEN, len(tokens) - 1)):
        token = tokens[first]
        if token.lower_ == "that" and tokens[first + 1].text not in ",.;:":
            is_relative = first > place and tokens[first + 1].lower_ in rules["relative_verbs"]
            return None if is_relative else tokens[first + 1]
        if token.text in ",;:" or token.is_space:
            return None
        if not needs_that and first == place + _skipped(tokens, place, rules):
            name = cast.mention_in(token.idx, token.idx + len(token.text))
            if token.lower_ in rules["clause_openers"] or name is not None or _counts(tokens, first):
                return token
    return None


def _is_clause(tokens: Span, cue: Token, first: Token) -> bool:
    """Whether "that" stands before the words, or they have a verb of their own: not so in "added a third in the 78th minute"."""
    rules = indirect_rules()
    place = first.i - tokens.start
    if tokens[place - 1].lower_ == "that" and place - 1 > cue.i - tokens.start:
        return True
    for token in tokens[place + 1 :]:
        if token.lower_ in rules["subordinators"] or token.text in ",;:":
            return False
        if _is_owners(token, tokens):
            continue
        if token.lower_ in rules["finite"] or is_past(token.lower_):
            return True
    return False


def _is_owners(token: Token, tokens: Span) -> bool:
    """Whether it is the 's of an owner: "Sunday's election", not "it's over"."""
    return token.lower_ in ("'s", "’s") and tokens[token.i - tokens.start - 1].lower_ not in _SHORTENING


def _counts(tokens: Span, first: int) -> bool:
    """Whether a number opens the clause: "police said three men were held", not "said three times"."""
    opener = tokens[first]
    is_number = opener.lower_ != "one" and bool(like_num(opener.text))  # type: ignore[no-untyped-call]
    return is_number and first + 2 < len(tokens) and tokens[first + 1].lower_ != "times"


def _skipped(tokens: Span, place: int, rules: dict[str, Any]) -> int:
    """How many words of time and place are between the verb and what follows."""
    skipped = 0
    while place + skipped < len(tokens) - 1:
        token = tokens[place + skipped]
        is_time = token.lower_.rstrip(".") in rules["days"] or token.is_digit
        if not (is_time or token.lower_ in rules["after_verb"]):
            break
        skipped += 1
    return skipped
