"""Decades and centuries: "the 1990s", "the '90s", "the late nineties", "15th century"."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.dates.base.intervals import Found
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.words import skip
from tasks.extract.dates.days.absolute import resolve_years
from tasks.extract.numerals import Token, lower_at, parse_ordinal, text_at

_APOSTROPHES = frozenset("'’‘")
_PART_WORDS = frozenset(
    {
        "early",
        "mid",
        "middle",
        "late",
        "beginning",
        "start",
        "end",
        "of",
        "to",
        "and",
        "or",
        "-",
        "‐",
        "‑",
        "–",
    }
)
_LAST_CENTURY = 30
_LAST_HUNDRED = 1900
# Near these "the mid-80s" are degrees, points or ages.
_DEGREES = frozenset(
    {"temperature", "temperatures", "degrees", "highs", "lows", "high", "low", "celsius", "fahrenheit", "weather", "warm", "hot", "humid",
     "humidity", "percent", "upper", "age", "aged", "ages", "shot", "rounds", "par", "score", "scores", "scored"}
)  # fmt: skip


def parse_decade(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the 1990s", "the '90s", "the 70s", "the nineties", "15th century"."""
    start = i
    i = skip(tokens, i, "the")
    if text_at(tokens, i) in ("'", "’", "‘"):
        i += 1
    if i >= len(tokens):
        return None
    if (century := parse_century(tokens, i)) is not None:
        return century
    hundred = _parse_hundred(tokens, i)
    if hundred is not None:
        return hundred.moved(start=start)
    year = read_decade(tokens, i)
    return None if year is None else Found(start, year[1], "decade", resolve_years(year[0], 10), "explicit")


def _parse_hundred(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the 1800s": the hundred years that begin so; "the 2000s" are ten."""
    text = text_at(tokens, i)
    if (
        len(text) != len("1800")
        or not text.endswith("00")
        or not text.isdecimal()
        or int(text) > _LAST_HUNDRED
    ):
        return None
    year = read_decade(tokens, i)
    return None if year is None else Found(i, year[1], "other", resolve_years(year[0], 100), "explicit")


def parse_century(tokens: Sequence[Token], i: int) -> Found | None:
    """ "15th century", "nineteenth-century", "1800s"."""
    if (hundred := _parse_hundred(tokens, i)) is not None:
        return hundred
    number = parse_ordinal(tokens, i) if i < len(tokens) else None
    if number is None or number.value is None or not 1 <= number.value <= _LAST_CENTURY:
        return None
    j = skip(tokens, number.end, "-")
    if lower_at(tokens, j) not in ("century", "centuries"):
        return None
    return Found(i, j + 1, "other", resolve_years(int(number.value - 1) * 100, 100), "explicit")


def parse_decade_of_part(tokens: Sequence[Token], i: int) -> Found | None:
    """The decade behind "early", "mid-" or "late": "1990s", "'80s", "the 1980's", "nineties"."""
    j = skip(tokens, i, "the")
    if text_at(tokens, j) in _APOSTROPHES:
        j += 1
    year = read_decade(tokens, j, is_part=True) if j < len(tokens) else None
    return None if year is None else Found(i, year[1], "decade", resolve_years(year[0], 10), "explicit")


def read_decade(tokens: Sequence[Token], i: int, *, is_part: bool = False) -> tuple[int, int] | None:
    """The first year of the decade at tokens[i] and the token after it. `is_part` where a part of it is said
    before: "in the early 80s" is a decade, "in her early 80s" and "highs in the mid-80s" are not."""
    named = table("decades").get(tokens[i].lower)
    if named is not None and (
        lower_at(tokens, i - 1) == "the" or named == 0 or (is_part and _is_the(tokens, i))
    ):
        return (1900 if named >= 20 else 2000) + named, i + 1
    text = tokens[i].text
    if not text.isdecimal() or not text.endswith("0") or len(text) not in (2, 4):
        return None
    j = i + 1
    if text_at(tokens, j) in ("'", "’") and tokens[j].is_glued:
        j += 1
    if text_at(tokens, j) != "s" or not tokens[j].is_glued:
        return None
    if len(text) == 4:
        return int(text), j + 1
    century = _century_of(tokens, i, int(text), is_part)
    return None if century is None else (century + int(text), j + 1)


def _century_of(tokens: Sequence[Token], i: int, decade: int, is_part: bool) -> int | None:
    """Of a decade in two digits; None where the number is rather an age or a temperature."""
    has_sign = text_at(tokens, i - 1) in _APOSTROPHES
    if has_sign and decade < 20:
        return 2000
    if not is_part and lower_at(tokens, i - 1) in ("his", "her", "their", "mid", "early", "late", "my"):
        return None  # an age: "in her 70s"
    is_told = has_sign or (_is_the(tokens, i) if is_part else text_at(tokens, i - 1) == "the")
    if not is_told or decade < (30 if is_part and not has_sign else 20):
        return None
    near = {lower_at(tokens, k) for k in range(i - 10, i + 8)}
    return None if is_part and not has_sign and not near.isdisjoint(_DEGREES) else 1900


def _is_the(tokens: Sequence[Token], i: int) -> bool:
    """Whether "the" comes before, with words for a part of a period between: "the early to mid-"."""
    k = i - 1
    while k > i - 7 and lower_at(tokens, k) in _PART_WORDS:
        k -= 1
    return lower_at(tokens, k) == "the"
