"""Relative stretches of the calendar: "last week", "this month", "next summer", "the following day", "Q3 2019"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache

from tasks.extract.dates.absolute import make_found, parse_calendar, parse_decade
from tasks.extract.dates.intervals import (
    Found,
    Interval,
    Partial,
    Reference,
    Resolve,
    granularity_of,
    midnight,
    nearest,
    safe_date,
    shift,
    unit_interval,
    unit_start,
)
from tasks.extract.dates.lexicon import holidays, table, word_set
from tasks.extract.dates.resolvers import (
    resolve_days,
    resolve_holiday,
    resolve_season,
    resolve_unit,
    resolve_weekday,
    resolve_year_part,
)
from tasks.extract.dates.words import lower_at, read_month, read_weekday, read_year, skip, text_at
from tasks.extract.numerals import Token, parse_cardinal, parse_ordinal

_BACK = frozenset({"last", "previous", "past", "preceding"})
_ON = frozenset({"next", "coming", "upcoming"})
_HERE = frozenset({"this", "current"})
_THERE = frozenset({"that", "same"})
_FOLLOWING = frozenset({"following", "next", "previous", "preceding", "subsequent"})
_DETERMINERS = _BACK | _ON | _HERE | _THERE | _FOLLOWING
_PARTS_OF_PERIODS = {
    "early": "early",
    "beginning": "start",
    "start": "start",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "earlier": "earlier",
    "later": "later",
    "rest": "rest",
    "remainder": "rest",
}


@lru_cache(maxsize=64)
def parse_period(tokens: Sequence[Token], i: int) -> Found | None:
    """The relative or named stretch of time that starts at tokens[i]."""
    if i >= len(tokens):
        return None
    parsers: tuple[Callable[[Sequence[Token], int], Found | None], ...] = (
        parse_day_word,
        _parse_after_next,
        _parse_determined,
        _parse_quarter,
        _parse_season,
        parse_holiday,
        parse_decade,
    )
    return next((found for parse in parsers if (found := parse(tokens, i)) is not None), None)


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


def _parse_after_next(tokens: Sequence[Token], i: int) -> Found | None:
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


def _parse_determined(tokens: Sequence[Token], i: int) -> Found | None:
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


def resolve_from_previous(unit: str, step: int) -> Resolve:
    """The unit that holds the date said before, or one on; without such a date, from publication unless
    the tense speaks against it ("the next day he was arrested")."""

    def resolve(reference: Reference) -> Interval | None:
        said = reference.mentioned if unit in ("month", "year", "week") and step == 0 else reference.previous
        base = said.start if said is not None else None
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
    season = table("seasons").get(lower_at(tokens, j))
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


def _parse_quarter(tokens: Sequence[Token], i: int) -> Found | None:
    """ "Q3", "Q3 2019", "2019 Q3", "the third quarter of 2020", "first half of this year", "H1 2016"."""
    year = read_year(tokens, i) if tokens[i].kind == "number" else None
    j = skip(tokens, year[1], "-", "the") if year else skip(tokens, i, "the")
    part = _read_year_part(tokens, j)
    if part is None:
        return None
    start_month, months, end, is_word = part
    granularity = "quarter" if months == 3 else "other"
    if year is not None:
        base: Found | None = make_found(i, year[1], Partial(year[0]))
    else:
        base = _parse_year_of(tokens, end)
        end = base.end if base is not None else end
    if base is None and is_word and (months == 6 or j == i):
        return None
    anchor = base.anchor if base is not None else "published"
    resolve = resolve_year_part(start_month, months, None if base is None else base.resolve, granularity)
    return Found(i, end, granularity, resolve, anchor)


def _read_year_part(tokens: Sequence[Token], i: int) -> tuple[int, int, int, bool] | None:
    """First month, length in months, next token, and whether it is said in words."""
    letter, digit = lower_at(tokens, i), text_at(tokens, i + 1)
    if text_at(tokens, i + 2) == ":":
        return None  # "Q1:" opens a question
    if letter in ("q", "h") and digit.isdecimal() and len(digit) == 1 and tokens[i + 1].is_glued:
        length = 3 if letter == "q" else 6
        if 1 <= int(digit) <= 12 // length:
            return (int(digit) - 1) * length + 1, length, i + 2, False
        return None
    ordinal = parse_ordinal(tokens, i) if i < len(tokens) else None
    if ordinal is None or ordinal.value is None:
        return None
    word = lower_at(tokens, ordinal.end)
    if word == "quarter" and ordinal.value <= 4:
        return int(ordinal.value - 1) * 3 + 1, 3, ordinal.end + 1, True
    if word == "half" and ordinal.value <= 2:
        return int(ordinal.value - 1) * 6 + 1, 6, ordinal.end + 1, True
    return None


def _parse_year_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "of 2020", "2020", "of this year", "of the year", "last year"."""
    j = skip(tokens, i, "of", "in", "-", ",")
    year = read_year(tokens, j)
    if year is not None:
        return make_found(i, year[1], Partial(year[0]))
    k = skip(tokens, j, "the")
    if lower_at(tokens, k) == "year" and k > j:
        return Found(i, k + 1, "year", resolve_unit("year", 0))
    found = _parse_determined(tokens, j)
    return found if found is not None and found.granularity == "year" else None


