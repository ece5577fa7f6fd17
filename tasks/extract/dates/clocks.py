"""Times of day: "3:30 p.m. EST", "10 a.m.", "15:30 GMT", "noon", "half past eight in the evening"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import takewhile

from tasks.extract.dates.base.lexicon import table, zone_of, zone_of_place
from tasks.extract.dates.base.words import skip
from tasks.extract.numerals import Token, lower_at, parse_cardinal, text_at

_MERIDIEMS = {"a.m.": 0, "am": 0, "a.m": 0, "p.m.": 12, "pm": 12, "p.m": 12, "a": 0, "p": 12}
_CUES = frozenset(
    {
        "at",
        "from",
        "until",
        "till",
        "by",
        "around",
        "about",
        "before",
        "after",
        "since",
        "to",
        "between",
        "past",
        "midnight",
        "noon",
    }
)
_BEFORE_P = frozenset({"at", "from", "until", "till", "before", "after", "since", "between", "and", "-", "–"})
_BEFORE_DOTTED = frozenset({"by", "until", "till", "around", "about", "since", "before", "after"})
_PER = frozenset({"a", "an", "per", "each", "off", "more"})
_PRICE_REACH = 16
_STOPS = frozenset(".!?;\n")
# Near these "4p" is money.
_PRICED = frozenset(
    {"share", "shares", "dividend", "dividends", "price", "prices", "priced", "cost", "costs", "p", "pence", "up", "down", "rose", "fell", "cut",
     "raised", "charge", "charged", "charges", "traded", "trading", "earnings", "litre", "unit", "duty", "tax"}
)  # fmt: skip
_REACH = 80  # words in which am and pm are looked for
_NAMED = {"noon": 12, "midnight": 0, "midday": 12}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: tokens[start:end]. `is_sure` when am, pm or the 24-hour form leaves no doubt."""

    start: int
    end: int
    hour: int
    minute: int = 0
    second: int = 0
    is_sure: bool = False
    zone: tzinfo | None = None
    is_of_twelve: bool = False  # times before it have am or pm

    def near(self, moment: datetime) -> Clock:
        """Where the text writes am and pm and here says neither, the half of the day nearer to a moment told before."""
        if self.is_sure or not self.is_of_twelve or not 1 <= self.hour <= 12:
            return self
        told = moment.hour * 60 + moment.minute
        halves = (self.hour % 12, self.hour % 12 + 12)
        return replace(
            self, hour=min(halves, key=lambda hour: abs(hour * 60 + self.minute - told)), is_sure=True
        )

    def in_part(self, part: str | None) -> Clock:
        """Read with the part of the day said beside it: seven in the evening is 19."""
        if self.is_sure or part is None:
            return self
        if part in ("afternoon", "evening", "night", "night-time") and 1 <= self.hour < 12:
            early = part == "night" and self.hour < 5
            return replace(self, hour=self.hour if early else self.hour + 12, is_sure=True)
        return replace(self, hour=0, is_sure=True) if self.hour == 12 and part == "night" else self


_BEFORE_BARE = frozenset(
    {"at", "was", "is", "until", "till", "by", "about", "around", "since", "before", "after"}
)
_AFTER_BARE = frozenset(
    {"in", "on", "and", "when", "by", "the", "that", "this", "as", "but", "before", "after"}
)


@lru_cache(maxsize=64)
def parse_clock(tokens: Sequence[Token], i: int, *, is_cued: bool = False) -> Clock | None:
    """The time of day that starts at tokens[i]; bare hours need am, pm, "o'clock" or a colon.

    `is_cued` when a day comes before it, so that "3:30" needs no other sign.
    """
    if i >= len(tokens):
        return None
    clock = (
        _parse_named(tokens, i)
        or _parse_past(tokens, i)
        or _parse_digits(tokens, i, is_cued)
        or _parse_words(tokens, i)
    )
    if clock is None:
        return None
    if not clock.is_sure and _meridiem_before(tokens, i):
        clock = replace(clock, is_of_twelve=True)
    return _with_zone(tokens, clock)


