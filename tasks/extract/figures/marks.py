"""Numbers in marks: heights (6'2"), lengths of time as on a clock (2:06:41, 3:41.22)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.figures.amounts import Amount
from tasks.extract.numerals import Token, clean, lower_at, text_at

_HEIGHT = re.compile(r"(\d)['’](\d{1,2})")
_INCH_MARKS = frozenset({'"', "”", "″"})
_MINUTES = re.compile(r"[0-5]\d")
_MOST_HOURS = 99
_REACH = 300  # tokens before
_BEFORE_TIME = frozenset(
    {"in", "of", "ran", "clocked", "needed", "took", "time", "than", "under", "about", "nearly"}
)


_SPLIT_SECONDS = re.compile(r"[0-5]\d\.\d{1,3}")


def parse_height(tokens: Sequence[Token], i: int) -> Amount | None:
    """6'2": feet and inches, in feet."""
    match = _HEIGHT.fullmatch(tokens[i].text)
    if match is None or text_at(tokens, i + 1) not in _INCH_MARKS or not tokens[i + 1].is_glued:
        return None
    value = clean(float(match[1]) + float(match[2]) / 12)
    return Amount(
        i, i + 2, "measure", value=value, unit="[ft_i]", is_digits=True, has_noun=False, number_end=i + 2
    )


def parse_race_time(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "Won in 2:06:41": hours, minutes and seconds, in hours. A time of day has other words before it."""
    if (split := _parse_split_time(tokens, i)) is not None:
        return split
    is_bracketed = lower_at(tokens, i - 1) == "(" and text_at(tokens, i + 5) == ")"
    if lower_at(tokens, i - 1) not in _BEFORE_TIME and not is_bracketed:
        return None
    if (short := _parse_short_time(tokens, i)) is not None:
        return short
    row = tokens[i : i + 6]
    if len(row) < 5 or [token.text for token in row[1:5:2]] != [":", ":"]:
        return None
    is_tight = all(token.is_glued for token in row[1:5]) and not (
        len(row) > 5 and row[5].is_glued and row[5].text == ":"
    )
    if (
        not is_tight
        or not row[0].text.isdecimal()
        or not all(_MINUTES.fullmatch(token.text) for token in row[2:5:2])
    ):
        return None
    hours, minutes, seconds = (float(token.text) for token in row[0:5:2])
    if hours > _MOST_HOURS:
        return None
    value = clean(hours + minutes / 60 + seconds / 3600)
    return Amount(
        i, i + 5, "duration", value=value, unit="h", is_digits=True, has_noun=False, number_end=i + 5
    )


def _parse_short_time(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "Under 2:09" where times in hours, minutes and seconds are told before: hours and minutes."""
    row = tokens[i : i + 4]
    is_time = (
        len(row) > 2 and row[1].text == ":" and row[0].text.isdecimal() and _MINUTES.fullmatch(row[2].text)
    )
    if not is_time or (len(row) > 3 and row[3].is_glued and row[3].text == ":"):
        return None
    if not any(_is_race_time(tokens, j) for j in range(max(0, i - _REACH), i - 4)):
        return None
    value = clean(float(row[0].text) + float(row[2].text) / 60)
    return Amount(
        i, i + 3, "duration", value=value, unit="h", is_digits=True, has_noun=False, number_end=i + 3
    )


def _is_race_time(tokens: Sequence[Token], i: int) -> bool:
    """Three numbers with colons between them."""
    return [token.text for token in tokens[i + 1 : i + 4 : 2]] == [":", ":"] and tokens[i].kind == tokens[
        i + 4
    ].kind == "number"


def _parse_split_time(tokens: Sequence[Token], i: int) -> Amount | None:
    """ "3:41.22": minutes, seconds and their parts, in minutes."""
    row = tokens[i : i + 3]
    if len(row) < 3 or row[1].text != ":" or not (row[1].is_glued and row[2].is_glued):
        return None
    if not row[0].text.isdecimal() or _SPLIT_SECONDS.fullmatch(row[2].text) is None:
        return None
    value = clean(float(row[0].text) + float(row[2].text) / 60)
    return Amount(
        i, i + 3, "duration", value=value, unit="min", is_digits=True, has_noun=False, number_end=i + 3
    )
