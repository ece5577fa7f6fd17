"""English expressions of time in one text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from tasks.extract.dates.base.intervals import Found
from tasks.extract.dates.base.lexicon import holidays, table
from tasks.extract.dates.base.resolvers import resolve_unknown
from tasks.extract.dates.clock_ranges import parse_clock_range
from tasks.extract.dates.points import parse_point
from tasks.extract.dates.ranges import parse_range
from tasks.extract.dates.series import parse_day_before_month, parse_further_day
from tasks.extract.numerals import Token, lower_at, number_words, text_at

# Words that can start an expression beside those of the calendar itself.
_OPENERS = frozenset(
    {"the", "this", "last", "next", "past", "previous", "coming", "following", "upcoming", "current", "same", "that", "early", "late", "mid",
     "later", "earlier", "beginning", "start", "end", "middle", "from", "between", "in", "within", "a", "an", "another", "couple", "half",
     "quarter", "q", "h", "year", "during", "rest", "first", "opening", "closing", "final", "latter", "initial", "preceding", "subsequent", "remainder", "'", "’", "‘"}
)  # fmt: skip
_ALONE = frozenset(
    {
        "tonight",
        "tonite",
        "noon",
        "midnight",
        "midday",
        "a.m.",
        "p.m.",
        "am",
        "pm",
        "p",
        "a.m",
        "p.m",
        "o'clock",
        "o’clock",
        "q",
        "h",
    }
)
_YEAR_WORDS = frozenset({"thousand", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"})
_CLOCK_MINUTES = frozenset({"half", "five", "ten", "twenty"})  # "five to nine"
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_EACH = frozenset({"every", "each"})  # before a date that comes again and again
_REACH = 7  # tokens from the start of an expression to the first word that only time has


@cache
def _calendar_words() -> frozenset[str]:
    """Every expression of time without digits has one of these words."""
    words = set(_ALONE | _YEAR_WORDS)
    for name in ("months", "weekdays", "days", "seasons", "decades", "parts", "units"):
        words.update(table(name))
    words.update(phrase[0] for phrase in holidays())
    for word in list(words):
        words.update((f"{word}'s", f"{word}’s"))
    return frozenset(words)


@cache
def _starters() -> frozenset[str]:
    words = set(_calendar_words() | _OPENERS)
    for name in ("units", "tens", "ordinals"):
        words.update(number_words()[name])
    return frozenset(words)


def scan_english(tokens: Sequence[Token], day_first: bool) -> Iterator[Found]:
    """The expressions, left to right, none overlapping the one before."""
    starters, near = _starters(), _near_time(tokens)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        found = None
        if near[i] and (token.kind == "number" or token.lower in starters):
            found = _parse_at(tokens, i, day_first)
        if found is None:
            i += 1
        else:
            yield found if lower_at(tokens, i - 1) not in _EACH else replace(found, resolve=resolve_unknown)
            i = max(i + 1, found.end, found.resume)
            while (further := parse_further_day(tokens, found)) is not None:
                yield further
                found, i = further, further.end


def _near_time(tokens: Sequence[Token]) -> list[bool]:
    """For each token, whether a word or number that only time has comes within reach: most have none."""
    words = _calendar_words()
    near = [False] * len(tokens)
    last = len(tokens) + _REACH
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if (
            token.lower in words
            or (token.kind == "number" and _may_be_time(tokens, i))
            or (token.lower in ("to", "past") and i and tokens[i - 1].lower in _CLOCK_MINUTES)
        ):
            last = i
        near[i] = last - i < _REACH
    return near


def _may_be_time(tokens: Sequence[Token], i: int) -> bool:
    """Four digits, a date in digits, a time with a colon, "18th", "70s", "7p"."""
    text = tokens[i].text
    if len(text) == 4 or "." in text:
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not following.is_glued:
        return False
    return following.text in ("/", "-", ":") or following.kind == "word" or following.text in ("'", "’")


def _parse_at(tokens: Sequence[Token], i: int, day_first: bool) -> Found | None:
    if tokens[i].kind == "number" and i and tokens[i].is_glued and tokens[i - 1].kind == "word":
        return None
    if text_at(tokens, i + 1) == "dec" and text_at(tokens, i - 1) == "/" and tokens[i].is_glued:
        return None  # cricket: "312/4 dec"
    point = parse_point(tokens, i, day_first)
    found = parse_clock_range(tokens, i, point, day_first) or parse_range(tokens, i, point, day_first)
    if found is not None:
        return found
    return parse_day_before_month(tokens, i, day_first) if point is None else point.to_found()
