"""Ages that only their place in the sentence gives away: "Ana Lopez, 45, said", "aged 45", "He was 93.", "in her 50s"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.hedging import apply_bound
from tasks.extract.figures.lexicon import read_word_set
from tasks.extract.numerals import Token, lower_at, text_at

OLDEST = 120
AGE_LABELS = frozenset({"aged", "age", "ages"})
_TURNS = frozenset({"now", "turned", "turns", "turning"})
_IM = frozenset({"i'm", "i’m", "he's", "he’s", "she's", "she’s"})
_PERSONS = frozenset({"he", "she", "who", "i", "you"})
_WOULD_BE = frozenset({"he'd", "he’d", "she'd", "she’d"})
_ENDS = frozenset({",", ".", ";", "", "when", "then", "and", "next", "now", "this"})
_BEING = frozenset({"was", "is", "were", "are", "am"})
_AFTER_BEING = frozenset({",", ".", ";", "", "when", "then", "and"})
_AFTER_PERSON = frozenset({",", ".", ";", ")", "was", ""})  # "a boy, 11, was hurt"
_EXTREMES = frozenset({"oldest", "youngest", "eldest"})  # "the oldest passenger was 83"
_AT_AN_AGE = frozenset({"died", "dies", "die", "dying", "dead", "retired", "retires", "retire", "married"})
_LEAVES = frozenset({"left", "leave", "leaves", "leaving", "quit"})
_LIFE_STEPS = frozenset(
    {"married", "marry", "widowed", "orphaned", "divorced", "emigrated", "apprenticed", "ordained"}
)
_LIFE_REACH = 4
_YOUNGEST_LEAVER = 10
_HOURS = 24
_ONE = frozenset({"a", "an", "another"})
_TEEN = 13
_OWN_CHILDREN = frozenset({"son", "daughter", "grandson", "granddaughter", "boy", "girl", "nephew", "niece"})
_CHILDREN = frozenset({"boy", "girl", "child", "baby", "toddler"})
_PARENTS = frozenset({"mother", "father", "parent", "grandmother", "grandfather", "widow", "widower"})
_AGE_REACH = 10
_LEGAL = frozenset(
    {"retirement", "pension", "pensionable", "voting", "drinking", "minimum", "legal", "leaving", "average", "median", "mean", "consent",
     "majority", "marriage", "responsibility"}
)  # fmt: skip
_SENTENCE_ENDS = frozenset('.!?“”"')
_HE_OR_SHE = frozenset({"he", "she"})
_AT_LEGAL = frozenset({"from", "to", "at", "of", "is", "was", "be"})
_OLDER, _YOUNGER = frozenset({"over", "above"}), frozenset({"under", "below"})
_THAN = {"older": "at_least", "younger": "at_most"}
_AFTER_APPOSITION = frozenset({",", ".", ")", ";", "and", "of", "from", "was", "is", "—", "–", ""})
_WHOSE = frozenset({"his", "her", "their", "my", "your", "our"})
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_TENS = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
_TEENS = 10
_DECADES = {
    "teens": _TEENS,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def parse_decade_age(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "in her 50s", "in his late thirties", "in their teens": an age between two."""
    j = i
    part = _PARTS.get(lower_at(tokens, i), (0, 9))
    if lower_at(tokens, i) in _PARTS:
        j += 2 if text_at(tokens, i + 1) in HYPHENS else 1
    if lower_at(tokens, i - 1) not in _WHOSE or lower_at(tokens, i - 2) not in ("in", "into", "to"):
        return None
    decade, end = _DECADES.get(lower_at(tokens, j)), j + 1
    if decade is None and lower_at(tokens, j + 1) == "s" and text_at(tokens, j) in _TENS:
        decade, end = int(text_at(tokens, j)), j + 2
    if decade is None:
        return None
    low, high = (13, 19) if decade == _TEENS else (decade + part[0], decade + part[1])
    return Amount(
        i, end, "age", low=low, high=high, bound="between", unit="a", has_noun=False, number_end=end
    )


