"""When two numbers that cannot both be true can still answer one question: a conflict must be worth a call.

Each rule comes from reading wrong conflicts, and conflicts that were not shown: another person's age, another noun, a plan
beside a fact, one year beside another, a span beside "two years after".
"""

from __future__ import annotations

import math

from tasks.group.questions.answers import Answer
from tasks.group.questions.rules.common_words import (
    clash_in,
    counts_persons,
    is_few,
    is_mostly,
    shares_word,
)
from tasks.group.questions.same_person import agree

_YEAR = 31_557_600.0  # seconds, the unit of ages
_NEAR_AGE, _SOLE_AGE = 1.6 * _YEAR, 5.5 * _YEAR
_MANY_TIMES = 20.0
_WISHES = frozenset({"wanted", "offered", "owed", "premium"})
# Numbers of this size and more, less than so many times apart, can be one count by two sources.
_SMALL, _CLOSE = 8.0, 3.0
_ANY_WHOLE = frozenset({"it", "them", "this", "that", "which"})
_MATTERS_OF_SHARES = frozenset({"wanted", "offered", "contained", "voted", "turnout", "premium"})
_HARDLY, _NEARLY = 1.35, 1.5  # times
_RARE_UNITS = frozenset(
    {"m/s", "g", "L", "Cel"}
)  # an article has few speeds and weights, many lengths and sums
_TOLD_BY_MODEL = frozenset({"money", "duration"})
_TOLD_OF_FEW = ("outcomes", "frames", "role_words")
_SPANS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year"})


def object_to_difference(one: Answer, other: Answer) -> str | None:
    """The rule that speaks against one question of two answers whose values cannot both be true; None if none does."""
    if one.kind == other.kind == "age" and agree(one.names, other.names) > 0:
        return None
    if reason := _object_to_circumstances(one, other):
        return reason
    if is_mostly(one, "is_hypothetical") != is_mostly(other, "is_hypothetical") and not (
        _are_wishes(one, other) or _are_hardly_apart(one, other)
    ):
        # "could cut 400 jobs" is no "cut 250", but "thinks 9,000 jobs likely" may well be "promises 24,000"
        return "planned" if shares_word(one, other, "predicates") else "planned otherwise"
    if one.kind == other.kind == "age":
        return _object_to_ages(one, other)
    rules = {"count": _counts, "score": _scores}
    rule = rules.get(one.kind, _amounts)
    return None if rule(one, other) else f"different {one.kind}"


def _object_to_circumstances(one: Answer, other: Answer) -> str | None:
    """Whether other days, parts or parties are told of, or one is so far from another time. The years and days that sentences
    name are all that is known of the times of reports without a date."""
    if one.is_zero != other.is_zero and not shares_word(one, other, "predicates"):
        return "none"
    if clash_in(one, other, "times"):
        return "dates"
    if bool(one.offsets) != bool(other.offsets):
        return "after" if one.offsets | other.offsets == {"after"} else "offset"
    if one.words("wholes") != other.words("wholes"):
        return "whole"
    if one.words("differences") != other.words("differences"):
        return "difference"
    if not _are_for_the_same(one, other):
        return "per"
    return "parties" if _are_of_two_parties(one, other) else None


def _are_for_the_same(one: Answer, other: Answer) -> bool:
    """Whether both are for one of the same thing, or for none: "each" can be "to each family"."""
    ours, theirs = one.words("per"), other.words("per")
    if ours == theirs:
        return True
    return bool(ours and theirs) and "each" in ours | theirs and not (ours | theirs) & _SPANS


def _are_of_two_parties(one: Answer, other: Answer) -> bool:
    """Whether one party asks for the one and another party for the other, or offers it."""
    ours, theirs = one.words("frames"), other.words("frames")
    wants, wants_too = "wanted" in ours, "wanted" in theirs
    if wants != wants_too and "offered" in (theirs if wants else ours):
        return True
    return wants and wants_too and clash_in(one, other, "sides")


def _object_to_ages(one: Answer, other: Answer) -> str | None:
    """Ages that are a birthday apart, or few years apart those of the only one of a kind in both articles, are one person's: the
    driver, the suspect."""
    ages = one.interval.middle, other.interval.middle
    if ages[0] is None or ages[1] is None:
        return "different age"
    apart = abs(ages[0] - ages[1])
    if apart > _SOLE_AGE:
        return "different age"
    return None if apart <= _NEAR_AGE or one.sole & other.sole else "age some years apart"


