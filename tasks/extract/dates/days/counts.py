"""Times counted in units: "two weeks ago", "3 days after January 12", "in two months", "the past 24 hours"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tasks.extract.dates.base.intervals import (
    Found,
    Interval,
    Reference,
    Resolve,
    count_granularity,
    midnight,
)
from tasks.extract.dates.base.lexicon import table
from tasks.extract.dates.base.resolvers import resolve_business_days, resolve_shift, resolve_window
from tasks.extract.dates.base.tense import tense_at
from tasks.extract.dates.base.words import skip
from tasks.extract.numerals import Token, lower_at, number_words, parse_cardinal, parse_fraction, text_at

Steps = list[tuple[float, str]]
_FEW = frozenset({"few", "several", "many", "some"})
_PAST_WORDS = frozenset({"past", "last", "previous", "preceding"})
_FUTURE_WORDS = frozenset({"next", "coming", "following", "upcoming"})
# After these "in 3 years" looks back over a length of time: "the worst storm in 3 years".
_LOOKS_BACK = frozenset(
    {
        "first",
        "worst",
        "best",
        "highest",
        "lowest",
        "biggest",
        "largest",
        "most",
        "least",
        "only",
        "second",
        "third",
        "deadliest",
        "longest",
        "strongest",
        "time",
        "times",
        "once",
        "twice",
    }
)
_BACK_REACH = 8
_MOST_STEPS = 4  # "1 year 1 month 21 days" has three
_QUARTERS = frozenset({"quarter", "quarters"})
_MODALS = frozenset(
    {
        "will",
        "would",
        "to",
        "can",
        "could",
        "may",
        "might",
        "should",
        "must",
        "does",
        "did",
        "not",
        "only",
        "it",
    }
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you"})
_DIRECTIONS = {
    "ago": (-1, "published"),
    "earlier": (-1, "previous"),
    "previously": (-1, "previous"),
    "prior": (-1, "previous"),
    "before": (-1, "previous"),
    "later": (1, "previous"),
    "afterward": (1, "previous"),
    "afterwards": (1, "previous"),
    "after": (1, "previous"),
    "hence": (1, "published"),
    "from": (1, "base"),
}


def read_steps(tokens: Sequence[Token], i: int) -> tuple[Steps, int] | None:
    """Counted units at tokens[i]: "1 month and 21 days", "a week", "half an hour", and the token after them."""
    steps: Steps = []
    end = i
    while len(steps) < _MOST_STEPS:
        one = _read_step(tokens, skip(tokens, end, "and", ",") if steps else end)
        if one is None:
            break
        steps.append(one[0])
        end = one[1]
    return (steps, end) if steps else None


def _bare(tokens: Sequence[Token], i: int) -> str:
    """The word without its possessive: "a fortnight's time"."""
    return lower_at(tokens, i).removesuffix("'s").removesuffix("’s")


def _read_step(tokens: Sequence[Token], i: int) -> tuple[tuple[float, str], int] | None:
    if i >= len(tokens):
        return None
    plain = parse_cardinal(tokens, i, with_and=False)
    fraction = (
        None if plain is not None and lower_at(tokens, plain.end) in _QUARTERS else parse_fraction(tokens, i)
    )
    number = plain if fraction is None else fraction[0]
    if number is not None and number.value is not None and number.value <= 1e5:
        count, j = number.value, number.end
        j = skip(tokens, j, "a", "an", "more") if fraction is not None else skip(tokens, j, "more", "-")
    elif tokens[i].lower in ("a", "an", "another", "one"):
        count, j = 1.0, i + 1
        if lower_at(tokens, j) == "couple":
            count, j = 2.0, skip(tokens, j + 1, "of")
    elif tokens[i].lower == "couple":
        count, j = 2.0, skip(tokens, i + 1, "of")
    else:
        return None
    unit = table("units").get(_bare(tokens, j))
    if unit is None or (unit == "weekend" and count == 1):
        return None
    if [lower_at(tokens, j + k) for k in (1, 2, 3)] == ["and", "a", "half"]:
        return (count + 0.5, unit), j + 4
    return (count, unit), j + 1


def read_vague_unit(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """ "a few days", "several weeks": only the unit, because the count is unknown."""
    j = skip(tokens, i, "a")
    if lower_at(tokens, j) not in _FEW:
        return None
    unit = table("units").get(lower_at(tokens, j + 1))
    return None if unit is None else (unit, j + 2)


def parse_window(tokens: Sequence[Token], i: int) -> Found | None:
    """ "the past two months", "the next 3 days", "the last few weeks".

    The length is a figure of its own and the digits are left to it: this expression ends with "past".
    """
    j = skip(tokens, i, "the")
    word = lower_at(tokens, j)
    side = "past" if word in _PAST_WORDS else "future" if word in _FUTURE_WORDS else None
    if side is None:
        return None
    if word == "last" and j == i and lower_at(tokens, i - 1) in _MODALS:
        return None  # "the course will last three weekends"
    vague = read_vague_unit(tokens, j + 1)
    if vague is not None:
        return Found(i, vague[1], count_granularity(vague[0]), resolve_window(vague[0], None, side))
    if side == "future" and (business := _read_business_days(tokens, j + 1)) is not None:
        return Found(i, business[1], "day", _resolve_business_window(business[0]))
    step = None if lower_at(tokens, j + 1) in ("a", "an", "another") else _read_step(tokens, j + 1)
    if step is None:
        return None
    (count, unit), end = step
    return Found(i, j + 1, count_granularity(unit), resolve_window(unit, count, side), resume=end)


def parse_in_steps(tokens: Sequence[Token], i: int) -> Found | None:
    """ "in two weeks", "within 3 months", "in a week's time": from publication on."""
    word = lower_at(tokens, i)
    if word not in ("in", "within") or _looks_back(tokens, i):
        return None
    start = skip(tokens, i + 1, "just", "about", "the", "next") if word == "within" else i + 1
    business = _read_business_days(tokens, start)
    if business is not None:
        return Found(i, business[1], "day", resolve_business_days(business[0]))
    found = read_steps(tokens, start)
    if found is None:
        return None
    steps, end = found
    if lower_at(tokens, end) in ("of", "or", "to", "-", "–", "old"):
        return None
    if text_at(tokens, end) in ("'", "’") and lower_at(tokens, end + 1) == "time":
        end += 2
    if word == "within":
        return None if _follows(tokens, i) else _within(i, start, end, steps)
    if tense_at(tokens, i, end) == "past":
        return None  # "has lost 14 metres in a decade" is a length
    return Found(i, end, count_granularity(steps[-1][1]), resolve_shift(steps, 1, None))


def _follows(tokens: Sequence[Token], i: int) -> bool:
    """ "two more followed within an hour": counted from what was told, not from publication."""
    return tense_at(tokens, i, i + 1) == "past"


def _is_short(steps: Steps) -> bool:
    return steps[-1][1] in ("hour", "minute", "second")


def _within(start: int, number: int, end: int, steps: Steps) -> Found | None:
    """ "within two weeks": as in any window, the length is left to the figures."""
    if len(steps) > 1:
        return None
    (count, unit) = steps[0]
    resolve = resolve_window(unit, count, "now")
    return Found(start, number, count_granularity(unit), resolve, resume=end)


def _looks_back(tokens: Sequence[Token], i: int) -> bool:
    words = (lower_at(tokens, k) for k in range(max(0, i - _BACK_REACH), i))
    ordinals = number_words()["ordinals"]
    return any(
        word in _LOOKS_BACK or word in ordinals or (word.endswith("est") and len(word) > 4) for word in words
    )


def _resolve_business_window(count: int) -> Resolve:
    """From the day after publication to the end of the last of these business days."""
    last_day = resolve_business_days(count)

    def resolve(reference: Reference) -> Interval | None:
        last = last_day(reference)
        if last is None or reference.day is None:
            return None
        return Interval(midnight(reference.day + timedelta(days=1)), last.end, "day")

    return resolve


def _read_business_days(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    number = parse_cardinal(tokens, i) if i < len(tokens) else None
    if number is None or number.value is None or lower_at(tokens, number.end) not in ("business", "working"):
        return None
    return (int(number.value), number.end + 2) if lower_at(tokens, number.end + 1) == "days" else None


def read_direction(tokens: Sequence[Token], i: int) -> tuple[int, str, int] | None:
    """What follows counted units: sign, what it counts from (published, previous, base, unknown), the next token."""
    word, after = lower_at(tokens, i), lower_at(tokens, i + 1)
    if (word, after) in (("from", "now"), ("from", "today")):
        return 1, "published", i + 2
    if word in ("in", "into") and after == "the" and lower_at(tokens, i + 2) == "future":
        return 1, "published", i + 3
    if (word, after) == ("prior", "to"):
        return -1, "base", i + 2
    if word in ("before", "after") and _goes_on(tokens, i + 1):
        return (-1 if word == "before" else 1), "base", i + 1
    if after == "than" and word in ("earlier", "later"):
        return 0, "unknown", i + 1  # "three weeks later than planned"
    if after in _PRONOUNS and word in ("before", "after"):
        return 0, "unknown", i + 1  # "ten weeks before it told the regulator"
    simple = _DIRECTIONS.get(word)
    return None if simple is None else (*simple, i + 1)


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Another word follows in the same clause: "before *the vote*"."""
    return (
        i < len(tokens)
        and tokens[i].kind in ("word", "number")
        and tokens[i].lower not in ("and", "but", "when", "that", "he", "she", "it", "they")
    )


def shifted(start: int, end: int, steps: Steps, sign: int, base: Resolve | None, anchor: str) -> Found:
    """The time that lies the steps away."""
    granularity = "day" if base is not None and not _is_short(steps) else count_granularity(steps[-1][1])
    resolve = resolve_shift(steps, sign, base, from_previous=anchor == "previous")
    return Found(start, end, granularity, resolve, anchor)
