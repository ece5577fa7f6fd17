"""Points in time: a day, a part of it and a clock time, in any order."""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.dates.base.intervals import Found, Partial, safe_date
from tasks.extract.dates.base.resolvers import resolve_days
from tasks.extract.dates.clocks import DayPart
from tasks.extract.dates.days.absolute import make_found
from tasks.extract.dates.foreign.hours import HourReader
from tasks.extract.dates.points import Point


class PointReader(HourReader):
    """Finds days and points in time."""

    def _day(self, i: int) -> Found | None:
        key = "day", i
        if key not in self._memory:
            self._memory[key] = self._find_day(i)
        return self._memory[key]

    def _find_day(self, i: int) -> Found | None:
        if i >= len(self._items) or not self._items[i].cats:
            return None
        found = self._best("days", i)
        away = self._best("away", i)
        if away is not None and (found is None or away.end > found.end):
            found = away
        nth = self._nth(i)
        if nth is not None and (found is None or nth.end > found.end):
            return nth
        if found is None:
            found = self._listed_day(i) or self._cued_day(i) or self._month_first(i)
        return found

    def _listed_day(self, i: int) -> Found | None:
        """ "el 3 y 5 de mayo", "3, 5 и 7 мая": a day of the month that the last one of its row names."""
        first = self._skip(i, "CUE", "THE")
        j = first
        while self._has(j, "D31") and self._has(j + 1, "COMMA") and self._has(j + 2, "D31"):
            j += 2
        k = self._skip(j + 2, "CUE", "THE")
        month = self._skip(k + 1, "DOT", "OF")
        if not (self._has(first, "D31") and self._has(j + 1, "AND") and self._has(k, "D31")):
            return None
        cats = self._items[month].cats if self._has(month, "MON", "MONS") else {}
        day, number = self._items[first].cats["D31"], cats.get("MON") or cats.get("MONS")
        if not number or not safe_date(2000, number, day) or day >= self._items[k].cats["D31"]:
            return None
        tail = self._skip(month + 1, "DOT", "COMMA", "OF", "YEARWORD")
        year = self._items[tail].cats["Y4"] if self._has(tail, "Y4") else None
        return make_found(i, first + 1, Partial(year, number, day))

    def _cued_day(self, i: int) -> Found | None:
        """ "el 15", "am 15.", "dia 15": a day of the month where the clause ends after it."""
        if not self._has(i, "CUE"):
            return None
        j = self._skip(i, "CUE", "THE")
        if not self._has(j, "D31") or self._tokens[self._items[j].start].kind != "number":
            return None
        end = self._skip(j + 1, "DOT") if self._has(j + 1, "DOT") else j + 1
        if not self._ends_clause(j + 1) or self._starts_name(j + 1):
            return None
        return make_found(
            i,
            end if self._has(j + 1, "DOT") and not self._is_break(end) else j + 1,
            Partial(None, None, self._items[j].cats["D31"]),
        )

    def _starts_name(self, i: int) -> bool:
        """ "el 20 Congreso", "de 2e Kamer" is no day."""
        token = self._tokens[self._items[i].start] if i < len(self._items) else None
        return token is not None and token.kind == "word" and token.is_capitalized and not self._items[i].cats

    def _month_first(self, i: int) -> Found | None:
        """ "mai vingt et un", "Agosto 15": only where the clause ends after the day."""
        m = self._skip(i, "MCUE", "CUE", "THE")
        j = self._skip(m + 1, "DOT", "SEP")
        if not self._has(m, "MON", "MONS") or not self._has(j, "D31") or not self._ends_clause(j + 1):
            return None
        cats = self._items[m].cats
        month, day = cats.get("MON") or cats["MONS"], self._items[j].cats["D31"]
        return make_found(i, j + 1, Partial(None, month, day)) if safe_date(2000, month, day) else None

    def _point(self, i: int, is_range: bool = False) -> Point | None:
        """A day, a part of it, a clock time, in any order."""
        key = i, is_range
        if key not in self._points:
            self._points[key] = self._find_point(i, is_range)
        return self._points[key]

    def _find_point(self, i: int, is_range: bool) -> Point | None:
        point = self._grow(i, i, None, is_range)
        for _ in range(3):
            if point is None:
                return None
            grown = self._grow(i, point.end, point, is_range)
            if grown is None:
                break
            point = grown
        return point

    def _grow(self, start: int, j: int, point: Point | None, is_range: bool) -> Point | None:
        if point is None:
            named = self._day_part(j)
            if named is not None:
                return named
        k = j if point is None else self._skip(j, "COMMA", "OF", "CUE", "THE")
        if point is None or (point.day is None):
            day = (
                self._day_or_period(j)
                if point is None
                else self._day(self._skip(j, "COMMA"))
                or self._day(self._skip(j, "COMMA", "OF", "THE"))
                or self._day(k)
            )
            if day is not None and (point is None or day.granularity == "day"):
                return replace(point, day=day, end=day.end) if point else Point(start, day.end, day=day)
            named = self._day_part(k) if point is not None and point.part is None else None
            if point is not None and named is not None:
                return replace(point, day=named.day, part=named.part, end=named.end)
        if point is not None and point.day is not None and point.day.granularity != "day":
            return None
        if point is not None and point.part is None:
            part = self._part(j)
            if part is not None:
                return replace(point, part=part, end=part.end)
        if point is None or point.clock is None:
            clock = self._clock(
                j if point is None else self._skip(j, "COMMA", "SEP"), point is not None, is_range
            )
            if clock is not None:
                return (
                    replace(point, clock=clock, end=clock.end)
                    if point
                    else Point(start, clock.end, clock=clock)
                )
        return None

    def _day_or_period(self, i: int) -> Found | None:
        day, period = self._day(i), self._period(i)
        if day is None or (period is not None and period.end > day.end):
            return self._turned_nth(i, period) or period
        return day

    def _day_part(self, i: int) -> Point | None:
        """ "anoche", "stasera", "heute Morgen" is a day and a part; "esta tarde", "cette nuit"."""
        j = self._skip(i, "THE")
        if self._has(j, "DAYPART"):
            offset, name = self._items[j].cats["DAYPART"]
            return self._named(i, j, j + 1, offset, name)
        if self._has(j, "WHICH") and self._has(j + 1, "PART") and self._items[j].cats["WHICH"] in (0, -1):
            return self._named(i, j + 1, j + 2, self._items[j].cats["WHICH"], self._items[j + 1].cats["PART"])
        if self._has(j, "PART") and self._has(j + 1, "WHICH") and self._items[j + 1].cats["WHICH"] == -1:
            return self._named(i, j, j + 2, -1, self._items[j].cats["PART"])
        return None

    def _named(self, start: int, at: int, end: int, offset: int, name: str) -> Point:
        day = Found(start, end, "day", resolve_days(offset))
        return Point(start, end, day=day, part=DayPart(at, end, name))

    def _part(self, j: int) -> DayPart | None:
        """ "por la mañana", "am Nachmittag", "de la tarde", after a day or an hour."""
        k = self._skip(j, "OF", "AT", "IN", "MCUE", "CUE", "THE", "COMMA", "FROM")
        if not self._has(k, "PART") or (
            self._has(k, "DAY") and any(self._has(n, "TO", "COMMA") for n in range(j, k))
        ):
            return None
        return DayPart(j, k + 1, self._items[k].cats["PART"])

    def _plain_day(self, i: int) -> Found | None:
        """ "le 17" before hours."""
        j = self._skip(i, "CUE", "THE")
        if (
            not self._has(i, "CUE")
            or not self._has(j, "D31")
            or not self._has(j + 1, "FROM", "COMMA", "ATH", "BETWEEN")
        ):
            return None
        return make_found(i, j + 1, Partial(None, None, self._items[j].cats["D31"]))

    def _plain_numeric(self, i: int) -> Point | None:
        """ "1/10" is a date beside another date."""
        if not self._has(i, "DAYMON"):
            return None
        partial = Partial(*self._items[i].cats["DAYMON"])
        is_day = safe_date(2000, partial.month or 1, partial.day or 1) is not None
        return Point(i, i + 1, day=make_found(i, i + 1, partial)) if is_day else None