def _counts(one: Answer, other: Answer) -> bool:
    """Persons are not things, a mother is no daughter, and small numbers are of many things; what else is one count the model
    tells better."""
    are_few = is_few(one) and is_few(other)
    if not clash_in(one, other, "nouns"):
        return not are_few or any(shares_word(one, other, name) for name in _TOLD_OF_FEW)
    if are_few and not counts_persons(one):
        return False
    return counts_persons(one) == counts_persons(other) and not clash_in(one, other, "kin")


def _are_about_one(one: Answer, other: Answer) -> bool:
    """Whether numbers that lie near each other are about one thing, as far as their clauses say; across languages they say
    too little."""
    if one.language != other.language:
        return False
    if shares_word(one, other, "frames"):
        return _are_near(one, other)
    is_rare = one.kind == other.kind and (one.kind == "count" or one.interval.unit in _RARE_UNITS)
    if clash_in(one, other, "frames"):
        return False
    return (is_rare and _are_close(one, other)) or _are_within(one, other, _NEARLY)


def _are_close(one: Answer, other: Answer) -> bool:
    """Whether they are no small numbers, and less than three times apart."""
    return _are_within(one, other, _CLOSE, smallest=_SMALL)


def _are_hardly_apart(one: Answer, other: Answer) -> bool:
    """Whether two sums or shares of one thing are so near that they are one plan in two reports."""
    is_told = shares_word(one, other, "measured") or shares_word(one, other, "frames")
    return one.kind in ("money", "percent") and is_told and _are_within(one, other, _HARDLY)


def _are_within(one: Answer, other: Answer, times: float, smallest: float = 0.0) -> bool:
    """Whether the larger number is at most `times` the other, and the other no smaller than `smallest`."""
    ends = [one.interval.middle, other.interval.middle]
    low, high = sorted(abs(end or 0.0) for end in ends)
    return None not in ends and low >= smallest and 0 < high <= times * low


def _are_wishes(one: Answer, other: Answer) -> bool:
    """Whether both are sums or shares that somebody wants or expects: "wants 9 per cent", "is claiming 8"."""
    return bool(one.words("frames") & other.words("frames") & _WISHES)


def _are_near(one: Answer, other: Answer) -> bool:
    """Whether a slip, a later count or another source can explain the distance."""
    a, b = one.interval.middle, other.interval.middle
    if not a or not b or a * b < 0:
        return True
    return abs(math.log(abs(a) / abs(b))) <= math.log(_MANY_TIMES)


def _scores(one: Answer, other: Answer) -> bool:
    """Scores of one moment share a side: 45-35 and 45-36. So do votes of one board, by the sum of both sides: 5-2 and 4-3."""
    ours, theirs = one.mentions[0].pair, other.mentions[0].pair
    if ours is None or theirs is None or ours == theirs:
        return ours is not None and ours == theirs
    voices = [(answer.interval.low + float(side)) for answer, (_, side) in ((one, ours), (other, theirs))]
    return ours[0] == theirs[0] and voices[0] == voices[1] and shares_word(one, other, "frames")


def _things(answer: Answer) -> frozenset[str]:
    """What has the amount, and the verb: "a fine of $5" and "was fined $5" have one word in common."""
    return answer.words("measured") | answer.words("predicates")


def _shares(one: Answer, other: Answer) -> bool:
    """Shares of one thing, told by one verb or about one matter: "of it" and "of its costs" can be of anything."""
    wholes = [{str(m.figure["of_whole"]).lower() for m in answer.mentions} for answer in (one, other)]
    if any(found & _ANY_WHOLE for found in wholes):
        return False
    return bool(_things(one) & _things(other)) or bool(
        one.words("frames") & other.words("frames") & _MATTERS_OF_SHARES
    )


def _amounts(one: Answer, other: Answer) -> bool:
    """Measures and shares: of one thing, or said by one verb. Of sums and lengths of time the model tells better."""
    if one.kind == other.kind and one.kind in _TOLD_BY_MODEL:
        return True
    if one.kind == other.kind == "percent":
        return _shares(one, other)
    if _things(one) & _things(other):
        return True
    if shares_word(one, other, "nouns"):
        return _are_near(one, other)
    return _are_about_one(one, other)
