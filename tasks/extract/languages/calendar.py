"""Expressions of time of other languages: the patterns of days, periods and hours, and what each means."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tasks.extract.dates.days.absolute import make_found
from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Partial,
    Reference,
    Resolve,
    count_granularity,
    granularity_of,
    midnight,
    safe_date,
    shift,
    unit_start,
)
from tasks.extract.dates.days.periods import _resolve_part, nearest_weekend
from tasks.extract.dates.base.resolvers import (
    resolve_business_days,
    resolve_dated_weekday,
    resolve_days,
    resolve_holiday,
    resolve_season,
    resolve_shift,
    resolve_unit,
    resolve_weekday,
    resolve_window,
    resolve_year_part,
)
from tasks.extract.languages.phrases import Grammar, Match
from tasks.extract.languages.resolving import (
    resolve_in_unit,
    resolve_nth_unit,
    resolve_nth_weekday,
    resolve_rest,
    resolve_week_of,
    resolve_weekday_in,
    resolve_year_of,
    resolve_years,
)

Build = Callable[[Match], "Found | None"]


def _found(m: Match, granularity: str, resolve: Resolve, anchor: str = "published") -> Found:
    return Found(m.start, m.end, granularity, resolve, anchor)


def _partial(m: Match, partial: Partial) -> Found | None:
    if safe_date(partial.year or 2000, partial.month or 1, partial.day or 1) is None:
        return None
    return make_found(m.start, m.end, partial)


def _month(m: Match) -> int:
    return int(m.get("MON") or m.get("MONS"))


def _said_year(m: Match) -> int | None:
    return m.get("Y4") or m.get("Y2") or m.get("YY")


def _day(m: Match) -> int:
    return int(m["D31"])


def _year(m: Match) -> int | None:
    return _said_year(m) or m.get("NUM")


def _day_month(m: Match) -> Found | None:
    return _partial(m, Partial(_said_year(m), _month(m), _day(m)))


def _first_of(m: Match) -> Found | None:
    return _partial(m, Partial(m.get("Y4"), _month(m), 1))


def _day_month_which(m: Match) -> Found | None:
    partial = Partial(None, _month(m), _day(m))
    if m.get("UNIT") not in (None, "year"):
        return None
    return _found(m, "day", resolve_in_unit(partial, "year", m["WHICH"]))


def _day_of_which(m: Match) -> Found | None:
    if m["UNIT"] != "month":
        return None
    return _found(m, "day", resolve_in_unit(Partial(None, None, _day(m)), "month", m["WHICH"]))


def _day_month_ranks(m: Match) -> Found | None:
    """ "am 27. 11.", "am siebten vierten"."""
    month = int(m.get("ORD2") or m["D31"])
    return _partial(m, Partial(None, month, int(m["ORD"]))) if 1 <= month <= 12 and 1 <= m["ORD"] <= 31 else None


def _numeric(m: Match) -> Found | None:
    return _partial(m, Partial(*m["NUMDATE"]))


def _day_numeric(m: Match) -> Found | None:
    return _partial(m, Partial(*m["DAYMON"]))


def _day_dotted(m: Match) -> Found | None:
    return _partial(m, Partial(*m["DAYMONDOT"]))


def _month_year(m: Match) -> Found | None:
    return _partial(m, Partial(_said_year(m), _month(m)))


def _month_which(m: Match) -> Found | None:
    partial = Partial(None, _month(m))
    if m.get("UNIT") not in (None, "year"):
        return None
    if "UNIT" in m or "YEARWORD" in m:
        return _found(m, "month", resolve_in_unit(partial, "year", m["WHICH"]))
    return _found(m, "month", _nearest_month(_month(m), m["WHICH"]))


def _nearest_month(month: int, side: int) -> Resolve:
    """ "mayo pasado", "nächsten Juni": the one before or after publication's month."""

    def resolve(reference: Reference) -> Interval | None:
        if reference.day is None:
            return None
        year = reference.day.year
        if side < 0 and month >= reference.day.month:
            year -= 1
        if side > 0 and month <= reference.day.month:
            year += 1
        start = midnight(reference.day.replace(year=year, month=month, day=1))
        return Interval(start, shift(start, "month", 1), "month")

    return resolve


