"""Stretches picked out by a determiner: "last week", "this coming Friday", "the following day", "next June"."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Reference,
    Resolve,
    granularity_of,
    midnight,
    safe_date,
    shift,
    unit_interval,
    unit_start,
)
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.resolvers import (
    last_day_of,
    resolve_days,
    resolve_holiday,
    resolve_season,
    resolve_unit,
    resolve_weekday,
)
from tasks.extract.dates.base.words import read_month, read_weekday, read_year, skip
from tasks.extract.dates.days.absolute import parse_calendar
from tasks.extract.dates.days.holidays import read_holiday
from tasks.extract.numerals import Token, lower_at

_BACK = frozenset({"last", "previous", "past", "preceding"})


_ON = frozenset({"next", "coming", "upcoming"})


_HERE = frozenset({"this", "current"})


_THERE = frozenset({"that", "same"})


_FOLLOWING = frozenset({"following", "next", "previous", "preceding", "subsequent"})


_DETERMINERS = _BACK | _ON | _HERE | _THERE | _FOLLOWING


def parse_day_word(tokens: Sequence[Token], i: int) -> Found | None:
    """today, yesterday, tomorrow, "the day after tomorrow"."""
    j = skip(tokens, i, "the")
    if lower_at(tokens, j) == "day" and lower_at(tokens, j + 1) in ("before", "after"):
        base = _day_offset(tokens, j + 2)
        if base is not None and base:
            step = 1 if lower_at(tokens, j + 1) == "after" else -1
            return Found(i, j + 3, "day", resolve_days(base + step))
    offset = _day_offset(tokens, i)
    return None if offset is None else Found(i, i + 1, "day", resolve_days(offset))


def _day_offset(tokens: Sequence[Token], i: int) -> int | None:
    word = lower_at(tokens, i).removesuffix("'s").removesuffix("’s")
    offset = table("days").get(word)
    return None if offset is None else int(offset)


def parse_after_next(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the week after next", "the year before last"."""
    j = skip(tokens, i, "the")
    unit = table("units").get(lower_at(tokens, j))
    if unit is None or j == i:
        return None
    k = skip(tokens, j + 2, "the")
    words = (lower_at(tokens, j + 1), lower_at(tokens, k))
    offset = {("after", "next"): 2, ("before", "last"): -2}.get(words)
    if offset is None:
        return None
    return Found(i, k + 1, granularity_of(unit), resolve_unit(unit, offset))


def parse_determined(tokens: Sequence[Token], i: int) -> Found | None:
    """ "last week", "this coming Friday", "the following day", "next June"."""
    j = skip(tokens, i, "the")
    word = lower_at(tokens, j)
    if word not in _DETERMINERS:
        return None
    side = "past" if word in _BACK else "future" if word in _ON or word == "following" else None
    end = j + 1
    if word == "this" and lower_at(tokens, end) in ("past", "coming"):
        side, end = ("past" if lower_at(tokens, end) == "past" else "future"), end + 1
        word = "past" if side == "past" else "coming"
    if word in _THERE and lower_at(tokens, end) == "same":
        end += 1
    if lower_at(tokens, end) in ("calendar", "fiscal", "financial"):
        end += 1
    return _parse_determined_unit(tokens, i, end, word, side) or _parse_determined_name(
        tokens, i, end, word, side
    )


def _parse_determined_unit(
    tokens: Sequence[Token], i: int, j: int, word: str, side: str | None
) -> Found | None:
    name = lower_at(tokens, j).removesuffix("'s").removesuffix("’s")
    unit = table("units").get(name)
    if name in ("workweek", "semester"):
        unit = "week" if name == "workweek" else None
    if unit is None or (name.endswith("s") and unit != "century") or unit in ("second", "minute"):
        return None
    if unit == "day" and name in ("night", "nights"):
        return None
    if word in _THERE and (other := _parse_same_of(tokens, i, j + 1, unit)) is not None:
        return other
    if (
        word in _THERE
        or (unit == "day" and word in _FOLLOWING)
        or (word in ("following", "preceding", "subsequent"))
    ):
        step = 0 if word in _THERE else -1 if word in ("previous", "preceding") else 1
        return Found(i, j + 1, granularity_of(unit), resolve_from_previous(unit, step), "previous")
    if unit == "day" and word not in ("next",):
        return None
    step = {"past": -1, "future": 1}.get(side or "", 0)
    return Found(i, j + 1, granularity_of(unit), resolve_unit(unit, step))


