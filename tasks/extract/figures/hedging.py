"""Bounds: "more than", "up to", "nearly", "or so" around a number, and what they do to its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import Amount, match_phrase
from tasks.extract.figures.lexicon import hedges
from tasks.extract.numerals import Token, lower_at

_ARTICLES = frozenset({"a", "an", "the"})
_DEEPEST = 2
# Before these "over two years" says more than; elsewhere it says during.
_OVER_CUES = frozenset(
    {"for", "after", "in", "of", "took", "takes", "take", "taken", "spent", "spend", "spends", "lasted", "lasting", "last", "lasts", "is", "was",
     "are", "were", "has", "have", "had", "with", "a", "by", "within", "to", "just", "well", "served", "waited", "wait", "runs", "ran", "goes", "every"}
)  # fmt: skip
# "Handed over 40 rifles", "ran over two people": behind these verbs it is no bound.
_PARTICLE_VERBS = frozenset(
    {stem + ending for stem in ("hand", "turn", "pull", "knock", "sign", "roll", "tip") for ending in ("", "s", "ed", "ing")}
    | {"run", "runs", "ran", "running", "flip", "flips", "flipped", "flipping", "fork", "forks", "forked", "forking"}
)  # fmt: skip
_VERBS_IN_S = frozenset({"is", "was", "has", "does"})
_COMPARISONS = {">": "at_least", "<": "at_most", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about"}


def with_hedges(tokens: Sequence[Token], amount: Amount, floor: int) -> Amount:
    """The amount with the hedge before it (not before token `floor`) and after it, surface and values.

    A hedge found twice ("about 500 or more"): the one after decides.
    """
    start, bound = _hedge_before(tokens, amount.start, floor, amount.kind == "duration")
    end, after = _hedge_after(tokens, amount)
    hedged = replace(amount, start=start, end=end)
    return apply_bound(hedged, after or bound)


def _hedge_before(
    tokens: Sequence[Token], i: int, floor: int, is_length: bool, depth: int = 0
) -> tuple[int, str | None]:
    """Where the hedge before token i starts, and its bound; "more than about" is two, three are a stutter."""
    j = i - 1
    if j < floor or depth > _DEEPEST:
        return i, None
    if (bound := _COMPARISONS.get(tokens[j].text)) is not None:
        return j, bound
    for phrase, bound in hedges("before").get(tokens[j].lower, ()):
        start = i - len(phrase)
        if start >= floor and match_phrase(tokens, start, phrase):
            if phrase == ("over",) and not _bounds(lower_at(tokens, start - 1), is_length):
                return i, None
            further, outer = (
                _hedge_before(tokens, start, floor, is_length, depth + 1)
                if bound == "about"
                else (start, None)
            )
            return further, outer or bound
    if tokens[j].lower in _ARTICLES and lower_at(tokens, j - 1) == "than" and j - 1 >= floor:
        return _hedge_before(tokens, j, floor, is_length, depth + 1)
    return i, None


def _bounds(before: str, is_length: bool) -> bool:
    """Whether "over" says more than, by the word before it: not in "spread over two years" or "handed over 40 rifles"."""
    return before in _OVER_CUES if is_length else before not in _PARTICLE_VERBS


def _hedge_after(tokens: Sequence[Token], amount: Amount) -> tuple[int, str | None]:
    j = amount.end
    if j < len(tokens) and tokens[j].text == "+" and tokens[j].is_glued:
        return j + 1, "at_least"
    for phrase, bound in hedges("after").get(lower_at(tokens, j), ()):
        if match_phrase(tokens, j, phrase):
            if _starts_another(tokens, j + len(phrase)):
                continue
            if phrase == ("and", "more") and amount.has_noun and _names_another(tokens, j + 2):
                continue
            if phrase == ("plus",) or (phrase == ("odd",) and not amount.has_noun):
                continue
            return j + len(phrase), bound
    if j + 1 < len(tokens) and tokens[j].text == "-" and tokens[j].is_glued and tokens[j + 1].is_glued:
        bound = {"plus": "at_least", "odd": "about", "ish": "about"}.get(tokens[j + 1].lower, "")
        return (j + 2, bound) if bound else (j, None)
    return j, None


def _starts_another(tokens: Sequence[Token], j: int) -> bool:
    """ "139,000 cases and more than 8,500 deaths", "at least 20": the words belong to the next number."""
    return j < len(tokens) and (tokens[j].lower == "than" or tokens[j].kind == "number")


def _names_another(tokens: Sequence[Token], j: int) -> bool:
    """ "12 dogs and more volunteers": more of another thing."""
    word = lower_at(tokens, j)
    return word.endswith("s") and word not in _VERBS_IN_S


def apply_bound(amount: Amount, bound: str | None) -> Amount:
    """The values that the bound leaves. at_least: low only; at_most: high only; about: the value itself.

    "Nearly 300" is about 300 and not above it (high 300), "just over 300" about 300 and not below it.
    """
    if bound is None or amount.bound in ("between", "vague"):
        return amount
    value = amount.value
    if bound == "at_least":
        return replace(amount, value=None, low=value, bound=bound)
    if bound == "at_most":
        return replace(amount, value=None, high=value, bound=bound)
    if bound == "almost":
        return replace(amount, high=value, bound="about")
    if bound == "just_over":
        return replace(amount, low=value, bound="about")
    return replace(amount, bound="about")
