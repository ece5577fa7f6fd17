"""What makes an expression of time of days that are counted in another calendar."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.extract.dates.base.intervals import Found, Interval, midnight
from tasks.extract.dates.foreign.calendars import solar_day, solar_month, solar_year
from tasks.extract.dates.foreign.item_patterns import Match


def build_solar(m: Match) -> Found | None:
    """ "۲۸ اردیبهشت ۱۴۰۵": day, month and year of the Solar Hijri calendar; nothing is known without the year."""
    month, year = int(m["SMON"]), int(m.get("SYEAR") or 0)
    if "D31" not in m:
        span = solar_month(year, month)
        return _stretch(m, "month", span) if span else build_unread(m)
    day = solar_day(year, month, int(m["D31"]))
    return _stretch(m, "day", (day, day + timedelta(1))) if day else build_unread(m)


def build_solar_numeric(m: Match) -> Found | None:
    """ "۱۴۰۵/۰۲/۲۸"."""
    year, month, day = m["SOLARDATE"]
    found = solar_day(year, month, day)
    return _stretch(m, "day", (found, found + timedelta(1))) if found else build_unread(m)


def build_solar_year(m: Match) -> Found | None:
    """ "سال ۱۴۰۵"."""
    span = solar_year(int(m["SYEAR"]))
    return _stretch(m, "year", span) if span else None


def _stretch(m: Match, granularity: str, span: tuple[date, date]) -> Found:
    start, end = (midnight(day) for day in span)
    return Found(m.start, m.end, granularity, lambda reference: Interval(start, end, granularity), "explicit")


def build_unread(m: Match) -> Found | None:
    """ "1 ذو الحجة 1447 هـ": a day of a calendar that is not read is no number and has no value."""
    return Found(m.start, m.end, "day", lambda reference: None)
