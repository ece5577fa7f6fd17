"""Parts of a whole in words and digits: "two-thirds", "a tenth of", "half", "1/4", "one in five"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from tasks.extract.numerals.cardinals import Numeral, clean, number_words, parse_cardinal
from tasks.extract.numerals.tokens import Token

FractionKind = Literal["fraction", "ratio", "count"]
_ARTICLES = frozenset({"a", "an"})
_AFTER_PART = frozenset(
    {"from", "since", "compared", "less", "more", "fewer", "higher", "lower", "larger", "smaller", "cheaper"}
)
_LARGEST_PART = 10
_MOST_QUARTERS = 3  # of a whole; further ones are of years
_HARM = frozenset(
    {"wounding", "wounded", "injuring", "injured", "killing", "killed", "hurting", "hurt", "shooting", "shot", "stabbing", "stabbed", "arresting",
     "arrested", "charging", "charged", "detaining", "detained", "holding", "held"}
)  # fmt: skip
_BEFORE_PART = frozenset({"by", "about", "nearly", "almost", "around", "roughly", "barely", "than"})
_HYPHENS = frozenset("-‐‑")
# "k in n" is a ratio only for the round n of surveys: "seven in 10 voters", "one in 100,000".
_RATES = frozenset({1e3, 1e4, 1e5, 1e6})  # "12 in 1,000", "40 per 100,000"
_SURVEY_SIZES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50})


@lru_cache(maxsize=256)
def parse_fraction(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    """The fraction or ratio that starts at tokens[i], with its kind; None if there is neither.

    "half a million" and "one and a half" are counts: they say an amount, not a part of one.
    """
    return (
        _parse_ratio(tokens, i)
        or _parse_slash(tokens, i)
        or _parse_half_scale(tokens, i)
        or _parse_mixed(tokens, i)
        or _parse_part(tokens, i)
    )


def _lower(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].lower if i < len(tokens) else ""


def _parse_ratio(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    """ "one in five", "9 out of 10"."""
    part = parse_cardinal(tokens, i)
    if part is None or not part.value:
        return None
    j, is_out_of = part.end, False
    if _lower(tokens, j) == "out" and _lower(tokens, j + 1) == "of":
        j, is_out_of = j + 2, True
    elif _lower(tokens, j) in ("in", "over", "per"):
        j += 1
    else:
        return None
    if _lower(tokens, j) == "every":
        j += 1
    whole = parse_cardinal(tokens, j)
    if whole is None or not whole.value or not _is_ratio(part, whole, _lower(tokens, part.end), is_out_of):
        return None
    return replace(whole, start=i, value=part.value / whole.value, is_plain=False), "ratio"


def _is_ratio(part: Numeral, whole: Numeral, joint: str, is_out_of: bool) -> bool:
    part_value, whole_value = part.value or 0.0, whole.value or 0.0
    if part_value >= whole_value:
        return False
    if joint == "per" or (joint == "in" and whole_value in _RATES):
        return whole_value in _RATES
    if is_out_of or part_value == 1:
        return not (whole.is_plain and 1900 <= whole_value <= 2099 and joint == "in")
    return joint == "in" and part_value < 10 and whole_value in _SURVEY_SIZES


_HALVES = frozenset({2.0, 3.0, 4.0, 8.0})
_MEASURED = frozenset(
    [
        "years",
        "months",
        "weeks",
        "days",
        "hours",
        "minutes",
        "miles",
        "feet",
        "inches",
        "points",
        "inch",
        "mile",
    ]
)
_TIMES_ONE = 5  # a fraction of more than this is no fraction: "41/2" was "4 1/2"


def _read_lost_space(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "41/2" for "4 1/2": malformed, it has candidates and no value."""
    value, whole = _divide(tokens, i), tokens[i].text
    if value is None or value <= _TIMES_ONE or len(whole) < 2 or _text(tokens, i + 3) not in _MEASURED:
        return None
    below = float(whole) / value
    part = int(whole[-1]) / below
    if below not in _HALVES or not 0 < part < 1:
        return None
    candidates = (int(whole[:-1]) + part, value)
    return Numeral(i, i + 3, None, is_digits=True, candidates=candidates, reason="malformed_number")


