"""Printed times read: "2024-04-28T18:03:06Z", "28. April 2024, 14:26 Uhr", "Jun 05, 2025 3:12 PM EDT"."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import Literal

from dateutil import parser as dateutil_parser

from tasks.clean.words.calendar_names import cldr_months
from tasks.clean.words.word_lists import read_words
from tasks.clean.words.zones import UnknownZone, read_zone, read_zone_behind, short_zones

Precision = Literal["minute", "day", "month"]
# Whether the day comes before the month: yes, no, only between dashes (03-04-2025), or nothing tells.
DayFirst = bool | Literal["dashed"] | None

_MAX_CHARS = 120
_EPOCH_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)  # no time that anyone filled in
_NO_CLOCK = datetime(2000, 1, 1, tzinfo=None)  # noqa: DTZ001 - dateutil takes what a text lacks from here
_ENGLISH_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"
    r"(?:(?:T|\s{1,3})(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,:]\d{1,9})?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}|\d{2}:\d{2}$)?)?"
)
# ISO 8601's basic form, with or without a time.
_BASIC = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", re.A)
# What Java's Date and JavaScript's Date print: "Tue Mar 04 18:05:00 UTC 2025", "Tue Mar 04 2025 18:05:00 GMT+0100 (CET)".
_JAVA = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d{2}:\d{2}:\d{2}) (?:([A-Z]{1,5}|[+-]\d{2}:?\d{2}) )?(\d{4})"
)
# Databases and old servers: "06-May-26 03:07 PM", "Wednesday, 06-May-26 09:15:00 GMT"; logs: "06/May/2026:09:15:00 +0200".
_SHORT_YEAR = re.compile(r"(?:[A-Z][a-z]{5,8}, )?(\d{1,2}-[A-Za-z]{3})-(\d{2})(?=\s|$)", re.A)
_LOG = re.compile(r"(\d{1,2})/([A-Z][a-z]{2})/(\d{4})(?::(?=\d{2}:))?", re.A)
_NAMED_FIRST = re.compile(r"([A-Z][a-z]{2,8})[-/](\d{1,2})[-/](\d{4})", re.A)
# Days by their number in the year or the week (ISO 8601, 5.2.3 and 5.2.4).
_ISO_DAY = re.compile(r"(\d{4})-(?:(\d{3})|W(\d{2})-([1-7]))(?=T|$)", re.A)
_MINUS = re.compile(r"[\u2212\u2013](?=\d{2}:?\d{2}$)")
_SHORT_OFFSET = re.compile(r"(?<=:\d{2} [+-])\d$")
_EMPTY = re.compile(r"\b0001\b")  # the first year stands for no time in .NET and Go
_JAVASCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|UTC)?([+-]\d{4})?"
)
_RFC = re.compile(
    r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} (?:\d{4}|\d{2}) \d{2}:\d{2}(?::\d{2})? ([+-]\d{4}|[A-Za-z]{1,5})(?: \([A-Za-z]{1,5}\))?"
)
_ISO_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])", re.A)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,9})?$")
# Clocks as printed: 14:05, 2.05 pm, 2 pm, in French and Portuguese 14h05, in East Asia 14時05分, 下午2时05分, 오후 2시 5분.
_CLOCK = re.compile(
    r"(?P<lead>午前|午後|上午|下午|오전|오후)?\s?(?<![\d:.])(?P<hour>\d{1,2})"
    r"(?:(?:[:.]|\s?h\s?|\s?[時时点點시]\s?)(?P<minute>\d{2}|\d(?=\s?[分분]))(?::\d{2})?\s?(?P<half>[ap]\.?\s?m\b\.?)?"
    r"|\s?(?P<bare>[ap]\.?\s?m\b\.?))"
    r"(?:\s{0,2}(?:Uhr|h\b|Hrs)?\s{0,2}\(?(?P<zone>(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?|(?:[A-Z]{1,5}|мск)\b|[+-]\d{2}:?\d{2}))?",
    re.I,
)
_HALF = re.compile(r"\s?[ap]\.?\s?m\b", re.I)
_HALVES = {"午前": "a", "上午": "a", "오전": "a", "午後": "p", "下午": "p", "오후": "p"}
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:\.|st|nd|rd|th|º|er)?(?:-|\s{0,2})(?:de\s|of\s|d')?(?P<name>[^\W\d_](?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f]){1,11})\.?,?(?:-|\s{0,2})(?:de\s|del\s)?(?P<year>\d{4})"
)
_MONTH_FIRST = re.compile(
    r"(?P<name>[^\W\d_](?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f]){1,11})\.?\s{0,2}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(?P<year>\d{4})"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d.,])(?P<year>\d{4})\.?\s(?P<name>[^\W\d_](?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f]){1,11})\.?\s(?P<day>\d{1,2})(?![\d:]|[.,]\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,4})(?P<mark>[/.\-])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<c>\d{4}|\d{1,2})(?!\d)"
)
_CJK = re.compile(r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as printed: `at` is aware, UTC; `local_date` is the day in the printed zone.

    When only the day (or month) is known, `at` is midnight UTC of that day. `has_zone` is False
    where the zone was taken from the outlet's settings. `turned` is the other reading of a day of two
    numbers (3 April of 03/04/2025, and 4 March), None where there is but one.
    """

    at: datetime
    precision: Precision
    has_zone: bool
    local_date: date
    turned: Moment | None = field(default=None, compare=False, repr=False)