def _parse_season(tokens: Sequence[Token], i: int) -> Found | None:
    """ "summer of 2016", "winter 2014", "the spring", "in the fall"."""
    j = skip(tokens, i, "the")
    month = table("seasons").get(lower_at(tokens, j))
    if month is None:
        return None
    year = read_year(tokens, skip(tokens, j + 1, "of"))
    if year is None and lower_at(tokens, j + 1) == "of":
        relative = _parse_year_of(tokens, j + 1)
        if relative is not None:
            return Found(i, relative.end, "season", _resolve_season_of(month, relative.resolve))
    if year is not None:
        return Found(i, year[1], "season", resolve_season(month, year[0], None), "explicit")
    if tokens[j].lower in ("fall", "spring") and not (
        j > i and lower_at(tokens, i - 1) in ("in", "until", "by", "since", "during")
    ):
        return None
    return Found(i, j + 1, "season", resolve_season(month, None, None))


def _resolve_season_of(month: int, year: Resolve) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = year(reference)
        if found is None or found.first_day is None:
            return None
        return resolve_season(month, found.first_day.year, None)(reference)

    return resolve


def read_holiday(tokens: Sequence[Token], i: int) -> tuple[dict[str, list[int] | int], int] | None:
    """The named day at tokens[i], longest name first."""
    for length in (4, 3, 2, 1):
        rule = holidays().get(tuple(lower_at(tokens, i + k) for k in range(length)))
        if rule is not None:
            return rule, i + length
    return None


def parse_holiday(tokens: Sequence[Token], i: int) -> Found | None:
    """ "Christmas Eve", "Thanksgiving 2023", "Easter Monday"."""
    found = read_holiday(tokens, i)
    if found is None:
        return None
    rule, end = found
    year = read_year(tokens, skip(tokens, end, "of", ","))
    if year is not None and tokens[year[1] - 1].kind == "number":
        day = Found(i, year[1], "day", resolve_holiday(rule, year[0], None), "explicit")
    else:
        day = Found(i, end, "day", resolve_holiday(rule, None, None))
    if lower_at(tokens, day.end) != "weekend":
        return day
    return Found(i, day.end + 1, "other", _resolve_long_weekend(day.resolve), day.anchor)


def _resolve_long_weekend(holiday: Resolve) -> Resolve:
    """ "Labor Day weekend": Saturday to the Monday; "Thanksgiving weekend": the Thursday to Sunday."""

    def resolve(reference: Reference) -> Interval | None:
        found = holiday(reference)
        if found is None or found.start is None or found.end is None:
            return None
        weekday = found.start.weekday()
        if weekday <= 1:
            return Interval(found.start - timedelta(days=2 + weekday), found.end, "other")
        saturday = found.start - timedelta(days=weekday - 5)
        return Interval(min(found.start, saturday), saturday + timedelta(days=2), "other")

    return resolve


def parse_whole(tokens: Sequence[Token], i: int) -> Found | None:
    """Any stretch of the calendar that something can be the end or the third week of."""
    j = skip(tokens, i, "the")
    unit = table("units").get(lower_at(tokens, j))
    if (
        unit in ("week", "month", "quarter", "year", "decade", "century")
        and j > i
        and not lower_at(tokens, j).endswith("s")
    ):
        return Found(i, j + 1, granularity_of(unit), resolve_unit(unit, 0))
    j = skip(tokens, j, "year", "calendar")
    year = read_year(tokens, j)
    if year is not None and tokens[j].kind == "number":
        dated = parse_calendar(tokens, j)
        if dated is not None and dated.granularity != "day":
            return dated.moved(start=i)
        return make_found(i, year[1], Partial(year[0]))
    return _parse_month_or_period(tokens, i)


