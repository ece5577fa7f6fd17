"""The grammar of English cardinals: "2.5 million", "two dozen", "three hundred and two", "one and a half"."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from tasks.extract.numerals.literals import read_digits
from tasks.extract.numerals.tokens import Token

_HYPHENS = frozenset("-‐‑")
MINUS_SIGNS = frozenset("-−–")
_LARGEST_SCALE = 1e24  # a million million million million
_SUFFIX_NEEDS_MONEY = frozenset({"m", "mm", "b", "T", "M", "B", "bil", "mil", "cr", "Cr"})


@cache
def number_words() -> dict[str, dict[str, float]]:
    """The tables of words.toml."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text: tokens[start:end]. `scale` is the multiplier said with it, else 1.

    `value` is None if `candidates` or `pieces` hold the possible readings.
    """

    start: int
    end: int
    value: float | None
    scale: float = 1.0
    is_digits: bool = False
    is_plain: bool = False
    candidates: tuple[float, ...] = ()
    reason: str | None = None

    def multiplied(self, factor: float, end: int) -> Numeral:
        """The numeral with a scale word after it, up to token `end`; a row of them without end says no number."""
        if self.scale * factor > _LARGEST_SCALE:
            return replace(
                self, end=end, value=None, candidates=(), reason="malformed_number", is_plain=False
            )
        value = None if self.value is None else clean(self.value * factor)
        candidates = tuple(clean(c * factor) for c in self.candidates)
        return replace(
            self, end=end, value=value, scale=self.scale * factor, is_plain=False, candidates=candidates
        )


def clean(value: float) -> float:
    """The value without the noise of binary fractions: 1.1 * 1e6 is 1100000."""
    return float(f"{value:.12g}") if abs(value) < 1e11 else float(round(value))


# The parsers ask for the number at one place many times over; a short memory answers all but the first.
_MEMORY = 256


@lru_cache(maxsize=_MEMORY)
def parse_cardinal(
    tokens: Sequence[Token], i: int, *, decimal: str = ".", money: bool = False, with_and: bool = True
) -> Numeral | None:
    """The longest cardinal that starts at tokens[i], or None.

    `money` lets one-letter scales count ("$5m"); `with_and` is False where "and" joins two numbers
    ("between two hundred and three hundred").
    """
    head = _parse_group(tokens, i, decimal, with_and)
    if head is None or head.value is None:
        return head and _with_scales(tokens, head, money)
    head = _with_scales(tokens, head, money)
    return _with_lower_groups(tokens, head, with_and) if head.scale >= 100 else head


def _word_value(tokens: Sequence[Token], i: int, table: str) -> float | None:
    return number_words()[table].get(tokens[i].lower) if i < len(tokens) else None


def _parse_group(tokens: Sequence[Token], i: int, decimal: str, with_and: bool) -> Numeral | None:
    """A number below a thousand in words, or any digits; "hundred" included."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind == "number":
        return _parse_digits(tokens, i, decimal)
    if token.lower in ("a", "an"):
        return _parse_article(tokens, i)
    small = _parse_below_hundred(tokens, i)
    if small is None:
        return None
    pointed = _with_point(tokens, small)
    return _with_hundred(tokens, pointed, with_and)


def _parse_digits(tokens: Sequence[Token], i: int, decimal: str) -> Numeral | None:
    reading = read_digits(tokens[i].text, decimal)
    if reading is None:
        return None
    return Numeral(
        i,
        i + 1,
        reading.value,
        is_digits=True,
        is_plain=reading.is_plain,
        candidates=reading.candidates,
        reason=reading.reason,
    )


