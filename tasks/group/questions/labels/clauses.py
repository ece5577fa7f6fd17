"""A question in the words of the report that says most of it: “… people took part in the march”.

Where no noun and verb tell what a number is for, the printed clause does, with an ellipsis in the number's place.
"""
# Why: see docs/decisions.md, "A label that would say nothing is a printed clause".

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from tasks.group.questions.answers import Answer, Mention
from tasks.group.questions.words.lexicon import base_words, choose_telling

_MOST_BEFORE, _FEW_BEFORE, _MOST_AFTER, _MOST_CHARS = 6, 3, 8, 80
_CUT = 1  # a cut end counts as much as a shared word
_ENOUGH = 2  # telling words after the number, so that none is needed before it
_END = re.compile(
    r"[.,](?!\d)|[;:!?()“”\"«»\[\]\n•]|\s[–—-]\s|\b(?:when|while|because|if|although|but|who|which|according|said|says)\b"
)
_LAST = re.compile(
    r".*(?:[.,](?!\d)|[;:!?()“”\"«»\[\]\n•]|\s[–—-]\s|\b(?:that|who|which|said|says)\b)", re.DOTALL
)
_UNIT = re.compile(r"(?:^|[\d\s-])((?:square |cubic |metric |per )?[A-Za-zµ°]+|%)$")
_NUMBER_WORDS = frozenset(
    ["half", "dozen", "hundred", "thousand", "million", "billion", "trillion", "quarter", "couple", "few"]
)
_JOINS = frozenset(["and", "or", "but", "than"])
# Words that neither open a label's clause nor end it, then those that only open none, and those that only end none.
_EDGES = _JOINS | frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "by",
        "for",
        "in",
        "at",
        "on",
        "about",
        "more",
        "his",
        "her",
        "its",
        "their",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "have",
    ]
)
_OPENING = _EDGES | frozenset(
    [
        "then",
        "as",
        "so",
        "be",
        "been",
        "will",
        "would",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "some",
        "around",
        "nearly",
        "almost",
        "roughly",
        "least",
        "most",
        "up",
        "only",
        "just",
        "over",
    ]
)
_TRAILING = _EDGES | frozenset(["with", "from", "into", "our", "that", "after", "before", "less", "against"])


def quote_clause(answers: Sequence[Answer], *, must_share: bool = False) -> str | None:
    """The clause that shares most telling words with the other articles, an English one, and one with the noun that is counted, before others.

    None where no clause tells anything, or shares nothing with the others though it `must_share`.
    """
    best: tuple[bool, bool, int, int, str] | None = None
    said = _words_by_article(answers)
    articles = Counter(word for words in said.values() for word in words)
    for answer in answers:
        own = said[answer.article_id]
        for mention in answer.mentions:
            clause, words, cut = _clause_of(mention)
            shared = sum(articles[word] > (word in own) for word in words)
            shared = shared if len(said) > 1 else min(1, len(words))
            found = answer.language != "en", not _kept(mention), cut * _CUT - shared, len(clause), clause
            if words and (shared or not must_share) and (best is None or found < best):
                best = found
    return f"“{best[-1]}”" if best else None


def _words_by_article(answers: Sequence[Answer]) -> dict[str, set[str]]:
    """The telling words of the sentences with the figure, by article."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for answer in answers:
        said[answer.article_id] |= answer.words("sentence")
    return said


def _clause_of(mention: Mention) -> tuple[str, frozenset[str], int]:
    """The clause, its telling words without the noun that is counted, and how many of its ends are cut off."""
    before, is_begun = _before(mention.lead)
    after, is_ended = _after(mention.tail)
    kept = _kept(mention)
    told = _telling(after)
    if told:
        is_begun = is_begun and len(before) <= _FEW_BEFORE
        before = before[-_FEW_BEFORE:] if len(told) < _ENOUGH else []
    else:
        after = []
    before = _strip(before)
    clause = " ".join([*before, f"… {kept}".rstrip(), *after])
    cut = bool(before and not is_begun) + bool(after and not is_ended)
    return clause[:_MOST_CHARS], _telling(before) | told, cut


def _kept(mention: Mention) -> str:
    """What of the figure is no number: its noun or its unit."""
    figure = mention.figure
    if figure["kind"] == "count":
        counted = figure["counted"] or ""
        is_noun = counted and figure["surface"].endswith(counted) and not any(c.isdigit() for c in counted)
        return counted if is_noun else ""
    if figure["kind"] not in ("duration", "measure", "percent"):
        return ""
    unit = _UNIT.search(figure["surface"])
    return unit[1] if unit and unit[1].lower() not in _NUMBER_WORDS else ""


def _before(lead: str) -> tuple[list[str], bool]:
    """The last words of the clause before the number, and whether these are all."""
    found = _LAST.match(lead)
    words = lead[found.end() if found else 0 :].split()
    return words[-_MOST_BEFORE:], len(words) <= _MOST_BEFORE


def _strip(words: list[str]) -> list[str]:
    while words and words[0].lower() in _OPENING:
        words = words[1:]
    return words


def _after(tail: str) -> tuple[list[str], bool]:
    """The first words after it, up to the end of the clause, and whether these are all."""
    found = _END.search(tail)
    all_words = (tail[: found.start()] if found else tail).lstrip("’'").split()
    words = all_words[:_MOST_AFTER]
    if words and words[0].lower() in _JOINS:
        return [], True
    while words and words[-1].lower() in _TRAILING:
        words.pop()
    return words, len(all_words) <= _MOST_AFTER


def _telling(words: Sequence[str]) -> frozenset[str]:
    return frozenset(choose_telling(base_words(" ".join(words))))
