"""Whether two names can be one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable

Name = tuple[str | None, str]  # first name where there is one, and surname, in lower case

_SHORTEST = 4


def split_name(surface: str | None) -> Name | None:
    """First name and surname of a name as written."""
    words = re.findall(r"[\w'’.-]+", re.sub(r"['’]s$", "", surface or ""))
    if not words:
        return None
    return (words[0].lower() if len(words) > 1 else None), words[-1].lower()


def is_same_name(one: Name, other: Name) -> bool:
    """Whether they can be the same person; a slip of a letter is allowed, another first name is not."""
    (first, last), (other_first, other_last) = one, other
    if first and other_first:
        if not _is_near(last, other_last):
            return first == other_first and len(first) > _SHORTEST and last[:1] == other_last[:1]
        is_initial = len(first.strip(".")) == 1 or len(other_first.strip(".")) == 1
        return first[:3] == other_first[:3] or _is_near(first, other_first) or is_initial
    return _is_near(last, other_last) or first == other_last or other_first == last


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
