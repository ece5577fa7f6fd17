"""Which of several people of one surname a short name means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.extract.entities.clues import PersonClues
from tasks.extract.names.frame import Candidate

_FRESH = 2  # sentences


def surnames_of(last: str) -> list[str]:
    """The last word of a name, and what comes after each of its hyphens."""
    parts = last.split("-")
    return ["-".join(parts[number:]) for number in range(len(parts))]


class Namesakes:
    """Which of several people of one surname is meant.

    "Ms Orr" is not Tom Orr. If the article calls one of two people "Mrs Orr", then "Orr" alone means the other one. If both were named
    together, "Orr" alone means neither. A relative who is named in passing ("with his sister, Ada Orr") is not meant by "Orr" alone.
    """

    def __init__(
        self,
        full: Mapping[str, str],
        persons: Sequence[tuple[int, Candidate]],
        told: Mapping[int, PersonClues],
    ) -> None:
        self._full, self._told = full, told
        self._titled: set[str] = set()
        self._bare: set[str] = set()
        self._genders: dict[str, str] = {}
        for index, one in persons:
            here = self._clues(index)
            if one.key in full and here.title:
                self._genders[full[one.key]] = here.title
            elif one.key in full and here.gender:
                self._genders.setdefault(full[one.key], here.gender)

    def has_title(self, index: int) -> bool:
        """Whether "Mr" or "Ms" is before the name."""
        return bool(self._clues(index).title)

    def choose(self, index: int, places: Sequence[tuple[int, str]], is_surname: bool) -> str | None:
        """The full name, of those at `places` the last one that fits; None if none does or two do."""
        title = self._clues(index).title
        people = {self._full[key] for _, key in places}
        if title:
            places = [one for one in places if self._genders.get(self._full[one[1]], title) == title]
        elif is_surname and places and self._full[places[-1][1]] in self._titled:
            if self._is_fresh(index, places[-1][0]) and len(people) > 1:
                return None
            places = [one for one in places if self._full[one[1]] not in self._titled] or places
        if places and is_surname:
            places = self._without_kin(index, places)
        elif self._clues(index).is_kin:
            places = [one for one in places if self._is_of_family(one[1])]
        if not places or (is_surname and self._is_doubtful(places)):
            return None
        name = self._full[places[-1][1]]
        if is_surname:
            self._bare.add(name)
        if title and len(people) > 1:
            self._titled.add(name)
        return name

    def _clues(self, index: int) -> PersonClues:
        return self._told.get(index, PersonClues())

    def _find_others(self, places: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """The places of other people than the last one."""
        last = self._full[places[-1][1]]
        return [place for place in places if self._full[place[1]] != last]

    def _is_fresh(self, index: int, owner: int) -> bool:
        """Whether the full name is in the sentence of the short one or in one of the two before it."""
        return self._told[index].sentence - self._told[owner].sentence <= _FRESH

    def _is_of_family(self, key: str) -> bool:
        """Whether somebody else has the person's surname: only then is "a son, Basil" that Basil."""
        own = surnames_of(key.split()[-1])[-1]
        others = (other for other in self._full if self._full[other] != self._full[key])
        return any(own in surnames_of(other.split()[-1]) for other in others)

    def _without_kin(self, index: int, places: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
        """The places up to the person whose relative the last one is, if the bare surname was that person's before or the
        relative is named in passing."""
        here, others = self._clues(places[-1][0]), self._find_others(places)
        if not others or not here.is_kin or places[-1][0] > index:
            return places
        return others if self._full[others[-1][1]] in self._bare or not here.is_subject else places

    def _is_doubtful(self, places: Sequence[tuple[int, str]]) -> bool:
        here, others = self._clues(places[-1][0]), self._find_others(places)
        if not others:
            return False
        return here.is_kin or (here.sentence >= 0 and self._clues(others[-1][0]).sentence == here.sentence)