def _parse_same_of(tokens: Sequence[Token], i: int, j: int, unit: str) -> Found | None:
    """ "The same month of 2030", "that month last year": the stretch said before, in another year."""
    if unit != "month":
        return None
    if (year := read_year(tokens, skip(tokens, j, "of", "in"))) is not None and year[1] > j + 1:
        return Found(i, year[1], "month", _resolve_in_year(year[0], 0), "previous")
    j = skip(tokens, j, "of", "in", "the")
    if lower_at(tokens, j) in ("last", "previous") and lower_at(tokens, j + 1) == "year":
        return Found(i, j + 2, "month", _resolve_in_year(None, -1), "previous")
    return None


def _resolve_in_year(year: int | None, step: int) -> Resolve:
    """The month said before, of the year or as many years on."""

    def resolve(reference: Reference) -> Interval | None:
        base = reference.mentioned.start if reference.mentioned is not None else None
        if base is None:
            return None
        day = safe_date(base.year + step if year is None else year, base.month, 1)
        return None if day is None else unit_interval(day, "month")

    return resolve


def resolve_from_previous(unit: str, step: int) -> Resolve:
    """The unit that holds the date said before, or one on; without such a date, from publication unless
    the tense speaks against it ("the next day he was arrested")."""

    def resolve(reference: Reference) -> Interval | None:
        said = reference.mentioned if unit in ("month", "year", "week") and step == 0 else reference.previous
        if step and unit in ("month", "year") and reference.stretch is not None:
            said = reference.stretch  # "in March, down from 201,000 the month before"
        base = said.start if said is not None else None
        if said is not None and step > 0 and unit == "day":
            base = last_day_of(said)
        if base is None:
            is_unknown = unit == "day" if step == 0 else step > 0 and reference.tense == "past"
            if reference.moment is None or is_unknown:
                return None
            base = reference.moment
        if unit in ("hour", "minute"):
            return Interval(shift(base, unit, step), shift(base, unit, step + 1), unit)
        start = shift(midnight(unit_start(base.date(), unit)), unit, step)
        return unit_interval(start.date(), unit)

    return resolve


def _parse_determined_name(
    tokens: Sequence[Token], i: int, j: int, word: str, side: str | None
) -> Found | None:
    if word in _THERE and tokens[j - 1].lower == "that":
        return None  # "figures reveal that July was"
    weekday = read_weekday(tokens, j)
    if weekday is not None:
        if word in ("past", "coming"):
            return Found(i, weekday[1], "day", resolve_weekday(weekday[0], side=side))
        dated = parse_calendar(tokens, j)
        if dated is not None and dated.granularity == "day":
            return dated.moved(start=i)
        week = {"past": -1, "future": 1}.get(side or "", 0)
        return Found(i, weekday[1], "day", resolve_weekday(weekday[0], week=week))
    month = read_month(tokens, j)
    if month is not None:
        return _parse_determined_month(tokens, i, j, month, side)
    season = table("seasons").get(lower_at(tokens, j).removesuffix("'s").removesuffix("’s"))
    if season is not None:
        offset = {"past": -1, "future": 1}.get(side or "", 0)
        return Found(i, j + 1, "season", resolve_season(season, None, offset))
    return _parse_named_day(tokens, i, j, side)


def _parse_determined_month(
    tokens: Sequence[Token], i: int, j: int, month: tuple[int, int], side: str | None
) -> Found | None:
    if not tokens[j].is_capitalized and tokens[j].lower in ("may", "march", "mar"):
        return None
    dated = parse_calendar(tokens, j)
    if dated is not None and (dated.granularity == "day" or (dated.partial and dated.partial.year)):
        return dated.moved(start=i)
    end = j + 1 if month[1] == j + 2 else month[1]
    number = month[0]

    def resolve(reference: Reference) -> Interval | None:
        if reference.day is None:
            return None
        here = reference.day.replace(day=1)
        year = here.year
        if side == "past" and number >= here.month:
            year -= 1
        if side == "future" and number <= here.month:
            year += 1
        day = safe_date(year, number, 1)
        return None if day is None else unit_interval(day, "month")

    return Found(i, end, "month", resolve)


def _parse_named_day(tokens: Sequence[Token], i: int, j: int, side: str | None) -> Found | None:
    found = read_holiday(tokens, j)
    if found is None:
        return None
    rule, end = found
    return Found(i, end, "day", resolve_holiday(rule, None, side))
