"""When two values cannot answer one question, whatever their words share.

Equal values need little of this; what different values need is in differing.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from tasks.group.questions.answers import TELLING, Answer, telling_digits
from tasks.group.questions.rules.common_words import (
    FATES,
    clash_in,
    counts_persons,
    is_few,
    is_mostly,
    shares_word,
)
from tasks.group.questions.rules.differing import object_to_difference
from tasks.group.questions.times import APART, PAST, relate
from tasks.group.questions.words.lexicon import classes_of
from tasks.group.questions.words.parts import CAPACITY

_LASTING = ("predicates", "measured", "role_words", "window")
_TELLING = ("frames", "outcomes", "role_words", "predicates", "measured")
_TIMES = "time"  # "four times"
OTHER_TIME = "other time"


def find_objection(one: Answer, other: Answer) -> str | None:
    """The rule that speaks against one question of two answers of different articles, by their values; None if none does."""
    reason = object_to_comparison(one, other)
    if reason or not one.interval.meets(other.interval):
        return reason
    return object_to_equality(one, other)


def object_to_comparison(one: Answer, other: Answer) -> str | None:
    """The same for answers that are known to be about one thing."""
    if reason := _object_to_things(one, other):
        return reason
    if not one.interval.meets(other.interval):
        return object_to_difference(one, other)
    return None if one.interval.equals(other.interval) else object_to_overlap(one, other)


def _object_to_things(one: Answer, other: Answer) -> str | None:
    """Whether one is of another time, a number of times, or a share where the other is a change."""
    if reason := _object_to_conditions(one, other):
        return reason
    if clash_in(one, other, "shares"):
        return "change"
    if clash_in(one, other, "dimensions"):
        return "dimension"
    if _befell_others(one, other):
        return "fates"
    if _is_capacity(one) != _is_capacity(other) and not one.interval.equals(other.interval):
        return "capacity"
    if one.kind == other.kind == "duration" and (_is_common_span(one) or _is_common_span(other)):
        return None if any(shares_word(one, other, name) for name in _LASTING) else "common span"
    return _object_to_times(one, other)


def _object_to_times(one: Answer, other: Answer) -> str | None:
    """Whether only one is a number of times; "rang 43 times" can be "43 calls"."""
    are_times = [_TIMES in answer.words("nouns") for answer in (one, other)]
    if one.kind != other.kind or one.kind != "count" or are_times[0] == are_times[1]:
        return None
    if counts_persons(other if are_times[0] else one):
        return "times and persons"
    is_told_by_number = one.interval.equals(other.interval) and telling_digits(one) >= TELLING
    return None if is_told_by_number else "times"


def _object_to_conditions(one: Answer, other: Answer) -> str | None:
    """Whether both are told for times that do not meet, only one for a time past, or only one is what a rule allows. Numbers
    that can both be true seldom are, unless one has no end and another bound: "up to five years" is "five years"."""
    is_open = one.interval.is_open or other.interval.is_open
    if one.interval.meets(other.interval) and (not is_open or one.interval.middle == other.interval.middle):
        return None
    if relate(one.time, other.time) in (APART, PAST):
        return OTHER_TIME
    if one.words("norms") == other.words("norms"):
        return None
    return "other age" if one.kind == other.kind == "age" else "norm"


def _is_capacity(answer: Answer) -> bool:
    """Whether it is what a thing can hold: "carries up to 480 passengers"."""
    return CAPACITY in answer.words("wholes")


def _befell_others(one: Answer, other: Answer) -> bool:
    """Whether both say what befell the persons, and it is not the same: 23 killed, 23 missing."""
    ours, theirs = one.words("outcomes") & FATES, other.words("outcomes") & FATES
    return one.kind == other.kind == "count" and bool(ours and theirs) and not ours & theirs


def _is_common_span(answer: Answer) -> bool:
    """Whether it is "a week", "an hour" or "a decade", which are said of anything."""
    return any(
        mention.figure["surface"].lower().startswith(("a ", "an ", "one ")) for mention in answer.mentions
    )


def object_to_overlap(one: Answer, other: Answer) -> str | None:
    """The rule that speaks against one question of two answers that can both be true without being equal.

    "More than 9,000" meets any larger number, so ends that lie far apart need what different numbers need.
    """
    if one.kind == other.kind == "age" and one.interval.is_open != other.interval.is_open:
        return "open age"
    if _is_bare_end(one, other) or _is_bare_end(other, one):
        return "bare end"
    is_vague = one.interval.is_vague or other.interval.is_vague
    if is_vague and is_mostly(one, "is_hypothetical") != is_mostly(other, "is_hypothetical"):
        return "planned"
    return object_to_difference(one, other) if one.interval.is_far_from(other.interval) else None


def _is_bare_end(one: Answer, other: Answer) -> bool:
    """Whether "above 40" says of nothing what the other counts: "40 schools"."""
    if one.kind != "count" or not one.interval.is_open or one.words("nouns") or not other.words("nouns"):
        return False
    return not any(shares_word(one, other, name) for name in _TELLING)


def find_other_times(answers: Sequence[Answer]) -> Iterator[tuple[int, int]]:
    """Pairs of places that no question joins: one says when something was ("two years ago"), the other how long another thing
    took ("seven minutes"), or one is a stretch that another number is told over, and the other is not as long. They would stand
    in the way of lengths that can be compared."""
    lengths = [
        (place, answer, answer.says_when, answer.is_stretch)
        for place, answer in enumerate(answers)
        if answer.kind == "duration"
    ]
    times = [found for found in lengths if found[2]]
    for (i, one, _, is_stretch), (j, other, says_when, is_other_stretch) in itertools.product(times, lengths):
        is_other = not says_when or is_stretch or is_other_stretch
        if i != j and is_other and not one.interval.meets(other.interval):
            yield i, j


def find_other_fates(answers: Sequence[Answer]) -> Iterator[tuple[int, int]]:
    """Pairs of places in two languages where other things befell the persons counted: 40 killed, "40 heridos".

    Equal numbers alone would join them, since the words of two languages have little else in common."""
    if len({answer.language for answer in answers}) < 2:
        return
    fates = {place: _fates_of(answer) for place, answer in enumerate(answers) if answer.kind == "count"}
    fated = [place for place, fate in fates.items() if fate]
    for i, j in itertools.combinations(fated, 2):
        if answers[i].language != answers[j].language and not fates[i] & fates[j]:
            yield i, j


def _fates_of(answer: Answer) -> frozenset[str]:
    """What befell the persons by the noun or by the verb that they are subject or object of."""
    said = answer.words("nouns") | answer.words("active") | answer.words("passive")
    return classes_of("outcomes", said) & FATES


def object_to_equality(one: Answer, other: Answer) -> str | None:
    """The rule that speaks against one question of two answers whose values can both be true: six lines are not six
    compartments.

    Two nouns that are not both persons must meet in a sentence ("1,450 jobs", "1,450 will lose their jobs") or be
    in one role; a count of something is no measure in a unit.
    """
    if {one.kind, other.kind} == {"count", "measure"}:
        count = one if one.kind == "count" else other
        is_told = not count.words("nouns") or _meet(one, other) or shares_word(one, other, "role_words")
        return None if is_told else "count and measure"
    if one.kind != "count":
        return None
    told = min(map(telling_digits, (one, other)))
    if one.interval.equals(other.interval) and told >= TELLING:
        return None  # "met 61 times", "notes of 61 meetings"
    if is_few(one) and is_few(other):
        is_told = shares_word(one, other, "nouns") or _say_one_thing(one, other)
        return None if is_told else "equal few"
    if not clash_in(one, other, "nouns") or (counts_persons(one) and counts_persons(other)):
        return None
    if one.interval.equals(other.interval) and not is_few(one) and shares_word(one, other, "frames"):
        return None
    is_told = _meet(one, other) or shares_word(one, other, "role_words")
    return None if is_told else "equal nouns" if told else "equal small nouns"


def _say_one_thing(one: Answer, other: Answer) -> bool:
    """Whether two small numbers without a noun in common say one thing: both or neither count persons, and the verb, the
    role or what befell them is the same."""
    if one.language != other.language:
        return True
    are_named = bool(one.words("nouns") and other.words("nouns"))
    if are_named and bool(one.words("persons")) != bool(other.words("persons")):
        return False
    return any(
        shares_word(one, other, name) for name in ("outcomes", "near_outcomes", "frames", "role_words")
    )


def _meet(one: Answer, other: Answer) -> bool:
    """Whether the noun of one is in a sentence of the other."""
    return bool(one.words("nouns") & other.words("sentence") or other.words("nouns") & one.words("sentence"))
