"""Two numbers that belong together: "10 to 15", "between 3 and 5 percent", "$10-15 million", "3-to-1"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.grammar import parse_amount
from tasks.extract.figures.lexicon import change_verbs, read_word_set, score_words
from tasks.extract.numerals import Token, clean, lower_at, text_at

_DASHES = HYPHENS | {"–", "—", "~", "−"}
_FROM = frozenset({"from", "of", "than", "number", "article", "line"})
_FURTHER = frozenset({"further", "another"})
_SCORED = frozenset({"votes", "vote", "goals", "sets", "games"})
_TO = frozenset({"to", "through", "thru"})
_CHANGE_REACH = 6  # "raise the age of retirement from 62 to 64"
_SCORE_REACH = 7  # tokens either side in which a word makes two numbers a score
_HIGHEST_SCORE = 10_000.0
_HIGHEST_MATCH = 100.0
_STANDING = frozenset({"is", "are", "was", "were", "went", "go", "goes", "finished", "finish"})
_BOWLED = frozenset({"took", "takes", "taking", "claimed", "returned", "grabbed"})
_AFTER_BOWLING = frozenset(
    {"from", "in", "off", "as", "and", "for", "to", "at", "on", "with", "but", "while", "before", "including"}
)
_MOST_WICKETS = 10
_TEAM_REACH = 4  # tokens between a team's name and its record
_SIDE = 2  # words of a team's name


def join_range(tokens: Sequence[Token], first: Amount) -> Amount | None:
    """The range that starts with `first`, or None."""
    j = first.end
    is_dash = text_at(tokens, j) in _DASHES
    if is_dash and lower_at(tokens, j + 1) == "to":
        j += 1  # "18- to 24-year-old"
    if not is_dash and lower_at(tokens, j) == "or":
        return _join_or(tokens, first)
    if not is_dash and lower_at(tokens, j) not in _TO:
        return None
    if not is_dash and (_is_change(tokens, first.start) or _is_further(tokens, first)):
        return None
    second = _second(tokens, j + 1)
    if second is None or (is_dash and _goes_on(tokens, second)):
        return None
    return combine(first, second)


def _join_or(tokens: Sequence[Token], first: Amount) -> Amount | None:
    """ "six or seven years", "10 or 12 people": neighbouring numbers, given as uncertain."""
    second = _second(tokens, first.end + 1)
    if second is None or first.value is None or second.value is None or first.kind != "count":
        return None
    is_near = first.value < second.value <= max(first.value + 2, 1.5 * first.value)
    return combine(first, second) if is_near and second.kind not in ("rank", "fraction", "percent") else None


def join_between(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "between 20 and 30" and "from 20 to 30" from the preposition at tokens[i]."""
    word = tokens[i].lower
    first = _second(tokens, i + 1, with_and=word != "between")
    if first is None:
        return None
    j = first.end
    joints = ("and", "to", "-", "–") if word == "between" else ("to", "through", "till", "until")
    if lower_at(tokens, j) not in joints or (word == "from" and _is_change(tokens, i)):
        return None
    second = _second(tokens, j + 1)
    joined = None if second is None else combine(first, second)
    return joined and replace(joined, start=i)


def _second(tokens: Sequence[Token], j: int, with_and: bool = True) -> Amount | None:
    if lower_at(tokens, j) == "the":
        j += 1
    if j >= len(tokens):
        return None
    amount = parse_amount(tokens, j, with_and=with_and)
    return None if amount is None or amount.bound != "exact" or amount.kind == "ratio" else amount


def _goes_on(tokens: Sequence[Token], second: Amount) -> bool:
    """ "10-20-30" is a code."""
    j = second.end
    return text_at(tokens, j) in HYPHENS and j + 1 < len(tokens) and tokens[j + 1].kind == "number"


def _is_change(tokens: Sequence[Token], i: int) -> bool:
    """A verb of change comes before; "rose by 3 to 5 percent" is a range all the same."""
    if lower_at(tokens, i - 1) == "by":
        return False
    verbs = change_verbs()
    for k in range(i - 1, max(-1, i - 1 - _CHANGE_REACH), -1):
        if tokens[k].kind == "break" or tokens[k].text in ".!?":
            return False  # another sentence's
        if tokens[k].lower in verbs:
            return True
    return False


def _is_further(tokens: Sequence[Token], first: Amount) -> bool:
    """ "Lost a further 3p to 101p": by how much, and to what."""
    return first.kind in ("money", "percent") and lower_at(tokens, first.start - 1) in _FURTHER


def combine(first: Amount, second: Amount) -> Amount | None:
    """One amount between the two; they share unit and scale where only the second says them."""
    if first.value is None or second.value is None:
        return None
    kind = _common_kind(first, second)
    if kind is None:
        return None
    low, high = first.value, second.value
    if first.scale == 1 and second.scale > 1 and low < second.scale and low * second.scale < high:
        low = clean(low * second.scale)
    if low >= high:
        return None
    unit = second.unit or first.unit
    return replace(
        second,
        start=first.start,
        kind=kind,
        value=None,
        low=low,
        high=high,
        bound="between",
        unit=unit,
        is_plain=False,
        has_noun=second.has_noun and first.has_noun,
    )


def _common_kind(first: Amount, second: Amount) -> str | None:
    if first.kind == second.kind:
        return first.kind if first.unit == second.unit else None
    if first.kind == "count":
        return second.kind if second.kind not in ("rank", "fraction") else None
    if first.kind == "money" and second.kind == "count":
        return "money"
    return None