def _month_alone(m: Match) -> Found | None:
    return _partial(m, Partial(None, _month(m)))


def _plain_year(m: Match) -> Found | None:
    return _partial(m, Partial(int(_year(m) or 0))) if 1 <= int(_year(m) or 0) < 2200 else None


def _weekday(m: Match) -> Found | None:
    return _found(m, "day", resolve_weekday(m["WD"] if "WD" in m else m["WDS"]))


def _weekday_which(m: Match) -> Found | None:
    which = m["WHICH"]
    if which == 0:
        return _found(m, "day", resolve_weekday(m["WD"], week=0))
    if abs(which) == 1:
        return _found(m, "day", _weekday_side(m["WD"], which))
    return _found(m, "day", resolve_weekday(m["WD"], week=which))


def _weekday_side(weekday: int, which: int) -> Resolve:
    return resolve_weekday(weekday, side="past") if which < 0 else resolve_weekday(weekday, side="future")


def _weekday_week(m: Match) -> Found | None:
    if m["UNIT"] != "week":
        return None
    return _found(m, "day", resolve_weekday(m["WD"], week=m["WHICH"]))


def _dated_weekday(m: Match) -> Found | None:
    return _found(m, "day", resolve_dated_weekday(m["WD"] if "WD" in m else m["WDS"], _day(m)))


def _cued_day(m: Match) -> Found | None:
    return _partial(m, Partial(None, None, _day(m)))


def _day_word(m: Match) -> Found | None:
    return _found(m, "day", resolve_days(m["DAY"]))


def _steps(m: Match) -> list[tuple[float, str]] | None:
    steps: list[tuple[float, str]] = []
    for n in ("", "2", "3"):
        number = m.get("NUM" + n) if n == "" or "NUM" + n in m else None
        unit = m.get("UNIT" + n)
        if unit is None or (number is None and n):
            continue
        if unit not in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "quarter", "weekend", "fortnight", "century"):
            return None
        value = 1.0 if number is None else number
        if value > 100_000 or (unit == "year" and 1900 <= value < 2100):
            return None
        steps.append((value, unit))
    return steps or None


def _shifted(sign: int, *, from_previous: bool = False) -> Build:
    def build(m: Match) -> Found | None:
        if "COUNTED" in m:
            count, unit = m["COUNTED"]
            steps: list[tuple[float, str]] | None = [(count, unit)]
        else:
            steps = _steps(m)
        if steps is None:
            return None
        if "BUSINESS" in m:
            return _found(m, "day", resolve_business_days(int(steps[0][0]))) if sign > 0 else None
        if "HALF" in m:
            steps = [(steps[0][0] + 0.5, steps[0][1]), *steps[1:]]
        base = resolve_days(m["DAY"]) if "DAY" in m else None
        granularity = count_granularity(steps[-1][1])
        anchor = "previous" if from_previous else "published"
        return _found(m, granularity, resolve_shift(steps, sign, base, from_previous=from_previous), anchor)

    return build


def _unit_which(m: Match) -> Found | None:
    unit = m["UNIT"]
    if unit in ("day",) and m["WHICH"] == 0:
        return _found(m, "day", resolve_days(0))
    if unit in ("second", "minute"):
        return None
    return _found(m, granularity_of(unit), resolve_unit(unit, m["WHICH"]))


def _window(m: Match) -> Found | None:
    unit, which, count = m["UNIT"], m["WHICH"], m["NUM"]
    if which == 0 or count > 100_000 or count <= 0 or (unit == "year" and 1900 <= count < 2100):
        return None
    return _found(m, count_granularity(unit), resolve_window(unit, count, "past" if which < 0 else "future"))


