"""The patterns of days, times away and periods: the same for all languages, over the categories of their words."""

from __future__ import annotations

from functools import cache

from tasks.extract.dates.foreign.builders import (
    Build,
    build_cjk,
    build_cued_day,
    build_dated_in_year,
    build_dated_weekday,
    build_day_dotted,
    build_day_month,
    build_day_month_ranks,
    build_day_month_which,
    build_day_numeric,
    build_day_of_which,
    build_day_word,
    build_decade,
    build_decade_of_century,
    build_half_year,
    build_holiday,
    build_limit,
    build_marked_year,
    build_month_alone,
    build_month_which,
    build_month_year,
    build_named_year,
    build_numeric,
    build_past_season,
    build_plain_year,
    build_quarter,
    build_rest,
    build_season,
    build_shifted,
    build_unit_which,
    build_weekday,
    build_weekday_week,
    build_weekday_which,
    build_weekend,
    build_window,
)
from tasks.extract.dates.foreign.calendar_builders import (
    build_solar,
    build_solar_numeric,
    build_solar_year,
    build_unread,
)
from tasks.extract.dates.foreign.item_patterns import Grammar

_YEAR = "((COMMA|OF|DOT|SEP|YEARWORD|MCUE)? (OF|THE)? Y4|(OF|COMMA|DOT|SEP)? Y2|OF? APOS YY)"
_TAIL = "YEARWORD?"
_M = "(MON|MONS) DOT?"

