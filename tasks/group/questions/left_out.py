"""Nouns and units that bare numbers leave out: "8,000 homes are promised; his rival built 3,100", "doing 61 mph. The limit is 45"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.outcomes import Row
from tasks.group.questions.words.lexicon import head_noun

_UNITED = frozenset({"money", "percent", "measure"})
_MILLIONS = re.compile(r"(?:million|billion|trillion|\d ?(?:m|bn))$", re.IGNORECASE)
_FARTHEST = 20.0  # times
_COMMON = 20.0
# Words between a bare number and its clause that make it an amount, and no persons: "the limit is 45", "from 60 to 40".
_AMOUNT = re.compile(
    r"\b(?:to|from|at|by|is|was|were|are|be|against|than|limit of|risk of|rate of|instead of) (?:(?:about|around|some|nearly|only|just|over|under|now) )*$",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\b(?:numbers?|toll|count|capacity|crew)\b", re.IGNORECASE)
# What a number counts, and whether that word was translated.
_NOUN = ("counted", "native_noun")


def lend_nouns(figures: Sequence[Row]) -> dict[int, Mapping[str, object]]:
    """By start_char, the noun that a bare count can have: that of the number before it in its sentence, else the only one
    counted in the sentence before. `figures` are in the order of the text."""
    lent: dict[int, Mapping[str, object]] = {}
    number: int | None = None
    here, before = list[Row](), list[Row]()
    for figure in figures:
        if figure["sentence_number"] != number:
            is_next = number is not None and figure["sentence_number"] == number + 1
            before, here = here if is_next else [], []
            number = figure["sentence_number"]
        if figure["kind"] != "count":
            continue
        if figure["counted"]:
            here.append(figure)
        elif not figure["measured"] and (lender := _choose_lender(here, before)):
            lent[figure["start_char"]] = {name: lender.get(name) for name in _NOUN}
    return lent


def _choose_lender(here: Sequence[Row], before: Sequence[Row]) -> Row | None:
    if here:
        return here[-1]
    return before[-1] if len({head_noun(figure["counted"]) for figure in before}) == 1 else None


def lend_units(figures: Sequence[Row], text: str) -> dict[int, Mapping[str, object]]:
    """By start_char, the kind and unit that a bare count can have: those that its article prints with the same number, a sum for
    bare millions where all others are sums, else those of the number before it. `figures` are in the order of the text."""
    united = [figure for figure in figures if figure["kind"] in _UNITED and figure["unit"]]
    if not united:
        return {}
    counted = {figure["value"] for figure in figures if figure["kind"] == "count" and figure["counted"]}
    has_sums = any(figure["kind"] == "money" and _tells_millions(figure) for figure in united)
    has_sums &= not any(_tells_millions(figure) for figure in figures if figure["counted"])
    lent: dict[int, Mapping[str, object]] = {}
    before: Row | None = None
    for figure in figures:
        if _is_bare(figure):
            lender = _find_equal(figure, united, counted) or _choose_unit(figure, before, text)
            if lender is not None:
                lent[figure["start_char"]] = {"kind": lender["kind"], "unit": lender["unit"]}
            elif has_sums and _tells_millions(figure):
                lent[figure["start_char"]] = {"kind": "money", "unit": None}
        if figure["kind"] != "rank":
            before = figure if not _is_bare(figure) else before
    return lent


def _is_bare(figure: Row) -> bool:
    return figure["kind"] == "count" and not figure["counted"] and _number_of(figure) is not None


def _number_of(figure: Row) -> float | None:
    """Its value, or the end that it has: "more than 400 million"."""
    return next((figure[name] for name in ("value", "low", "high") if figure[name] is not None), None)


def _tells_millions(figure: Row) -> bool:
    return _MILLIONS.search(figure["surface"]) is not None or (_number_of(figure) or 0) >= 1e6


def _find_equal(figure: Row, united: Sequence[Row], counted: set[float | None]) -> Row | None:
    """The figure with a unit and the same telling number, if nothing else is counted so often."""
    value = figure["value"]
    if value is None or value in counted or (value <= _COMMON and float(value).is_integer()):
        return None
    return next((one for one in united if one["value"] == value), None)


def _choose_unit(figure: Row, before: Row | None, text: str) -> Row | None:
    """The figure before it in its sentence or the one before, if it has a unit and the numbers are of one size."""
    if before is None or before["kind"] not in _UNITED or not before["unit"]:
        return None
    size, size_before = _number_of(figure), _number_of(before)
    if size is None or size_before is None:
        return None
    numbers = figure["sentence_number"], before["sentence_number"]
    if None in numbers or numbers[0] - numbers[1] > 1:
        return None
    low, high = sorted((abs(size), abs(size_before)))
    lead = text[max(0, figure["start_char"] - 40) : figure["start_char"]]
    is_amount = _AMOUNT.search(lead) is not None and _COUNTS.search(lead) is None
    return before if is_amount and 0 < high <= _FARTHEST * low else None
