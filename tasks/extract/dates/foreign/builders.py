"""What makes an expression of time of a pattern's match."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
)
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
from tasks.extract.dates.days.absolute import make_found, resolve_years
from tasks.extract.dates.days.periods import nearest_weekend
from tasks.extract.dates.foreign.item_patterns import Match
from tasks.extract.dates.foreign.resolving import (
    resolve_holiday_as_limit,
    resolve_in_unit,
    resolve_rest,
    resolve_season_of,
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
    year: int | None = m.get("Y4") or m.get("Y2") or m.get("YY")
    return year


def _day(m: Match) -> int:
    return int(m["D31"])


def _year(m: Match) -> int | None:
    return _said_year(m) or m.get("NUM")


def build_day_month(m: Match) -> Found | None:
    """ "7 de mayo de 2021", "le 1er mars", "Mai 7, 2021"."""
    return _partial(m, Partial(_said_year(m), _month(m), _day(m)))


def build_day_month_which(m: Match) -> Found | None:
    """ "el 7 de mayo del año pasado"."""
    partial = Partial(None, _month(m), _day(m))
    if m.get("UNIT") not in (None, "year"):
        return None
    return _found(m, "day", resolve_in_unit(partial, "year", m["WHICH"]))


def build_day_of_which(m: Match) -> Found | None:
    """ "el 4 del mes que viene"."""
    if m["UNIT"] != "month":
        return None
    return _found(m, "day", resolve_in_unit(Partial(None, None, _day(m)), "month", m["WHICH"]))


def build_day_month_ranks(m: Match) -> Found | None:
    """ "am 27. 11.", "am siebten vierten"."""
    month = int(m.get("ORD2") or m["D31"])
    return (
        _partial(m, Partial(None, month, int(m["ORD"]))) if 1 <= month <= 12 and 1 <= m["ORD"] <= 31 else None
    )


def build_numeric(m: Match) -> Found | None:
    """ "07.12.2021", "2021-12-07"."""
    return _partial(m, Partial(*m["NUMDATE"]))


def build_day_numeric(m: Match) -> Found | None:
    """ "7/12" beside another word of time."""
    return _partial(m, Partial(*m["DAYMON"]))


def build_day_dotted(m: Match) -> Found | None:
    """ "am 22.04"."""
    return _partial(m, Partial(*m["DAYMONDOT"]))


def build_month_year(m: Match) -> Found | None:
    """ "mayo de 2021"."""
    return _partial(m, Partial(_said_year(m), _month(m)))


def build_month_which(m: Match) -> Found | None:
    """ "mayo del año pasado", "letzten Mai"."""
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


def build_month_alone(m: Match) -> Found | None:
    """ "en mayo"."""
    return _partial(m, Partial(None, _month(m)))


def build_plain_year(m: Match) -> Found | None:
    """ "el año 2014"."""
    return _partial(m, Partial(int(_year(m) or 0))) if 1 <= int(_year(m) or 0) < 2200 else None


def build_marked_year(m: Match) -> Found | None:
    """ "98年", "二〇二六年"; "6年" is six years, or the sixth of an era."""
    year = int(m["NUM"])
    if 50 < year < 100:
        year += 1900
    return _partial(m, Partial(year)) if 1000 <= year < 2200 else None


def build_weekday(m: Match) -> Found | None:
    """ "el lunes"."""
    return _found(m, "day", resolve_weekday(m["WD"] if "WD" in m else m["WDS"]))


def build_weekday_which(m: Match) -> Found | None:
    """ "el próximo lunes"."""
    which = m["WHICH"]
    if which == 0:
        return _found(m, "day", resolve_weekday(m["WD"], week=0))
    if abs(which) == 1:
        return _found(m, "day", _weekday_side(m["WD"], which))
    return _found(m, "day", resolve_weekday(m["WD"], week=which))


def _weekday_side(weekday: int, which: int) -> Resolve:
    return resolve_weekday(weekday, side="past") if which < 0 else resolve_weekday(weekday, side="future")


def build_weekday_week(m: Match) -> Found | None:
    """ "el lunes de la semana pasada"."""
    if m["UNIT"] != "week":
        return None
    return _found(m, "day", resolve_weekday(m["WD"], week=m["WHICH"]))


def build_dated_weekday(m: Match) -> Found | None:
    """ "martes 11"."""
    return _found(m, "day", resolve_dated_weekday(m["WD"] if "WD" in m else m["WDS"], _day(m)))


def build_cued_day(m: Match) -> Found | None:
    """ "am 15.", "15日"."""
    return _partial(m, Partial(None, None, _day(m)))


def build_day_word(m: Match) -> Found | None:
    """ "ayer"."""
    return _found(m, "day", resolve_days(m["DAY"]))


def _steps(m: Match) -> list[tuple[float, str]] | None:
    steps: list[tuple[float, str]] = []
    for n in ("", "2", "3"):
        number = m.get("NUM" + n) if n == "" or "NUM" + n in m else None
        unit = m.get("UNIT" + n)
        if unit is None or (number is None and n):
            continue
        if unit not in (
            "second",
            "minute",
            "hour",
            "day",
            "week",
            "month",
            "year",
            "decade",
            "quarter",
            "weekend",
            "fortnight",
            "century",
        ):
            return None
        value = 1.0 if number is None else number
        if value > 100_000 or (unit == "year" and 1900 <= value < 2100):
            return None
        steps.append((value, unit))
    return steps or None


def build_shifted(sign: int, *, from_previous: bool = False) -> Build:
    """A builder of times away: before publication when `sign` is -1, after it when 1."""

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


def build_unit_which(m: Match) -> Found | None:
    """ "la semana pasada"."""
    unit = m["UNIT"]
    if unit in ("day",) and m["WHICH"] == 0:
        return _found(m, "day", resolve_days(0))
    if unit in ("second", "minute"):
        return None
    return _found(m, granularity_of(unit), resolve_unit(unit, m["WHICH"]))


def build_window(m: Match) -> Found | None:
    """ "los últimos 3 años"."""
    unit, which, count = m["UNIT"], m["WHICH"], m["NUM"]
    if which == 0 or count > 100_000 or count <= 0 or (unit == "year" and 1900 <= count < 2100):
        return None
    return _found(m, count_granularity(unit), resolve_window(unit, count, "past" if which < 0 else "future"))


def build_weekend(m: Match) -> Found | None:
    """ "el fin de semana"."""
    if m.get("WHICH") is None:
        return _found(m, "other", nearest_weekend)
    return _found(m, "other", resolve_unit("weekend", m["WHICH"]))


def build_decade(m: Match) -> Found | None:
    """ "los años 90", "90年代"."""
    year = next(int(m[name]) for name in ("Y4", "NUM", "TENS", "TENSLINK") if name in m)
    if year % 10:
        return None
    if year < 100:
        year += 1900 if year >= 30 else 2000
    return _found(m, "decade", resolve_years(year, 10), "explicit") if 1000 <= year < 2100 else None


def build_decade_of_century(m: Match) -> Found | None:
    """ "19世纪70年代": 1870 to 1879."""
    century, decade = int(m["NUM"]), int(m["NUM2"])
    if m["UNIT"] != "century" or not 1 <= century <= 21 or decade % 10 or not 0 <= decade < 100:
        return None
    return _found(m, "decade", resolve_years((century - 1) * 100 + decade, 10), "explicit")


def build_season(m: Match) -> Found | None:
    """ "el verano de 2021"."""
    month = m["SEASON"]
    if "UNIT" in m and m["UNIT"] != "year":
        return None
    return _found(
        m,
        "season",
        resolve_season(month, m.get("Y4"), m.get("WHICH")),
        "explicit" if "Y4" in m else "published",
    )


def build_named_year(m: Match) -> Found | None:
    """ "i fjol", "i fjol somras", "loni": a year that one word tells, and a season of it."""
    month = m.get("SEASON") or m.get("PASTSEASON")
    if month:
        return _found(m, "season", resolve_season_of(month, m["LASTYEAR"]))
    return _found(m, "year", resolve_unit("year", m["LASTYEAR"]))


def build_past_season(m: Match) -> Found | None:
    """ "i somras": the last one."""
    month = m["PASTSEASON"]
    return _found(
        m, "season", lambda reference: resolve_season(month, None, None)(replace(reference, tense="past"))
    )


def _whole_year(m: Match) -> Resolve | None:
    if "Y4" in m:
        return resolve_years(int(m["Y4"]), 1)
    return resolve_unit("year", m["WHICH"]) if "WHICH" in m else None


def build_quarter(m: Match) -> Found | None:
    """ "el primer trimestre de 2021"."""
    n = int(m.get("ORD") or m["NUM"])
    if not 1 <= n <= 4 or m.get("UNIT") not in (None, "year"):
        return None
    return _found(m, "quarter", resolve_year_part(3 * n - 2, 3, _whole_year(m), "quarter"))


def build_half_year(m: Match) -> Found | None:
    """ "das zweite Halbjahr 2021", "2016年上半年"."""
    n = int(m.get("HALFNAME") or m.get("ORD") or m["NUM"])
    if n not in (1, 2) or m.get("UNIT") not in (None, "year"):
        return None
    return _found(m, "other", resolve_year_part(6 * n - 5, 6, _whole_year(m), "other"))


def build_holiday(m: Match) -> Found | None:
    """ "Navidad", "Ostern 2021"."""
    side = {None: None, -1: "past", 1: "future", 0: None}.get(m.get("WHICH"))
    return _found(
        m, "day", resolve_holiday(m["HOL"], m.get("Y4"), side), "explicit" if "Y4" in m else "published"
    )


def build_limit(m: Match) -> Found | None:
    """ "antes do Natal", "bis Ostern"."""
    return _found(m, "day", resolve_holiday_as_limit(m["HOL"]))


def build_rest(m: Match) -> Found | None:
    """ "el resto del año"."""
    return _found(m, "other", resolve_rest(m["UNIT"]))


def build_dated_in_year(m: Match) -> Found | None:
    """ "去年12月", "来年3月5日", "내년 3월": a month or day of a year that words tell."""
    if m.get("UNIT") not in (None, "year"):
        return None
    partial = Partial(None, int(m["NUM"]), int(m["NUM2"]) if "DMARK" in m else None)
    if safe_date(2000, partial.month or 1, partial.day or 1) is None:
        return None
    which = m["LASTYEAR"] if "LASTYEAR" in m else m["WHICH"]
    return _found(m, "day" if partial.day else "month", resolve_in_unit(partial, "year", which))


def build_cjk(m: Match) -> Found | None:
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
    if year is not None and year < 200 and "MMARK" in said:
        year += 1911  # "115年5月18日", as Taiwan counts
    whole = [None if v is None else int(v) for v in (year, said.get("MMARK"), said.get("DMARK"))]
    if whole[0] is not None and not 1 <= whole[0] < 2200:
        return None
    return _partial(m, Partial(*whole))
