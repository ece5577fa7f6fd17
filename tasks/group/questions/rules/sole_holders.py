"""What only one person of an article is: the only driver, the only suspect, the only girl whose age it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasks.group.questions.answers import Answer

_ADULT = 18 * 31_557_600.0  # seconds, the unit of ages
# Words for anybody of a sex or an age.
_ANYBODY = frozenset([
    "person", "people", "man", "woman", "boy", "girl", "child", "kid", "teen", "teenager", "youth", "victim", "adult",
    "male", "female", "student", "member", "resident", "other",
])  # fmt: skip


def mark_sole(answers: Sequence[Answer]) -> None:
    """Fill `sole` of the answers that are ages."""
    ages = [answer for answer in answers if answer.kind == "age"]
    kinds = [_kinds_of(answer) for answer in ages]
    met = Counter(kind for found in kinds for kind in found)
    for answer, found in zip(ages, kinds, strict=True):
        answer.sole = frozenset(kind for kind in found if met[kind] == 1)


def _kinds_of(answer: Answer) -> set[str]:
    """What the holder of an age is: an occupation or a relative, one who is accused, a girl, a man."""
    is_young = (answer.interval.middle or 0.0) < _ADULT
    found = (answer.words("persons") | answer.words("kin") | answer.words("nouns")) - _ANYBODY
    found |= {role.partition(":")[2] for role in answer.words("roles") if role.startswith("kind:")}
    accused = {"accused"} & answer.words("outcomes")
    sexes = {f"{'young' if is_young else 'grown'} {sex}" for sex in answer.words("genders")}
    return set(found) | accused | sexes
