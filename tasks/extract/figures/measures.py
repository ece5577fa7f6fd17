"""Units after a number: time, length, weight and the like, percent, ages, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tasks.extract.figures.amounts import Amount, match_phrase, skip_hyphen
from tasks.extract.figures.lexicon import (
    Unit,
    load_toml,
    percent_phrases,
    read_word_set,
    unit_names,
    unit_symbols,
)
from tasks.extract.numerals import Token, clean, lower_at, parse_cardinal, text_at

_LONGEST_NAME = 4  # "pounds per square inch"
_HEAT_REACH = 16  # tokens on either side that can speak of heat or cold
_PER = frozenset({"per", "a", "an", "/", "every"})
_OFFSETS = frozenset({"before", "after", "later", "earlier", "ago"})
# Between a number and a unit of time: "two more weeks", "three straight days", "9,800 flying hours".
_OF_TIME = frozenset(
    {"more", "further", "additional", "extra", "full", "whole", "straight", "consecutive", "successive", "long", "solid",
     "working", "business", "trading", "calendar", "flying", "flight"}
)  # fmt: skip
_OF_A_WHOLE = frozenset({"the", "it", "them", "its", "their", "his", "her", "this", "that", "all", "us"})
_NUMBERED = frozenset(
    {"seat", "row", "size", "gate", "block", "flat", "unit", "grade", "class", "section", "level"}
)
_BRACKETS = {"(": ")", "[": "]"}
# Symbols of one letter need to touch their number or stand apart from any word: "1.8m", "3 h", "5 g".
_COMPOSITES = {
    "[ft_i]": "[in_i]",
    "[lb_av]": "[oz_av]",
    "[stone_av]": "[lb_av]",
    "m": "cm",
    "h": "min",
    "min": "s",
    "d": "h",
    "a": "mo",
    "mo": "d",
    "wk": "d",
}

_MOST_BEFORE_BARE = 12  # feet of a person, hours of a race
_BARE_PARTS = {"[ft_i]": (12, "inch"), "h": (60, "minute")}
_AFTER_BARE_PART = frozenset({".", ",", ";", ")", "tall", "in", "and", "or", "to"})


def attach_unit(tokens: Sequence[Token], amount: Amount) -> Amount | None:
    """The amount with the percent sign, unit or age after it; None when nothing of the kind follows."""
    percent = _match_percent(tokens, amount.end)
    if percent is None and amount.is_digits and text_at(tokens, amount.end) == "pc":
        percent = ("%", amount.end + 1)  # as British papers print it; "2 PCs" and "5 PC" are computers
    if percent:
        return replace(amount, end=percent[1], kind="percent", unit=percent[0])
    found = (
        match_unit(tokens, amount.end, amount.is_digits)
        or _match_described(tokens, amount.end)
        or _match_temperature(tokens, amount)
    )
    if found is None:
        return None
    unit, end = found
    made = replace(amount.scaled(unit.factor), end=end, kind=unit.kind, unit=unit.ucum, has_noun=False)
    if unit.kind == "duration":
        return _as_age(tokens, _with_half(tokens, _with_parts(tokens, made)))
    return _with_rate(tokens, _with_parts(tokens, made))


def _match_percent(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    j = skip_hyphen(tokens, i)
    for length in (3, 2, 1):
        words = tuple(lower_at(tokens, j + k) for k in range(length))
        if (unit := percent_phrases().get(words)) is not None:
            return unit, j + length
    return None


def match_unit(tokens: Sequence[Token], i: int, is_digits: bool) -> tuple[Unit, int] | None:
    """The unit at tokens[i], maybe after a hyphen or in brackets, and the token after it."""
    if text_at(tokens, i) in _BRACKETS:
        inner = _match_name(tokens, i + 1, is_digits)
        if inner and text_at(tokens, inner[1]) == _BRACKETS[text_at(tokens, i)]:
            return inner[0], inner[1] + 1
        return None
    return _match_name(tokens, skip_hyphen(tokens, i), is_digits)


def _match_described(tokens: Sequence[Token], i: int) -> tuple[Unit, int] | None:
    """The unit of time after a word that only says what kind of time it is."""
    j = skip_hyphen(tokens, i)
    found = _match_name(tokens, j + 1, False) if lower_at(tokens, j) in _OF_TIME else None
    return found if found is not None and found[0].kind == "duration" else None


def _match_temperature(tokens: Sequence[Token], amount: Amount) -> tuple[Unit, int] | None:
    """ "30C", "86F", as British papers print them, "12 C": a letter where the sentence speaks of heat or cold.

    "Seat 9C", and "9C Quay Street" before a capital, are labels.
    """
    j = amount.end
    unit = unit_symbols().get(("°", text_at(tokens, j))) if amount.is_digits else None
    if unit is None or (j + 1 < len(tokens) and tokens[j + 1].is_capitalized):
        return None
    if not tokens[j].is_glued and lower_at(tokens, amount.start - 1) in _NUMBERED:
        return None  # "seat 9 C"
    near = {token.lower for token in tokens[max(0, j - _HEAT_REACH) : j + _HEAT_REACH]}
    if near.isdisjoint(read_word_set("heat")):
        return None
    return unit, j + 1


def _match_name(tokens: Sequence[Token], j: int, is_digits: bool) -> tuple[Unit, int] | None:
    names, symbols = unit_names(), unit_symbols()
    for length in range(_LONGEST_NAME, 0, -1):
        if j + length > len(tokens):
            continue
        words = tuple(_joined(token) for token in tokens[j : j + length])
        unit = names.get(words)
        if unit is None and is_digits:
            unit = symbols.get(tuple(token.text for token in tokens[j : j + length]))
            if unit is not None and not _is_whole_symbol(tokens, j + length, words):
                unit = None
        if unit is not None:
            return _with_exponent(tokens, j + length, unit)
    return None


def _joined(token: Token) -> str:
    return token.lower if token.kind == "word" or token.text == "-" else token.text


def _is_whole_symbol(tokens: Sequence[Token], end: int, words: tuple[str, ...]) -> bool:
    """A letter is a unit only when no apostrophe or letter goes on with it."""
    following = tokens[end] if end < len(tokens) else None
    if words == ("bar",) and following is not None and following.kind == "word":
        return following.lower in read_word_set("stop")  # "20 bar stools"
    if following is None or not following.is_glued:
        return True
    return following.text in ".,;:)]/!?-–—\"'’”°%" or (following.text in "23" and len(words) == 1)


def _with_exponent(tokens: Sequence[Token], end: int, unit: Unit) -> tuple[Unit, int]:
    """ "km2", "m3": the digit is a token of its own."""
    digit = tokens[end] if end < len(tokens) else None
    if digit is not None and digit.is_glued and digit.text in ("2", "3"):
        squared = unit_symbols().get((unit.ucum + digit.text,))
        if squared is not None:
            return squared, end + 1
    return unit, end


def _with_rate(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "188 miles an hour", "10 km/h", "50 meters per second"."""
    if lower_at(tokens, amount.end) not in _PER:
        return amount
    below = _match_name(tokens, amount.end + 1, True)
    if below is None or (tokens[amount.end].text == "/" and not tokens[amount.end].is_glued):
        return amount
    if lower_at(tokens, below[1]) in _OFFSETS:  # "at 48 mph a second before impact"
        return amount
    return replace(amount, end=below[1], unit=f"{amount.unit}/{below[0].ucum}")