def _parse_slash(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    """ "1/4", "2 1/4", "2-1/4", "½", "2½"."""
    if i >= len(tokens):
        return None
    glyph = number_words()["glyphs"].get(tokens[i].text)
    if glyph is not None:
        return _scaled(tokens, Numeral(i, i + 1, glyph, is_digits=True), "fraction")
    whole = tokens[i].text
    if not whole.isdecimal() or len(whole) > 6:
        return None
    part = number_words()["glyphs"].get(_text(tokens, i + 1))
    if part is not None:
        return _scaled(tokens, Numeral(i, i + 2, float(whole) + part, is_digits=True), "count")
    if (lost := _read_lost_space(tokens, i)) is not None:
        return lost, "count"
    if (simple := _read_slash(tokens, i)) is not None:
        return _scaled(tokens, Numeral(i, i + 3, simple, is_digits=True), "fraction")
    mixed = _read_slash(tokens, i + 1)
    if mixed is not None and mixed < 1 and not tokens[i + 1].is_glued:
        return _scaled(tokens, Numeral(i, i + 4, float(whole) + mixed, is_digits=True), "count")
    return _parse_hyphened(tokens, i)


def _parse_hyphened(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    """ "4-1/2"."""
    part = _read_slash(tokens, i + 2) if _text(tokens, i + 1) in _HYPHENS else None
    if part is None or part >= 1 or not tokens[i + 1].is_glued or not tokens[i + 2].is_glued:
        return None
    return _scaled(tokens, Numeral(i, i + 5, float(tokens[i].text) + part, is_digits=True), "count")


def _text(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].text if i < len(tokens) else ""


def _read_slash(tokens: Sequence[Token], i: int) -> float | None:
    """The value of "1/4"; None for what is not a fraction, such as "112/2", "140/90": runs and wickets, blood pressure."""
    value = _divide(tokens, i)
    if value is not None and (not tokens[i + 1].is_glued or float(tokens[i + 2].text) > _LARGEST_PART):
        return None  # "1 / 8" of a gallery, "8/16" of a calendar
    return None if value is not None and value > 1 and tokens[i + 1].is_glued else value


def _divide(tokens: Sequence[Token], i: int) -> float | None:
    if i + 2 >= len(tokens) or tokens[i + 1].text not in "/⁄":
        return None
    over, under = tokens[i].text, tokens[i + 2].text
    if not (over.isdecimal() and under.isdecimal()) or len(over) > 3 or len(under) > 4:
        return None
    if tokens[i + 2].is_glued != tokens[i + 1].is_glued or float(under) < 2:
        return None
    if i + 3 < len(tokens) and tokens[i + 3].is_glued and tokens[i + 3].text == "/":
        return None
    return float(over) / float(under)


def _parse_half_scale(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    """ "half a million", "a half million", "half-dozen", "quarter million", "three quarters of a million"."""
    j = i + 1 if _lower(tokens, i) in _ARTICLES else i
    share = {"half": 0.5, "quarter": 0.25}.get(_lower(tokens, j))
    if share is None:
        return None
    j += 1
    if _text(tokens, j) in _HYPHENS:
        j += 1
    if _lower(tokens, j) == "of":
        j += 1
    if _lower(tokens, j) in _ARTICLES:
        j += 1
    words = number_words()
    scale = words["scales"].get(_lower(tokens, j)) or {"dozen": 12.0, "hundred": 100.0}.get(_lower(tokens, j))
    if scale is None:
        return None
    return Numeral(i, j + 1, share * scale, scale=scale), "count"


def _parse_mixed(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    """ "one and a half", "two and three quarters million", "five billion and three quarters"."""
    whole = parse_cardinal(tokens, i, with_and=False)
    if whole is None or whole.value is None or _lower(tokens, whole.end) != "and":
        return None
    part = _parse_words_part(tokens, whole.end + 1) or _parse_bare_half(tokens, whole.end + 1)
    if part is None or part.value is None or part.value >= 1 or _lower(tokens, part.end) == "of":
        return None
    inner = whole.scale if whole.scale >= 1e3 else 1.0
    value = clean(whole.value + part.value * inner)
    return _scaled(tokens, replace(whole, end=part.end, value=value), "count")


def _parse_bare_half(tokens: Sequence[Token], i: int) -> Numeral | None:
    return Numeral(i, i + 1, 0.5) if _lower(tokens, i) == "half" else None


def _parse_words_part(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "a half", "three quarters", "two-thirds", "a twentieth", "one twenty-fifth"."""
    if _lower(tokens, i) in _ARTICLES:
        count = Numeral(i, i + 1, 1.0)
    else:
        found = parse_cardinal(tokens, i, with_and=False)
        if found is None or found.value is None or found.candidates:
            return None
        count = found
    j = count.end
    if _text(tokens, j) in _HYPHENS:
        j += 1
    part = _parse_denominator(tokens, j, count.value != 1)
    if part is None or not part.value or count.value is None:
        return None
    if count.value > _MOST_QUARTERS and tokens[part.end - 1].lower == "quarters":
        return None  # "profit fell for six quarters"
    return Numeral(i, part.end, count.value / part.value)


def _parse_denominator(tokens: Sequence[Token], i: int, is_plural: bool) -> Numeral | None:
    words, word = number_words(), _lower(tokens, i)
    if word in words["parts"] and (word not in ("half", "quarter") or not is_plural):
        return Numeral(i, i + 1, words["parts"][word])
    if (ten := words["tens"].get(word)) and _text(tokens, i + 1) in _HYPHENS:
        unit = words["ordinals"].get(_singular(_lower(tokens, i + 2), is_plural), 0)
        return Numeral(i, i + 3, ten + unit) if 0 < unit < 10 else None
    value = words["ordinals"].get(_singular(word, is_plural))
    if value is None or value == 1 or word in ("second", "seconds"):
        return None
    return Numeral(i, i + 1, value)


def _singular(word: str, is_plural: bool) -> str:
    if is_plural:
        return word[:-1] if word.endswith("s") else ""
    return word


def _parse_part(tokens: Sequence[Token], i: int) -> tuple[Numeral, FractionKind] | None:
    word = _lower(tokens, i)
    if word in ("half", "halves"):
        return (Numeral(i, i + 1, 0.5), "fraction") if word == "half" else None
    part = _parse_words_part(tokens, i)
    if part is None:
        return None
    if word in _ARTICLES and not _stands_alone(tokens, part):
        return None
    return _scaled(tokens, part, "fraction")


def _stands_alone(tokens: Sequence[Token], part: Numeral) -> bool:
    """ "a third of them" is a part; "a third person" is a rank; "a quarter" alone is a part."""
    if tokens[part.end - 1].lower == "half":
        return True
    if _lower(tokens, part.start - 1) in _HARM:
        return False  # "killed two and wounded a third"
    after = tokens[part.end] if part.end < len(tokens) else None
    if after is None or after.lower == "of" or after.kind == "break":
        return True
    if after.kind == "sign":
        return after.text not in _HYPHENS
    if after.lower == "that" and _lower(tokens, part.end + 1) == "of":  # "a hundredth that of its cousins"
        return True
    before = _lower(tokens, part.start - 1)
    is_limit = before == "to" and _lower(tokens, part.start - 2) == "up"  # "up to a fifth in the east"
    return is_limit or after.lower in _AFTER_PART or before in _BEFORE_PART


def _scaled(tokens: Sequence[Token], numeral: Numeral, kind: FractionKind) -> tuple[Numeral, FractionKind]:
    """ "five and a half million": the scale after the part."""
    factor = number_words()["scales"].get(_lower(tokens, numeral.end))
    if factor is None:
        return numeral, kind
    return numeral.multiplied(factor, numeral.end + 1), "count"