def _parse_article(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "a hundred", "a million", "a dozen"."""
    if i + 1 >= len(tokens):
        return None
    word = tokens[i + 1].lower
    if word == "hundred":
        return _with_hundred(tokens, Numeral(i, i + 1, 1.0), True)
    words = number_words()
    if word in words["scales"] or word in ("dozen", "score"):
        return Numeral(i, i + 1, 1.0)
    return None


def _parse_below_hundred(tokens: Sequence[Token], i: int) -> Numeral | None:
    unit = _word_value(tokens, i, "units")
    if unit is not None:
        return Numeral(i, i + 1, unit)
    ten = _word_value(tokens, i, "tens")
    if ten is None:
        return None
    j = i + 1
    if j < len(tokens) and tokens[j].text in _HYPHENS:
        j += 1
    unit = _word_value(tokens, j, "units")
    if unit is not None and 0 < unit < 10:
        return Numeral(i, j + 1, ten + unit)
    return Numeral(i, i + 1, ten)


def _with_point(tokens: Sequence[Token], head: Numeral) -> Numeral:
    """ "two point five", "two hundred point seventy-one"."""
    j = head.end
    if j + 1 >= len(tokens) or tokens[j].lower != "point" or head.value is None:
        return head
    digits, end = "", j + 1
    while (part := _parse_below_hundred(tokens, end)) and part.value is not None and len(digits) < 12:
        digits, end = digits + str(int(part.value)), part.end
    if not digits:
        return head
    return replace(head, end=end, value=float(f"{head.value:.0f}.{digits}"))


def _with_hundred(tokens: Sequence[Token], head: Numeral, with_and: bool) -> Numeral:
    j = head.end
    if j >= len(tokens) or tokens[j].lower not in ("hundred", "hundreds") or head.value is None:
        return head
    if tokens[j].lower == "hundreds" and head.value == 1:
        return head
    whole = head.multiplied(100, j + 1)
    tail = _parse_tail(tokens, whole.end, with_and)
    if tail is None or tail.value is None:
        return _with_point(tokens, whole)
    return _with_point(tokens, replace(whole, end=tail.end, value=(whole.value or 0) + tail.value))


def _parse_tail(tokens: Sequence[Token], j: int, with_and: bool) -> Numeral | None:
    """What follows "hundred": "(and) two", "and 21"; not "and 2 hundred", which is another number."""
    has_and = with_and and j < len(tokens) and tokens[j].lower == "and"
    k = j + 1 if has_and else j
    tail = _parse_below_hundred(tokens, k)
    if tail is None and has_and and k < len(tokens) and tokens[k].text.isdecimal():
        tail = Numeral(k, k + 1, float(tokens[k].text)) if len(tokens[k].text) <= 2 else None
    if tail is None or not tail.value:
        return None
    after = tokens[tail.end].lower if tail.end < len(tokens) else ""
    return None if after in ("hundred", "percent", "%") and has_and else tail


def _with_scales(tokens: Sequence[Token], head: Numeral, money: bool) -> Numeral:
    """Multiply by what follows: "million", "hundred", "dozen", "bn", "万"."""
    words = number_words()
    while head.end < len(tokens):
        token = tokens[head.end]
        factor = words["scales"].get(token.lower) or _dozen(token, head)
        if factor is None and head.is_digits and head.scale == 1:
            factor = _suffix(tokens, head.end, money)
        if factor is None and head.is_digits and token.lower == "hundred" and head.scale == 1:
            return _with_hundred(tokens, head, True)
        if factor is None:
            return _with_hyphen_scale(tokens, head)
        head = head.multiplied(factor, head.end + 1)
    return head


def _dozen(token: Token, head: Numeral) -> float | None:
    return number_words()["dozens"].get(token.lower) if head.scale == 1 else None


def _with_hyphen_scale(tokens: Sequence[Token], head: Numeral) -> Numeral:
    """ "a 1.5-million-gallon tank": the scale after a hyphen."""
    j = head.end
    if j + 1 < len(tokens) and tokens[j].text in _HYPHENS and tokens[j].is_glued:
        factor = number_words()["scales"].get(tokens[j + 1].lower)
        if factor is not None and tokens[j + 1].is_glued:
            return head.multiplied(factor, j + 2)
    return head


MOBILE_NETWORKS = frozenset("123456")  # "5G" is a generation of mobile networks


def _suffix(tokens: Sequence[Token], j: int, money: bool) -> float | None:
    token = tokens[j]
    factor = number_words()["suffixes"].get(token.text)
    if factor is None or (token.text in _SUFFIX_NEEDS_MONEY and not money):
        return None
    if token.text == "G" and tokens[j - 1].text in MOBILE_NETWORKS and not money:
        return None
    return factor if token.is_glued or len(token.text) > 1 or money else None


def _with_lower_groups(tokens: Sequence[Token], head: Numeral, with_and: bool) -> Numeral:
    """ "4 thousand 3 hundred and 21", "twenty-one trillion and three hundred": each group below the last."""
    room = head.scale if head.scale >= 1000 and not _has_letter(tokens, head) else 0.0
    while room and head.value is not None and head.end < len(tokens):
        j = head.end
        has_and = with_and and tokens[j].lower == "and"
        group = _parse_group(tokens, j + 1 if has_and else j, ".", with_and)
        if group is None or group.value is None or tokens[group.start].lower in ("a", "an"):
            return head
        group = _with_scales(tokens, group, False)
        if not _fits_below(group, room, head) or _begins_compound(tokens, group):
            return head
        head = replace(head, end=group.end, value=head.value + (group.value or 0))
        room = group.scale if group.scale >= 1000 else 0.0
    return head


def _begins_compound(tokens: Sequence[Token], group: Numeral) -> bool:
    """ "3.4 lakh two-wheelers": the number is a part of the word behind it."""
    following = tokens[group.end : group.end + 2]
    return (
        len(following) == 2
        and following[0].text in _HYPHENS
        and all(token.is_glued for token in following)
        and following[1].kind == "word"
    )


def _has_letter(tokens: Sequence[Token], head: Numeral) -> bool:
    """Whether a letter tells the scale: what follows "$3m and 300k" is another number."""
    last = tokens[head.end - 1]
    return head.is_digits and last.kind == "word" and last.text in number_words()["suffixes"]


def _fits_below(group: Numeral, room: float, head: Numeral) -> bool:
    """A lower group is smaller than the last scale; bare digits never follow digits ("4 million 300")."""
    if group.value is None or not 0 < group.value < room:
        return False
    return not (group.is_digits and group.scale == 1 and head.is_digits)
