"""When two different values cannot answer one question, whatever their words share: a conflict must be one.

Equal values need little of this. Each rule comes from reading wrong conflicts of real stories: another person's
age, another noun, a plan beside a fact, one year beside another, a span beside "two years after".
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from tasks.group.questions.answers import Answer
from tasks.group.questions.same_person import agree
from tasks.group.questions.words.lexicon import classes_of

_YEAR = 31_557_600.0  # seconds, the unit of ages
_NEAR_AGE = 1.6 * _YEAR
_MANY_TIMES = 20.0
_LASTING = ("predicates", "measured", "role_words", "window")
_TIMES = "time"  # "four times"
_FATES = frozenset({"dead", "hurt", "missing"})


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
    if _clash(one, other, "shares"):
        return True
    if one.kind == other.kind == "duration" and (_is_common_span(one) or _is_common_span(other)):
        return not any(_share(one, other, name) for name in _LASTING)
    return one.kind == other.kind == "count" and (_TIMES in one.words("nouns")) != (
        _TIMES in other.words("nouns")
    )


def _is_common_span(answer: Answer) -> bool:
    """Whether it is "a week", "an hour" or "a decade", which are said of anything."""
    return any(
        mention.figure["surface"].lower().startswith(("a ", "an ", "one ")) for mention in answer.mentions
    )


def may_overlap(one: Answer, other: Answer) -> bool:
    """Whether two answers that can both be true without being equal may be one question.

    "More than 9,000" meets any larger number, so ends that lie far apart need what different numbers need.
    """
    is_vague = one.interval.is_vague or other.interval.is_vague
    if is_vague and _flag(one, "is_hypothetical") != _flag(other, "is_hypothetical"):
        return False
    if (one.interval.is_open or other.interval.is_open) and one.words("past") != other.words("past"):
        return False
    return not one.interval.is_far_from(other.interval) or may_differ(one, other)


def may_differ(one: Answer, other: Answer) -> bool:
    """Whether two answers with values that cannot both be true can still answer one question."""
    if one.kind == other.kind == "age" and agree(one.names, other.names) > 0:
        return True
    if one.is_zero != other.is_zero and not _share(one, other, "predicates"):
        return False
    if _clash(one, other, "times") or _clash(one, other, "spans") or one.is_offset != other.is_offset:
        return False
    if one.words("per") != other.words("per"):
        return False
    if _flag(one, "is_hypothetical") != _flag(other, "is_hypothetical"):
        return False
    rules = {"age": _ages, "count": _counts, "score": _scores}
    return rules.get(one.kind, _amounts)(one, other)


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
    return classes_of("outcomes", said) & _FATES


def may_be_equal(one: Answer, other: Answer) -> bool:
    """Whether two answers whose values can both be true may be one question: six lines are not six compartments.

    Two nouns that are not both persons must meet in a sentence ("1,450 jobs", "1,450 will lose their jobs") or be
    in one role; a count of something is no measure in a unit.
    """
    if {one.kind, other.kind} == {"count", "measure"}:
        count = one if one.kind == "count" else other
        return not count.words("nouns") or _meet(one, other) or _share(one, other, "role_words")
    if one.kind != "count" or not _clash(one, other, "nouns") or (_are_persons(one) and _are_persons(other)):
        return True
    return _meet(one, other) or _share(one, other, "role_words")


def _are_persons(answer: Answer) -> bool:
    """Whether it counts persons, also by what befell them alone: "seventeen hurt"."""
    return bool(answer.words("persons") or classes_of("outcomes", answer.words("nouns")) & _FATES)


def _meet(one: Answer, other: Answer) -> bool:
    """Whether the noun of one is in a sentence of the other."""
    return bool(one.words("nouns") & other.words("sentence") or other.words("nouns") & one.words("sentence"))


def _flag(answer: Answer, name: str) -> bool:
    """Whether most of its figures have the flag."""
    return answer.count(name) > 0.5


def _share(one: Answer, other: Answer, name: str) -> bool:
    return bool(one.words(name) & other.words(name))


def _clash(one: Answer, other: Answer, name: str) -> bool:
    """Whether both have such words, and none in common."""
    ours, theirs = one.words(name), other.words(name)
    return bool(ours and theirs and not ours & theirs)


def _ages(one: Answer, other: Answer) -> bool:
    """Ages that are a birthday apart: an unnamed person of another age is another person."""
    middles = one.interval.middle, other.interval.middle
    return None not in middles and abs(middles[0] - middles[1]) <= _NEAR_AGE  # type: ignore[operator]


def _counts(one: Answer, other: Answer) -> bool:
    """The same noun in the same role; other words for persons where the same befalls them."""
    if _clash(one, other, "nouns"):
        are_persons = _are_persons(one) and _are_persons(other)
        return are_persons and _share(one, other, "outcomes") and not _clash(one, other, "kin")
    if not (one.words("nouns") and other.words("nouns")):
        things = [answer.words("nouns") or answer.words("measured") for answer in (one, other)]
        return bool(things[0] & things[1]) or (
            _share(one, other, "predicates") and bool(one.words("nouns") | other.words("nouns"))
        )
    return _are_near(one, other) or _share(one, other, "predicates")


def _are_near(one: Answer, other: Answer) -> bool:
    """Whether a slip, a later count or another source can explain the distance."""
    a, b = one.interval.middle, other.interval.middle
    if not a or not b or a * b < 0:
        return True
    return abs(math.log(abs(a) / abs(b))) <= math.log(_MANY_TIMES)


def _scores(one: Answer, other: Answer) -> bool:
    """Scores of one moment share a side: 45-35 and 45-36."""
    ours, theirs = one.mentions[0].pair, other.mentions[0].pair
    return ours is not None and ours == theirs


def _things(answer: Answer) -> frozenset[str]:
    """What has the amount, and the verb: "a fine of $5" and "was fined $5" have one word in common."""
    return answer.words("measured") | answer.words("predicates")


def _amounts(one: Answer, other: Answer) -> bool:
    """Money, durations, measures and shares: of one thing, or said by one verb."""
    if _things(one) & _things(other):
        return True
    return _share(one, other, "nouns") and _are_near(one, other)
