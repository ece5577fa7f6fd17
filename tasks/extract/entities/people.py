"""Which full name a short one stands for, within an article."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from rapidfuzz.fuzz import ratio

from tasks.extract.entities.clues import PersonClues
from tasks.extract.entities.namesakes import Namesakes, surnames_of
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer

_SIMILAR_NAME = 88.0  # "Zelinsky" and "Zelensky" score 87.5 as surnames, 91 as full names
_SIMILAR_SURNAME = 85.0
_MIN_FUZZY_CHARS = 6
_MOST_COMPARED = 400  # names that one name is held against
_MOST_NAMESAKES = 100
_BY_LENGTH, _KNOWN = "*length ", "*known"
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def match_people(
    frame: Frame, names: Sequence[Candidate], told: Mapping[int, PersonClues] | None = None
) -> dict[int, str | None]:
    """For each person's mention (by its place in `names`) the full name it means, or None.

    A short name means the last full name before it that holds it as its surname, else as a first
    name, else the first full name after it. Spellings that differ by a letter are one person. `told` chooses among
    namesakes; if it cannot, the name means none of them (see namesakes.py).
    """
    persons = [(index, one) for index, one in enumerate(names) if one.entity_type == "person"]
    full = _full_names(frame, persons)
    owners = _Owners((index, one.key) for index, one in persons if one.key in full)
    namesakes = Namesakes(full, persons, told or {})
    matched: dict[int, str | None] = {}
    short = [(index, one) for index, one in persons if not _is_full(one.key)]
    for index, one in persons:
        if _is_full(one.key):
            matched[index] = full.get(one.key)
    for index, one in sorted(short, key=lambda found: not namesakes.has_title(found[0])):
        has_title = namesakes.has_title(index)
        matched[index] = namesakes.choose(index, *owners.find(one.key, index, has_title=has_title))
    return matched


def _is_full(key: str) -> bool:
    return " " in key


def _full_names(frame: Frame, persons: Sequence[tuple[int, Candidate]]) -> dict[str, str]:
    """Each full name's key to the name of its person: the fullest spelling met, or the table's."""
    groups = _Groups()
    for _, one in persons:
        if _is_full(one.key):
            groups.add(one.key, " ".join(frame.text(one.start, one.end).split()))
    return {key: _name_of(group) for group in groups.found for key, _ in group}


class _Groups:
    """Spellings of one person together. A name joins the first group that holds one like it.

    Only names that can be alike are compared: a hundred with the same last word, those that our tables know, and,
    for a letter's difference, the article's first 400 of as many words. An article with more is a list.
    """

    def __init__(self) -> None:
        self.found: list[list[tuple[str, str]]] = []
        self._seen: set[str] = set()
        self._by_word: dict[str, list[tuple[int, str]]] = {}

    def add(self, key: str, text: str) -> None:
        """Add a full name by its key, once."""
        if key in self._seen:
            return
        self._seen.add(key)
        number = next((number for number, other in self._near(key) if _same(key, other)), len(self.found))
        if number == len(self.found):
            self.found.append([])
        self.found[number].append((key, text))
        for word in self._words(key):
            near = self._by_word.setdefault(word, [])
            if len(near) < _most(word):
                insort(near, (number, key))

    def _near(self, key: str) -> list[tuple[int, str]]:
        """The names that this one can be alike, by their groups."""
        near: set[tuple[int, str]] = set()
        for word in self._words(key):
            others = self._by_word.get(word, [])
            if not (word.startswith(_BY_LENGTH) and len(others) >= _most(word)):
                near.update(others)
        return sorted(near)

    def _words(self, key: str) -> set[str]:
        bare = _bare(key)
        known = {_KNOWN} if key in gazetteer().known else set()
        return {*bare[-1:], f"{_BY_LENGTH}{len(bare)}", *known}


def _most(word: str) -> int:
    return _MOST_COMPARED if word.startswith((_BY_LENGTH, _KNOWN)) else _MOST_NAMESAKES


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
    if len(a) < 2 or len(b) < 2 or _are_two_generations(left, right):
        return False
    short, long = sorted((a, b), key=len)
    if short[-1] == long[-1] and _is_within(short[:-1], long[:-1]):
        return True
    return len(a) == len(b) and min(len(left), len(right)) >= 2 * _MIN_FUZZY_CHARS and _is_close(a, b)


def _are_two_generations(left: str, right: str) -> bool:
    """ "Tom Orr Jr." and "Tom Orr III"."""
    suffixes = [{*key.split()} & _SUFFIXES for key in (left, right)]
    return all(suffixes) and suffixes[0] != suffixes[1]


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


class _Owners:
    """The article's full names by the words that a short name can be: place in the names and key, in order."""

    def __init__(self, full: Iterable[tuple[int, str]]) -> None:
        self._by_surname: dict[str, list[tuple[int, str]]] = {}
        self._by_part: dict[str, list[tuple[int, str]]] = {}
        self._by_last: dict[str, list[tuple[int, str]]] = {}
        self._alike: dict[str, list[tuple[int, str]]] = {}
        for place in full:
            bare = _bare(place[1]) or place[1].split()
            for surname in surnames_of(bare[-1]):
                self._by_surname.setdefault(surname, []).append(place)
            for word in dict.fromkeys(bare):
                self._by_part.setdefault(word, []).append(place)
            self._by_last.setdefault(bare[-1], []).append(place)

    def find(self, key: str, index: int, *, has_title: bool) -> tuple[Sequence[tuple[int, str]], bool]:
        """The places of the full names that a short one at `index` can mean, the likeliest last; whether it is their surname.

        Of those that follow it, only the first one. "Ms Herrera" can be Pilar Herrera de la Cruz as well.
        """
        surnames, parts = self._by_surname.get(key), self._by_part.get(key)
        if has_title and surnames and parts:
            near = sorted({*surnames[-_MOST_NAMESAKES:], *parts[-_MOST_NAMESAKES:]})
            return [place for place in near if place[0] < index] or near[:1], True
        for places in (surnames, parts, self._similar(key)):
            if places:
                before = bisect_left(places, (index, ""))
                near = places[max(0, before - _MOST_NAMESAKES) : before] or places[:1]
                return near, places is surnames
        return [], False

    def _similar(self, key: str) -> list[tuple[int, str]]:
        """The names whose surname differs by a letter, for the first 400 short names and surnames."""
        if key not in self._alike:
            if len(self._alike) >= _MOST_COMPARED or len(key) < _MIN_FUZZY_CHARS:
                return []
            alike = (
                places
                for last, places in islice(self._by_last.items(), _MOST_COMPARED)
                if len(last) >= _MIN_FUZZY_CHARS and ratio(key, last) >= _SIMILAR_SURNAME
            )
            self._alike[key] = sorted(place for places in alike for place in places)
        return self._alike[key]
