"""Absolute dates of other languages: ISO, numeric day first, and month names from a table. No English rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from tasks.extract.dates.base.intervals import Found, Partial, safe_date
from tasks.extract.dates.base.words import lower_at, read_year, text_at
from tasks.extract.dates.days.absolute import make_found
from tasks.extract.numerals import Token

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CJK_MARKS = {"年": "year", "月": "month", "日": "day", "년": "year", "월": "month", "일": "day"}


@cache
def _rules(language: str) -> tuple[dict[str, int], frozenset[str], frozenset[str]]:
    """Months by name, words that join, words that follow a year."""
    with (Path(__file__).parent / "languages.toml").open("rb") as file:
        entry = tomllib.load(file).get(language.split("-")[0], {})
    months = {name: n for n, names in enumerate(entry.get("months", ()), start=1) for name in names}
    return months, frozenset(entry.get("joints", ())), frozenset(entry.get("years", ()))


def scan_foreign(tokens: Sequence[Token], language: str) -> Iterator[Found]:
    """The absolute dates in reading order."""
    i = 0
    while i < len(tokens):
        found = _parse_at(tokens, i, language) if tokens[i].kind in ("number", "word") else None
        if found is None:
            i += 1
        else:
            yield found
            i = found.end


def _parse_at(tokens: Sequence[Token], i: int, language: str) -> Found | None:
    if tokens[i].kind == "number":
        if (
            i
            and tokens[i].is_glued
            and (
                tokens[i - 1].text in "-/." or (tokens[i - 1].text.isascii() and tokens[i - 1].kind == "word")
            )
        ):
            return None
        return _parse_cjk(tokens, i) or _parse_numeric(tokens, i) or _parse_named(tokens, i, language)
    months, joints, years = _rules(language)
    month = months.get(tokens[i].lower)
    if month is None:
        return None
    year = _year_after(tokens, i + 1, joints, years)
    return None if year is None else make_found(i, year[1], Partial(year[0], month))


def _parse_numeric(tokens: Sequence[Token], i: int) -> Found | None:
    """ "2021-12-07", "07.12.2021", "7/12/2021"."""
    if (dotted := _DOTTED.fullmatch(tokens[i].text)) is not None:
        return _make(i, i + 1, int(dotted[3]), int(dotted[2]), int(dotted[1]))
    sign = text_at(tokens, i + 1)
    parts = [text_at(tokens, i + k) for k in (0, 2, 4)]
    if (
        sign not in ("-", "/")
        or text_at(tokens, i + 3) != sign
        or not all(p.isdecimal() and len(p) <= 4 for p in parts)
    ):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        return _make(i, i + 5, *numbers)
    return _make(i, i + 5, *reversed(numbers)) if len(parts[2]) == 4 else None


def _make(start: int, end: int, year: int, month: int, day: int) -> Found | None:
    return None if safe_date(year, month, day) is None else make_found(start, end, Partial(year, month, day))


def _parse_cjk(tokens: Sequence[Token], i: int) -> Found | None:
    """ "2021年12月7日", "12月7日", "2021년 12월 7일"."""
    said: dict[str, int] = {}
    j = i
    while j + 1 < len(tokens) and tokens[j].text.isdecimal() and len(tokens[j].text) <= 4:
        mark = _CJK_MARKS.get(tokens[j + 1].text[:1])
        if mark is None or mark in said or (len(tokens[j + 1].text) > 1 and mark != "day"):
            break
        said[mark] = int(tokens[j].text)
        j += 2
        if mark == "day" or len(tokens[j - 1].text) > 1:
            break
    if "month" not in said and "year" not in said:
        return None
    if safe_date(said.get("year", 2000), said.get("month", 1), said.get("day", 1)) is None:
        return None
    return make_found(i, j, Partial(said.get("year"), said.get("month"), said.get("day")))


def _parse_named(tokens: Sequence[Token], i: int, language: str) -> Found | None:
    """ "7. Dezember 2021", "1er mars", "7 de diciembre de 2021", "7 декабря 2021 года"."""
    months, joints, years = _rules(language)
    text = tokens[i].text
    if not text.isdecimal() or len(text) > 2 or not 1 <= int(text) <= 31:
        return read_plain_year(tokens, i)
    j = i + 1
    while lower_at(tokens, j) in joints:
        j += 1
    month = months.get(lower_at(tokens, j))
    if month is None:
        return None
    year = _year_after(tokens, j + 1, joints, years)
    end = year[1] if year is not None else j + 1
    return make_found(i, end, Partial(year[0] if year else None, month, int(text)))


def _year_after(
    tokens: Sequence[Token], i: int, joints: frozenset[str], years: frozenset[str]
) -> tuple[int, int] | None:
    while lower_at(tokens, i) in joints or text_at(tokens, i) in (",", "."):
        i += 1
    year = read_year(tokens, i) if i < len(tokens) and tokens[i].kind == "number" else None
    if year is None:
        return None
    end = year[1] + 1 if lower_at(tokens, year[1]) in years else year[1]
    return year[0], end


def read_plain_year(tokens: Sequence[Token], i: int) -> Found | None:
    """Four bare digits of recent centuries are a year unless a word of measure goes on; digits alone tell."""
    year = read_year(tokens, i)
    if year is None or not 1900 <= year[0] < 2060:
        return None
    before = text_at(tokens, i - 1)
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if (before in ("$", "€", "£") and i) or (
        following is not None and following.text in ("€", "$", "£", "%")
    ):
        return None
    return make_found(i, i + 1, Partial(year[0])) if _is_plain_place(tokens, i) else None


def _is_plain_place(tokens: Sequence[Token], i: int) -> bool:
    """Before a stop, a bracket or a small word, years stand; before a noun, counts do as well."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return (
        following is None
        or following.kind in ("sign", "break")
        or len(following.text) <= 3
        or tokens[i - 1].kind == "word"
    )