def join_ratio(tokens: Sequence[Token], first: Amount) -> Amount | None:
    """ "3-to-1", "4:3": how much of one for the other."""
    j = first.end
    if (
        text_at(tokens, j) in HYPHENS
        and lower_at(tokens, j + 1) == "to"
        and text_at(tokens, j + 2) in HYPHENS
    ):
        j += 3
    elif text_at(tokens, j) == ":" and tokens[j].is_glued:
        j += 1
        if j >= len(tokens) or not tokens[j].is_glued or tokens[j].kind != "number":
            return None
    else:
        return None
    second = parse_amount(tokens, j) if j < len(tokens) else None
    if second is None or not second.value or first.value is None or second.kind != "count":
        return None
    return replace(
        second, start=first.start, kind="ratio", value=clean(first.value / second.value), is_plain=False
    )


def split_score(tokens: Sequence[Token], first: Amount) -> tuple[Amount, Amount] | None:
    """Both numbers of a vote or a score: "voted 52-48", "a 3-1 win", "by 221 to 213"."""
    j = first.end
    if lower_at(tokens, j) in _SCORED and lower_at(tokens, j + 1) == "to":
        first = replace(first, end=j + 1, counted=tokens[j].text)
        j += 1
    is_dash = text_at(tokens, j) in _DASHES
    if not (is_dash or lower_at(tokens, j) == "to") or first.kind != "count" or not _is_score_number(first):
        return None
    second = parse_amount(tokens, j + 1) if j + 1 < len(tokens) else None
    if second is None or second.kind != "count" or not _is_score_number(second) or _goes_on(tokens, second):
        return None
    is_near = any(
        lower_at(tokens, k) in score_words()
        for k in range(max(0, first.start - _SCORE_REACH), second.end + _SCORE_REACH)
    )
    is_falling = _is_bare(tokens, first, second) and (first.value or 0) >= (second.value or 0) + (not is_dash)
    if is_dash:
        is_falling = is_falling and first.is_digits and second.is_digits and tokens[j].is_glued
    is_bowled = is_dash and _is_bowling(tokens, first)
    is_record = is_dash and _is_record(tokens, first) and _is_bare(tokens, first, second)
    is_heading = is_record or (is_dash and _is_between_names(tokens, first, second))
    if not (is_near or is_falling or is_heading or is_bowled) or (
        not is_dash and _is_change(tokens, first.start)
    ):
        return None
    return replace(first, kind="other", has_noun=False), replace(second, kind="other", has_noun=False)


def _is_bowling(tokens: Sequence[Token], first: Amount) -> bool:
    """ "Smith took 4-32": wickets and runs; "took 4-6 hours" has a noun."""
    j = first.end
    is_small = first.is_digits and (first.value or 0) <= _MOST_WICKETS and tokens[j].is_glued
    following = tokens[j + 2] if j + 2 < len(tokens) else None
    has_noun = following is not None and following.kind == "word" and following.lower not in _AFTER_BOWLING
    return is_small and lower_at(tokens, first.start - 1) in _BOWLED and not has_noun


def _is_record(tokens: Sequence[Token], first: Amount) -> bool:
    """ "The Marlow Rovers, who are 3-9": what a team has won and lost; "the children were 3-9" are ages."""
    i = first.start - 1
    return lower_at(tokens, i) in _STANDING and any(
        token.is_capitalized and token.lower != "the" for token in tokens[max(1, i - _TEAM_REACH) : max(1, i)]
    )


def _is_bare(tokens: Sequence[Token], first: Amount, second: Amount) -> bool:
    """ "53 to 46 in the Senate", "48 to 10.": no change ("from 53 to 46") and no noun after ("7 to 5 metres")."""
    following = tokens[second.end] if second.end < len(tokens) else None
    has_noun = following is not None and following.kind != "break" and following.text not in ".,;:!?()"
    has_noun = has_noun and lower_at(tokens, second.end) not in read_word_set("stop")
    return not has_noun and lower_at(tokens, first.start - 1) not in _FROM


def _is_between_names(tokens: Sequence[Token], first: Amount, second: Amount) -> bool:
    """ "Marlow Rovers 2-3 Tarnside United": the heading of a match has a name of two words on either side."""
    i, j = first.start, second.end
    beside = (*tokens[max(0, i - _SIDE) : i], *tokens[j : j + _SIDE])
    is_small = max(first.value or 0, second.value or 0) < _HIGHEST_MATCH
    return (
        is_small
        and first.is_digits
        and second.is_digits
        and tokens[first.end].is_glued
        and tokens[second.start].is_glued
        and len(beside) == 2 * _SIDE
        and all(token.kind == "word" and token.is_capitalized for token in beside)
    )


def _is_score_number(amount: Amount) -> bool:
    return amount.value is not None and 0 <= amount.value <= _HIGHEST_SCORE and amount.scale == 1


def merge_bounds(tokens: Sequence[Token], first: Amount, second: Amount) -> Amount | None:
    """ "more than 100 but fewer than 300", "at least 20 and at most 100": one amount between the two."""
    if second.start != first.end + 1 or lower_at(tokens, first.end) not in ("and", "but"):
        return None
    if {first.bound, second.bound} != {"at_least", "at_most"} or first.kind != second.kind:
        return None
    low = first.low if first.bound == "at_least" else second.low
    high = second.high if first.bound == "at_least" else first.high
    if low is None or high is None or low > high:
        return None
    return replace(second, start=first.start, low=low, high=high, bound="between")
