"""Schedules as `copydesk.toml` writes them: a cron line, an interval such as 30m, or never."""
# Why: see docs/decisions.md, "All settings are checked when they are read".

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

ALLOWED = 'an interval (30m, 2h, 1d), the five fields of cron ("*/30 * * * *") or "never"'
_NEVER = "never"
_INTERVAL = re.compile(r"([0-9]{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHORTEST = timedelta(minutes=1)
ALLOWED_WAITS = '"1h, 6h, 1d, 7d"'
_MOST_WAITS = 12
_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(minutes=10), timedelta(days=90)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# One of the parts between commas: *, 5, 5-9, each with or without /step.
_PART = re.compile(
    r"(?P<first>\*|[0-9]{1,2}|[a-z]{3})(?:-(?P<last>[0-9]{1,2}|[a-z]{3}))?(?:/(?P<step>[0-9]+))?"
)
# The last day of the month; the last Friday and the second Friday of it (croniter's, and Quartz').
_SPECIAL_DAY = re.compile(r"l")
_SPECIAL_WEEKDAY = re.compile(r"l[0-7]|(?:[0-7]|sun|mon|tue|wed|thu|fri|sat)#[1-5]")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something runs: an interval, or a cron line in a time zone."""

    cron: str | None = None
    interval: timedelta | None = None
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class _Field:
    """One of the five: its name, the numbers it takes, names for them, and other forms."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    special: re.Pattern[str] | None = None


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31, special=_SPECIAL_DAY),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _DAYS, _SPECIAL_WEEKDAY),
)


def read_schedule(text: str, time_zone: str = "UTC") -> Schedule | None:
    """The schedule that the text means, None for never; ValueError says what is wrong and what is allowed."""
    written = text.strip().lower()
    if written == _NEVER:
        return None
    if match := _INTERVAL.fullmatch(written):
        interval = timedelta(**{_UNITS[match[2]]: int(match[1])})
        if interval < _SHORTEST:
            raise ValueError(f"{text!r} is too short an interval; write 1m or more")
        return Schedule(interval=interval, time_zone=time_zone)
    _check_cron(text, written)
    return Schedule(cron=" ".join(text.split()), time_zone=time_zone)


def read_waits(text: str) -> tuple[timedelta, ...]:
    """The times after its first fetch at which a page is fetched again ("1h, 6h, 1d, 7d"); ValueError says what is
    wrong and what is allowed."""
    waits = []
    for part in text.lower().split(","):
        match = _INTERVAL.fullmatch(part.strip())
        if match is None:
            raise ValueError(
                f"{part.strip()!r} is not a waiting time; write times after the first fetch, e.g. {ALLOWED_WAITS}"
            )
        waits.append(timedelta(**{_UNITS[match[2]]: int(match[1])}))
    if len(waits) > _MOST_WAITS or waits[0] < _SHORTEST_WAIT or waits[-1] > _LONGEST_WAIT:
        raise ValueError(
            f"{text!r} has too many times or one that is out of range; write at most {_MOST_WAITS} times from 10m to 90d, "
            f"e.g. {ALLOWED_WAITS}"
        )
    if any(later <= sooner for sooner, later in pairwise(waits)):
        raise ValueError(f"{text!r} is not in order; write the times from the shortest to the longest")
    return tuple(waits)


def _check_cron(text: str, written: str) -> None:
    fields = written.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"{text!r} is not a schedule; write {ALLOWED}")
    for field, value in zip(_FIELDS, fields, strict=True):
        for part in value.split(","):
            if problem := _find_problem(field, part):
                raise ValueError(f"{text!r} is not a schedule: {problem}; write {ALLOWED}")
    if not _ever_comes(*fields[2:]):
        raise ValueError(f"{text!r} never runs: none of its months has that day; choose another day or month")


def _find_problem(field: _Field, part: str) -> str | None:
    """What is wrong with a part of a field, or None."""
    if field.special and field.special.fullmatch(part):
        return None
    match = _PART.fullmatch(part)
    if match is None or (match["first"] == "*" and match["last"]):
        return f"{part!r} is not a valid {field.name}"
    for value in (match["first"], match["last"]):
        if value and value != "*" and _to_number(field, value) is None:
            return f"{value!r} is not a valid {field.name} ({field.low} to {field.high})"
    if match["step"] and not 1 <= int(match["step"][:4]) <= field.high:
        return f"a step of {match['step']} does not fit within the {field.name} ({field.low} to {field.high})"
    return None


def _to_number(field: _Field, value: str) -> int | None:
    if value in field.names:
        return field.names.index(value) + field.low
    return int(value) if value.isdigit() and field.low <= int(value) <= field.high else None


def _ever_comes(days: str, months: str, weekdays: str) -> bool:
    """Whether a day of the month is one that a month named has; where days are not plain numbers, it is."""
    numbers = days.split(",")
    if weekdays != "*" or not all(number.isdigit() for number in numbers):
        return True
    named = [_to_number(_FIELDS[3], month) for month in months.split(",")]
    longest = max((31 if month is None else _LONGEST_MONTHS[month - 1]) for month in named)
    return min(map(int, numbers)) <= longest
