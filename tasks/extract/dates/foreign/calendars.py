"""Years and months that are not counted as in the Gregorian calendar: "令和8年", "พ.ศ. 2569", "۲۸ اردیبهشت ۱۴۰۵"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tasks.extract.languages.numbers import parse_number
from tasks.extract.languages.words import Phrases, WordTables
from tasks.extract.numerals import Token

_SOLAR_NEW_YEAR_OF_1 = date(622, 3, 21).toordinal()
SOLAR_YEARS = range(1206, 1500)


class Calendar:
    """The eras of a language, and the years that it counts otherwise without saying so."""

    def __init__(self, language: WordTables) -> None:
        table = language.dates
        self._eras: Phrases[int] = Phrases(language.code)
        for word, offset in table.get("eras", {}).items():
            self._eras.add(word, offset)
        self._first = frozenset(table.get("first_year", ()))
        low, high, offset = table.get("years", (0, 0, 0))
        self._offset = int(offset)
        self._years = range(low, high)
        self.is_solar = "solar_months" in table

    def turn(self, year: int) -> int:
        """The Gregorian year of a year in digits."""
        return year + self._offset if year in self._years else year

    def turn_short(self, year: int) -> int:
        """The Gregorian year of the last two digits of a year."""
        if self._offset:
            return self._years.stop // 100 * 100 - 200 + year % 100 + self._offset
        return year % 100 + (1900 if year % 100 > 50 else 2000)

    def year_at(
        self, tokens: Sequence[Token], i: int, language: WordTables
    ) -> tuple[int, dict[str, int]] | None:
        """The token after a year that starts at tokens[i], and what it means: a Gregorian or a solar year."""
        text = tokens[i].text
        if text.isdecimal() and len(text) == 4:
            year = int(text)
            if self.is_solar and year in SOLAR_YEARS:
                return i + 1, {"NUM": year, "SYEAR": year}
            return (i + 1, _told(self.turn(year))) if year in self._years else None
        era = self._eras.at(tokens, i)
        if era is None or era[1] >= len(tokens):
            return None
        offset, j = era
        if tokens[j].lower in self._first:
            return j + 1, _told(offset + 1)
        number = parse_number(tokens, j, language, ".", False)
        if number is None or number.kind != "count" or number.value % 1 or not 1 <= number.value < 6000:
            return None
        year = int(number.value) + offset
        return (number.end, _told(year)) if 1 <= year < 2200 else None


def _told(year: int) -> dict[str, int]:
    return {"NUM": year, "Y4": year}


def solar_year(year: int) -> tuple[date, date] | None:
    """The first day of a year of the Solar Hijri calendar and that of the next, by its cycles of 33 years."""
    if year not in SOLAR_YEARS:
        return None
    starts = (365 * (y - 1) + (8 * y + 21) // 33 for y in (year, year + 1))
    first, after = (date.fromordinal(_SOLAR_NEW_YEAR_OF_1 + days) for days in starts)
    return first, after


def solar_month(year: int, month: int) -> tuple[date, date] | None:
    """The first day of a month of the Solar Hijri calendar and that of the next."""
    whole = solar_year(year)
    if whole is None or not 1 <= month <= 12:
        return None
    first = whole[0] + timedelta(31 * (month - 1) - max(0, month - 7))
    return first, whole[1] if month == 12 else first + timedelta(31 if month <= 6 else 30)


def solar_day(year: int, month: int, day: int) -> date | None:
    """A day of the Solar Hijri calendar."""
    whole = solar_month(year, month)
    found = whole and whole[0] + timedelta(day - 1)
    return found if whole and found and day >= 1 and found < whole[1] else None
