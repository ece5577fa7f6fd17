"""What the text at a name tells of the person: "he" or "she", a relative of somebody, in which sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.quotations.given_names import genders, role_genders

_MEN = frozenset({"mr", "sir", "lord", "shri", "sri"})
_WOMEN = frozenset({"mrs", "ms", "miss", "lady", "dame", "baroness", "smt", "madam"})
_KIN = frozenset({"wife", "ex-wife", "husband", "ex-husband", "son", "daughter", "brother", "sister", "mother", "father", "widow", "widower",
    "niece", "nephew", "cousin", "uncle", "aunt", "grandson", "granddaughter", "grandfather", "grandmother", "stepson", "stepdaughter",
    "stepfather", "stepmother"})  # fmt: skip
# Characters from a sentence's begin to a name that is its subject: "Orr's brother, Tom Orr, said".
_NEAR_BEGIN = 40
_ROLE_ENDS = frozenset({"of", "to", "for", "whose", "who"})


@dataclass(frozen=True, slots=True)
class PersonClues:
    """`title` is m or f by "Mr" or "Ms" before the name, `gender` by that, the role or the given name; "" if not told."""

    title: str = ""
    gender: str = ""
    is_kin: bool = False
    is_subject: bool = False
    sentence: int = -1


def told_of_persons(frame: Frame, names: Sequence[Candidate]) -> dict[int, PersonClues]:
    """What is told at each person's name, by its place in `names`."""
    return {number: _told(frame, one) for number, one in enumerate(names) if one.entity_type == "person"}


def _told(frame: Frame, one: Candidate) -> PersonClues:
    role = [word.strip(".,") for word in (one.role or "").lower().split()]
    end = next((place for place, word in enumerate(role) if word in _ROLE_ENDS), len(role))
    title = _title_before(frame, one)
    given = genders().get(frame.lowers[one.start], "") if one.end - one.start > 1 else ""
    gender = title or next((role_genders()[word] for word in role[:end] if word in role_genders()), given)
    sentence = frame.document.sentence_at(frame.starts[one.start])
    is_subject = frame.starts[one.start] - sentence.start_char <= _NEAR_BEGIN
    return PersonClues(title, gender, not _KIN.isdisjoint(role[:end]), is_subject, sentence.number)


def _title_before(frame: Frame, one: Candidate) -> str:
    word = frame.lower(one.start - 1)
    if word == "." and frame.glued(one.start - 2):
        word = frame.lower(one.start - 2)
    word = word.rstrip(".")
    return "m" if word in _MEN else "f" if word in _WOMEN else ""
