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
    is_long_ago,
    is_mostly,
    shares_word,
)
from tasks.group.questions.rules.differing import may_differ
from tasks.group.questions.words.lexicon import classes_of
from tasks.group.questions.words.occasions import CAPACITY

_LASTING = ("predicates", "measured", "role_words", "window")
_TELLING = ("frames", "outcomes", "role_words", "predicates", "measured")
_TIMES = "time"  # "four times"


def may_join(one: Answer, other: Answer) -> bool:
    """Whether two answers of different articles can answer one question, by their values."""
    return may_be_compared(one, other) and (
        not one.interval.meets(other.interval) or may_be_equal(one, other)
    )


def may_be_compared(one: Answer, other: Answer) -> bool:
    """The same for answers that are known to be about one thing."""
    if _are_of_other_things(one, other):
        return False
    if not one.interval.meets(other.interval):
        return may_differ(one, other)
    return one.interval.equals(other.interval) or may_overlap(one, other)


def _are_of_other_things(one: Answer, other: Answer) -> bool:
    """Whether one is of another occasion, a number of times, or a share where the other is a change."""
    if one.words("occasions") != other.words("occasions") and not one.interval.equals(other.interval):
        return True
    if clash_in(one, other, "shares") or _befell_others(one, other):
        return True
    if _is_capacity(one) != _is_capacity(other) and not one.interval.equals(other.interval):
        return True
    if one.kind == other.kind == "duration" and (_is_common_span(one) or _is_common_span(other)):
        return not any(shares_word(one, other, name) for name in _LASTING)
    return one.kind == other.kind == "count" and (_TIMES in one.words("nouns")) != (
        _TIMES in other.words("nouns")
    )


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


def may_overlap(one: Answer, other: Answer) -> bool:
    """Whether two answers that can both be true without being equal may be one question.

    "More than 9,000" meets any larger number, so ends that lie far apart need what different numbers need.
    """
    if one.kind == other.kind == "age" and one.interval.is_open != other.interval.is_open:
        return False
    if _is_bare_end(one, other) or _is_bare_end(other, one):
        return False
    is_vague = one.interval.is_vague or other.interval.is_vague
    is_open = one.interval.is_open or other.interval.is_open
    if is_vague and is_mostly(one, "is_hypothetical") != is_mostly(other, "is_hypothetical"):
        return False
    if is_open and is_long_ago(one) != is_long_ago(other):
        return False
    return not one.interval.is_far_from(other.interval) or may_differ(one, other)


def _is_bare_end(one: Answer, other: Answer) -> bool:
    """Whether "above 40" says of nothing what the other counts: "40 schools"."""
    if one.kind != "count" or not one.interval.is_open or one.words("nouns") or not other.words("nouns"):
        return False
    return not any(shares_word(one, other, name) for name in _TELLING)


def find_other_times(answers: Sequence[Answer]) -> Iterator[tuple[int, int]]:
    """Pairs of places of which one says when something was and the other how long another thing took: "two years ago",
    "seven minutes". They would stand in the way of lengths that can be compared."""
    lengths = [(place, answer) for place, answer in enumerate(answers) if answer.kind == "duration"]
    times = [(place, answer) for place, answer in lengths if answer.says_when]
    for (i, one), (j, other) in itertools.product(times, lengths):
        if not other.says_when and not one.interval.meets(other.interval):
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


def may_be_equal(one: Answer, other: Answer) -> bool:
    """Whether two answers whose values can both be true may be one question: six lines are not six compartments.

    Two nouns that are not both persons must meet in a sentence ("1,450 jobs", "1,450 will lose their jobs") or be
    in one role; a count of something is no measure in a unit.
    """
    if {one.kind, other.kind} == {"count", "measure"}:
        count = one if one.kind == "count" else other
        return not count.words("nouns") or _meet(one, other) or shares_word(one, other, "role_words")
    if one.kind != "count":
        return True
    if one.interval.equals(other.interval) and min(map(telling_digits, (one, other))) >= TELLING:
        return True  # "met 61 times", "notes of 61 meetings"
    if not clash_in(one, other, "nouns"):
        is_told = shares_word(one, other, "nouns") or not (is_few(one) and is_few(other))
        return is_told or _say_one_thing(one, other)
    if is_few(one) and is_few(other):
        return _say_one_thing(one, other)
    if counts_persons(one) and counts_persons(other):
        return True
    if one.interval.equals(other.interval) and not is_few(one) and shares_word(one, other, "frames"):
        return True
    return _meet(one, other) or shares_word(one, other, "role_words")


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