def _meridiem_before(tokens: Sequence[Token], i: int, *, dotted: bool = False) -> bool:
    """Whether am or pm stands in the words before; with `dotted` behind a time such as 6.50."""
    for j in range(i - 1, max(0, i - _REACH), -1):
        if tokens[j].lower in _MERIDIEMS and tokens[j - 1].kind == "number" and len(tokens[j].lower) > 1:
            return not dotted or "." in tokens[j - 1].text
    return False


def _parse_named(tokens: Sequence[Token], i: int) -> Clock | None:
    """noon, midnight, "12 noon"; not "the midnight oil"."""
    j = i + 1 if text_at(tokens, i) == "12" and lower_at(tokens, i + 1) in _NAMED else i
    hour = _NAMED.get(lower_at(tokens, j))
    if hour is None or (j == i and lower_at(tokens, i - 1) in ("the", "a", "of", "'s")):
        return None
    is_end = hour == 0 and lower_at(tokens, i - 1) == "before"  # "just before midnight" ends the day
    return Clock(i, j + 1, 24 if is_end else hour, is_sure=True)


def _read_meridiem(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """0 or 12 and the token after; "p. m." in pieces too."""
    word = lower_at(tokens, i)
    if word in ("a", "p"):
        k = skip(tokens, i + 1, ".")
        if lower_at(tokens, k) == "m":
            end = k + 1
            if text_at(tokens, end) == "." and k > i + 1:
                end += 1
            return _MERIDIEMS[word], end
        is_bare = tokens[i].is_glued and tokens[i].text == word == "p" and not _is_pence(tokens, i)
        return (_MERIDIEMS[word], i + 1) if is_bare else None
    plus = _MERIDIEMS.get(word)
    return None if plus is None else (plus, i + 1)


def _is_pence(tokens: Sequence[Token], i: int) -> bool:
    """ "up 4p a litre", "costs 50p", "up from 4p": not "at 4p" and "7:30p"."""
    if text_at(tokens, i - 2) == ":":
        return not tokens[i - 2].is_glued or not tokens[i - 3].text.isdecimal()
    if lower_at(tokens, i - 2) not in _BEFORE_P or lower_at(tokens, i + 1) in _PER:
        return True
    near = takewhile(lambda token: token.text not in _STOPS, reversed(tokens[max(0, i - _PRICE_REACH) : i]))
    return any(token.lower in _PRICED for token in near)


def _parse_digits(tokens: Sequence[Token], i: int, is_cued: bool = False) -> Clock | None:
    """ "3:30 p.m.", "10am", "7:56:30 pm", "2.30pm", "15:30"."""
    if tokens[i].kind != "number":
        return None
    if (military := _parse_military(tokens, i)) is not None:
        return military
    hour, _, minute = tokens[i].text.partition(".")
    is_dotted, end, second = bool(minute), i + 1, 0
    if not minute and (found := _read_sixtieth(tokens, end)) is not None:
        minute, end = found
        if (seconds := _read_sixtieth(tokens, end)) is not None:
            second, end = int(seconds[0]), seconds[1]
    if not (hour.isdecimal() and len(hour) <= 2 and int(hour) <= 24):
        return None
    if minute and not (minute.isdecimal() and len(minute) == 2 and int(minute) < 60):
        return None
    clock = Clock(i, end, int(hour), int(minute or 0), second)
    return _with_meridiem(tokens, clock, is_dotted, is_cued)


def _parse_military(tokens: Sequence[Token], i: int) -> Clock | None:
    """ "2048 GMT", "at 0430 hours": four digits before a zone or before "hours"."""
    text = tokens[i].text
    if len(text) != 4 or not text.isdecimal() or int(text[:2]) > 23 or int(text[2:]) > 59:
        return None
    is_hours = lower_at(tokens, i + 1) in ("hours", "hrs") and lower_at(tokens, i - 1) in _BEFORE_P
    if not is_hours and not _has_zone(tokens, i + 1):
        return None
    return Clock(i, i + 1 + is_hours, int(text[:2]), int(text[2:]), is_sure=True)


def _read_sixtieth(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """ ":30": the digits and the token after them."""
    digits = text_at(tokens, i + 1)
    if text_at(tokens, i) != ":" or not tokens[i].is_glued or not digits.isdecimal() or len(digits) != 2:
        return None
    return (digits, i + 2) if int(digits) < 60 else None


def _with_meridiem(tokens: Sequence[Token], clock: Clock, is_dotted: bool, is_cued: bool) -> Clock | None:
    meridiem = _read_meridiem(tokens, clock.end)
    if meridiem is not None:
        if not 1 <= clock.hour <= 12:
            return None
        return replace(clock, hour=clock.hour % 12 + meridiem[0], end=meridiem[1], is_sure=True)
    if lower_at(tokens, clock.end) in ("o'clock", "oclock", "o’clock"):
        return replace(clock, end=clock.end + 1)
    before = lower_at(tokens, clock.start - 1)
    if is_dotted:
        is_told = before == "at" or (before in _BEFORE_DOTTED and _is_dotted_there(tokens, clock))
        return clock if is_told and _ends_clause(tokens, clock.end) else None
    if clock.end == clock.start + 1 or (tokens[clock.start].is_glued and before in (":", "-", "/")):
        return None
    if not (
        is_cued or before in _CUES or _has_zone(tokens, clock.end) or len(text_at(tokens, clock.start)) == 2
    ):
        return None
    is_sure = clock.hour > 12 or clock.hour == 0 or text_at(tokens, clock.start).startswith("0")
    return replace(clock, is_sure=is_sure)


def _is_dotted_there(tokens: Sequence[Token], clock: Clock) -> bool:
    """Whether the text writes "6.50pm", or am or pm and these minutes are five, ten and so on."""
    is_round = clock.minute % 5 == 0 and clock.hour > 0
    return _meridiem_before(tokens, clock.start, dotted=not is_round)


def _ends_clause(tokens: Sequence[Token], i: int) -> bool:
    """ "at 6.45" is a time only where nothing measured follows."""
    return (
        i >= len(tokens)
        or tokens[i].kind == "break"
        or tokens[i].text in ".,;?!)"
        or lower_at(tokens, i) == "on"
    )


def _parse_words(tokens: Sequence[Token], i: int) -> Clock | None:
    """ "seven o'clock", "eight thirty p.m.", "at ten forty-five"."""
    hour = parse_cardinal(tokens, i)
    if hour is None or hour.is_digits or hour.value is None or not 1 <= hour.value <= 12 or hour.end != i + 1:
        return None
    end, minute = hour.end, 0
    joint = end + 1 if text_at(tokens, end) == "-" else end
    minutes = parse_cardinal(tokens, joint) if joint < len(tokens) else None
    if (
        minutes is not None
        and minutes.value is not None
        and not minutes.is_digits
        and 1 <= minutes.value <= 59
        and minutes.scale == 1
    ):
        minute, end = int(minutes.value), minutes.end
    meridiem = _read_meridiem(tokens, end)
    clock = Clock(i, end, int(hour.value), minute)
    if meridiem is not None and lower_at(tokens, end) != "a":
        return replace(clock, hour=clock.hour % 12 + meridiem[0], end=meridiem[1], is_sure=True)
    if lower_at(tokens, end) in ("o'clock", "oclock", "o’clock"):
        return replace(clock, end=end + 1)
    return clock if minute and lower_at(tokens, i - 1) == "at" and minute >= 5 else None


def _parse_past(tokens: Sequence[Token], i: int) -> Clock | None:
    """ "half past eight", "a quarter to 8", "20 minutes past eight"."""
    j = skip(tokens, i, "a")
    minutes = {"half": 30.0, "quarter": 15.0}.get(lower_at(tokens, j))
    if minutes is not None:
        j += 1
    else:
        number = parse_cardinal(tokens, j) if j < len(tokens) else None
        if number is None or number.value is None or not 1 <= number.value <= 59:
            return None
        minutes, j = number.value, number.end
        if lower_at(tokens, j) in ("quarter", "quarters"):
            minutes, j = minutes * 15, j + 1
        elif lower_at(tokens, j) in ("minute", "minutes", "min", "mins"):
            j += 1
        elif not _is_bare_past(tokens, i, j, minutes):
            return None
    word = lower_at(tokens, j)
    if word not in ("past", "to", "before", "after"):
        return None
    hour = parse_cardinal(tokens, j + 1) if j + 1 < len(tokens) else None
    if (
        hour is None
        or hour.value is None
        or not 1 <= hour.value <= 12
        or (word != "past" and minutes not in (5, 10, 15, 20, 25))
    ):
        return None
    whole = _parse_digits(tokens, hour.start)
    base, end, sure = (
        (whole.hour, whole.end, True) if whole is not None else (int(hour.value), hour.end, False)
    )
    total = base * 60 + int(minutes) * (1 if word in ("past", "after") else -1)
    return Clock(i, end, total // 60 % 24, total % 60, is_sure=sure)


def _is_bare_past(tokens: Sequence[Token], i: int, j: int, minutes: float) -> bool:
    """Without "minutes": "twenty past six"; "five to nine" only after "at" or "was", since it can be a range."""
    if tokens[i].kind != "word" or minutes not in (5, 10, 20, 25):
        return False
    return lower_at(tokens, j) == "past" or (
        lower_at(tokens, j) == "to"
        and lower_at(tokens, i - 1) in _BEFORE_BARE
        and _ends_phrase(tokens, j + 2)
    )


def _ends_phrase(tokens: Sequence[Token], i: int) -> bool:
    """Whether no noun can follow the hour: "five to nine people" is no clock."""
    return i >= len(tokens) or tokens[i].kind in ("sign", "break") or lower_at(tokens, i) in _AFTER_BARE


def _has_zone(tokens: Sequence[Token], i: int) -> bool:
    return _read_zone(tokens, i) is not None


def _read_zone(tokens: Sequence[Token], i: int) -> tuple[tzinfo | None, int] | None:
    """ "EST", "(GMT)", "GMT+7", "Eastern time", "Moscow time", "local time"."""
    j = skip(tokens, i, "(")
    found = _read_offset(tokens, j) or _read_named_zone(tokens, j)
    if found is None or j == i:
        return found
    return (found[0], found[1] + 1) if text_at(tokens, found[1]) == ")" else None


def _read_offset(tokens: Sequence[Token], i: int) -> tuple[tzinfo | None, int] | None:
    zone = zone_of(text_at(tokens, i))
    if zone is None:
        return None
    sign, hours = text_at(tokens, i + 1), text_at(tokens, i + 2)
    if (
        text_at(tokens, i) in ("GMT", "UTC")
        and sign in ("+", "-")
        and hours.isdecimal()
        and len(hours) <= 2
        and int(hours) <= 14
    ):
        return timezone(timedelta(hours=int(hours) * (1 if sign == "+" else -1))), i + 3
    return zone, i + 1


def _read_named_zone(tokens: Sequence[Token], i: int) -> tuple[tzinfo | None, int] | None:
    end = skip(tokens, i + 1, "standard", "daylight", "mean", "summer")
    if lower_at(tokens, end) not in ("time", "timezone"):
        return None
    if lower_at(tokens, i) == "local":
        return None, end + 1
    zone = zone_of_place(lower_at(tokens, i))
    return None if zone is None else (zone, end + 1)


def _with_zone(tokens: Sequence[Token], clock: Clock) -> Clock:
    found = _read_zone(tokens, clock.end)
    return clock if found is None else replace(clock, zone=found[0], end=found[1])


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day: tokens[start:end], its name, the half it is cut to (early, late) or None."""

    start: int
    end: int
    name: str
    half: str | None = None


def parse_part(tokens: Sequence[Token], i: int, *, bare: bool = False) -> DayPart | None:
    """ "in the morning", "later in the afternoon"; with `bare` "night" alone, after a day's name."""
    j, half = i, None
    word = lower_at(tokens, j)
    if word in ("early", "late", "later", "earlier", "mid"):
        half = (
            "early" if word.startswith("early") or word == "earlier" else "mid" if word == "mid" else "late"
        )
        j = skip(tokens, j + 1, "-")
    k = skip(tokens, j, "in", "the", "during", "at", "of")
    name = lower_at(tokens, k).removesuffix("'s").removesuffix("’s")
    if name not in table("parts") or not (bare or _is_introduced(tokens, j, k)):
        return None
    if text_at(tokens, k + 1) == "-" and lower_at(tokens, k + 2) == "time":
        return DayPart(i, k + 3, "night-time", half)
    return DayPart(i, k + 1, name, half)


def _is_introduced(tokens: Sequence[Token], start: int, k: int) -> bool:
    words = [lower_at(tokens, n) for n in range(start, k)]
    return ("in" in words or "during" in words) and "the" in words
