"""What an article is specific about: the names at its top, and its numbers. Reports on one event have some of them in common."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.outcomes import Row
from tasks.group.evidence import SMALLEST_COUNT
from tasks.group.features import FIRST_CHARS, TermCounts, count_telling_words
from tasks.group.sparse_vectors import Numbers, Vector

# Two articles that have nothing specific in common are of one event at these log odds at most, however alike their words
# are: "a man was shot in Millbrook", "a man was shot in Oakdale". Of 2,902 linked pairs of one event in the development sets
# none is such a pair. From -3 on, pairs that were not linked anyway drag their stories apart (docs/errors-comparison.md).
STRANGERS = -2.0
# A word inside a sentence: with a capital it is a name. German nouns are such words too, so there the rule seldom applies.
_WORD = re.compile(r"(?<=[\w,)’'-] )\w[\w’'-]*")
# The same day says nothing: twins are of one day.
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
)


class Specifics(NamedTuple):
    """The terms that are names at the top of an article, its numbers, and all of its terms. Names are told apart by their capitals,
    so `is_cased` says whether the text has any."""

    names: frozenset[int]
    numbers: frozenset[tuple[str, str | None, float]]
    terms: Numbers
    is_cased: bool

    def is_stranger(self, other: Specifics) -> bool:
        """Whether both are specific, and about nothing that is in the other."""
        if not (self._tells and other._tells) or self.numbers & other.numbers:
            return False
        return self.names.isdisjoint(other.terms.tolist()) and other.names.isdisjoint(self.terms.tolist())

    @property
    def _tells(self) -> bool:
        return self.is_cased and bool(self.names or self.numbers)


def read_specifics(row: Row, counts: Vector, terms: TermCounts) -> Specifics:
    """Those of a row of GROUP_COLUMNS; `counts` are its terms, by their numbers in `terms`."""
    top = f"{row['title'] or ''}\n{(row['body_text'] or '')[:FIRST_CHARS]}"
    named = [word for word in _WORD.findall(top) if word[0].isupper() and not _DAY.fullmatch(word)]
    is_cased = 2 * sum(map(str.islower, top)) > len(top)
    names = terms.number(count_telling_words(" ".join(named)))
    return Specifics(names, read_numbers(row), counts.terms, is_cased)


def read_numbers(row: Row) -> frozenset[tuple[str, str | None, float]]:
    """The numbers of a row of GROUP_COLUMNS that say something."""
    return frozenset(
        (number["kind"], number.get("unit"), round(number["value"], 4))
        for number in row["numbers"] or ()
        if number["kind"] != "count" or number["value"] >= SMALLEST_COUNT
    )
