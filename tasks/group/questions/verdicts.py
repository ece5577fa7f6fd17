"""How readings of one question compare with each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tasks.group.questions.answers import Mention
from tasks.group.questions.value_ranges import ValueRange

AGREE, OVERLAP, VAGUER, UPDATE = "agree", "overlap", "vaguer", "update"
CONFLICT, SOURCES, SUSPECT = "conflict", "conflict of sources", "suspect"
GRAVEST_FIRST = (CONFLICT, SOURCES, SUSPECT, UPDATE, OVERLAP, VAGUER, AGREE)
# A slip of a unit or a lost "million" moves a number by a hundred and more; "412 months" for 4 1/2 by ninety.
_SCALE = 50.0
# A last place of more than this share of the number is no rounding: 30 beside 36.
_ROUNDED = 0.06
# Unless both are large, and as near as this: "four million passengers" and 4.1 million.
_NEAR, _LARGE = 0.035, 1000.0
# "Scores" beside 130 gives no other number, "hundreds" beside 12 does.
_VAGUE_TIMES = 3.0
_CONVERTED = 0.2
_CLOSE = 0.05
_LIMIT = re.compile(
    r"\b(?:up to|as (?:much|many|high|long|far) as|at (?:the )?most|no more than|maximum)\b", re.IGNORECASE
)
_PARTS = {"[ft_i]": 12, "h": 60}
_NO_ZERO = frozenset({"Cel"})  # a degree more is no share more
_TONS = {"t", "[ston_av]"}
_SHARE, _IN_WORDS = "%", frozenset({"fraction", "ratio"})
_NEAR_SHARE = 2.5  # of a hundred


def reading_interval(mention: Mention, kind: str) -> ValueRange:
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


def judge_pair(one: Mention, other: Mention, kind: str) -> tuple[str, str]:
    """The verdict and why, in words: agree, overlap, vaguer, conflict or suspect; time is not looked at."""
    a, b = reading_interval(one, kind), reading_interval(other, kind)
    printed = f"“{one.figure['surface']}” and “{other.figure['surface']}”"
    if (reason := _find_fault(one, other)) or _is_off(a, b):
        if a.equals(b) and not one.figure["candidates"]:
            return AGREE, f"{printed} say the same"
        return SUSPECT, reason or f"{printed} are {_SCALE:.0f} times apart or more"
    if a.equals(b) or one.interval.equals(other.interval) or _are_tons_alike(one, other):
        return AGREE, f"{printed} say the same"
    if not a.meets(b):
        return _judge_apart((one, a), (other, b), kind, printed)
    if _are_two_limits(one, other, (a, b)):
        return CONFLICT, f"{printed} are two limits"
    if a.is_vague != b.is_vague:
        return VAGUER, f"{printed} can both be true, and one gives no number"
    return OVERLAP, f"{printed} can both be true"


def _judge_apart(
    told: tuple[Mention, ValueRange], told_too: tuple[Mention, ValueRange], kind: str, printed: str
) -> tuple[str, str]:
    """The verdict on two numbers that cannot both be true as they are printed."""
    (one, a), (other, b) = told, told_too
    if kind != "age" and (
        _is_share_in_words(told, told_too) or _is_rounded(one, other) or _is_converted(one, other, (a, b))
    ):
        return OVERLAP, f"{printed} are one number, rounded in one of them"
    if a.is_vague != b.is_vague and _is_hardly_outside(a, b):
        return VAGUER, f"{printed} lie near each other, and one gives no number"
    return CONFLICT, f"{printed} cannot both be true"


def _are_two_limits(one: Mention, other: Mention, ranges: tuple[ValueRange, ValueRange]) -> bool:
    """Whether both say how much it can be, and not the same: "up to 250,000 euros", "as much as €500,000"."""
    if not all(_LIMIT.search(mention.figure["surface"]) for mention in (one, other)):
        return False
    low, high = sorted(abs(found.high) for found in ranges)
    return math.isfinite(high) and high > (1 + _ROUNDED) * low


def _is_hardly_outside(one: ValueRange, other: ValueRange) -> bool:
    """Whether the ends that are next to each other are few times apart."""
    low, high = sorted((one, other), key=lambda found: found.low)
    return 0 < low.high < high.low <= _VAGUE_TIMES * low.high


def _find_fault(one: Mention, other: Mention) -> str | None:
    """What is wrong with a suspect number, in words."""
    for mention in (one, other):
        if mention.figure["is_suspect"]:
            reason = str(mention.figure["suspect_reason"] or "a number that looks wrong").replace("_", " ")
            return f"“{mention.figure['surface']}” is suspect: {reason}"
    return None


def _is_rounded(one: Mention, other: Mention) -> bool:
    """Whether one number is the other with its last digits left out or rounded: 19,000 and 19,214, $99 and $99.99."""
    values = one.figure["value"], other.figure["value"]
    if None in values or one.figure["unit"] != other.figure["unit"]:
        return False
    for coarse, fine in (values, values[::-1]):
        step = _last_place(coarse)
        is_near = abs(coarse) >= _LARGE and abs(fine - coarse) <= _NEAR * abs(coarse)
        is_coarser = _last_place(fine) < step and (is_near or step <= _ROUNDED * abs(coarse))
        is_coarser = is_coarser or _tells_decades(one, other, coarse)
        if is_coarser and -step / 2 <= fine - coarse < step:
            return True
    return False


def _tells_decades(one: Mention, other: Mention, coarse: float) -> bool:
    """Whether the coarse number is told in decades, and the other is not: "six decades" and 61 years."""
    told = [
        mention.figure["value"] for mention in (one, other) if "decade" in mention.figure["surface"].lower()
    ]
    return told == [coarse]


def _is_share_in_words(*told: tuple[Mention, ValueRange]) -> bool:
    """Whether "a third" or "seven in ten" is near enough to the other share: 68 per cent."""
    (_, a), (_, b) = told
    if {a.unit, b.unit} != {_SHARE} or all(mention.figure["kind"] not in _IN_WORDS for mention, _ in told):
        return False
    return max(a.low, b.low) - min(a.high, b.high) <= _NEAR_SHARE


def _are_tons(one: Mention, other: Mention) -> bool:
    """Whether one is in tons and the other in tonnes; many papers write ton for tonne."""
    return {(mention.figure["unit"] or "").partition("/")[0] for mention in (one, other)} == _TONS


def _are_tons_alike(one: Mention, other: Mention) -> bool:
    value = one.figure["value"]
    return value is not None and value == other.figure["value"] and _are_tons(one, other)


def _is_converted(one: Mention, other: Mention, ranges: tuple[ValueRange, ValueRange]) -> bool:
    """Whether both are one length or weight, rounded in two units: two kilometres and a little more than a mile."""
    if one.figure["unit"] == other.figure["unit"]:
        return False
    if _is_one_rounded(one, other, ranges) or _are_bare_degrees(one, other, ranges):
        return True
    low, high = sorted(abs(found.middle or 0.0) for found in ranges)
    return (_are_tons(one, other) or any(_is_round(mention) for mention in (one, other))) and high <= (
        1 + _CONVERTED
    ) * low


def _are_bare_degrees(one: Mention, other: Mention, ranges: tuple[ValueRange, ValueRange]) -> bool:
    """Whether "107 degrees" is the Fahrenheit of the other outlet's 41.7 °C."""
    if {ranges[0].unit, ranges[1].unit} != {"Cel"} or "deg" not in (one.figure["unit"], other.figure["unit"]):
        return False
    low, high = sorted(found.middle or 0.0 for found in ranges)
    return abs(low * 1.8 + 32 - high) <= 1