def _weekend(m: Match) -> Found | None:
    if m.get("WHICH") is None:
        return _found(m, "other", nearest_weekend)
    return _found(m, "other", resolve_unit("weekend", m["WHICH"]))


def _decade(m: Match) -> Found | None:
    year = int(m.get("Y4") or m["NUM"])
    if year % 10:
        return None
    if year < 100:
        year += 1900 if year >= 30 else 2000
    return _found(m, "decade", resolve_years(year, 10), "explicit") if 1000 <= year < 2100 else None


def _season(m: Match) -> Found | None:
    month = m["SEASON"]
    if "UNIT" in m and m["UNIT"] != "year":
        return None
    return _found(m, "season", resolve_season(month, m.get("Y4"), m.get("WHICH")), "explicit" if "Y4" in m else "published")


def _whole_year(m: Match) -> Resolve | None:
    if "Y4" in m:
        return resolve_years(int(m["Y4"]), 1)
    return resolve_unit("year", m["WHICH"]) if "WHICH" in m else None


def _quarter(m: Match) -> Found | None:
    n = int(m.get("ORD") or m["NUM"])
    if not 1 <= n <= 4 or m.get("UNIT") not in (None, "year"):
        return None
    return _found(m, "quarter", resolve_year_part(3 * n - 2, 3, _whole_year(m), "quarter"))


def _half_year(m: Match) -> Found | None:
    n = int(m.get("ORD") or m["NUM"])
    if n not in (1, 2) or m.get("UNIT") not in (None, "year"):
        return None
    return _found(m, "other", resolve_year_part(6 * n - 5, 6, _whole_year(m), "other"))


def _holiday(m: Match) -> Found | None:
    side = {None: None, -1: "past", 1: "future", 0: None}.get(m.get("WHICH"))
    return _found(m, "day", resolve_holiday(m["HOL"], m.get("Y4"), side), "explicit" if "Y4" in m else "published")


def _rest(m: Match) -> Found | None:
    return _found(m, "other", resolve_rest(m["UNIT"]))


def _now_week(m: Match) -> Found | None:
    return _found(m, "week", resolve_week_of(resolve_days(0)))


def _cjk(m: Match) -> Found | None:
    """ "2021年12月7日", "12月7日", "2021년 12월": each number has its mark behind it."""
    year = m.get("NUM") if "YMARK" in m else None
    values = [m.get(k) for k in ("NUM", "NUM2", "NUM3") if k in m]
    marks = [k for k in ("YMARK", "MMARK", "DMARK") if k in m]
    if len(values) != len(marks):
        return None
    said = dict(zip(marks, values, strict=True))
    year = said.get("YMARK")
    if year is not None and year < 100:
        year += 1900 if year > 50 else 2000
    whole = [None if v is None else int(v) for v in (year, said.get("MMARK"), said.get("DMARK"))]
    if whole[0] is not None and not 1 <= whole[0] < 2200:
        return None
    return _partial(m, Partial(*whole))


_YEAR = "((COMMA|OF|DOT|SEP|YEARWORD|MCUE)? (OF|THE)? Y4|(OF|COMMA|DOT|SEP)? Y2|OF? APOS YY)"
_TAIL = "YEARWORD?"
_M = "(MON|MONS) DOT?"