def _parse_month_or_period(tokens: Sequence[Token], i: int) -> Found | None:
    month = read_month(tokens, skip(tokens, i, "the"))
    if month is not None:
        j = skip(tokens, i, "the")
        found = parse_calendar(tokens, j)
        if found is not None and found.granularity == "month":
            return found.moved(start=i)
        if found is None and tokens[j].is_capitalized and tokens[j].lower in word_set("doubtful", "months"):
            return make_found(i, month[1], Partial(month=month[0]))
        return None
    return parse_period(tokens, i)


def parse_part_of_period(tokens: Sequence[Token], i: int) -> Found | None:
    """ "early January", "late last year", "mid-2022", "the end of March", "earlier this month", "later that week"."""
    j = skip(tokens, i, "the")
    word = lower_at(tokens, j)
    which = _PARTS_OF_PERIODS.get(word)
    if which is None:
        return None
    if word in ("rest", "remainder"):
        return _parse_rest(tokens, i, j)
    if word in ("beginning", "start", "middle", "end"):
        if lower_at(tokens, j + 1) != "of":
            return None
        j += 1
    k = skip(tokens, j + 1, "-", "in")
    whole = parse_whole(tokens, k)
    if (
        whole is None
        or whole.granularity in ("day", "other")
        or (whole.granularity == "decade" and word == "mid")
    ):
        return whole.moved(start=i) if whole is not None and whole.granularity == "decade" else None
    return Found(i, whole.end, whole.granularity, _resolve_part(which, whole), whole.anchor)


def _parse_rest(tokens: Sequence[Token], i: int, j: int) -> Found | None:
    """ "the rest of the week", "the remainder of this year": from publication to its end."""
    k = j + 1
    if lower_at(tokens, k) == "of":
        k += 1
    whole = parse_whole(tokens, k)
    if whole is None or whole.granularity in ("day", "other") or k == j + 1:
        return None
    inner = whole.resolve

    def resolve(reference: Reference) -> Interval | None:
        found = inner(reference)
        if found is None or found.start is None or found.end is None or reference.moment is None:
            return None
        now = midnight(reference.moment.date())
        return Interval(now if found.start < now < found.end else found.start, found.end, found.granularity)

    return Found(i, whole.end, whole.granularity, resolve, whole.anchor)


def _resolve_part(which: str, whole: Found) -> Resolve:
    """The part of a period: halves of years, months and weeks, as Recognizers-Text cuts them."""

    def resolve(reference: Reference) -> Interval | None:
        found = whole.resolve(reference)
        if found is None or found.start is None or found.end is None:
            return None
        start, end = _cut(which, found, whole.granularity)
        if which in ("earlier", "later") and reference.moment is not None and whole.anchor == "published":
            now = midnight(reference.moment.date())
            if found.start < now < found.end:
                start, end = (found.start, now) if which == "earlier" else (now, found.end)
        return Interval(start, end, found.granularity)

    return resolve


def _cut(which: str, whole: Interval, granularity: str):  # type: ignore[no-untyped-def]
    assert whole.start is not None
    assert whole.end is not None
    length = whole.end - whole.start
    if granularity == "year":
        marks = [shift(whole.start, "month", k) for k in (4, 6, 8)]
    elif granularity == "month":
        marks = [whole.start + timedelta(days=k) for k in (9, 15, 20)]
    elif granularity == "week":
        marks = [whole.start + timedelta(days=k) for k in (1, 3, 5)]
    else:
        marks = [whole.start + length * k / 4 for k in (1, 2, 3)]
    if which == "start" and granularity == "year":
        return whole.start, marks[0]
    if which in ("early", "earlier", "start"):
        return whole.start, marks[1]
    if which == "mid":
        return marks[0], marks[2]
    return marks[1], whole.end


def parse_nth_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the first Friday of next month", "the third week of 2027", "the 20th of next month", "last week of 2015"."""
    j = skip(tokens, i, "the")
    ordinal = parse_ordinal(tokens, j) if j < len(tokens) else None
    if lower_at(tokens, j) in ("first", "last") and (several := _parse_several_of(tokens, i, j)) is not None:
        return several
    if lower_at(tokens, j) == "last":
        n, end = -1, j + 1
    elif ordinal is not None and ordinal.value is not None and ordinal.value <= 53:
        n, end = int(ordinal.value), ordinal.end
    else:
        return None
    weekday = read_weekday(tokens, end)
    unit = table("units").get(lower_at(tokens, end))
    k = weekday[1] if weekday is not None else end + 1 if unit is not None else end
    is_joined = lower_at(tokens, k) in ("of", "in")
    whole = parse_whole(tokens, k + 1) if is_joined else parse_period(tokens, k) if unit == "week" else None
    if whole is None or whole.granularity not in ("month", "year"):
        return None
    if weekday is not None:
        return Found(i, whole.end, "day", _resolve_nth_weekday(n, weekday[0], whole.resolve), whole.anchor)
    if unit is None and (n < 0 or whole.granularity != "month" or n > 31):
        return None
    if unit not in (None, "day", "week", "month"):
        return None
    return Found(
        i,
        whole.end,
        granularity_of(unit or "day"),
        _resolve_nth(n, unit or "day", whole.resolve),
        whole.anchor,
    )


