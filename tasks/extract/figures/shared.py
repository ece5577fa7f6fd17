"""A unit, scale or currency that is printed once after a row of numbers: "5 and 6 kg", "$12 and $15 million".

Each number stays a figure of its own. The row ends in "and" or "or"; numbers that only a comma parts share nothing.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from tasks.extract.figures.ages import AGE_LABELS, OLDEST
from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.lexicon import read_word_set
from tasks.extract.numerals import Token, clean, lower_at, text_at

ENGLISH_JOINTS = frozenset({"and", "or", "&", "nor"})
_UNIT_KINDS = frozenset({"measure", "duration", "percent", "money", "age"})
_LARGEST_SHARE = 1_000.0  # a number from here on is said in full before "and 7 million"
_STEP = 10.0  # "$500 and $1 million": so much more than the last one's digits is said in full
_YEARS = range(1900, 2100)
_LONGEST_ROW = 12
# Between a number with its unit and a bare one beside which it is set: "€41 million, down from 74 million", "34, not 43".
_CONTRASTS = frozenset(
    {("not",), ("and", "not"), ("not", "at"), ("and", "not", "at"), ("instead", "of"), ("rather", "than"), ("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to"), ("against",)}
)  # fmt: skip


_BESIDE_LAST = frozenset(
    {"even", "perhaps", "maybe", "possibly", "sometimes", "then"}
)  # "80, 90 and even 120 km/h"
_ANSWER_REACH = 14  # tokens between two answers
_WHOLE = 100.0
_BEFORE_AN_ANSWER = frozenset({"and", "while", "but", ",", "only", "just", "about"})
_ANSWERS = frozenset(
    {"agree", "agreed", "approve", "approved", "disagree", "disagreed", "disapprove", "disapproved", "favor", "favored", "favour",
     "favoured", "oppose", "opposed", "support", "supported", "undecided"}
)  # fmt: skip


def share_units(
    tokens: Sequence[Token], found: Sequence[Amount], joints: Set[str] = ENGLISH_JOINTS
) -> list[Amount]:
    """The amounts, those of a row with the unit and scale of the last one; `joints` are the words for and, or."""
    shared = _with_further_ages(tokens, found, joints)
    if joints is ENGLISH_JOINTS:
        shared = _share_answers(tokens, _share_contrasts(tokens, shared))
    for k in range(len(shared) - 1, 0, -1):
        joint = _joint(tokens, shared[k - 1], shared[k], joints)
        if joint == "from" and not _is_change(tokens, shared[k - 1]):  # "to 22 euros from 31"
            shared[k] = _with_share(tokens, shared[k], shared[k - 1]) or shared[k]
        if joint == "to":
            shared[k - 1] = _with_share(tokens, shared[k - 1], shared[k]) or shared[k - 1]
        if joint in ("and", "then") or (joint == "," and _ends_row(tokens, shared[k], joints)):
            _share_back(tokens, shared, k, joints)
    return shared


def _with_further_ages(tokens: Sequence[Token], found: Sequence[Amount], joints: Set[str]) -> list[Amount]:
    """The amounts, bare numbers behind a labelled age made ages too: "aged 8 and 11", "ages 8, 11 and 14"."""
    ages: list[Amount] = []
    is_labelled = False
    for one in found:
        last = ages[-1] if ages else None
        goes_on = last is not None and is_labelled and _joint(tokens, last, one, joints) in ("and", ",")
        if (
            goes_on
            and one.kind == "count"
            and (one.is_plain or not one.is_digits)
            and one.counted is None
            and (one.value or 0) <= OLDEST
        ):
            one = replace(one, kind="age", unit="a", has_noun=False)
        else:
            is_labelled = one.kind == "age" and lower_at(tokens, one.start - 1) in AGE_LABELS
        ages.append(one)
    return ages


def _share_contrasts(tokens: Sequence[Token], found: Sequence[Amount]) -> list[Amount]:
    """The amounts, a bare one with the unit and the counted thing of the one that it is set against."""
    shared = list(found[:1])
    for amount in found[1:]:
        first = shared[-1]
        words = [token.lower for token in tokens[first.end : amount.start] if token.text != ","]
        is_bare = amount.kind == "count" and amount.counted is None and amount.bound == "exact"
        has_unit = first.kind in _UNIT_KINDS or (first.kind == "count" and first.counted is not None)
        has_unit = has_unit and lower_at(tokens, first.start) not in (
            "a",
            "an",
        )  # "over a decade, against 15"
        is_change = words == ["to"] and lower_at(tokens, first.start - 1) == "from"  # "from 14 days to three"
        is_set_against = tuple(words) in _CONTRASTS or is_change
        if is_bare and has_unit and is_set_against and _ends_phrase(tokens, amount):
            amount = replace(amount, kind=first.kind, unit=first.unit, counted=first.counted, has_noun=False)
        shared.append(amount)
    return shared


def _share_answers(tokens: Sequence[Token], found: Sequence[Amount]) -> list[Amount]:
    """The amounts, the bare number of another answer a share too: "44 percent approve while 49 oppose it"."""
    shared = list(found[:1])
    for amount in found[1:]:
        first = shared[-1]
        between = tokens[first.end : amount.start]
        is_bare = amount.kind == "count" and amount.counted is None and amount.bound == "exact"
        is_near = len(between) <= _ANSWER_REACH and all(
            t.kind != "break" and t.text not in ".!?" for t in between
        )
        if (
            is_bare
            and is_near
            and first.kind == "percent"
            and (first.value or 0) + (amount.value or 0) <= _WHOLE
            and lower_at(tokens, amount.start - 1) in _BEFORE_AN_ANSWER
            and lower_at(tokens, amount.end) in _ANSWERS
        ):
            amount = replace(amount, kind="percent", unit=first.unit, has_noun=False)
        shared.append(amount)
    return shared


def _ends_phrase(tokens: Sequence[Token], amount: Amount) -> bool:
    """No word follows that it could count."""
    following = tokens[amount.end] if amount.end < len(tokens) else None
    return following is None or following.kind != "word" or following.lower in read_word_set("stop")


def _ends_row(tokens: Sequence[Token], last: Amount, joints: Set[str]) -> bool:
    """The "3 or 5 kg" of "2, 3 or 5 kg", which is one figure."""
    return last.bound == "between" and any(token.lower in joints for token in tokens[last.start : last.end])


def _share_back(tokens: Sequence[Token], shared: list[Amount], k: int, joints: Set[str]) -> None:
    """From the last of a row to each one before it, as long as they lack what it has."""
    last = shared[k]
    for j in range(k - 1, max(-1, k - _LONGEST_ROW), -1):
        joint = _joint(tokens, shared[j], shared[j + 1], joints)
        if joint is None or (j < k - 1 and joint not in (",", "then")):
            return
        made = _with_share(tokens, shared[j], last)
        if made is None:
            return
        shared[j] = made


def _joint(tokens: Sequence[Token], first: Amount, second: Amount, joints: Set[str]) -> str | None:
    """What is between two amounts and nothing else: "and" for and, or; "to"; "from"; "," for a comma alone; None for more."""
    j = first.end
    if text_at(tokens, j) in HYPHENS and tokens[j].is_glued:
        j += 1  # "10- and 12-year-olds"
    has_comma = lower_at(tokens, j) == ","
    j += has_comma
    if lower_at(tokens, j) in ("to", "from") and j + 1 == second.start and not has_comma:
        return lower_at(tokens, j)
    is_open = j > first.end and not has_comma  # behind a hyphen: "a 6- and a 7-year-old"
    has_word = lower_at(tokens, j) in joints
    j += has_word
    if has_word and (lower_at(tokens, j) in _BESIDE_LAST or (is_open and lower_at(tokens, j) in ("a", "an"))):
        j += 1
    if has_comma and joints is ENGLISH_JOINTS and lower_at(tokens, j) == "then" and j + 1 == second.start:
        return "then"  # "up 5, then 6, then 7 percent"
    if j != second.start:
        return None
    return "and" if has_word else "," if has_comma else None


def _is_change(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether a share is by how much something changed: "up 12 percent from 2,872"; not "to 12 percent from 15"."""
    return amount.kind == "percent" and lower_at(tokens, amount.start - 1) not in ("to", "at")