# What is a day. The longest match wins; of two as long, the first.
DAYS: list[tuple[str, Build]] = [
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? (CUE|THE)* (D31) DOT? OF? {_M} ({_YEAR} {_TAIL})?", _day_month),
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? (CUE|THE)* (D31) SEP {_M} (SEP (Y4|Y2))?", _day_month),
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? {_M} THE? (D31) DOT? (COMMA|OF)? (Y4)", _day_month),
    (f"Y4 (SEP|OF|COMMA)? {_M} SEP? (D31) ", _day_month),
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? {_M} SEP? (Y4) SEP (D31)", _day_month),
    (f"(CUE|THE)* (D31) DOT? OF? {_M} (OF THE?)? (WHICH THE? (UNIT)|(UNIT) WHICH|YEARWORD WHICH|WHICH YEARWORD)", _day_month_which),
    ("(CUE|THE)* (D31) DOT? OF THE? (WHICH UNIT|UNIT WHICH)", _day_of_which),
    ("(CUE|THE)* (D31) DOT? THE? WHICH UNIT", _day_of_which),
    ("(CUE) (ORD) ((ORD)|(D31) DOT)", _day_month_ranks),
    ("(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? (CUE|THE)* NUMDATE", _numeric),
    ("((WD|WDS) DOT? COMMA?)  (CUE|THE)* DAYMON", _day_numeric),
    ("(CUE|FROM|TO|SINCE|TILL|BETWEEN) THE? DAYMON", _day_numeric),
    ("Y4 SEP (D31) SEP (MON|MONS)", _day_month),
    ("(MON|MONS) SEP (D31) SEP (Y4)", _day_month),
    ("(D31) SEP Y4 SEP (MON|MONS)", _day_month),
    ("CUE (CUE|THE)* DAYMONDOT<OCLOCK>", _day_dotted),
    ("(NUM YMARK) OF? (NUM MMARK) OF? NUM DMARK (COMMA? WD)?", _cjk),
    ("(NUM MMARK) OF? NUM DMARK (COMMA? WD)?", _cjk),
    ("D31 DMARK<AGOA|LATER|UNIT> (COMMA? WD)?", _cued_day),
    ("WHICH UNIT OF? D31 DMARK", _day_of_which),
    ("(CUE|THE)? WHICH? (WD|WDS) DOT? COMMA? CUE? (D31)<OCLOCK|HMARK|UNIT|AM|PM|TOX|SEP> DOT?", _dated_weekday),
    ("(CUE|THE)* (WHICH) THE? (WD)", _weekday_which),
    ("(CUE|THE)* (WD) WHICH", _weekday_which),
    ("(CUE|THE)* (WD) COMMA? (OF|CUE|AT|IN|MCUE)? THE? (WHICH UNIT|UNIT WHICH)", _weekday_week),
    ("(WHICH UNIT|UNIT WHICH) (OF|COMMA|AT)? (CUE|THE)* WD", _weekday_week),
    ("THE? (DAY)", _day_word),
    ("(CUE|THE)* (WD)", _weekday),
    ("(CUE|THE) (WDS) DOT", _weekday),
    ("(CUE|THE)* (HOL) (OF? (Y4)|WHICH)?", _holiday),
    ("(WHICH) THE? (HOL)", _holiday),
]
_COUNT = "(NUM) (OF)? BUSINESS? (UNIT) BUSINESS?"
_COUNTS = f"({_COUNT} (COMMA|AND)? ({_COUNT} (COMMA|AND)? ({_COUNT})?)?|COUNTED)"
AWAY: list[tuple[str, Build]] = [
    (f"AGOB {_COUNTS} (AND HALF)?", _shifted(-1)),
    (f"{_COUNTS} (AND HALF)? AGOA", _shifted(-1)),
    (f"IN {_COUNTS} (AND HALF)?", _shifted(1)),
    (f"{_COUNTS} LATER", _shifted(1, from_previous=True)),
    (f"{_COUNTS} EARLIER", _shifted(-1, from_previous=True)),
    (f"{_COUNTS} EARLIER (OF|THE)? DAY", _shifted(-1)),
    (f"{_COUNTS} (LATER|SINCE) (OF|THE)? DAY", _shifted(1)),
    (f"{_COUNTS} FROM NOW", _shifted(1)),
]
PERIODS: list[tuple[str, Build]] = [
    (f"MCUE? THE? {_M} {_YEAR} {_TAIL}", _month_year),
    (f"(Y4|Y2) (OF|COMMA|SEP)? {_M}", _month_year),
    (f"(NUM YMARK) OF? (NUM MMARK)", _cjk),
    (f"MCUE? THE? {_M} (OF THE?|COMMA|IN|MCUE)? THE? (WHICH (UNIT)|(UNIT) WHICH|YEARWORD WHICH|WHICH YEARWORD)", _month_which),
    (f"(WHICH (UNIT)|(UNIT) WHICH|YEARWORD WHICH|WHICH YEARWORD) (OF|MCUE|IN)? {_M}", _month_which),
    (f"THE? WHICH (MON)", _month_which),
    (f"MCUE? THE? (MON) WHICH", _month_which),
    ("MCUE THE? MON", _month_alone),
    ("NUM MMARK", _cjk),
    ("THE? WHICH (OF)? UNIT", _unit_which),
    ("THE? UNIT (OF)? WHICH", _unit_which),
    ("THE? WHICH THE? NUM (OF)? UNIT", _window),
    ("THE? NUM WHICH UNIT", _window),
    ("THE? NUM UNIT WHICH", _window),
    ("THE? WHICH WEEKEND", _weekend),
    ("THE? WEEKEND WHICH", _weekend),
    ("(CUE|THE|MCUE) THE? WEEKEND", _weekend),
    ("DECADE (OF|THE)* APOS? (Y4|NUM) DECMARK?", _decade),
    ("(Y4|NUM) DECMARK DECADE?", _decade),
    ("THE? SEASON (OF|COMMA)? THE? (Y4|WHICH UNIT|UNIT WHICH)?", _season),
    ("THE? WHICH (SEASON)", _season),
    ("THE? SEASON WHICH", _season),
    ("THE? (ORD|NUM) QUARTER (COMMA|OF|SEP)? THE? (YEARWORD? Y4|WHICH UNIT|UNIT WHICH|UNIT)?", _quarter),
    ("(Y4) (COMMA|OF|SEP)? THE? (ORD|NUM) QUARTER", _quarter),
    ("(Y4) YMARK (COMMA|OF|SEP)? THE? (ORD|NUM) QUARTER", _quarter),
    ("THE? (ORD|NUM) HALFYEAR (COMMA|OF)? THE? (YEARWORD? Y4|WHICH UNIT|UNIT WHICH|UNIT)?", _half_year),
    ("(Y4) YMARK? (COMMA|OF)? (ORD|NUM) HALFYEAR", _half_year),
    ("THE? REST (OF|THE)* WHICH? UNIT", _rest),
    ("THE? YEARWORD (OF|THE)* Y4", _plain_year),
    ("NUM YMARK", _plain_year),
]


