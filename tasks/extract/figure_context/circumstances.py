"""How a figure is said: denied, only possible, for each of something, part of a whole, for which time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from spacy.tokens import Token

from core.outcomes import Row
from tasks.extract.figure_context.syntax import lemma

_MODALS = frozenset({"could", "would", "may", "might", "should", "can", "will", "shall", "'ll", "’ll", "wo"})
_INTENT = frozenset(
    {
        "plan",
        "expect",
        "want",
        "hope",
        "threaten",
        "intend",
        "propose",
        "seek",
        "aim",
        "consider",
        "face",
        "risk",
    }
    | {
        "vow",
        "promise",
        "pledge",
        "predict",
        "project",
        "forecast",
        "agree",
        "attempt",
        "try",
        "recommend",
        "allow",
    }
)
_NEAR = 120  # characters after the figure that can say what it is a part of
_MOST_DATES = 20
_CONDITIONS = frozenset({"if", "unless", "whether"})
_PER = re.compile(
    r"\s*(?:(?:[\w’'-]+\s+){0,3}?(?:per|each|every)\s+(?!(?:from|to|in|for|by|of|at|on|when|if|after)\b)(\d[\d,]*\d(?:\s[a-z]+s|\speople)?|\w+)|(?:of\s+[\w’'-]+\s+|[\w’'-]+s\s+)?an?\s+"
    r"(second|minute|hour|day|night|week|month|year|piece|head|person|share|barrel|ton|tonne|gallon|litre|liter|mile"
    r"|game)\b(?!\s+(?:ago|later|earlier|before|after))"
    r"|(/\s?(?:yr|year|day|hour|h|s|min|month))|(apiece|annually|yearly|monthly|weekly|daily|hourly)\b)",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(r"\s*(?:[\w’'-]+\s+){0,2}(each)\b", re.IGNORECASE)
_PER_BEFORE = re.compile(
    r"\b(annual|yearly|monthly|weekly|daily|hourly|nightly)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
_ADVERBS = {"annually": "year", "yearly": "year", "annual": "year", "monthly": "month", "weekly": "week"} | {
    "daily": "day", "hourly": "hour", "nightly": "night", "apiece": "piece", "yr": "year", "h": "hour", "s": "second",
    "min": "minute",
}  # fmt: skip
_BESIDE = frozenset({"as", "after", "when", "because", "while", "although", "though"})
_SINCE = re.compile(r"\b(?:since|from|starting|beginning)(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:as of|by|until|till|through|at the end of|at)(?:\s+(?:late|early|mid))?\s*$", re.IGNORECASE
)
_WHOLE = re.compile(
    r"(?:\s+of\s+((?:the|its|his|her|their|those|these|all|our)\s+[\w’'-]+"
    r"(?:\s+(?!(?:was|were|is|are|has|have|had|will|would|in|on|at|by|for|with|from|to|and|or|but|who|that|which|when|after|as)\b)[\w’'-]+){0,3}"
    r"|them|us|which)"
    r"|\s*(?:out )?of\s+(\d[\d,.]*(?:\s+[a-z]+)?))",
    re.IGNORECASE,
)


_DENIED_BEFORE = re.compile(r"[,–—]\s+(?:and\s+)?not\s+(?:the\s+)?$", re.IGNORECASE)


def is_set_against(text: str, start: int) -> bool:
    """Whether it is what another figure is not: the 43 of "34, not 43"."""
    return _DENIED_BEFORE.search(text, max(0, start - 20), start) is not None


def is_set_apart(text: str, figure: Row) -> bool:
    """Whether commas or brackets part an age from its clause, or "aged" comes before: "Orr, 58, will be sworn in" is 58 today."""
    before = text[max(0, figure["start_char"] - 6) : figure["start_char"]]
    after = text[figure["end_char"] : figure["end_char"] + 1]
    return before.endswith(("aged ", "aged")) or (
        before.endswith((", ", " (")) and after in (",", ".", ")", ";")
    )


def verbs_above(token: Token) -> list[Token]:
    """The verbs that the token is under, nearest first."""
    found = []
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX"):
            found.append(token)
        if token.head.i == token.i:
            break
        token = token.head
    return found


def is_negated(anchor: Token) -> bool:
    """Whether the nearest verb, or a word of the figure's own phrase, is denied: "did not hire 500"."""
    verbs = verbs_above(anchor)
    near = verbs[0] if verbs else None
    own = (c for c in anchor.children if c.dep_ in ("neg", "det", "preconj") and c.i < anchor.i)
    if any(child.lower_ in ("no", "not", "n't", "n’t", "neither") for child in own):
        return True
    return near is not None and any(child.dep_ == "neg" and child.i < anchor.i for child in near.children)


def is_hypothetical(anchor: Token) -> bool:
    """Whether it is planned, possible, demanded or conditional: "to hire 500", "could cost $5 million"."""
    for place, verb in enumerate(verbs_above(anchor)):
        below = next(
            (child for child in verb.children if child is anchor or child.is_ancestor(anchor)), anchor
        )
        if below.lower_ == "according":
            return False
        if any(c.dep_ in ("aux", "auxpass") and c.lower_ in _MODALS for c in verb.children):
            return True
        if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children):
            return True
        is_intended = below.dep_ != "nsubj" and (place > 0 or verb.tag_ != "VBN")
        if lemma(verb) in _INTENT and is_intended:
            return True
        if verb.dep_ in ("ccomp", "ROOT", "relcl", "conj") or _is_told_beside(verb):
            return False
    return False


def _is_told_beside(verb: Token) -> bool:
    """Whether its clause tells what happens while or before the main clause does: "as 14,000 workers walked out"."""
    return verb.dep_ == "advcl" and any(c.lower_ in _BESIDE for c in verb.children if c.i < verb.i)


def find_per(text: str, start: int, end: int, sentence_end: int) -> str | None:
    """What the amount is for one of: "a year", "per head", "each"; in the singular, "each" as it is."""
    after = text[end:sentence_end][:60]
    match = _PER.match(after) or _EACH_AFTER.match(after)
    if match is None:
        match = _PER_BEFORE.search(text[max(0, start - 40) : start])
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower().lstrip("/ ")
    return _ADVERBS.get(word, word)


def find_whole(text: str, end: int, surface: str, sentence_end: int) -> str | None:
    """What it is a part of: "the males" of "two of the males", "34" of "29 of 34 passes"."""
    inside = _WHOLE.search(surface)
    match = inside or _WHOLE.match(text[end : min(sentence_end, end + _NEAR)])
    return None if match is None else (match[1] or match[2])


def find_times(
    text: str, sentence: tuple[int, int], dates: Sequence[Row]
) -> tuple[datetime | None, datetime | None]:
    """(since, as_of): begins of the sentence's dates that stand after "since" or after "as of", "by".

    `dates` are in reading order.
    """
    since = as_of = None
    first = bisect_left(dates, sentence[0], key=lambda row: row["start_char"])
    for row in islice(dates, first, first + _MOST_DATES):
        if row["start_char"] >= sentence[1]:
            break
        if row["starts_at"] is None:
            continue
        before = text[max(sentence[0], row["start_char"] - 30) : row["start_char"]]
        if _SINCE.search(before):
            since = row["starts_at"]
        elif _AS_OF.search(before):
            as_of = row["starts_at"]
    return since, as_of