def _is_one_rounded(one: Mention, other: Mention, ranges: tuple[ValueRange, ValueRange]) -> bool:
    """Whether they are within what their last digits leave open: 152 km/h and 94 mph, 1.96 metres and 6 ft 5 in."""
    middles = [found.middle or 0.0 for found in ranges]
    values = [mention.figure["value"] for mention in (one, other)]
    if not all(middles) or not all(values) or ranges[0].unit in _NO_ZERO:
        return False
    open_by = sum(
        abs(middle / value) * _smallest_step(mention) / 2
        for middle, value, mention in zip(middles, values, (one, other), strict=True)
    )
    low, high = sorted(map(abs, middles))
    return high - low <= open_by and high <= (1 + _CLOSE) * low


def _smallest_step(mention: Mention) -> float:
    """What the last digit stands for; an inch of feet and inches, a minute of hours and minutes."""
    value = mention.figure["value"]
    parts = _PARTS.get(mention.figure["unit"] or "")
    if parts and value != int(value) and math.isclose(value * parts, round(value * parts), abs_tol=1e-6):
        return 1 / parts
    return _last_place(value)


def _is_round(mention: Mention) -> bool:
    """Whether the number has one digit that is not 0."""
    value = mention.figure["value"]
    return bool(value) and len(f"{value:g}".replace(".", "").strip("0")) == 1


def _last_place(value: float) -> float:
    """What the last digit that is not 0 stands for: 1000 of 19,000, 0.1 of 2.5; 1 of 0."""
    digits = Decimal(repr(value)).normalize()
    exponent = digits.as_tuple().exponent
    return 10.0**exponent if isinstance(exponent, int) and value else 1.0


def _is_off(one: ValueRange, other: ValueRange) -> bool:
    """Whether they lie apart by a scale rather than by a count."""
    a, b = one.middle, other.middle
    if not a or not b or one.meets(other) or a * b < 0:
        return False
    return abs(math.log(abs(a) / abs(b))) >= math.log(_SCALE)


def gravest(verdicts: Sequence[str]) -> str:
    """The verdict that an editor should see first."""
    return next((verdict for verdict in GRAVEST_FIRST if verdict in verdicts), AGREE)
