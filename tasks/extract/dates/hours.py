"""Hours of a day: which day and which half of it an hour means that is told without one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tasks.extract.dates.base.intervals import Interval, Reference, midnight
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.clocks import Clock, DayPart

_RECENT = timedelta(days=7)
_HOURS = frozenset({"minute", "hour", "part_of_day"})


def hours_told(reference: Reference) -> datetime | None:
    """The middle of the hours said before, or None where a day was said, or nothing."""
    before = reference.of_event
    if before is None or before.granularity not in _HOURS or before.start is None or before.end is None:
        return None
    return before.start + (before.end - before.start) / 2


def day_of_hours(
    reference: Reference, told: datetime | None, part: DayPart | None, clock: Clock | None
) -> date | None:
    """The day of hours without one: that of the date before if it fits the tense, else of publication.

    Beside other hours it is the nearer night: 6am after 9pm is the next day's.
    """
    before = reference.of_event
    day = None if before is None else before.first_day
    if (
        reference.day is None
        or day is None
        or (before is not reference.in_sentence and not _fits(day, reference))
    ):
        return _not_to_come(reference, part, clock)
    if told is None or clock is None or not clock.is_sure:
        return day
    near = [day + timedelta(days=step) for step in (0, 1, -1)]
    ahead = [one for one in near if not _is_to_come(reference, one, part, clock)]
    return min(ahead or near, key=lambda one: abs(_begin(one, part, clock) - told))


def _fits(day: date, reference: Reference) -> bool:
    """Whether a day said in a sentence before is on the side of publication that the tense tells."""
    assert reference.day is not None
    if reference.tense is None:  # most news is of what was, a few days ago
        return reference.day - _RECENT <= day <= reference.day
    return day <= reference.day if reference.tense == "past" else day >= reference.day


def _not_to_come(reference: Reference, part: DayPart | None, clock: Clock | None) -> date | None:
    """The day of publication, or the one before for what was at an hour that had not come yet."""
    if reference.day is None or not _is_to_come(reference, reference.day, part, clock):
        return reference.day
    return reference.day - timedelta(days=1)


def _is_to_come(reference: Reference, day: date, part: DayPart | None, clock: Clock | None) -> bool:
    """Whether what was would be after publication there; not known without an hour of publication, or in another zone."""
    if (
        reference.moment is None
        or reference.tense != "past"
        or (clock is not None and clock.zone is not None)
    ):
        return False
    return (
        reference.moment != midnight(reference.moment.date()) and _begin(day, part, clock) > reference.moment
    )


def _begin(day: date, part: DayPart | None, clock: Clock | None) -> datetime:
    start = hours_of(day, part, clock).start
    assert start is not None
    return start


def hours_of(day: date, part: DayPart | None, clock: Clock | None) -> Interval:
    """The clock time or the part of that day."""
    if clock is not None:
        clock = clock.in_part(part.name if part else None)
        start = midnight(day) + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        length = timedelta(minutes=1) if clock.minute or clock.second else timedelta(hours=1)
        return Interval(start, start + length, "minute" if clock.minute else "hour", clock.zone)
    assert part is not None
    first, last = table("parts")[part.name]
    middle = (first + last) / 2
    if part.half == "early":
        last = middle
    elif part.half == "late":
        first = middle
    return Interval(
        midnight(day) + timedelta(hours=first), midnight(day) + timedelta(hours=last), "part_of_day"
    )
