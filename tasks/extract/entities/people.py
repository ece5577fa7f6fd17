"""Which full name a short one stands for, within an article."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer

_SIMILAR_NAME = 88.0  # "Zelinsky" and "Zelensky" score 87.5 as surnames, 91 as full names
_SIMILAR_SURNAME = 85.0
_MIN_FUZZY_CHARS = 6
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def match_people(frame: Frame, names: Sequence[Candidate]) -> dict[int, str | None]:
    """For each person's mention (by its place in `names`) the full name it means, or None.

    A short name means the last full name before it that holds it as its surname, else as a first
    name, else the first full name after it. Spellings that differ by a letter are one person.
    """
    persons = [(index, one) for index, one in enumerate(names) if one.entity_type == "person"]
    full = _full_names(frame, persons)
    matched: dict[int, str | None] = {}
    for index, one in persons:
        key = one.key
        matched[index] = full.get(key) if _is_full(key) else _owner(key, index, persons, full)
    return matched


def _is_full(key: str) -> bool:
    return " " in key


def _full_names(frame: Frame, persons: Sequence[tuple[int, Candidate]]) -> dict[str, str]:
    """Each full name's key to the name of its person: the fullest spelling met, or the table's."""
    groups: list[list[tuple[str, str]]] = []
    seen: set[str] = set()
    for _, one in persons:
        if _is_full(one.key) and one.key not in seen:
            seen.add(one.key)
            text = " ".join(frame.text(one.start, one.end).split())
            group = next((group for group in groups if any(_same(one.key, key) for key, _ in group)), None)
            if group is None:
                groups.append([(one.key, text)])
            else:
                group.append((one.key, text))
    return {key: _name_of(group) for group in groups for key, _ in group}


def _name_of(group: Sequence[tuple[str, str]]) -> str:
    for key, _ in group:
        known = gazetteer().known.get(key)
        if known is not None and known.entity_type == "person":
            return known.name
    return min((text for _, text in group), key=lambda text: (-len(text.split()), len(text), text))


def _same(left: str, right: str) -> bool:
    """Whether two full names are one person: a middle name or initial more, or a letter's difference."""
    known = gazetteer().known
    if left in known and right in known:
        return known[left] is known[right]
    a, b = _bare(left), _bare(right)
    if len(a) < 2 or len(b) < 2:
        return False
    short, long = sorted((a, b), key=len)
    if short[-1] == long[-1] and _is_within(short[:-1], long[:-1]):
        return True
    return len(a) == len(b) and min(len(left), len(right)) >= 2 * _MIN_FUZZY_CHARS and _is_close(a, b)


def _is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether given names agree: each of the short list is, or abbreviates, one of the long list in order."""
    place = 0
    for word in short:
        while place < len(long) and not (
            long[place] == word or (1 in (len(word), len(long[place])) and long[place][0] == word[0])
        ):
            place += 1
        if place == len(long):
            return False
        place += 1
    return True


def _is_close(a: Sequence[str], b: Sequence[str]) -> bool:
    """A spelling's difference: no word wholly different, all together alike."""
    return (
        all(ratio(x, y) >= 70.0 for x, y in zip(a, b, strict=True))
        and ratio(" ".join(a), " ".join(b)) >= _SIMILAR_NAME
    )


def _bare(key: str) -> list[str]:
    return [word for word in key.split() if word not in _SUFFIXES]


def _owner(
    key: str, index: int, persons: Sequence[tuple[int, Candidate]], full: dict[str, str]
) -> str | None:
    for test in (_is_surname, _is_part, _is_similar_surname):
        before = [
            one.key for place, one in persons if place < index and one.key in full and test(key, one.key)
        ]
        after = [
            one.key for place, one in persons if place > index and one.key in full and test(key, one.key)
        ]
        if before or after:
            return full[before[-1] if before else after[0]]
    return None


def _is_surname(key: str, name: str) -> bool:
    words = _bare(name)
    return words[-1] == key or words[-1].endswith("-" + key)


def _is_part(key: str, name: str) -> bool:
    return key in _bare(name)


def _is_similar_surname(key: str, name: str) -> bool:
    last = _bare(name)[-1]
    return min(len(key), len(last)) >= _MIN_FUZZY_CHARS and ratio(key, last) >= _SIMILAR_SURNAME