def as_age(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The bare count as an age in years where its place says so; else the amount as it is."""
    if amount.kind != "count" or not (amount.bound == "between" or _may_be_years(amount)):
        return amount
    before = lower_at(tokens, amount.start - 1)
    if before in AGE_LABELS or (amount.bound != "between" and _stands_as_age(tokens, amount, before)):
        return replace(amount, kind="age", unit="a", has_noun=False)
    return amount


def as_age_class(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "People over 65", "children younger than 12", "a woman of 58": an age, where nothing is counted."""
    if amount.kind != "count" or amount.counted is not None or not _may_be_years(amount):
        return amount
    if _is_of_one(tokens, amount):
        return replace(amount, kind="age", unit="a", has_noun=False)
    start = amount.start - 1
    word = lower_at(tokens, start)
    if word == "than" and lower_at(tokens, start - 1) in _THAN:
        start -= 1
    elif word not in _OLDER | _YOUNGER:
        return amount
    if lower_at(tokens, start - 1) in ("are", "were"):  # "40 per cent of teachers were over 50"
        is_aged = lower_at(tokens, start - 2) in read_word_set("aged") or lower_at(
            tokens, start - 2
        ).endswith("ers")
        is_closed = lower_at(tokens, amount.end) in _AFTER_BEING
    elif lower_at(tokens, start - 1) in ("them", "whom"):  # "most of them under 30"
        is_aged = lower_at(tokens, start - 2) == "of"
        is_closed = lower_at(tokens, amount.end) in _AFTER_BEING
    else:
        is_aged, is_closed = lower_at(tokens, start - 1) in read_word_set("aged") | AGE_LABELS, True
    if not is_aged or not is_closed:
        return amount
    aged = replace(amount, kind="age", unit="a", has_noun=False)
    bound = _THAN.get(lower_at(tokens, start))
    return aged if bound is None else apply_bound(replace(aged, start=start), bound)


def _is_of_one(tokens: Sequence[Token], amount: Amount) -> bool:
    """ "A woman of 58", "a girl of nine"; "a mother of two" has children, and "a survivor of two" wrecks."""
    i = amount.start
    word = lower_at(tokens, i - 2)
    if lower_at(tokens, i - 1) != "of" or lower_at(tokens, i - 3) not in _ONE:
        return False
    is_grown = amount.is_digits and (amount.value or 0) >= _TEEN and word not in _PARENTS
    return word in _CHILDREN or (is_grown and word in read_word_set("one_person"))


def _may_be_years(amount: Amount) -> bool:
    value = amount.value or 0
    return amount.scale == 1 and 0 < value <= OLDEST and value == int(value)


def _stands_as_age(tokens: Sequence[Token], amount: Amount, before: str) -> bool:
    after = lower_at(tokens, amount.end).strip()
    if before in _AT_LEGAL and _is_legal_age(tokens, amount, after):
        return True
    if before in _IM or (before == "be" and lower_at(tokens, amount.start - 2) in _WOULD_BE):
        return amount.is_digits and after in _ENDS and (amount.value or 0) >= _TEEN
    if before in _BEING:
        goes_on = after == "and" and _is_number(tokens, amount.end + 1)
        is_extreme = not {lower_at(tokens, amount.start - 2), lower_at(tokens, amount.start - 3)}.isdisjoint(
            _EXTREMES
        )
        is_person = is_extreme or lower_at(tokens, amount.start - 2) in _PERSONS
        return is_person and after in _AFTER_BEING and not goes_on
    if before == "of":
        return lower_at(tokens, amount.start - 2) == "age" and after in _AFTER_APPOSITION | read_word_set(
            "stop"
        )
    if before == "at":
        return _is_at_age(tokens, amount, after)
    if not amount.is_digits:
        name = lower_at(tokens, amount.start - 2)
        return before == "," and (amount.value or 0) > 1 and after == "," and name in _OWN_CHILDREN
    if before in _TURNS:
        goes_on = after == "," and lower_at(tokens, amount.end + 1) == "to"  # "now 11, to six"
        return after in _AFTER_APPOSITION and not goes_on
    return before == "," and amount.start > 1 and _is_beside(tokens[amount.start - 2], after)


def _is_beside(name: Token, after: str) -> bool:
    """Whether the word before the comma is a person: "Ana Lopez, 45, said", "a boy, 11, was hurt"."""
    if name.lower in read_word_set("one_person"):
        return after in _AFTER_PERSON
    return name.kind == "word" and name.is_capitalized and after in _AFTER_APPOSITION


def _is_legal_age(tokens: Sequence[Token], amount: Amount, after: str) -> bool:
    """ "The retirement age rises from 62 to 64", "the age of consent is 16": an age that a law or a mean sets."""
    if after not in _AFTER_APPOSITION | read_word_set("stop"):
        return False
    for i in range(amount.start - 1, max(0, amount.start - _AGE_REACH), -1):
        if tokens[i].kind == "break" or tokens[i].text in _SENTENCE_ENDS:
            return False
        if tokens[i].lower == "age":
            kind = lower_at(tokens, i - 1), lower_at(tokens, i + 2) if lower_at(tokens, i + 1) == "of" else ""
            return not _LEGAL.isdisjoint(kind)
    return False


def _is_at_age(tokens: Sequence[Token], amount: Amount, after: str) -> bool:
    """ "Died at 94", "retired at 65", "At 71, she swims", "at 19 she left": an age; "died at 9 on Friday" can be an hour."""
    start = amount.start - 2
    if after in _AFTER_APPOSITION and _is_of_a_life(tokens, start):
        return (amount.value or 0) >= _YOUNGEST_LEAVER
    begins = start < 0 or tokens[start].kind == "break" or tokens[start].text in _SENTENCE_ENDS | {";"}
    if begins and after in _HE_OR_SHE:
        return (amount.value or 0) >= _TEEN
    if amount.is_digits and (amount.value or 0) <= _HOURS:
        return False
    if text_at(tokens, start) == "," and after == ",":  # "leaving her, at 35, with three children"
        return lower_at(tokens, start - 1) in _PERSONS | {"her", "him"} or tokens[start - 1].is_capitalized
    if lower_at(tokens, start) in _AT_AN_AGE:
        return after in _AFTER_APPOSITION | read_word_set("stop")
    return begins and after == "," and lower_at(tokens, amount.end + 1) in _PERSONS


def _is_of_a_life(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words up to tokens[i] tell a step of a life: "left school", "married Emil Klein", "was widowed"."""
    if lower_at(tokens, i) == "school":
        return lower_at(tokens, i - 1) in _LEAVES
    words = [tokens[k].lower for k in range(max(0, i - _LIFE_REACH), i + 1)]
    return not _LIFE_STEPS.isdisjoint(words) and _SENTENCE_ENDS.isdisjoint(words)


def _is_number(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].kind == "number"
