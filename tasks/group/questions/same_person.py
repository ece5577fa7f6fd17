"""Whether two names can be one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable

Name = tuple[tuple[str, ...], str]  # words before the surname, and the surname, in lower case

_SHORTEST = 4
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "professor"} | {
    "prince", "princess", "king", "queen", "judge", "captain",
})  # fmt: skip


def split_name(surface: str | None) -> Name | None:
    """Given names and surname of a name as written. What a paper puts before it is among the given names: "Boss Mara Dell"."""
    words = re.findall(r"[\w'’.-]+", re.sub(r"['’]s$", "", surface or "").lower())
    given = tuple(word for word in words[:-1] if word.strip(".") not in _TITLES)
    return (given, words[-1]) if words else None


def is_same_name(one: Name, other: Name) -> bool:
    """Whether they can be the same person; a slip of a letter is allowed, another given name is not."""
    (given, last), (given_too, last_too) = one, other
    is_near = _is_near(last, last_too) or _is_written_apart(one, other) or _is_written_apart(other, one)
    if not (given and given_too):
        return is_near or last in given_too or last_too in given
    if not is_near:
        first = given[0]
        return first == given_too[0] and len(first) > _SHORTEST and last[:1] == last_too[:1]
    return any(_can_be_one(name, name_too) for name in given for name_too in given_too)


def _can_be_one(given: str, other: str) -> bool:
    """Whether two given names can be one: "Kat" and "Katherine", "J." and "Jane"."""
    is_initial = len(given.strip(".")) == 1 or len(other.strip(".")) == 1
    return given[: 1 if is_initial else 3] == other[: 1 if is_initial else 3] or _is_near(given, other)


def _is_written_apart(one: Name, other: Name) -> bool:
    """Whether the surname of one is two words in the other: "Vanmeter", "Van Meter"."""
    return bool(other[0]) and one[1] == other[0][-1] + other[1]


def _is_near(one: str, other: str) -> bool:
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1 or sorted(one) == sorted(other)
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def agree(ones: Iterable[Name], others: Iterable[Name]) -> int:
    """1 where some of the names can be one person's, -1 where none can, 0 where a side has no name."""
    ones, others = list(ones), list(others)
    if not ones or not others:
        return 0
    return 1 if any(is_same_name(one, other) for one in ones for other in others) else -1
