"""Halves and turns of long stretches: "the first half of the 1970s", "the latter half of May", "the turn of the 1980s"."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.intervals import Found, Interval, Reference, Resolve, shift
from tasks.extract.dates.base.words import skip
from tasks.extract.dates.days.decades import parse_century, parse_decade_of_part
from tasks.extract.dates.days.periods import parse_whole, resolve_part
from tasks.extract.numerals import Token, lower_at

_FIRST = frozenset({"first", "former", "1st"})
_SECOND = frozenset({"second", "latter", "last", "2nd", "other"})
# How far the middle is from the first day.
_MIDDLES = {"month": ("day", 15), "year": ("month", 6), "decade": ("year", 5), "century": ("year", 50)}
_SIDES = {
    **dict.fromkeys(("first", "opening", "early", "earlier", "initial", "earliest"), "first"),
    **dict.fromkeys(("last", "closing", "final", "late", "later", "latter"), "last"),
}
_CUTS = {"first": "early", "last": "late"}
_STRETCHES = frozenset({"years", "part", "parts", "stages", "days", "months", "decade", "decades"})
_TURNS = {"decade": (-1, 2), "century": (-10, 10)}  # years from the first day


def parse_half_of(tokens: Sequence[Token], i: int) -> Found | None:
    """The half of a month, a year, a decade or a century."""
    j = skip(tokens, i, "the")
    word = lower_at(tokens, j)
    if word not in _FIRST | _SECOND or (lower_at(tokens, j + 1), lower_at(tokens, j + 2)) != ("half", "of"):
        return None
    found = _parse_long(tokens, j + 3)
    if found is None:
        return None
    whole, kind = found
    granularity = whole.granularity if kind == "decade" else "other"
    return Found(i, whole.end, granularity, _resolve_half(whole, kind, word in _FIRST), whole.anchor)


def parse_years_of(tokens: Sequence[Token], i: int) -> Found | None:
    """ "The first few years of the 2000s", "the closing part of the 19th century", "the last decade of the 20th century"."""
    j = skip(tokens, i, "the")
    which = _SIDES.get(lower_at(tokens, j))
    k = skip(tokens, j + 1, "few", "couple", "of") if which else j
    word = lower_at(tokens, k)
    if word not in _STRETCHES or lower_at(tokens, k + 1) != "of":
        return None
    found = _parse_long(tokens, k + 2)
    if which is None or found is None or found[1] not in _TURNS:
        return None
    whole, kind = found
    resolve = _resolve_decade(whole, which) if word == "decade" and kind == "century" else None
    if word == "decade" and resolve is None:
        return None
    part = resolve or resolve_part(_CUTS[which], whole)
    granularity = "decade" if word == "decade" else whole.granularity
    return Found(i, whole.end, granularity, part, whole.anchor)


def _resolve_decade(whole: Found, which: str) -> Resolve:
    """The first or last ten years of a century."""

    def resolve(reference: Reference) -> Interval | None:
        found = whole.resolve(reference)
        if found is None or found.start is None or found.end is None:
            return None
        start = found.start if which == "first" else shift(found.end, "year", -10)
        return Interval(start, shift(start, "year", 10), "decade")

    return resolve


def parse_turn(tokens: Sequence[Token], i: int) -> Found | None:
    """About the first year of a decade or a century that is named: "the turn of the 20th century"."""
    j = skip(tokens, i, "the")
    if (lower_at(tokens, j), lower_at(tokens, j + 1)) != ("turn", "of"):
        return None
    found = _parse_long(tokens, j + 2)
    if found is None or found[1] not in _TURNS:
        return None
    whole, kind = found
    return Found(i, whole.end, whole.granularity, _resolve_turn(whole, *_TURNS[kind]), whole.anchor)


def _parse_long(tokens: Sequence[Token], i: int) -> tuple[Found, str] | None:
    century = parse_century(tokens, skip(tokens, i, "the"))
    if century is not None:
        return century, "century"
    whole = parse_decade_of_part(tokens, i) or parse_whole(tokens, i)
    return None if whole is None or whole.granularity not in _MIDDLES else (whole, whole.granularity)


def _resolve_half(whole: Found, kind: str, is_first: bool) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = whole.resolve(reference)
        if found is None or found.start is None or found.end is None:
            return None
        middle = shift(found.start, *_MIDDLES[kind])
        ends = (found.start, middle) if is_first else (middle, found.end)
        return Interval(*ends, "decade" if kind == "decade" else "other")

    return resolve


def _resolve_turn(whole: Found, first: int, last: int) -> Resolve:
    def resolve(reference: Reference) -> Interval | None:
        found = whole.resolve(reference)
        if found is None or found.start is None:
            return None
        return Interval(
            shift(found.start, "year", first), shift(found.start, "year", last), found.granularity
        )

    return resolve