def _parse_several_of(tokens: Sequence[Token], i: int, j: int) -> Found | None:
    """ "the first 2 weeks of 2021", "the last four months of this year", "the first half of May" is none."""
    number = parse_cardinal(tokens, j + 1) if j + 1 < len(tokens) else None
    if number is None or number.value is None or not 1 <= number.value <= 400:
        return None
    unit = table("units").get(lower_at(tokens, number.end))
    if unit not in ("day", "week", "month") or lower_at(tokens, number.end + 1) not in ("of", "in"):
        return None
    whole = parse_whole(tokens, number.end + 2)
    if whole is None or whole.granularity not in ("month", "year", "quarter"):
        return None
    n = int(number.value) if lower_at(tokens, j) == "first" else -int(number.value)
    return Found(i, whole.end, granularity_of(unit), _resolve_several(n, unit, whole.resolve), whole.anchor)


def _resolve_several(n: int, unit: str, whole: Resolve) -> Resolve:
    """The first n (last -n) days, weeks or months of a period."""

    def resolve(reference: Reference) -> Interval | None:
        ends = [_resolve_nth(k, unit, whole)(reference) for k in ((1, n) if n > 0 else (n, -1))]
        if unit == "week" and n < -1:
            last = ends[1]
            if last is None or last.start is None:
                return None
            ends[0] = unit_interval(shift(last.start, "week", n + 1).date(), "week")
        if ends[0] is None or ends[1] is None:
            return None
        return Interval(ends[0].start, ends[1].end, granularity_of(unit))

    return resolve


def _resolve_nth_weekday(n: int, weekday: int, whole: Resolve) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = whole(reference)
        if found is None or found.start is None or found.end is None:
            return None
        if n > 0:
            day = found.start + timedelta(days=(weekday - found.start.weekday()) % 7 + 7 * (n - 1))
        else:
            last = found.end - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - weekday) % 7)
        return unit_interval(day.date(), "day") if found.start <= day < found.end else None

    return resolve


def _resolve_nth(n: int, unit: str, whole: Resolve) -> Resolve:
    """The n-th day, week (ISO: the first with a Thursday in it) or month of a period."""

    def resolve(reference: Reference) -> Interval | None:
        found = whole(reference)
        if found is None or found.start is None or found.end is None:
            return None
        if unit == "week":
            thursday = found.start + timedelta(days=(3 - found.start.weekday()) % 7 + 7 * (n - 1))
            if n < 0:
                last = found.end - timedelta(days=1)
                thursday = last - timedelta(days=(last.weekday() - 3) % 7)
            return unit_interval(thursday.date(), "week")
        start = shift(found.start, unit, n - 1) if n > 0 else shift(found.end, unit, n)
        return unit_interval(start.date(), unit) if found.start <= start < found.end else None

    return resolve


def nearest_weekend(reference: Reference) -> Interval | None:
    """The weekend that "the weekend" means, by tense."""
    if reference.day is None:
        return None
    here = unit_start(reference.day, "weekend")
    days = [here - timedelta(days=7), here, here + timedelta(days=7)]
    found = nearest(days, reference.day, reference.tense)
    return None if found is None else unit_interval(found, "weekend")


def parse_weekend(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the weekend", "over the weekend"."""
    j = skip(tokens, i, "the")
    if lower_at(tokens, j) != "weekend" or j == i or (text_at(tokens, j + 1) in ("-", "'s", "’s")):
        return None
    return Found(i, j + 1, "other", nearest_weekend)


def parse_week_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the week of April 10", "the week commencing February 4"."""
    j = skip(tokens, i, "the")
    if lower_at(tokens, j) != "week" or lower_at(tokens, j + 1) not in (
        "of",
        "commencing",
        "starting",
        "beginning",
        "ending",
    ):
        return None
    day = parse_calendar(tokens, skip(tokens, j + 2, "on"))
    if day is None or day.granularity != "day":
        return None
    inner = day.resolve

    def resolve(reference: Reference) -> Interval | None:
        found = inner(reference)
        return None if found is None or found.first_day is None else unit_interval(found.first_day, "week")

    return Found(i, day.end, "week", resolve, day.anchor)