def read_moment(text: str, zone: tzinfo = UTC, *, day_first: DayFirst = None) -> Moment | None:
    """The time that a text gives, or None. `zone` is meant where the text names none.

    `day_first` decides 03/04/2025 where neither number is above 12; "dashed" puts the day first in 03-04-2025 and
    the month in other forms; None leaves it to the text: a clock of
    twelve hours or a zone of the United States puts the month first.
    """
    text = " ".join(html.unescape(text[:_MAX_CHARS]).split())
    if not any(char.isdigit() for char in text) or _EMPTY.search(text):
        return None
    if found := _ISO_MONTH.fullmatch(text):
        return _build(datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC), "month", False)
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return _build(datetime.fromtimestamp(seconds, UTC), "minute", True)
    text = _spread(text)
    return _read_iso(text, zone) or _read_rfc(text) or _read_printed(text, zone, day_first)


def _spread(text: str) -> str:
    """The text, in ISO's extended form or that of mail where a machine wrote another."""
    if found := _BASIC.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else "")
    if found := _JAVA.fullmatch(text):
        month_day, clock, named, year = found.groups()
        return f"{month_day}, {year} {clock} {named or ''}".rstrip()
    if found := _SHORT_YEAR.match(text):
        return f"{found[1]}-20{found[2]}{text[found.end() :]}"
    if found := _JAVASCRIPT.match(text):
        month_day, year, clock, offset = found.groups()
        return f"{month_day}, {year} {clock} {offset or 'UTC'}"
    if found := _ISO_DAY.match(text):
        return f"{_count_day(*found.groups())}{text[found.end() :]}"
    text = _LOG.sub(r"\1 \2 \3 ", text) if "/" in text else _NAMED_FIRST.sub(r"\1 \2, \3", text)
    return _SHORT_OFFSET.sub(r"0\g<0>00", _MINUS.sub("-", text)).rstrip()


def _count_day(year: str, of_year: str | None, week: str | None, of_week: str | None) -> str:
    """The day with this number as year, month and day; without such a number, the text unchanged."""
    try:
        if week and of_week:
            return date.fromisocalendar(int(year), int(week), int(of_week)).isoformat()
        day = date(int(year), 1, 1) + timedelta(days=int(of_year or 0) - 1)
        if day.year == int(year):
            return day.isoformat()
    except ValueError:
        pass  # there is no such week
    return f"{year}-{of_year or f'W{week}-{of_week}'}"


def _build(moment: datetime, precision: Precision, has_zone: bool) -> Moment | None:
    if not 1900 <= moment.year <= 2200 or moment == _EPOCH_BEGIN:
        return None
    local = moment.date()
    if precision != "minute":
        return Moment(datetime(local.year, local.month, local.day, tzinfo=UTC), precision, has_zone, local)
    return Moment(moment.astimezone(UTC), precision, has_zone, local)


def _read_iso(text: str, zone: tzinfo) -> Moment | None:
    found = _ISO.match(text)
    if not found:
        return None
    part = found.groupdict()
    try:
        day = date(int(part["year"]), int(part["month"]), int(part["day"]))
        if part["hour"] is None or _HALF.match(text, found.end()):
            clock = _CLOCK.search(text, found.end("day"))
            return _with_clock(day, clock, zone)
        named = read_zone(part["zone"], day, zone) or read_zone_behind(text[found.end() :], day, zone)
        clock_time = (int(part["hour"]) % 24, int(part["minute"]), int(part["second"] or 0) % 60)
        if named == "unknown" or int(part["hour"]) > 24 or int(part["minute"]) > 59:
            return _build(datetime(day.year, day.month, day.day, tzinfo=UTC), "day", False)
        moment = datetime(day.year, day.month, day.day, *clock_time, tzinfo=named or zone)
    except (ValueError, OverflowError):
        return None
    midnight = clock_time == (0, 0, 0)
    return _build(moment, "day" if midnight else "minute", named is not None)


