"""No regular expression of the stages can read a text again and again."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.tasks.patterns import our_patterns


def test_no_pattern_nests_one_endless_repeat_in_another() -> None:
    """`(a+)+` reads a text again and again, and so do `a*a*` and `\\s*,?\\s*` a run of their characters."""
    found = {f"{module.__name__}.{name}" for module, name, pattern in our_patterns() if _may_go_back(pattern)}
    assert found == set()
    assert all(
        _may_go_back(re.compile(one))
        for one in (r"(?:a+b?)+", r"(?:a{1,9})+", r"\s*\s*x", r"\s*,?\s*x", r"(\w+)\w*x")
    )
    assert not any(_may_go_back(re.compile(one)) for one in (r"(?:a+b)+", r"\s*,\s*", r"\d+(?: \d+)*"))


_SAMPLES = " \n\taZ5.,-'\"()/@_é東“|:;<>=$’"


def _may_go_back(pattern: re.Pattern[str]) -> bool:
    return _has_overlap(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _has_overlap(sequence: Any) -> bool:
    """Whether two endless repeats that share a character stand in a row, with nothing sure between them."""
    items = [_open(item) for item in sequence]
    for place, item in enumerate(items):
        if any(_has_overlap(part) for part in _parts(item)):
            return True
        if _is_endless(item):
            turn = [_open(one) for one in item[1][2]]
            if any(
                _varies(one) and _meets(one, [*turn[at + 1 :], *turn], _varies) for at, one in enumerate(turn)
            ):
                return True
            if _meets(item, items[place + 1 :], _is_endless):
                return True
    return False


def _meets(repeat: Any, items: list[Any], repeats: Callable[[Any], bool]) -> bool:
    """Whether another repeat of characters that the first one takes may stand right behind it."""
    taken = _chars([repeat])
    for item in items:
        if repeats(item) and taken & _chars(item[1][2]) and not _is_parted(item, taken):
            return True
        if not _is_nullable(item):
            return False
    return False


def _varies(item: Any) -> bool:
    """A repeat of one turn or many, be they bounded."""
    is_repeat = item[0] in (codes.MAX_REPEAT, codes.MIN_REPEAT)
    return is_repeat and item[1][1] is not item[1][0] and bool(item[1][1] > 1)


def _is_parted(item: Any, taken: set[str]) -> bool:
    """A repeat whose each turn begins with something that the one before cannot take."""
    first = next((one for one in item[1][2] if not _is_nullable(_open(one))), None)
    return first is not None and not taken & _chars([first])


def _open(item: Any) -> Any:
    """What a group holds, if it holds one thing; a repeat of one time is that thing."""
    while item[0] is codes.SUBPATTERN and len(item[1][3]) == 1:
        item = item[1][3][0]
    return item


def _is_endless(item: Any) -> bool:
    return item[0] in (codes.MAX_REPEAT, codes.MIN_REPEAT) and item[1][1] is codes.MAXREPEAT


def _parts(item: Any) -> list[Any]:
    """The sequences inside an item."""
    kind, value = item
    if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is codes.SUBPATTERN:
        return [value[3]]
    if kind is codes.BRANCH:
        return list(value[1])
    return []


def _is_nullable(item: Any) -> bool:
    kind, value = item
    if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return bool(value[0] == 0) or all(_is_nullable(one) for one in value[2])
    if kind is codes.BRANCH:
        return any(all(_is_nullable(one) for one in part) for part in value[1])
    if kind is codes.SUBPATTERN:
        return all(_is_nullable(one) for one in value[3])
    return kind in (codes.AT, codes.ASSERT, codes.ASSERT_NOT, codes.GROUPREF)


def _chars(sequence: Any) -> set[str]:
    """Which of the sample characters may stand in it."""
    found: set[str] = set()
    for item in sequence:
        for part in _parts(item):
            found |= _chars(part)
        if item[0] in (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN):
            found |= {char for char in _SAMPLES if _takes(item, char)}
    return found


def _takes(item: Any, char: str) -> bool:
    kind, value = item
    if kind is codes.ANY:
        return True
    if kind in (codes.LITERAL, codes.NOT_LITERAL):
        return (ord(char) == value) == (kind is codes.LITERAL)
    is_not = value[0][0] is codes.NEGATE
    return any(_in_class(one, char) for one in value[is_not:]) != is_not


def _in_class(item: Any, char: str) -> bool:
    kind, value = item
    if kind is codes.LITERAL:
        return ord(char) == value
    if kind is codes.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    return re.match(_CATEGORIES[value], char) is not None


_CATEGORIES = {
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
