"""Bare years: when four digits are a year and when they count something."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.absolute import make_found
from tasks.extract.dates.intervals import Found, Partial
from tasks.extract.dates.lexicon import table
from tasks.extract.dates.words import lower_at, read_year, skip, text_at
from tasks.extract.numerals import Token, number_words

# Four digits without a comma between these are a year unless something countable follows.
_MODERN = range(1900, 2060)
_OLD = range(1400, 2200)
_PREPOSITIONS = frozenset(
    {
        "in",
        "since",
        "until",
        "till",
        "before",
        "after",
        "during",
        "from",
        "year",
        "by",
        "circa",
        "early",
        "late",
        "mid",
        "between",
        "through",
        "of",
    }
)
_MONEY = frozenset("$€£¥₹₽₴₺₿+#/=.~<>")
_COUNT_CUES = frozenset(
    {
        "than",
        "about",
        "around",
        "some",
        "over",
        "nearly",
        "roughly",
        "approximately",
        "almost",
        "least",
        "most",
        "up",
        "under",
        "only",
        "another",
    }
)
_UNITS = frozenset(
    {
        "meters",
        "metres",
        "miles",
        "km",
        "kilometers",
        "kilometres",
        "feet",
        "tons",
        "tonnes",
        "dollars",
        "euros",
        "pounds",
        "degrees",
        "percent",
        "%",
        "kg",
        "m",
        "ft",
        "acres",
        "hectares",
        "points",
        "votes",
        "calories",
        "volts",
        "watts",
        "mw",
        "times",
        "hundred",
        "thousand",
        "million",
        "billion",
        "or",
    }
)
_COUNTED = frozenset(
    {
        "people",
        "men",
        "women",
        "children",
        "troops",
        "soldiers",
        "police",
        "workers",
        "employees",
        "residents",
        "students",
        "cases",
        "deaths",
        "jobs",
        "homes",
        "copies",
        "seats",
        "members",
        "protesters",
        "refugees",
        "migrants",
        "participants",
        "patients",
        "vehicles",
        "fans",
        "spectators",
        "demonstrators",
        "firefighters",
        "houses",
        "families",
        "fighters",
        "civilians",
        "prisoners",
        "passengers",
        "users",
        "customers",
        "units",
        "rooms",
        "pages",
    }
)


def parse_bare_year(tokens: Sequence[Token], i: int) -> Found | None:
    """A year standing alone: "2014", "the year 2008", "in nineteen twenty-eight"."""
    j = skip(tokens, i, "the", "year")
    if lower_at(tokens, j - 1) != "year":
        j = i
    year = read_year(tokens, j) if j < len(tokens) else None
    if year is None:
        return None
    if tokens[j].kind != "number":
        is_year = lower_at(tokens, i - 1) in ("in", "since", "year", "of", "by", "until") and not _counts(
            tokens, year[1]
        )
        return make_found(i, year[1], Partial(year[0])) if is_year and year[1] - j > 1 else None
    if j == i and not _is_year(tokens, i, year[0]):
        return None
    return make_found(i, year[1], Partial(year[0]))


def _is_year(tokens: Sequence[Token], i: int, year: int) -> bool:
    if _touches(tokens, i):
        return False
    before = lower_at(tokens, i - 1)
    counts = _counts(tokens, i + 1)
    if before in _PREPOSITIONS:
        return year in _OLD and not (
            counts and before in ("of", "by", "from", "between", "after", "through", "in", "during")
        )
    return year in _MODERN and not counts and before not in _COUNT_CUES


def _touches(tokens: Sequence[Token], i: int) -> bool:
    """Something is glued to the digits that makes them a sum, a code or a product."""
    if tokens[i].is_glued and (tokens[i - 1].text in _MONEY or tokens[i - 1].kind in ("word", "number")):
        return True
    if i and tokens[i - 1].text in ("$", "€", "£"):
        return True
    if (
        tokens[i].is_glued
        and tokens[i - 1].text == "-"
        and (tokens[i - 1].is_glued and tokens[i - 2].kind == "word")
    ):
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not following.is_glued:
        return False
    return following.kind in ("word", "number") or text_at(tokens, i + 1) in (
        "%",
        "°",
        "/",
        ":",
        "+",
        "@",
        "_",
        "^",
    )


def _counts(tokens: Sequence[Token], j: int) -> bool:
    """What follows is counted or measured by the number before it."""
    word = lower_at(tokens, j)
    if word in _UNITS or word in _COUNTED or word in number_words()["scales"]:
        return not (word == "or" and text_at(tokens, j + 1).isdecimal())
    return word in table("units") and word.endswith("s")