def _with_share(tokens: Sequence[Token], one: Amount, last: Amount) -> Amount | None:
    """The amount with the last one's unit and scale; None where it says its own or is another thing."""
    if one.value is None or one.counted is not None or one.bound not in ("exact", "about"):
        return None
    if _is_metre_of_million(tokens, one, last):
        return replace(
            one.scaled(last.scale),
            kind="count",
            unit=None,
            counted=last.counted,
            scale=last.scale,
            has_noun=False,
        )
    if one.scale != 1:  # "688 million euros from 640 million"
        is_currency = (
            one.kind == "count" and last.kind == "money" and last.scale > 1 and not _is_signed(tokens, last)
        )
        return (
            replace(one, kind="money", unit=last.unit, has_noun=False, is_plain=False)
            if is_currency
            else None
        )
    if one.kind == "money":
        return (
            _with_scale(one, last)
            if last.kind == "money" and one.unit == last.unit and last.scale > 1
            else None
        )
    if (
        one.kind != "count"
        or not one.has_noun
        or (one.is_plain and one.value in _YEARS)
        or _is_signed(tokens, last)
    ):
        return None
    has_unit = last.kind in _UNIT_KINDS
    if not has_unit and (last.kind != "count" or last.scale == 1):
        return None
    made = _with_scale(one, last) if last.scale > 1 else one
    if made is None:
        return None
    kind = last.kind if has_unit else "count"
    return replace(made, kind=kind, unit=last.unit, counted=last.counted, has_noun=False, is_plain=False)


def _is_metre_of_million(tokens: Sequence[Token], one: Amount, last: Amount) -> bool:
    """ "3m and 4m shares": the first letter stands for what the second does."""
    letters = {text_at(tokens, one.number_end), text_at(tokens, last.number_end)}
    return one.kind == "measure" and last.kind == "count" and last.scale == 1e6 and letters == {"m"}


def _with_scale(one: Amount, last: Amount) -> Amount | None:
    value = last.value if last.value is not None else last.high if last.high is not None else last.low
    if one.value is None or value is None or one.value >= _LARGEST_SHARE:
        return None
    if one.value > _STEP * abs(value) / last.scale:
        return None
    low, high = (None if bound is None else clean(bound * last.scale) for bound in (one.low, one.high))
    value = clean(one.value * last.scale)
    return replace(one, value=value, low=low, high=high, scale=last.scale, is_plain=False)


def _is_signed(tokens: Sequence[Token], last: Amount) -> bool:
    """The currency comes before the number, so that it is not said for the others."""
    return (
        last.kind == "money"
        and last.start < last.number_end
        and tokens[last.start].kind != "number"
        and tokens[last.start].text.lower() == tokens[last.start].text.upper()
    )
