"""Counts that rise or fall from report to report: each number replaces the one before, whatever the words say."""
# Of 25 counts of the invented stories that go one way 20 are updates, and three can be called so (docs/errors-comparison.md).

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tasks.group.questions.readings import LATER_HOURS, Reading, hours_between
from tasks.group.questions.value_ranges import ValueRange

_FEWEST = 3  # numbers


def are_series(readings: Sequence[Reading]) -> bool:
    """Whether three or more numbers of a count rise or fall from report to report, each hours after the one before."""
    dated = [(reading.published, place) for place, reading in enumerate(readings)]
    order = sorted((published, place) for published, place in dated if published is not None)
    first: dict[ValueRange, Reading] = {}
    for _, place in order:
        reading = readings[place]
        if reading.kind == "count" and not reading.mention.interval.is_vague:
            first.setdefault(reading.mention.interval, reading)
    values = [interval.middle or 0.0 for interval in first]
    if len(set(values)) < _FEWEST or values not in (sorted(values), sorted(values, reverse=True)):
        return False
    return all(hours_between(one, other) >= LATER_HOURS for one, other in itertools.pairwise(first.values()))
