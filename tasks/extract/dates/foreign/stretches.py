"""From one point to another: days, months, hours."""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.dates.base.intervals import Found, Partial
from tasks.extract.dates.days.absolute import make_found
from tasks.extract.dates.foreign.points import PointReader
from tasks.extract.dates.foreign.resolving import resolve_same_month
from tasks.extract.dates.points import Point
from tasks.extract.dates.ranges import make_range


class StretchReader(PointReader):
    """Finds ranges of time."""

    def _parse_range(self, i: int) -> Found | None:
        """ "del 4 de mayo al 7 de junio", "zwischen 2014 und 2016", "de 14h à 16h"."""
        opener = self._has(i, "FROM", "BETWEEN", "SINCE")
        j = self._skip(i + 1, "THE", "CUE") if opener and not self._has(i, "MON", "WD", "DAY") else i
        first = self._point(j, is_range=True) or self._plain_numeric(j)
        if first is None or (first.day is None and first.clock is None):
            return None
        k = first.end
        joint = ("TO", "SEP", "TILL") if not self._has(i, "BETWEEN") else ("AND", "TO", "SEP")
        after = self._skip(k, "COMMA") if self._has(self._skip(k, "COMMA"), *joint) else k
        if not self._has(after, *joint):
            return None
        k = self._skip(self._skip(after, *joint), "THE", "CUE", "AT", "ATH")
        second = self._point(k, is_range=True) or self._plain_numeric(k)
        if second is None or not self._are_alike(first, second):
            return None
        if first.clock is None and second.clock is not None and second.day is None:
            return None
        if (
            first.clock is not None
            and second.clock is not None
            and second.part is not None
            and first.part is None
        ):
            first = replace(first, part=second.part)
        if first.day is None and second.day is not None and first.clock is not None:
            first = replace(first, day=second.day)
        if second.day is None and first.day is not None:
            second = replace(second, day=first.day)
        second = _in_month_of(first, second)
        return replace(make_range(i, first, second), start=i, end=self._range_end(second.end))

    def _range_end(self, end: int) -> int:
        return end + 1 if self._has(end, "TILL") and not self._has(end, "TO") else end

    def _are_alike(self, first: Point, second: Point) -> bool:
        if first.day is not None and second.day is None and second.clock is None:
            return False
        return (first.clock is None) == (second.clock is None)

    def _parse_days_of_month(self, i: int) -> Found | None:
        """ "del 4 al 22 de enero", "4-22 enero 1995", "vom 4. bis zum 23.", "4 a 22 deste mês"."""
        j = (
            self._skip(i, "MCUE", "CUE", "THE")
            if self._has(self._skip(i, "MCUE", "CUE", "THE"), "MON", "MONS", "WHICH")
            else i
        )
        before = (
            self._whole_month(j) if not self._has(j, "NUM") or self._has(j + 1, "YMARK", "MMARK") else None
        )
        j = i if before is None else before.end
        opener = any(self._has(k, "FROM", "BETWEEN", "SINCE") for k in (i, j))
        is_between = any(self._has(k, "BETWEEN") for k in (i, j, j + 1))
        j = self._skip(j, "FROM", "BETWEEN", "CUE", "THE", "SINCE", "DOT", "COMMA", "OF")
        if not self._has(j, "D31"):
            return None
        one, k = self._items[j].cats["D31"], self._skip(j + 1, "DOT", "DMARK")
        joint = ("AND", "TO", "SEP", "TILL") if is_between or before is not None else ("TO", "TILL", "SEP")
        if not self._has(k, *joint):
            return None
        k = self._skip(self._skip(k, *joint), "THE", "CUE", "TO")
        if not self._has(k, "D31"):
            return None
        two, k = self._items[k].cats["D31"], self._skip(k + 1, "DOT", "DMARK")
        month = before or self._whole_month(self._skip(k, "OF", "THE", "MCUE", "IN", "CUE"))
        if two <= one:
            return None
        if month is None:
            is_clear = opener and self._is_cued(i) and self._is_over(k) and not self._has(k - 1, "OCLOCK")
            return self._bare_days(i, one, two, k) if is_clear else None
        end = k if before is not None else month.end
        tail = self._skip(k, "COMMA", "OF")
        year = self._items[tail].cats["Y4"] if before is not None and self._has(tail, "Y4") else None
        days = [self._day_in(month, day, year, j, end) for day in (one, two)]
        if days[0] is None or days[1] is None:
            return None
        end = tail + 1 if year is not None else end
        return replace(
            make_range(i, Point(i, j + 1, day=days[0]), Point(i, end, day=days[1])), start=i, end=end
        )

    def _is_cued(self, i: int) -> bool:
        """ "del 4 al 22", "vom 4. bis zum 23."; "de 3 a 5" can count anything."""
        return self._has(i, "CUE") or self._has(i + 1, "THE", "CUE")

    def _is_over(self, k: int) -> bool:
        """No noun and no percent sign follows."""
        if self._is_break(k) or self._has(k - 1, "DOT"):
            return True
        token = self._tokens[self._items[k].start]
        is_goes_on = bool(self._language.figures.get("capital_nouns")) and self._has(k - 1, "ORD")
        return token.text in ".,;:)!?" or (is_goes_on and token.kind == "word" and not token.is_capitalized)

    def _bare_days(self, i: int, one: int, two: int, end: int) -> Found:
        first = make_found(i, end, Partial(None, None, one))
        second = Found(i, end, "day", resolve_same_month(first.resolve, two))
        return replace(make_range(i, Point(i, end, day=first), Point(i, end, day=second)), start=i, end=end)

    def _parse_hours(self, i: int) -> Found | None:
        """ "el lunes de 10 a 12", "von 14 bis 16 Uhr", "entre las 10 y las 11:30 de mañana"."""
        before = self._day_or_period(i) or self._plain_day(i)
        if before is not None and before.granularity != "day":
            return None
        part = self._day_part(i)
        j = i if before is None else before.end
        if part is not None and part.end > j:
            before, j = part.day, part.end
        start = self._skip(j, "COMMA", "FROM", "BETWEEN", "AT", "ATH", "THE", "OF", "CUE")
        is_between = any(self._has(k, "BETWEEN") for k in range(j, start))
        is_opened = any(self._has(k, "FROM", "BETWEEN") for k in range(j, start))
        one = self._hour_at(start)
        if one is None:
            return None
        joints = ("AND", "TO", "SEP") if is_between else ("TO", "SEP", "TILL")
        if not self._has(one.end, *joints):
            return None
        if self._has(one.end, "ATH") and not is_opened and not self._is_marked(one):
            return None  # "martes 4 a las siete"
        two = self._hour_at(self._skip(one.end, *joints, "THE", "AT", "ATH"))
        if two is None:
            return None
        two = self._with_half_day(two)
        after = None
        if before is None:
            k = self._skip(two.end, "COMMA")
            after = self._day(k) or self._day(self._skip(k, "OF", "CUE", "THE"))
            after = None if after is None or after.granularity != "day" else after
        has_hours = any(self._has(k, "ATH") for k in range(j, two.end))
        is_marked = (
            self._is_marked(one) or self._is_marked(two) or has_hours or (before is not None and is_opened)
        )
        if not is_marked or (before is None and after is None and not (is_opened or self._is_marked(two))):
            return None
        if (
            two.is_sure
            and not one.is_sure
            and one.hour + 12 < two.hour + (two.minute > one.minute)
            and two.hour > 12
        ):
            one = replace(one, hour=one.hour + 12, is_sure=True)
        day = before or after
        end = two.end if after is None else after.end
        return replace(
            make_range(i, Point(i, one.end, day=day, clock=one), Point(i, end, day=day, clock=two)),
            start=i,
            end=end,
        )


def _in_month_of(first: Point, second: Point) -> Point:
    """The second point, a later day alone in the month of the first: "9月3日から12日まで"."""
    if (
        first.day is None
        or second.day is None
        or second.day.partial is None
        or first.day.granularity != "day"
    ):
        return second
    one, two = first.day.partial, second.day.partial
    is_alone = two.day is not None and two.month is None
    if (
        not is_alone
        or two.day is None
        or (one is not None and (one.month is None or (one.day or 0) >= two.day))
    ):
        return second
    return replace(
        second, day=replace(second.day, resolve=resolve_same_month(first.day.resolve, two.day), partial=None)
    )