# What is a day. The longest match wins; of two as long, the first.
DAYS: list[tuple[str, Build]] = [
    (
        f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? (CUE|THE)* (D31) DOT? OF? {_M} ({_YEAR} {_TAIL})?",
        build_day_month,
    ),
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? (CUE|THE)* (D31) SEP {_M} (SEP (Y4|Y2))?", build_day_month),
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? {_M} THE? (D31) DOT? (COMMA|OF)? (Y4)", build_day_month),
    (f"Y4 (SEP|OF|COMMA)? {_M} SEP? (D31) ", build_day_month),
    (f"(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? {_M} SEP? (Y4) SEP (D31)", build_day_month),
    (
        f"(CUE|THE)* (D31) DOT? OF? {_M} (OF THE?)? (WHICH THE? (UNIT)|(UNIT) WHICH|YEARWORD WHICH|WHICH YEARWORD)",
        build_day_month_which,
    ),
    ("(CUE|THE)* (D31) DOT? OF THE? (WHICH UNIT|UNIT WHICH)", build_day_of_which),
    ("(CUE|THE)* (D31) DOT? THE? WHICH UNIT", build_day_of_which),
    ("(CUE) (ORD) ((ORD)|(D31) DOT)", build_day_month_ranks),
    ("(CUE|THE)* WHICH? ((WD|WDS) DOT? COMMA?)? (CUE|THE)* NUMDATE", build_numeric),
    ("((WD|WDS) DOT? COMMA?)  (CUE|THE)* DAYMON", build_day_numeric),
    ("(CUE|FROM|TO|SINCE|TILL|BETWEEN) THE? DAYMON", build_day_numeric),
    ("Y4 SEP (D31) SEP (MON|MONS)", build_day_month),
    ("(MON|MONS) SEP (D31) SEP (Y4)", build_day_month),
    ("(D31) SEP Y4 SEP (MON|MONS)", build_day_month),
    ("CUE (CUE|THE)* DAYMONDOT<OCLOCK>", build_day_dotted),
    ("(NUM YMARK) OF? (NUM MMARK) OF? NUM DMARK (COMMA? WD)?", build_cjk),
    ("(NUM MMARK) OF? NUM DMARK (COMMA? WD)?", build_cjk),
    ("(LASTYEAR|WHICH UNIT|WHICH YMARK) OF? (NUM MMARK) OF? NUM DMARK", build_dated_in_year),
    ("D31 DMARK<AGOA|LATER|UNIT> (COMMA? WD)?", build_cued_day),
    ("DCUE D31 DMARK<AGOA|LATER>", build_cued_day),
    ("(CUE|THE)* D31 OF? SMON (OF|COMMA|CUE|YEARWORD|MCUE)* SYEAR", build_solar),
    ("(CUE|THE)* D31 OF? SMON", build_solar),
    ("OCAL (NUM YMARK)? NUM MMARK (NUM DMARK?)?", build_unread),
    ("OMON D31 (OF|COMMA|CUE|YEARWORD)* NUM? OERA?", build_unread),
    ("SOLARDATE", build_solar_numeric),
    ("D31 (OF|COMMA)* OMON (OF|COMMA|CUE|YEARWORD)* NUM? OERA?", build_unread),
    ("NUM (OF|COMMA|YEARWORD)* OMON D31? OERA?", build_unread),
    ("WHICH UNIT OF? D31 DMARK", build_day_of_which),
    (
        "(CUE|THE)? WHICH? (WD|WDS) DOT? (COMMA? CUE)? (D31)<OCLOCK|HMARK|UNIT|AM|PM|TOX|SEP> DOT?",
        build_dated_weekday,
    ),
    ("(CUE|THE)* (WHICH) THE? (WD)", build_weekday_which),
    ("(CUE|THE)* (WD) WHICH", build_weekday_which),
    ("(CUE|THE)* (WD) COMMA? (OF|CUE|AT|IN|MCUE)? THE? (WHICH UNIT|UNIT WHICH)", build_weekday_week),
    ("(WHICH UNIT|UNIT WHICH) (OF|COMMA|AT)? (CUE|THE)* WD", build_weekday_week),
    ("THE? (DAY)", build_day_word),
    ("(CUE|THE)* (WD)", build_weekday),
    ("(CUE|THE) (WDS) DOT", build_weekday),
    ("(CUE|THE)* (HOL) (OF? (Y4)|WHICH)?", build_holiday),
    ("(TILL|EARLIER) (OF|THE|CUE)* (HOL)", build_limit),
    ("(WHICH) THE? (HOL)", build_holiday),
]
_COUNT = "(NUM) (OF)? BUSINESS? (UNIT) BUSINESS?"
_COUNTS = f"({_COUNT} (COMMA|AND)? ({_COUNT} (COMMA|AND)? ({_COUNT})?)?|COUNTED)"
AWAY: list[tuple[str, Build]] = [
    (f"AGOB {_COUNTS} (AND HALF)?", build_shifted(-1)),
    (f"AGOB? {_COUNTS} (AND HALF)? AGOA", build_shifted(-1)),
    (f"IN {_COUNTS} (AND HALF)?", build_shifted(1)),
    (f"{_COUNTS} LATER", build_shifted(1, from_previous=True)),
    (f"{_COUNTS} EARLIER", build_shifted(-1, from_previous=True)),
    (f"{_COUNTS} EARLIER (OF|THE)? DAY", build_shifted(-1)),
    (f"{_COUNTS} (LATER|SINCE) (OF|THE)? DAY", build_shifted(1)),
    (f"{_COUNTS} FROM NOW", build_shifted(1)),
]
PERIODS: list[tuple[str, Build]] = [
    (f"MCUE? THE? {_M} {_YEAR} {_TAIL}", build_month_year),
    (f"(Y4|Y2) (OF|COMMA|SEP)? {_M}", build_month_year),
    ("(NUM YMARK) OF? (NUM MMARK)", build_cjk),
    (
        f"MCUE? THE? {_M} (OF THE?|COMMA|IN|MCUE)? THE? (WHICH (UNIT)|(UNIT) WHICH|YEARWORD WHICH|WHICH YEARWORD)",
        build_month_which,
    ),
    (f"(WHICH (UNIT)|(UNIT) WHICH|YEARWORD WHICH|WHICH YEARWORD) (OF|MCUE|IN)? {_M}", build_month_which),
    ("THE? WHICH (MON)", build_month_which),
    ("MCUE? THE? (MON) WHICH", build_month_which),
    ("MCUE THE? MON", build_month_alone),
    ("NUM MMARK", build_cjk),
    ("(LASTYEAR|WHICH UNIT|WHICH YMARK) OF? (NUM MMARK)", build_dated_in_year),
    ("SMON (OF|COMMA|CUE|YEARWORD|MCUE)* SYEAR", build_solar),
    ("(YEARWORD|MCUE) NUM OERA", build_unread),
    ("OERA NUM", build_unread),
    ("NUM OERA", build_unread),
    ("YEARWORD (OF|THE)* SYEAR", build_solar_year),
    ("THE? WHICH (OF)? UNIT", build_unit_which),
    ("THE? UNIT (OF)? WHICH", build_unit_which),
    ("THE? WHICH THE? NUM (OF)? UNIT", build_window),
    ("THE? NUM WHICH UNIT", build_window),
    ("THE? NUM UNIT WHICH", build_window),
    ("THE? WHICH WEEKEND", build_weekend),
    ("THE? WEEKEND WHICH", build_weekend),
    ("(CUE|THE|MCUE) THE? WEEKEND", build_weekend),
    ("DECADE (OF|THE)* APOS? (Y4|NUM) (DECMARK|DOT)?", build_decade),
    ("(Y4|NUM) SEP? DECMARK SEP? DECADE?", build_decade),
    ("(TENS) DECADE?", build_decade),
    ("(TENSLINK) DECADE", build_decade),
    ("THE? SEASON (OF|COMMA)? THE? (Y4|WHICH UNIT|UNIT WHICH)?", build_season),
    ("THE? WHICH (SEASON)", build_season),
    ("THE? SEASON WHICH", build_season),
    ("LASTYEAR (SEASON|PASTSEASON)?", build_named_year),
    ("(SEASON|PASTSEASON) LASTYEAR", build_named_year),
    ("(AT|MCUE)? PASTSEASON", build_past_season),
    ("THE? (ORD|NUM) QUARTER (COMMA|OF|SEP)? THE? (YEARWORD? Y4|WHICH UNIT|UNIT WHICH|UNIT)?", build_quarter),
    ("(Y4) (COMMA|OF|SEP)? THE? (ORD|NUM) QUARTER", build_quarter),
    ("(Y4) YMARK (COMMA|OF|SEP)? THE? (ORD|NUM) QUARTER", build_quarter),
    ("THE? (ORD|NUM) HALFYEAR (COMMA|OF)? THE? (YEARWORD? Y4|WHICH UNIT|UNIT WHICH|UNIT)?", build_half_year),
    ("(Y4) YMARK? (COMMA|OF)? (ORD|NUM) HALFYEAR", build_half_year),
    ("(Y4) YMARK? OF? HALFNAME", build_half_year),
    ("(WHICH UNIT)? OF? HALFNAME", build_half_year),
    ("NUM UNIT OF? NUM DECMARK", build_decade_of_century),
    ("THE? REST (OF|THE)* WHICH? UNIT", build_rest),
    ("THE? YEARWORD (OF|THE)* Y4", build_plain_year),
    ("Y4 YMARK", build_plain_year),
    ("NUM YMARK", build_marked_year),
]


@cache
def grammar_of(code: str) -> Grammar:
    """The patterns for a language: the same for all, over an alphabet of its own."""
    assert code
    return Grammar({"days": DAYS, "away": AWAY, "periods": PERIODS})
