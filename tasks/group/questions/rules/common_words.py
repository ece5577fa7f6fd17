"""What two answers have in common, and what one says of itself, as the rules ask it."""

from __future__ import annotations

from tasks.group.questions.answers import Answer

FATES = frozenset({"dead", "hurt", "missing"})
_FEW = 4


def shares_word(one: Answer, other: Answer, name: str) -> bool:
    """Whether both have a word of this set in common."""
    return bool(one.words(name) & other.words(name))


def clash_in(one: Answer, other: Answer, name: str) -> bool:
    """Whether both have such words, and none in common."""
    ours, theirs = one.words(name), other.words(name)
    return bool(ours and theirs and not ours & theirs)


def is_mostly(answer: Answer, name: str) -> bool:
    """Whether most of its figures have the flag."""
    return answer.count(name) > 0.5


def counts_persons(answer: Answer) -> bool:
    """Whether it counts persons, also by what befell them alone: "seventeen hurt"."""
    return bool(answer.words("persons") or answer.words("outcomes") & FATES)


def is_few(answer: Answer) -> bool:
    """Whether it is a small whole number, which many things have."""
    middle = abs(answer.interval.middle or 0.0)
    return middle <= _FEW and middle.is_integer()