def _read_rfc(text: str) -> Moment | None:
    """The form of mail, HTTP and RSS with a zone that we know: "Fri, 28 Apr 2023 18:03:06 +0200"."""
    found = _RFC.fullmatch(text)
    if not found or not (found[1][0] in "+-" or found[1].casefold() in short_zones()):
        return None
    try:
        moment = dateutil_parser.parse(text, default=_NO_CLOCK, tzinfos=_dateutil_zones())
    except (ValueError, OverflowError):
        return None
    is_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return _build(moment, "day" if is_midnight else "minute", True) if moment.tzinfo else None


def _read_printed(text: str, zone: tzinfo, day_first: DayFirst) -> Moment | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _CJK, _NUMBERS):
        for found in pattern.finditer(text):
            outside = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
            clock = _CLOCK.search(outside)
            first = _decide_order(found, clock, day_first)
            day, turned = _read_day(found, first), _read_day(found, not first)
            moment = _with_clock(day, clock, zone) if day else None
            if moment and turned and turned != day:
                return replace(moment, turned=_with_clock(turned, clock, zone))
            if day:
                return moment
    return None


def _decide_order(found: re.Match[str], clock: re.Match[str] | None, day_first: DayFirst) -> bool:
    """Whether the day comes first in numbers that leave it open."""
    if day_first == "dashed":
        return found.groupdict().get("mark") == "-"
    return not _is_american(clock) if day_first is None else day_first


def _is_american(clock: re.Match[str] | None) -> bool:
    """Whether a clock has twelve hours or a zone of the United States."""
    if clock is None:
        return False
    named = (clock["zone"] or "").casefold()
    return bool(clock["half"] or clock["bare"]) or named in read_words("dates")["american_zones"]


def _read_day(found: re.Match[str], day_first: bool) -> date | None:
    part = found.groupdict()
    try:
        if "name" in part:
            month = _month_numbers().get(part["name"].casefold())
            return date(int(part["year"]), month, int(part["day"])) if month else None
        if "month" in part:
            return date(int(part["year"]), int(part["month"]), int(part["day"]))
        return _read_numbers(part["a"], part["b"], part["c"], part["mark"], day_first)
    except ValueError:
        return None


def _read_numbers(a: str, b: str, c: str, mark: str, day_first: bool) -> date | None:
    if len(a) == 4:
        return date(int(a), int(b), int(c)) if len(c) <= 2 else None
    if len(a) > 2 or (len(c) == 2 and mark == "-"):
        return None
    if len(c) == 1:
        return None
    year = int(c) if len(c) == 4 else 2000 + int(c)
    first, second = int(a), int(b)
    if first > 12 or (second <= 12 and (day_first or mark == ".")):
        return date(year, second, first)
    return date(year, first, second)


def _with_clock(day: date, clock: re.Match[str] | None, zone: tzinfo) -> Moment | None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    if clock is None:
        return _build(midnight, "day", False)
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = _HALVES.get(clock["lead"]) or (clock["half"] or clock["bare"] or "").lower()[:1]
    hour = hour % 12 + (12 if half == "p" else 0) if half and hour <= 12 else hour
    if hour > 23 or minute > 59:
        return _build(midnight, "day", False)
    named = _zone_of(clock, day, zone)
    if named == "unknown":
        return _build(midnight, "day", False)
    return _build(
        midnight.replace(hour=hour, minute=minute, tzinfo=named or zone), "minute", named is not None
    )


def _zone_of(clock: re.Match[str], day: date, zone: tzinfo) -> tzinfo | UnknownZone | None:
    """The zone behind a clock; names of places and names in words go before abbreviations."""
    start = clock.start("zone") if clock["zone"] else clock.end()
    named = read_zone(clock["zone"], day, zone)
    behind = read_zone_behind(clock.string[start:], day, zone)
    return behind if behind and behind != "unknown" else named or behind


@cache
def _dateutil_zones() -> dict[str, tzinfo]:
    return {name.upper(): zone for name, zone in short_zones().items()}


@cache
def _month_numbers() -> dict[str, int]:
    """Month by name or unmistakable beginning of three or four letters, all languages."""
    numbers: dict[str, int] = {}
    for number, name in enumerate(_ENGLISH_MONTHS, start=1):
        names = [name, name[:3], name[:4], *read_words("dates")["months"][str(number)]]
        for form in names:
            numbers.setdefault(form.casefold(), number)
            numbers.setdefault(form.casefold()[:3], number)
    return numbers | cldr_months()