def _with_parts(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "5 feet 2 inches", "1 hour and 30 minutes", "1 year 1 month 21 days": one value, in the first unit."""
    unit = amount.unit
    while unit in _COMPOSITES and amount.value is not None:
        j = amount.end + 1 if lower_at(tokens, amount.end) in ("and", ",") else amount.end
        part = parse_cardinal(tokens, j)
        if part is None or part.value is None:
            return amount
        found = _match_part(tokens, part.end, unit, part.is_digits)
        if found is None and j == amount.end and amount.value <= _MOST_BEFORE_BARE:
            found = _bare_part(tokens, part.end, unit, part.value)
        if found is None or not _is_part(found[0].ucum, unit):
            return amount
        value = amount.value + convert(part.value * found[0].factor, found[0].ucum, amount.unit or "")
        amount = replace(amount, end=found[1], value=clean(value))
        unit = found[0].ucum
    return amount


def _match_part(
    tokens: Sequence[Token], i: int, above: str | None, is_digits: bool
) -> tuple[Unit, int] | None:
    """The unit of a smaller part: "2h 14m". "In" is inches only after feet, and before no word unless it touches its number: "5 ft 2 in", "6ft 5in tall"."""
    if above == "h" and text_at(tokens, i) == "m" and tokens[i].is_glued:
        return unit_names()[("minute",)], i + 1
    ends = i + 1 >= len(tokens) or tokens[i + 1].kind != "word"
    if above == "[ft_i]" and lower_at(tokens, i) == "in" and (ends or tokens[i].is_glued):
        return unit_names()[("inch",)], i + 1
    return match_unit(tokens, i, is_digits)


def _bare_part(tokens: Sequence[Token], i: int, above: str | None, value: float) -> tuple[Unit, int] | None:
    """The unit of a smaller part that is not said: "six feet two", "two hours forty"."""
    most, name = _BARE_PARTS.get(above or "", (0, ""))
    following = lower_at(tokens, i).strip()
    ends = i >= len(tokens) or tokens[i].kind == "break" or following in _AFTER_BARE_PART
    return (unit_names()[(name,)], i) if 0 < value < most and value == int(value) and ends else None


def _is_part(small: str, large: str) -> bool:
    step: str | None = _COMPOSITES.get(large)
    while step is not None:
        if step == small:
            return True
        step = _COMPOSITES.get(step)
    return False


def _with_half(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "an hour and a half", "two hours and a quarter"."""
    j = amount.end
    if lower_at(tokens, j) != "and" or amount.value is None:
        return amount
    k = j + 2 if lower_at(tokens, j + 1) == "a" else j + 1
    share = {"half": 0.5, "quarter": 0.25}.get(lower_at(tokens, k))
    if share is None or (k == j + 1 and share != 0.5) or lower_at(tokens, k + 1) in ("the", "a", "an"):
        return amount
    if lower_at(tokens, k + 1) == "of" and (k == j + 1 or lower_at(tokens, k + 2) in _OF_A_WHOLE):
        return amount  # "an hour and half of it"; "a year and a half of classes" is one length
    return replace(amount, end=k + 1, value=amount.value + share)


def _as_age(tokens: Sequence[Token], amount: Amount) -> Amount:
    """ "45 years old", "29-year-old", "six weeks of age"."""
    j = amount.end
    if match_phrase(tokens, j, ("of", "age")):
        return replace(amount, kind="age", end=j + 2)
    j = skip_hyphen(tokens, j)
    if lower_at(tokens, j) in ("old", "olds"):
        return replace(amount, kind="age", end=j + 1)
    return amount


def match_age_symbol(tokens: Sequence[Token], amount: Amount) -> Amount | None:
    """ "87 yo", "87 y/o"."""
    if lower_at(tokens, amount.end) == "yo" and amount.is_digits:
        return replace(amount, kind="age", unit="a", end=amount.end + 1)
    if match_phrase(tokens, amount.end, ("y", "/", "o")) and amount.is_digits:
        return replace(amount, kind="age", unit="a", end=amount.end + 3)
    return None


def convert(value: float, ucum: str, to_ucum: str) -> float:
    """The value in another unit of the same kind, by pint; months and years are mean ones."""
    registry, names = _registry(), _pint_names()
    return float(registry.Quantity(value, names[ucum]).to(names[to_ucum]).magnitude)


@cache
def _registry():  # type: ignore[no-untyped-def]
    import pint  # a second of start-up that only composite measures pay

    return pint.UnitRegistry()


@cache
def _pint_names() -> dict[str, str]:
    return {entry["ucum"]: entry["pint"] for entry in load_toml("units.toml")["unit"]}
