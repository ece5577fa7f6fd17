"""How readings of one question stand to each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from tasks.group.questions.answers import Mention
from tasks.group.questions.intervals import Interval

AGREE, OVERLAP, VAGUER, UPDATE = "agree", "overlap", "vaguer", "update"
CONFLICT, SOURCES, SUSPECT = "conflict", "conflict of sources", "suspect"
GRAVEST_FIRST = (CONFLICT, SOURCES, SUSPECT, UPDATE, OVERLAP, VAGUER, AGREE)
# A slip of a unit or a lost "million" moves a number by a hundred and more; "412 months" for 4 1/2 by ninety.
_SCALE = 50.0


def reading_interval(mention: Mention, kind: str) -> Interval:
    """The interval of a reading. Whole years of age are completed years: 2 stands for 2 to under 3."""
    interval = mention.interval
    is_exact = mention.figure["bound"] == "exact" and interval.low == interval.high
    if kind != "age" or not is_exact or not _is_whole_years(mention):
        return interval
    year = interval.low / mention.figure["value"]
    return replace(interval, high=interval.low + year * 0.9)


def _is_whole_years(mention: Mention) -> bool:
    value = mention.figure["value"]
    return bool(value) and float(value).is_integer() and mention.figure["unit"] in (None, "a")


def judge_pair(one: Mention, other: Mention, kind: str) -> str:
    """agree, overlap, vaguer, conflict or suspect; time is not looked at."""
    a, b = reading_interval(one, kind), reading_interval(other, kind)
    if one.figure["is_suspect"] or other.figure["is_suspect"] or _is_off(a, b):
        return AGREE if a.equals(b) and not one.figure["candidates"] else SUSPECT
    if a.equals(b) or one.interval.equals(other.interval):
        return AGREE
    if not a.meets(b):
        return CONFLICT
    return VAGUER if a.is_vague != b.is_vague else OVERLAP


def _is_off(one: Interval, other: Interval) -> bool:
    """Whether they lie apart by a scale rather than by a count."""
    a, b = one.middle, other.middle
    if not a or not b or one.meets(other) or a * b < 0:
        return False
    return abs(math.log(abs(a) / abs(b))) >= math.log(_SCALE)


def gravest(verdicts: Sequence[str]) -> str:
    """The verdict that an editor should see first."""
    return next((verdict for verdict in GRAVEST_FIRST if verdict in verdicts), AGREE)
