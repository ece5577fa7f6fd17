"""English expressions of time in one text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extract.dates.clock_ranges import parse_clock_range
from tasks.extract.dates.intervals import Found
from tasks.extract.dates.lexicon import holidays, table
from tasks.extract.dates.points import parse_point
from tasks.extract.dates.ranges import parse_range
from tasks.extract.dates.series import parse_day_before_month, parse_further_day
from tasks.extract.numerals import Token, number_words

_OPENERS = frozenset(
    {"the", "this", "last", "next", "past", "previous", "coming", "following", "upcoming", "current", "same", "that", "early", "late", "mid",
     "later", "earlier", "beginning", "start", "end", "middle", "from", "between", "in", "within", "a", "an", "another", "couple", "half",
     "quarter", "remainder", "tonight", "tonite", "noon", "midnight", "midday", "q", "h", "year", "during", "rest", "preceding", "subsequent", "today's",
     "tonight's", "'", "’", "‘"}
)  # fmt: skip
# After "in" and "a" most words start no time; these do.
_WEAK = {"in": frozenset({"the", "morning"}), "during": frozenset({"the"})}


@cache
def _starters() -> frozenset[str]:
    words = set(_OPENERS)
    for name in ("months", "weekdays", "days", "seasons", "decades"):
        words.update(table(name))
    words.update(f"{day}{ending}" for day in table("weekdays") for ending in ("'s", "’s"))
    words.update(f"{day}{ending}" for day in table("days") for ending in ("'s", "’s"))
    words.update(phrase[0] for phrase in holidays())
    for name in ("units", "tens", "ordinals"):
        words.update(number_words()[name])
    return frozenset(words)


def scan_english(tokens: Sequence[Token], day_first: bool) -> Iterator[Found]:
    """The expressions, left to right, none overlapping the one before."""
    starters = _starters()
    i = 0
    while i < len(tokens):
        token = tokens[i]
        found = None
        if token.kind == "number" or token.lower in starters:
            found = _parse_at(tokens, i, day_first)
        if found is None:
            i += 1
        else:
            yield found
            i = max(i + 1, found.end, found.resume)
            while (further := parse_further_day(tokens, found)) is not None:
                yield further
                found, i = further, further.end


def _parse_at(tokens: Sequence[Token], i: int, day_first: bool) -> Found | None:
    if tokens[i].kind == "number" and i and tokens[i].is_glued and tokens[i - 1].kind == "word":
        return None
    found = parse_clock_range(tokens, i, day_first) or parse_range(tokens, i, day_first)
    if found is not None:
        return found
    point = parse_point(tokens, i, day_first)
    return parse_day_before_month(tokens, i, day_first) if point is None else point.to_found()
