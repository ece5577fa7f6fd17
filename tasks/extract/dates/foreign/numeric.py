"""Numbers in expressions of time: "07.12.2021", "14h30", "9.30", and what a bare number can be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tasks.extract.dates.foreign.calendars import SOLAR_YEARS, Calendar
from tasks.extract.languages.numbers import Number
from tasks.extract.numerals import Token

Meanings = Mapping[str, Any]
_SMALL = (("D31", 1, 31), ("HOUR", 0, 24), ("MIN", 0, 59))
# Numeric dates as printed, tried at a number that nothing touches. "/" and "-" and "." between the parts.
_NUMERIC = re.compile(
    r"(?P<dmy_spaced>\d{1,2} \d{1,2} (?:19|20)\d{2})(?![\d .,-]*\d)"
    r"|(?P<ymd>\d{4}([-/.])\d{1,2}\3\d{1,2})(?![\d])"
    r"|(?P<dmy>\d{1,2}([-/.])(?:(?<=\.) )?\d{1,2}\5(?:(?<=\.) )?\d{4})(?!\d)"
    r"|(?P<dmy_comma>\d{1,2}/\d{1,2}, ?\d{4})(?!\d)"
    r"|(?P<dmy2>\d{1,2}([-/.])\d{1,2}\8\d{2})(?![\d:/.-]\d|\d)"
    r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?![\d:])"
    r"|(?P<ym>\d{4} ?[-/] ?\d{1,2})(?![\d/:-]| ?[-/] ?\d)"
    r"|(?P<my>\d{1,2}(?: ?[-/] ?|\.)\d{4})(?![\d/-]|\.\d)"
    r"|(?P<hour>\d{1,2} ?[hH](?: ?\d{2})?)(?!\w)"
    r"|(?P<dotted_dm>\d{1,2}\. ?\d{1,2}\.)(?!\d)"
    r"|(?P<dm>\d{1,2}/\d{1,2})(?![\d/])"
    r"|(?P<ymd_dotted>\d{4}\. \d{1,2}\. \d{1,2}\b\.?)(?! ?\d)"
)


def is_touched(tokens: Sequence[Token], i: int) -> bool:
    """Letters or a slash touch the digits from the left: a code, an address."""
    if not i or not tokens[i].is_glued:
        return False
    before = tokens[i - 1]
    return (before.text in "/-._" and before.is_glued and i > 1 and tokens[i - 2].kind == "number") or (
        before.kind == "word" and before.text.isascii() and not before.text.endswith("'")
    )


def read_numeric(
    text: str, tokens: Sequence[Token], i: int, calendar: Calendar
) -> tuple[int, Meanings] | None:
    """The token after the date or clock time in digits that starts at tokens[i], and what it means."""
    match = _NUMERIC.match(text, tokens[i].start)
    if match is None:
        return None
    end = i + 1
    while end < len(tokens) and tokens[end].start < match.end():
        end += 1
    if tokens[end - 1].end != match.end():
        return None
    kind, said = match.lastgroup or "", match.group()
    for name in (
        "ymd",
        "ymd_dotted",
        "dmy",
        "dmy_comma",
        "dmy_spaced",
        "dmy2",
        "clock",
        "ym",
        "my",
        "hour",
        "dotted_dm",
        "dm",
    ):
        if match.group(name):
            kind, said = name, match.group(name)
    numbers = [int(part) for part in re.findall(r"\d+", said)]
    cats = _numeric_cats(kind, said, numbers, calendar)
    return None if cats is None else (end, cats)


_PLAIN = frozenset({"ymd", "ymd_dotted", "dmy", "dmy_comma", "dmy_spaced", "dmy2"})


def _numeric_cats(kind: str, said: str, numbers: list[int], calendar: Calendar) -> Meanings | None:
    if kind in ("clock", "hour"):
        return _clock(kind, numbers)
    if kind in _PLAIN:
        first, month, last = numbers
        if kind == "dmy2":
            return _calendar(calendar.turn_short(last), month, first)
        year, day = (first, last) if kind in ("ymd", "ymd_dotted") else (last, first)
        if calendar.is_solar and year in SOLAR_YEARS:
            return {"SOLARDATE": (year, month, day)}
        return _calendar(calendar.turn(year), month, day)
    if kind in ("ym", "my"):
        year, month = numbers if kind == "ym" else reversed(numbers)
        low, high = (1000, 2200) if kind == "ym" else (1900, 2100)
        return {"NUMDATE": (year, month, None)} if 1 <= month <= 12 and low <= year < high else None
    return _day_and_month(kind, said, *numbers)


def _clock(kind: str, numbers: list[int]) -> Meanings | None:
    hour, minute, second = (*numbers, 0, 0)[:3]
    if hour > 24 or minute > 59 or second > 59:
        return None
    is_whole = kind == "hour" and len(numbers) == 1
    return {"CLOCK": (hour, minute, second), **({"HOURS": hour} if is_whole else {})}


def _day_and_month(kind: str, said: str, day: int, month: int) -> Meanings | None:
    """ "28.10." is a date; "28. 10." can be two ranks and "7/12" a fraction, so they need a word of time beside them."""
    if kind == "dotted_dm":
        is_day = 1 <= month <= 12 and 1 <= day <= 31
        return {"DAYMON" if " " in said else "NUMDATE": (None, month, day)} if is_day else None
    if not (1 <= day <= 31 and 1 <= month <= 31 and min(day, month) <= 12):
        return None
    order = (None, month, day) if month <= 12 else (None, day, month)
    is_sure = day > 12 or "/0" in said or said.startswith("0")
    return {"NUMDATE" if is_sure else "DAYMON": order}


def _calendar(year: int, month: int, day: int) -> Meanings | None:
    if not 1000 <= year < 2200 or not 1 <= day <= 31:
        return None
    if month <= 12:
        return {"NUMDATE": (year, month, day)} if month else None
    return {"NUMDATE": (year, day, month)} if day <= 12 and month <= 31 else None


def number_meanings(tokens: Sequence[Token], number: Number) -> dict[str, Any]:
    """What a number can be in a time: a day, an hour, minutes, a year, a rank, a count."""
    value = number.value
    if number.kind == "rank":
        day = {"D31": int(value)} if 1 <= value <= 31 else {}
        return {"ORD": int(value), "NUM": value, **day}
    if number.kind not in ("count", "fraction"):
        return {}
    if value % 1 in (0.25, 0.5, 0.75) and not number.is_digits and 0 < value < 24:
        return {"NUM": value, "HHMM": (int(value), int(value % 1 * 60), 0), "SPOKEN": True}
    text = tokens[number.start].text
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{2})", text) if number.end == number.start + 1 else None
    if dotted is not None:
        return {"NUM": value, **_dotted(int(dotted[1]), int(dotted[2]))}
    return {"NUM": value} if value % 1 or value < 0 else _whole_meanings(number, int(value), text)


def _whole_meanings(number: Number, whole: int, text: str) -> dict[str, Any]:
    cats: dict[str, Any] = {"NUM": number.value}
    if not number.is_digits or (number.end == number.start + 1 and len(text) <= 2):
        cats |= {name: whole for name, first, last in _SMALL if first <= whole <= last}
    is_year_in_digits = number.is_plain and len(text) == 4 and 1000 <= whole < 2200
    if is_year_in_digits or (not number.is_digits and 1000 < whole < 2200):
        cats["Y4"] = whole
    if number.is_plain and len(text) == 2:
        cats["YY"] = whole + (1900 if whole > 50 else 2000)
        if whole > 31:
            cats["Y2"] = cats["YY"]
    return cats


def _dotted(first: int, second: int) -> dict[str, Any]:
    """ "9.30" can be a clock time, "22.04" a day and month."""
    cats: dict[str, Any] = {}
    if first <= 24 and second < 60:
        cats["HHMM"] = (first, second, 0)
    if 1 <= first <= 31 and 1 <= second <= 12:
        cats["DAYMONDOT"] = (None, second, first)
    return cats
