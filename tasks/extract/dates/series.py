"""Days that share a month: "on 18 and 19 June", "Jan. 10, 12 and 14"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.dates.base.intervals import Found
from tasks.extract.dates.base.words import read_month_day, skip
from tasks.extract.dates.days.absolute import make_found, parse_calendar
from tasks.extract.numerals import Token, lower_at, text_at


def parse_day_before_month(tokens: Sequence[Token], i: int, day_first: bool, most: int = 4) -> Found | None:
    """The 18 of "18 and 19 June"; of at most five days."""
    day = read_month_day(tokens, i) if tokens[i].kind == "number" else None
    if day is None or lower_at(tokens, day[1]) not in ("and", "or", ","):
        return None
    j = skip(tokens, day[1], "and", "or", ",")
    if j >= len(tokens) or tokens[j].kind != "number":
        return None
    last = parse_calendar(tokens, j, day_first)
    if last is None:
        is_list = most and lower_at(tokens, day[1]) == ","
        last = parse_day_before_month(tokens, j, day_first, most - 1) if is_list else None
    if last is None or last.partial is None or last.partial.month is None or last.partial.day is None:
        return None
    return make_found(i, day[1], replace(last.partial, day=day[0]))


def parse_further_day(tokens: Sequence[Token], found: Found) -> Found | None:
    """The 12 of "Jan. 10 and 12", once "Jan. 10" is found."""
    partial, j = found.partial, found.end
    if partial is None or partial.day is None or partial.year is not None:
        return None
    if lower_at(tokens, j) not in ("and", ",", "or"):
        return None
    k = skip(tokens, j, ",", "and", "or")
    if partial.month is None:  # "on the 3rd and the 17th"
        k = skip(tokens, k, "the")
    day = read_month_day(tokens, k) if k < len(tokens) and tokens[k].kind == "number" else None
    if day is None or day[0] <= partial.day or not _ends(tokens, day[1], lower_at(tokens, j) == ","):
        return None
    return make_found(k, day[1], replace(partial, day=day[0]))


def _ends(tokens: Sequence[Token], j: int, needs_more: bool) -> bool:
    """Nothing is counted by the number: the clause ends, or goes on with a small word."""
    if needs_more:
        return lower_at(tokens, j) in ("and", ",", "or") and text_at(tokens, j + 1).isdecimal()
    following = tokens[j] if j < len(tokens) else None
    if following is None or following.kind in ("sign", "break"):
        return following is None or following.text not in "%$-/:"
    return following.lower in (
        "in",
        "at",
        "with",
        "to",
        "for",
        "as",
        "when",
        "and",
        "after",
        "before",
        "on",
        "by",
    )