@cache
def grammar_of(code: str) -> Grammar:
    """The patterns for a language: the same for all, over an alphabet of its own."""
    assert code
    return Grammar({"days": DAYS, "away": AWAY, "periods": PERIODS})


def edge_of(which: str, whole: Found, start: int) -> Found:
    """ "principios de mayo", "Ende letzter Woche": a part of a period."""
    return Found(start, whole.end, whole.granularity, _resolve_part(which, whole), whole.anchor)


def week_of(day: Found, start: int) -> Found:
    """ "la semana del 10 de abril"."""
    return Found(start, day.end, "week", resolve_week_of(day.resolve), day.anchor)


def nth_of(n: int, unit: str, weekday: int | None, whole: Found, start: int) -> Found:
    """ "el primer viernes de julio", "la primera semana de octubre"."""
    if weekday is not None:
        return Found(start, whole.end, "day", resolve_nth_weekday(n, weekday, whole.resolve), whole.anchor)
    return Found(start, whole.end, granularity_of(unit), resolve_nth_unit(n, unit, whole.resolve), whole.anchor)


def weekday_in(weekday: int, week: Found, start: int, end: int) -> Found:
    """ "la primera semana de octubre el viernes"."""
    return Found(start, end, "day", resolve_weekday_in(weekday, week.resolve), week.anchor)
