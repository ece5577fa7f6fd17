"""How a figure is said: denied, only possible, for each of something, part of a whole, for which time."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.figure_context.syntax import is_alike, is_bare, lemma

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
_LIMITS = frozenset({"more", "less", "fewer", "later", "earlier", "longer", "higher", "lower"})
_PER_REACH = 8  # tokens
_NEAR = 120  # characters after the figure that can say what it is a part of
_CONDITIONS = frozenset({"if", "unless", "whether"})
_PER = re.compile(
    r"\s*(?:(?:[\w’'-]+\s+){0,3}?(?:per|each|every)\s+(?!(?:cent|from|to|in|for|by|of|at|on|when|if|after)\b)(\d[\d,]*\d(?:\s[a-z]+s|\speople)?|\w+)|(?:of\s+[\w’'-]+\s+|[\w’'-]+s\s+)?an?\s+"
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
_WHOLE = re.compile(
    r"(?:\s+of\s+((?:the|its|his|her|their|those|these|all|our)\s+(?:\d[\d,.]*\d|[\w’'-]+)"
    r"(?:\s+(?!(?:was|were|is|are|has|have|had|will|would|in|on|at|by|for|with|from|to|and|or|but|who|that|which|when|after|as)\b)(?:\d[\d,.]*\d|[\w’'-]+)){0,3}"
    r"|them|us|which)"
    r"|\s*(?:out )?of\s+(\d[\d,.]*(?:\s+[a-z]+)?))",
    re.IGNORECASE,
)


_BASE_BEFORE = re.compile(r"\b(?:up|down)\sfrom\s(?:the\s)?(?:current\s)?$")
_FROM_BEFORE = re.compile(r"\bfrom\s(?:the\s)?(?:about\s|current\s)?$")
_TO_AFTER = re.compile(r"(?:\s[a-z]+)?\sto\s[$£€₹]?(?:Rs\s)?\d")
_DENIED_BEFORE = re.compile(r"[,–—]\s+(?:and\s+)?not\s+(?:the\s+)?$", re.IGNORECASE)
# What a correction takes back: "an earlier version of this article gave the number as 41".
_TAKEN_BACK = re.compile(
    r"\b(?:(?:earlier|previous|original|prior) versions?\s(?:of (?:this|the) (?:article|story|report|piece|post|column|page|headline)\b[^;–—]{0,60}?)?"
    r"(?:said|stated|gave|put|reported|listed|misstated|wrote|cited)"
    r"|(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|stated|gave|put|reported|listed)|misstated)\b"
    r"(?:(?!\b(?:in fact|actually|instead|but|when|while|whereas|rather|should|correct)\b)[^;–—]){0,160}$",
    re.IGNORECASE,
)
_CORRECTED = 260  # characters


def is_set_against(text: str, start: int, sentence_start: int) -> bool:
    """Whether it is what another figure is not: the 43 of "34, not 43", and what a correction takes back."""
    if _DENIED_BEFORE.search(text, max(0, start - 20), start) is not None:
        return True
    return _TAKEN_BACK.search(text, max(sentence_start, start - _CORRECTED), start) is not None


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
    own = (
        c
        for c in anchor.children
        if c.dep_ in ("neg", "det", "preconj") and c.i < anchor.i and not _is_bound(c)
    )
    if any(child.lower_ in ("no", "not", "n't", "n’t", "neither") for child in own):
        return True
    return near is not None and any(child.dep_ == "neg" and child.i < anchor.i for child in near.children)


def _is_bound(token: Token) -> bool:
    """ "No more than 30", "not less than 30": the word is of the limit."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in _LIMITS


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
        if _shares_helper(verb):
            continue
        if verb.dep_ in ("ccomp", "ROOT", "relcl", "conj") or _is_told_beside(verb):
            return False
    return False


def _shares_helper(verb: Token) -> bool:
    """ "It would close two plants and cut 1,900 jobs": the bare verb has the first one's "would"."""
    return verb.dep_ == "conj" and is_bare(verb) and (verb.tag_ == "VB" or is_alike(verb))


def is_base(text: str, start: int, end: int) -> bool:
    """Whether it is what a change begins at, and so is already: "to $7.30, up from $6.90", "will rise from 62 to 64"."""
    return _BASE_BEFORE.search(text, max(0, start - 30), start) is not None or (
        _FROM_BEFORE.search(text, max(0, start - 20), start) is not None
        and _TO_AFTER.match(text, end) is not None
    )


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


def with_head(per: str, parse: Doc, end: int) -> str:
    """The words of "each bereaved family" where only "bereaved" is known, by what it hangs on right behind it."""
    for token in parse[end : end + _PER_REACH]:
        head = token.head
        if token.lower_ == per:
            links = ("amod",) if token.i and token.nbor(-1).lower_ == "per" else ("amod", "compound")
            is_before = token.dep_ in links and head.i == token.i + 1 and head.pos_ == "NOUN"
            return f"{per} {head.lower_}" if is_before else per
    return per


def find_whole(text: str, span: tuple[int, int], sentence_end: int) -> tuple[int, int] | None:
    """Where what it is a part of stands: "the males" of "two of the males", "34" of "29 of 34 passes"."""
    start, end = span
    match = _WHOLE.search(text, start, end) or _WHOLE.match(text, end, min(sentence_end, end + _NEAR))
    return None if match is None else match.span(1 if match[1] else 2)


def cut_whole(document: Document, sentence: Sentence, parse: Doc, whole: tuple[int, int]) -> str:
    """The words of the whole up to the end of its noun phrase: "the 84 pupils" of "the 84 pupils won places"."""
    tokens = document.doc[sentence.start_token : sentence.end_token]
    inside = [
        (token, own) for token, own in zip(parse, tokens, strict=False) if whole[0] <= own.idx < whole[1]
    ]
    end = whole[1]
    first = 1 if document.text[whole[0]].isdigit() else 2  # behind the article and a word
    for place, (token, own) in enumerate(inside):
        if place >= first and document.text[own.idx - 1].isspace() and not _is_of_phrase(token):
            end = own.idx
            break
    return document.text[whole[0] : end].rstrip(" ,;:-–—")


def _is_of_phrase(token: Token) -> bool:
    is_modifier = token.dep_ in ("amod", "compound", "nummod", "nmod", "poss") or (
        token.dep_ == "advmod" and token.head.pos_ == "ADJ"
    )
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PUNCT", "PART", "SYM") or is_modifier
