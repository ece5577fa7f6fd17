"""Expressions of time of one text in another language than English, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.dates.days.absolute import make_found
from tasks.extract.dates.clocks import Clock, Part
from tasks.extract.dates.base.intervals import Found, Partial, safe_date
from tasks.extract.dates.points import Point
from tasks.extract.dates.ranges import make_range
from tasks.extract.dates.base.resolvers import resolve_days
from tasks.extract.languages.calendar import (
    edge_of,
    grammar_of,
    nth_of,
    week_of,
    weekday_in,
)
from tasks.extract.languages.items import CORE, Item, date_words, itemize
from tasks.extract.languages.resolving import resolve_nth_unit, resolve_same_month
from tasks.extract.languages.words import Language
from tasks.extract.numerals import Token

_LONGEST = 24  # items; no expression is longer
_EDGES = {"START": "start", "MIDDLE": "mid", "END": "end", "EARLY": "early", "LATE": "late"}


class DateScanner:
    """Finds the expressions of time in one text."""

    def __init__(self, text: str, tokens: Sequence[Token], language: Language) -> None:
        self._tokens, self._language = tokens, language
        self._words = date_words(language)
        self._items = itemize(text, tokens, language)
        self._grammar = grammar_of(language.code)
        self._runs = self._grammar.alphabet.spell(self._items)
        self._ends = self._run_ends()
        self._memory: dict[tuple[str, int], Found | None] = {}
        self._points: dict[tuple[int, bool], Point | None] = {}

    def scan(self) -> Iterator[Found]:
        """The expressions, left to right, none overlapping the one before; spans in tokens."""
        near = self._near()
        i = 0
        while i < len(self._items):
            found = self._parse_at(i) if near[i] and self._items[i].cats else None
            if found is None:
                i += 1
                continue
            start, end = self._trim(found)
            yield replace(found, start=self._items[start].start, end=self._items[end - 1].end)
            i = found.end

    def _run_ends(self) -> list[int]:
        """For each item, where the run of items with meanings ends that it stands in."""
        ends = [0] * len(self._items)
        end = len(self._items)
        for i in range(len(self._items) - 1, -1, -1):
            if not self._items[i].cats:
                end = i
            ends[i] = end
        return ends

    def _near(self) -> list[bool]:
        """For each item, whether a word that only time has stands in its run, from there on."""
        near = [False] * len(self._items)
        is_near = False
        for i in range(len(self._items) - 1, -1, -1):
            cats = self._items[i].cats
            is_near = bool(cats) and (is_near or not CORE.isdisjoint(cats))
            near[i] = is_near
        return near

    def _trim(self, found: Found) -> tuple[int, int]:
        """Without joints and cues at the begin, and without a stop at the end."""
        start, end = found.start, found.end
        while start < end - 1 and self._is_cue(start):
            start += 1
        while end - 1 > start and ("DOT" in self._items[end - 1].cats or "COMMA" in self._items[end - 1].cats):
            end -= 1
        return start, end

    def _is_cue(self, i: int) -> bool:
        cats = self._items[i].cats
        return bool(cats) and all(c in ("THE", "CUE", "MCUE", "OF", "AT", "FROM", "SINCE", "TILL", "TO", "BETWEEN", "IN", "AND") for c in cats) and "IN" not in cats

    def _has(self, i: int, *names: str) -> bool:
        if not 0 <= i < len(self._items):
            return False
        cats = self._items[i].cats
        if cats:
            for name in names:
                if name in cats:
                    return True
        return False

    def _skip(self, i: int, *names: str) -> int:
        while i < len(self._items) and self._has(i, *names):
            i += 1
        return i

    # --- The whole expression

    def _parse_at(self, i: int) -> Found | None:
        found = (self._parse_hours(i), self._parse_range(i), self._parse_days_of_month(i), self._parse_single(i))
        return max((f for f in found if f is not None), key=lambda f: f.end, default=None)

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
        is_marked = self._is_marked(one) or self._is_marked(two) or has_hours or (before is not None and is_opened)
        if not is_marked or (before is None and after is None and not (is_opened or self._is_marked(two))):
            return None
        if two.is_sure and not one.is_sure and one.hour + 12 < two.hour + (two.minute > one.minute) and two.hour > 12:
            one = replace(one, hour=one.hour + 12, is_sure=True)
        day = before or after
        end = two.end if after is None else after.end
        return replace(make_range(i, Point(i, one.end, day=day, clock=one), Point(i, end, day=day, clock=two)), start=i, end=end)

    def _plain_day(self, i: int) -> Found | None:
        """ "le 17" before hours."""
        j = self._skip(i, "CUE", "THE")
        if not self._has(i, "CUE") or not self._has(j, "D31") or not self._has(j + 1, "FROM", "COMMA", "ATH", "BETWEEN"):
            return None
        return make_found(i, j + 1, Partial(None, None, self._items[j].cats["D31"]))

    def _is_marked(self, clock: Clock) -> bool:
        """Said with a colon, an "h" or a word such as Uhr."""
        return any(self._has(k, "CLOCK", "OCLOCK", "HHMM", "AM", "PM", "HMARK") for k in range(clock.start, clock.end))

    def _hour_at(self, j: int) -> Clock | None:
        """An hour, with or without minutes and marks."""
        clock = self._exact_clock(j) or self._named_hour(j, True, True)
        if clock is not None:
            return self._with_mark(clock)
        if self._has(j, "HHMM"):
            hour, minute, _ = self._items[j].cats["HHMM"]
            return self._with_mark(Clock(j, j + 1, hour, minute, is_sure=hour > 12))
        if not self._has(j, "HOUR"):
            return None
        hour = self._items[j].cats["HOUR"]
        return self._with_mark(Clock(j, self._skip(j + 1, "OCLOCK", "HMARK"), hour % 24, is_sure=hour > 12))

    def _with_mark(self, clock: Clock) -> Clock:
        if self._has(clock.end, "AM", "PM"):
            return self._with_half_day(clock)
        return clock

    def _parse_single(self, i: int) -> Found | None:
        point = self._point(i)
        if point is None:
            return None
        return point.to_found() if point.day is not None or point.clock is not None else None

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
        if first.clock is not None and second.clock is not None and second.part is not None and first.part is None:
            first = replace(first, part=second.part)
        if first.day is None and second.day is not None and first.clock is not None:
            first = replace(first, day=second.day)
        if second.day is None and first.day is not None:
            second = replace(second, day=first.day)
        return replace(make_range(i, first, second), start=i, end=self._range_end(second.end))

    def _plain_numeric(self, i: int) -> Point | None:
        """ "1/10" is a date beside another date."""
        if not self._has(i, "DAYMON"):
            return None
        partial = Partial(*self._items[i].cats["DAYMON"])
        is_day = safe_date(2000, partial.month or 1, partial.day or 1) is not None
        return Point(i, i + 1, day=make_found(i, i + 1, partial)) if is_day else None

    def _range_end(self, end: int) -> int:
        return end + 1 if self._has(end, "TILL") and not self._has(end, "TO") else end

    def _are_alike(self, first: Point, second: Point) -> bool:
        if first.day is not None and second.day is None and second.clock is None:
            return False
        return (first.clock is None) == (second.clock is None)

    def _parse_days_of_month(self, i: int) -> Found | None:
        """ "del 4 al 22 de enero", "4-22 enero 1995", "vom 4. bis zum 23.", "4 a 22 deste mês"."""
        j = self._skip(i, "MCUE", "CUE", "THE") if self._has(self._skip(i, "MCUE", "CUE", "THE"), "MON", "MONS", "WHICH") else i
        before = self._whole_month(j)
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
            is_clear = opener and self._ends_clause(k) and not self._has(k - 1, "OCLOCK")
            return self._bare_days(i, one, two, k) if is_clear else None
        end = k if before is not None else month.end
        tail = self._skip(k, "COMMA", "OF")
        year = self._items[tail].cats["Y4"] if before is not None and self._has(tail, "Y4") else None
        days = [self._day_in(month, day, year, j, end) for day in (one, two)]
        if days[0] is None or days[1] is None:
            return None
        end = tail + 1 if year is not None else end
        return replace(make_range(i, Point(i, j + 1, day=days[0]), Point(i, end, day=days[1])), start=i, end=end)

    def _whole_month(self, i: int) -> Found | None:
        """A month that days may belong to: "enero de 1995", "próximo mes"."""
        if not self._has(i, "MON", "MONS", "WHICH", "UNIT"):
            return None
        if self._has(i, "MON", "MONS"):
            period = self._best("periods", i)
            cats = self._items[i].cats
            plain = make_found(i, i + 1, Partial(None, cats.get("MON") or cats["MONS"]))
            return period if period is not None and period.granularity == "month" else plain
        found = self._best("periods", i)
        return found if found is not None and found.granularity == "month" else None

    def _day_in(self, month: Found, day: int, year: int | None, start: int, end: int) -> Found | None:
        if month.partial is not None and month.partial.month is not None:
            partial = replace(month.partial, day=day, year=month.partial.year or year)
            is_day = safe_date(partial.year or 2000, partial.month or 1, day) is not None
            return make_found(start, end, partial) if is_day else None
        return Found(start, end, "day", resolve_nth_unit(day, "day", month.resolve), month.anchor)

    def _bare_days(self, i: int, one: int, two: int, end: int) -> Found:
        first = make_found(i, end, Partial(None, None, one))
        second = Found(i, end, "day", resolve_same_month(first.resolve, two))
        return replace(make_range(i, Point(i, end, day=first), Point(i, end, day=second)), start=i, end=end)

    # --- Points

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
            day = self._day_or_period(j) if point is None else self._day(self._skip(j, "COMMA")) or self._day(self._skip(j, "COMMA", "OF", "THE")) or self._day(k)
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
            clock = self._clock(j if point is None else self._skip(j, "COMMA", "SEP"), point is not None, is_range)
            if clock is not None:
                return replace(point, clock=clock, end=clock.end) if point else Point(start, clock.end, clock=clock)
        return None

    def _day_or_period(self, i: int) -> Found | None:
        day, period = self._day(i), self._period(i)
        if day is None or (period is not None and period.end > day.end):
            return self._turned_nth(i, period) or period
        return day

    def _turned_nth(self, i: int, whole: Found | None) -> Found | None:
        """ "十月的第一周", "7월의 첫 번째 금요일": the whole before its part."""
        if whole is None or not self._words.whole_first or whole.granularity not in ("month", "year", "quarter"):
            return None
        j = self._skip(whole.end, "OF")
        if not self._has(j, "ORD") or not self._has(j + 1, "UNIT", "WD"):
            return None
        cats = self._items[j + 1].cats
        if "WD" not in cats and cats["UNIT"] not in ("day", "week", "month"):
            return None
        found = nth_of(self._items[j].cats["ORD"], cats.get("UNIT", "day"), cats.get("WD"), whole, i)
        return found.moved(end=j + 2)

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
        return Point(start, end, day=day, part=Part(at, end, name))

    def _part(self, j: int) -> Part | None:
        """ "por la mañana", "am Nachmittag", "de la tarde", after a day or an hour."""
        k = self._skip(j, "OF", "AT", "IN", "MCUE", "CUE", "THE", "COMMA", "FROM")
        if not self._has(k, "PART") or (self._has(k, "DAY") and any(self._has(n, "TO", "COMMA") for n in range(j, k))):
            return None
        return Part(j, k + 1, self._items[k].cats["PART"])

    def _best(self, name: str, i: int) -> Found | None:
        key = (name, i)
        if key not in self._memory:
            self._memory[key] = self._find_best(name, i)
        return self._memory[key]

    def _find_best(self, name: str, i: int) -> Found | None:
        run = self._runs[i : min(self._ends[i], i + _LONGEST)]
        for shape in self._grammar.shapes(name, run):
            found: Found | None = shape.pattern.build(shape.fill(self._items, i))
            if found is not None:
                return found
        return None

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
            found = self._cued_day(i) or self._month_first(i)
        return found

    def _cued_day(self, i: int) -> Found | None:
        """ "el 15", "am 15.", "dia 15": a day of the month where the clause ends after it."""
        if not self._has(i, "CUE"):
            return None
        j = self._skip(i, "CUE", "THE")
        if not self._has(j, "D31"):
            return None
        end = self._skip(j + 1, "DOT") if self._has(j + 1, "DOT") else j + 1
        if not self._ends_clause(j + 1):
            return None
        return make_found(i, end if self._has(j + 1, "DOT") and not self._is_break(end) else j + 1, Partial(None, None, self._items[j].cats["D31"]))

    def _is_break(self, i: int) -> bool:
        return i >= len(self._items) or self._tokens[self._items[i].start].kind == "break"

    def _ends_clause(self, i: int) -> bool:
        if self._is_break(i):
            return True
        token = self._tokens[self._items[i].start]
        if token.kind == "word" and "MON" not in self._items[i].cats:
            if self._language.figures.get("capital_nouns"):
                return not token.is_capitalized
            if self._has(i, "UNIT", "OF"):
                return False
            return token.is_capitalized or self._has(i, "AND", "TO", "TILL", "AT") or token.lower in self._language.figures.get("stops", ())
        return token.text in ".,;:)!?-–" or token.kind == "break"

    def _month_first(self, i: int) -> Found | None:
        """ "mai vingt et un", "Agosto 15": only where the clause ends after the day."""
        m = self._skip(i, "MCUE", "CUE", "THE")
        j = self._skip(m + 1, "DOT", "SEP")
        if not self._has(m, "MON", "MONS") or not self._has(j, "D31") or not self._ends_clause(j + 1):
            return None
        cats = self._items[m].cats
        month, day = cats.get("MON") or cats["MONS"], self._items[j].cats["D31"]
        return make_found(i, j + 1, Partial(None, month, day)) if safe_date(2000, month, day) else None

    def _nth(self, i: int) -> Found | None:
        """ "el primer viernes de julio", "la última semana del año", "erste Woche im Mai"."""
        j = self._skip(i, "THE", "CUE")
        if self._has(j, "UNIT") and self._items[j].cats["UNIT"] == "week" and self._has(j + 1, "MIN"):
            k = self._skip(j + 2, "OF", "THE", "MCUE", "COMMA")
            whole = self._period(k, True) if k > j + 2 else None
            if whole is not None and whole.granularity == "year" and 1 <= self._items[j + 1].cats["MIN"] <= 53:
                return nth_of(self._items[j + 1].cats["MIN"], "week", None, whole, i)
        n = self._items[j].cats.get("ORD") if self._has(j, "ORD") else None
        if n is None and self._has(j, "LASTOF"):
            n = -1
        if n is None or not self._has(j + 1, "WD", "UNIT"):
            return None
        cats = self._items[j + 1].cats
        k = self._skip(j + 2, "OF", "THE", "MCUE", "IN", "AT", "CUE", "COMMA")
        if k == j + 2 and not self._has(k, "MON", "WHICH", "YEARWORD"):
            return None
        whole = self._period(k, True)
        if whole is None or whole.granularity not in ("month", "year", "quarter", "season"):
            return None
        if "WD" not in cats and cats.get("UNIT") not in ("day", "week", "month"):
            return None
        found = nth_of(n, cats.get("UNIT", "day"), cats.get("WD"), whole, i)
        if "WD" not in cats and cats["UNIT"] == "week":
            tail = self._skip(found.end, "CUE", "THE", "COMMA")
            if self._has(tail, "WD"):
                return weekday_in(self._items[tail].cats["WD"], found, i, tail + 1)
        return found

    def _period(self, i: int, is_cued: bool = False) -> Found | None:
        if i >= len(self._items) or not self._items[i].cats:
            return None
        edge = self._edge(i)
        if edge is not None:
            return edge
        week = self._week_of(i)
        found = self._best("periods", i)
        if week is not None and (found is None or week.end > found.end):
            return week
        return found or self._bare_month(i) or self._bare_year(i, is_cued)

    def _edge(self, i: int) -> Found | None:
        """ "a principios de mayo", "Ende 2021", "fin mars", "mediados de la próxima semana"."""
        j = self._skip(i, "AT", "THE", "CUE", "MCUE")
        which = next((name for name in _EDGES if self._has(j, name)), None)
        if which is None:
            return None
        k = self._skip(j + 1, "OF", "THE", "SEP", "MCUE")
        whole = self._period(k, True) if k > j else None
        if whole is None or whole.granularity in ("day", "other"):
            return None
        return edge_of(_EDGES[which], whole, i)

    def _week_of(self, i: int) -> Found | None:
        j = self._skip(i, "THE", "CUE")
        if not self._has(j, "UNIT") or self._items[j].cats["UNIT"] != "week":
            return None
        k = self._skip(j + 1, "OF", "THE", "FROM", "CUE")
        day = self._best("days", k) if k > j + 1 and k < len(self._items) and self._items[k].cats else None
        if day is None and k > j + 1 and self._has(k, "D31") and self._ends_clause(k + 1):
            day = make_found(k, k + 1, Partial(None, None, self._items[k].cats["D31"]))
        return None if day is None or day.granularity != "day" else week_of(day, i)

    def _bare_month(self, i: int) -> Found | None:
        """A month alone, in small letters where the language writes it so."""
        if not self._has(i, "MON"):
            return None
        token = self._tokens[self._items[i].start]
        if not self._words.plain_months and not (token.text.islower() and self._language.code != "de"):
            return None
        return make_found(i, i + 1, Partial(None, self._items[i].cats["MON"]))

    def _bare_year(self, i: int, is_cued: bool = False) -> Found | None:
        """Four bare digits: a year unless a noun or a sign of money goes on."""
        if not self._has(i, "Y4"):
            return None
        item, tokens = self._items[i], self._tokens
        token = tokens[item.start]
        if token.kind == "word":
            is_year = (is_cued or self._has(i - 1, "MCUE", "YEARWORD")) and self._is_free(i)
            return make_found(i, i + 1, Partial(item.cats["Y4"])) if is_year else None
        if item.end != item.start + 1:
            return None
        if token.kind != "number" or not 1900 <= int(token.text) < 2100:
            return None
        before = tokens[item.start - 1] if item.start else None
        if before is not None and (before.text in "$€£¥+" or (token.is_glued and before.text in "-/._@#")):
            return None
        if not (is_cued and not self._has(i + 1, "UNIT")) and not self._is_free(i):
            return None
        return make_found(i, i + 1, Partial(int(token.text)))

    def _is_free(self, i: int) -> bool:
        following = self._tokens[self._items[i].end] if self._items[i].end < len(self._tokens) else None
        if following is None or following.kind == "break":
            return True
        if following.kind == "sign":
            return following.text not in "€$£¥%°"
        if following.is_capitalized and following.kind == "word" and not self._language.figures.get("capital_nouns"):
            return True
        if following.kind in ("number", "glyph") or self._has(i + 1, "UNIT", "COUNTED"):
            return False
        cued = i > 0 and (self._has(i - 1, "MCUE", "IN", "FROM", "SINCE", "TILL", "TO", "BETWEEN", "YEARWORD", "AND", "OF", "THE") and not self._has(i - 1, "OF"))
        return cued or bool(self._items[i + 1].cats) or following.text.lower() in self._language.figures.get("stops", ())

    # --- Hours

    def _clock(self, i: int, is_after_day: bool, is_range: bool) -> Clock | None:
        j = self._skip(i, "AT", "ATH", "THE", "OF", "CUE", "MCUE") if not self._has(i, "CLOCK", "HOUR") else i
        is_cued = j > i and any(self._has(k, "ATH") for k in range(i, j))
        clock = self._exact_clock(j) or self._named_hour(j, is_cued, is_after_day) or self._spoken(j, is_cued or is_range and False, is_after_day)
        if clock is None:
            return None
        clock = self._with_half_day(clock)
        return replace(clock, start=i)

    def _exact_clock(self, j: int) -> Clock | None:
        if self._has(j, "CLOCK"):
            hour, minute, second = self._items[j].cats["CLOCK"]
            return Clock(j, self._skip_mark(j + 1), hour, minute, second, is_sure=hour > 12 or hour == 0)
        if self._has(j, "HHMM") and self._has(j + 1, "OCLOCK"):
            hour, minute, second = self._items[j].cats["HHMM"]
            return Clock(j, j + 2, hour, minute, second, is_sure=hour > 12)
        return None

    def _skip_mark(self, j: int) -> int:
        return j + 1 if self._has(j, "OCLOCK") else j

    def _named_hour(self, j: int, is_cued: bool, is_after_day: bool) -> Clock | None:
        if not self._has(j, "NAMED"):
            return None
        return Clock(j, j + 1, self._items[j].cats["NAMED"], is_sure=True)

    def _spoken(self, j: int, is_cued: bool, is_after_day: bool) -> Clock | None:
        """ "8 Uhr 30", "sept heures et demie", "a las siete menos cuarto", "halb acht", "Viertel nach acht"."""
        turned = self._turned(j) if (is_cued or is_after_day) and self._words.minutes_first else None
        if turned is not None:
            return turned
        if not self._has(j, "HOUR"):
            if self._has(j, "HHMM") and (is_cued or (is_after_day and self._has(j, "SPOKEN"))):
                hour, minute, _ = self._items[j].cats["HHMM"]
                return Clock(j, j + 1, hour, minute, is_sure=hour > 12)
            return None
        hour, end, minute = self._items[j].cats["HOUR"], j + 1, 0
        has_mark = self._has(end, "OCLOCK", "HMARK")
        end += has_mark
        if is_cued and not has_mark and self._has(self._skip(end, "OF", "DOT"), "MON", "MONS"):
            return None
        if not (has_mark or is_cued or self._has(end, "AM", "PM") or self._has(self._skip(end, "OF"), "PART") and is_after_day):
            return None
        if not has_mark and not (is_cued and is_after_day and self._is_no_noun(end)) and not self._may_stand(end):
            return None
        minute, end = self._minutes(end, has_mark or is_cued)
        if minute < 0:
            hour, minute = hour - 1, 60 + minute
        return Clock(j, self._skip_mark(end), hour % 24 if hour < 24 else 0, minute, is_sure=hour > 12)

    def _may_stand(self, end: int) -> bool:
        """After "a las 7" no noun follows that the number would count."""
        if self._is_break(end) or self._items[end].cats:
            return not self._has(end, "UNIT")
        token = self._tokens[self._items[end].start]
        return token.kind != "word" or token.is_capitalized or token.lower in self._language.figures.get("stops", ())

    def _is_no_noun(self, end: int) -> bool:
        """After a day and "um", "a las" only a noun that is counted takes the number away."""
        if self._has(end, "UNIT") or self._is_break(end):
            return not self._has(end, "UNIT")
        token = self._tokens[self._items[end].start]
        has_capitals = bool(self._language.figures.get("capital_nouns"))
        return not (token.is_capitalized if has_capitals else token.lower in self._language.figures.get("nouns", ()))

    def _minutes(self, end: int, may_be: bool) -> tuple[int, int]:
        """ "y media", "et quart", "moins vingt", "30"."""
        k = self._skip(end, "AND", "PLUS", "COMMA")
        if self._has(end, "MINUS"):
            k = self._skip(end + 1, "THE")
            value = self._sixtieths(k)
            return (-value[0], value[1]) if value else (0, end)
        value = self._sixtieths(k) if may_be else None
        if value is None or (k == end and not self._has(k, "MIN", "HALF", "QUARTERH")):
            return 0, end
        if k == end and self._has(k, "MIN") and not (self._has(k + 1, "MINUTES", "NMARK") or not self._has(end - 1, "HOUR")):
            return 0, end
        return value

    def _sixtieths(self, k: int) -> tuple[int, int] | None:
        k2 = self._skip(k, "THE")
        for j in (k, k2, k2 + 1):
            if self._has(j, "QUARTERH"):
                return 15, j + 1
            if self._has(j, "HALF"):
                return 30, j + 1
        if self._has(k, "MIN"):
            end = self._skip(k + 1, "MINUTES", "NMARK")
            return self._items[k].cats["MIN"], end
        return None

    def _turned(self, j: int) -> Clock | None:
        """Germanic order: "halb acht", "Viertel nach acht", "zehn vor drei", "20 Minuten nach 8"."""
        if self._has(j, "HALFTO") and self._has(j + 1, "HOUR"):
            hour = self._items[j + 1].cats["HOUR"]
            return Clock(j, self._skip_mark(j + 2), (hour - 1) % 24, 30)
        value = self._sixtieths(j)
        if value is None or self._has(j, "HALF"):
            return None
        minute, k = value
        if self._has(k, "PLUS") and self._has(k + 1, "HOUR"):
            return Clock(j, self._skip_mark(k + 2), self._items[k + 1].cats["HOUR"] % 24, minute)
        if self._has(k, "MINUS") and self._has(k + 1, "HOUR"):
            return Clock(j, self._skip_mark(k + 2), (self._items[k + 1].cats["HOUR"] - 1) % 24, 60 - minute)
        return None

    def _with_half_day(self, clock: Clock) -> Clock:
        """ "8 pm", "5 da tarde"."""
        end = clock.end
        if self._has(end, "PM"):
            k = self._skip(end + 1, "OF", "THE", "AT")
            return replace(clock, end=k + 1 if self._has(k, "PART") else end + 1, hour=clock.hour % 12 + 12, is_sure=True)
        if self._has(end, "AM"):
            return replace(clock, end=end + 1, hour=clock.hour % 12, is_sure=True)
        k = self._skip(end, "OF", "THE", "IN", "AT", "MCUE", "CUE", "FROM")
        if self._has(k, "PART") and not clock.is_sure and not (k == end and self._has(k, "DAY")):
            name = self._items[k].cats["PART"]
            sure = clock.in_part(name)
            return replace(sure, end=k + 1, is_sure=True)
        return clock


def scan_dates(text: str, tokens: Sequence[Token], language: Language) -> Iterator[Found]:
    """The expressions of time of a text in that language, in reading order."""
    return DateScanner(text, tokens, language).scan()
