"""How each reading of a question compares with those of other outlets, and the verdict that follows."""
# Why: see docs/decisions.md, "A question's verdict is between outlets, a reading's is its nearest".

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from tasks.group.questions.readings import (
    LATER_HOURS,
    Reading,
    hours_between,
    judge_conflict,
    judge_sources,
)
from tasks.group.questions.series import are_series
from tasks.group.questions.value_ranges import ValueRange
from tasks.group.questions.verdicts import (
    AGREE,
    CONFLICT,
    OVERLAP,
    SOURCES,
    SUSPECT,
    UPDATE,
    VAGUER,
    gravest,
    judge_pair,
)

# Verdicts by how far a reading is from the reading that is nearest to it.
_NEAREST_FIRST = (AGREE, OVERLAP, VAGUER, UPDATE, SOURCES, CONFLICT, SUSPECT)
# What a figure says, without its place in the text.
_SAID = (
    "bound", "value", "unit", "is_suspect", "suspect_reason", "candidates", "attributed_to", "attributed_entity_id"
)  # fmt: skip
Time = tuple[datetime | None, str | None]


class Judge:
    """Compares the readings of a question.

    Readings that say the same, in one outlet and at one time, are compared once: a text that a thousand pages repeat
    costs what one costs.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        numbers: dict[Hashable, int] = {}
        self._said = [numbers.setdefault(_what_is_said(reading), len(numbers)) for reading in readings]
        self._readings = readings
        self._by_said: list[dict[tuple[str, Time], Reading]] = [{} for _ in numbers]
        for said, reading in zip(self._said, readings, strict=True):
            self._by_said[said].setdefault((reading.outlet, _time_of(reading)), reading)
        self._outlets = [{outlet for outlet, _ in found} for found in self._by_said]
        self._others: dict[str, list[int]] = {}
        self._pairs: dict[tuple[int, int], str] = {}
        self._same: dict[ValueRange, list[Reading]] = {}
        self._is_series = are_series(readings)

    def judge(self) -> tuple[list[str | None], str | None]:
        """How each reading compares with the nearest of other outlets' readings, and the gravest verdict between two outlets;
        None where no other outlet answers."""
        known: dict[tuple[int, str, Time], frozenset[str]] = {}
        nearest, every = list[str | None](), set[str]()
        for said, reading in zip(self._said, self._readings, strict=True):
            key = said, reading.outlet, _time_of(reading)
            if key not in known:
                known[key] = frozenset(self._find_verdicts(said, reading))
                every |= known[key]
            nearest.append(next((verdict for verdict in _NEAREST_FIRST if verdict in known[key]), None))
        return nearest, gravest(sorted(every)) if every else None

    def _find_verdicts(self, said: int, reading: Reading) -> set[str]:
        """The verdicts between the reading and each of other outlets."""
        found = set[str]()
        for other_said in self._said_elsewhere(reading.outlet):
            others = self._by_said[other_said]
            verdict = self._judge_said(said, reading, other_said, next(iter(others.values())))
            if verdict != CONFLICT:
                found.add(verdict)
            else:
                found |= {
                    self._judge_conflict(reading, other)
                    for other in others.values()
                    if other.outlet != reading.outlet
                }
        return found

    def _said_elsewhere(self, outlet: str) -> list[int]:
        """What outlets other than this one say."""
        if outlet not in self._others:
            self._others[outlet] = [said for said, outlets in enumerate(self._outlets) if outlets != {outlet}]
        return self._others[outlet]

    def _judge_said(self, said: int, one: Reading, other_said: int, other: Reading) -> str:
        """The verdict on what is said, whoever says it and when."""
        if (said, other_said) not in self._pairs:
            self._pairs[said, other_said] = judge_pair(one.mention, other.mention, one.kind)[0]
        return self._pairs[said, other_said]

    def _judge_conflict(self, one: Reading, other: Reading) -> str:
        """A number that somebody printed as early as the other replaces nothing; the numbers of a series replace each other."""
        if self._is_series:
            return UPDATE
        verdict = judge_conflict(one, other, "")[0]
        if verdict != UPDATE:
            return verdict
        earlier, later = (one, other) if hours_between(one, other) > 0 else (other, one)
        is_as_early = any(
            hours_between(earlier, third) < LATER_HOURS for third in self._print_same(later.mention.interval)
        )
        return judge_sources(one, other) if is_as_early else verdict

    def _print_same(self, interval: ValueRange) -> list[Reading]:
        """The readings with this number, each outlet's at each time once."""
        if interval not in self._same:
            self._same[interval] = [
                reading
                for found in self._by_said
                for reading in found.values()
                if reading.mention.interval.equals(interval)
            ]
        return self._same[interval]


def _what_is_said(reading: Reading) -> Hashable:
    figure = reading.mention.figure
    return reading.mention.interval, *(_as_key(figure[name]) for name in _SAID)


def _as_key(value: object) -> Hashable:
    return tuple(map(str, value)) if isinstance(value, list) else str(value)


def _time_of(reading: Reading) -> Time:
    return reading.published, reading.article.article.get("published_precision")
