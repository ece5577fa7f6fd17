"""The words of a text that speak of time, each with what it can mean: a month, a unit, a number, a joint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from tasks.extract.dates.foreign.calendars import Calendar
from tasks.extract.dates.foreign.numeric import Meanings, is_touched, number_meanings, read_numeric
from tasks.extract.languages import cldr
from tasks.extract.languages.numbers import NumberWords, parse_number, vocabulary_of
from tasks.extract.languages.words import Phrases, WordTables
from tasks.extract.numerals import Token

_SUFFIX = re.compile(r"['’]([^\W\d_]+)")
_SIGNS = {
    ",": "COMMA",
    ".": "DOT",
    "-": "SEP",
    "–": "SEP",
    "—": "SEP",
    "/": "SEP",
    "~": "SEP",
    "〜": "SEP",
    "～": "SEP",
    "∼": "SEP",
    "'": "APOS",
    "’": "APOS",
    "|": "COMMA",
}
_LISTS = {
    "of": "OF", "and": "AND", "at": "AT", "hours": "ATH", "from": "FROM", "to": "TO", "between": "BETWEEN", "the": "THE",
    "ago_before": "AGOB", "ago_after": "AGOA", "in_before": "IN", "later": "LATER", "earlier": "EARLIER",
    "clock": "OCLOCK", "am": "AM", "pm": "PM", "half": "HALF", "quarter_hour": "QUARTERH", "to_hour": "MINUS",
    "past_hour": "PLUS", "half_to": "HALFTO", "minutes": "MINUTES", "rest": "REST", "start": "START",
    "middle": "MIDDLE", "end": "END", "decade": "DECADE", "quarters": "QUARTER", "half_years": "HALFYEAR",
    "day_cues": "CUE", "month_cues": "MCUE", "weekend": "WEEKEND", "early": "EARLY", "late": "LATE", "year_words": "YEARWORD",
    "year_marks": "YMARK", "month_marks": "MMARK", "day_marks": "DMARK", "now": "NOW", "business": "BUSINESS",
    "since": "SINCE", "date_cues": "DCUE", "not_days": "NODAY", "other_months": "OMON", "other_eras": "OERA", "other_calendars": "OCAL", "till": "TILL", "last_of": "LASTOF", "decade_marks": "DECMARK", "hour_marks": "HMARK", "minute_marks": "NMARK",
}  # fmt: skip
_TABLES = {
    "days": "DAY",
    "day_parts": "DAYPART",
    "parts": "PART",
    "units": "UNIT",
    "counts": "NUM",
    "which": "WHICH",
    "seasons": "SEASON",
    "named_hours": "NAMED",
    "counted_units": "COUNTED",
    "named_years": "LASTYEAR",
    "past_seasons": "PASTSEASON",
    "half_year_names": "HALFNAME",
    "solar_months": "SMON",
}
CORE = frozenset(
    [
        "MON",
        "MONS",
        "WD",
        "WDS",
        "DAY",
        "DAYPART",
        "UNIT",
        "SEASON",
        "NAMED",
        "CLOCK",
        "NUMDATE",
        "Y4",
        "PART",
        "OCLOCK",
        "AM",
        "PM",
        "HOL",
        "QUARTER",
        "HALFYEAR",
        "HALFNAME",
        "WEEKEND",
        "YMARK",
        "MMARK",
        "DMARK",
        "DECMARK",
        "TENS",
        "TENSLINK",
        "LASTYEAR",
        "PASTSEASON",
        "COUNTED",
        "NOW",
        "DAYMON",
        "HOURS",
        "HMARK",
        "CUE",
        "OMON",
        "OERA",
        "OCAL",
        "SMON",
        "SYEAR",
        "SOLARDATE",
    ]
)


class TimeItem(NamedTuple):
    """tokens[start:end] with its possible meanings by category."""

    start: int
    end: int
    cats: Meanings


class DateWords:
    """The vocabulary of time of a language."""

    def __init__(self, language: WordTables) -> None:
        table = language.dates
        self.vocabulary: Phrases[dict[str, Any]] = Phrases(language.code)
        self._merged: dict[str, dict[str, Any]] = {}
        self._know_calendar(language, table)
        self._know_tables(table)
        self.whole_first = bool(table.get("whole_first", False))
        self.minutes_first = bool(table.get("minutes_first", False))
        self.plain_months = bool(table.get("plain_months", False))
        self.suffixes = tuple(
            (start, category)
            for key, category in (("decade_suffixes", "TENS"), ("decade_links", "TENSLINK"))
            for start in table.get(key, ())
        )
        self.decade_cues = tuple(tuple(cue.split()) for cue in table.get("decade_cues", ()))
        self.numbers: NumberWords = vocabulary_of(language)
        self.starters = self.numbers.starters()
        self.calendar = Calendar(language)
        for phrase, cats in self._merged.items():
            if "TO" in cats and "ATH" not in cats:
                cats["TOX"] = True
            self.vocabulary.add(phrase, cats)
            if prefix := language.numbers.get("and_prefix"):
                self.vocabulary.add(prefix + phrase, cats, is_weak=True)
        if language.is_unspaced:
            language.know(self._merged)

    def _know_calendar(self, language: WordTables, table: Mapping[str, Any]) -> None:
        """Months and days of the week, of CLDR and of the folder."""
        if not table.get("month_marks"):  # there they are a number and a mark
            written, between = cldr.date_joints(language.code)
            for name, number, is_whole in cldr.months(language.code):
                for start in ("", *written):
                    self._know(start + name, "MON" if is_whole else "MONS", number)
            for word in between:
                self._know(word, "OF", True)
        for name, number, is_whole in cldr.weekdays(language.code):
            self._know(name, "WD" if is_whole else "WDS", number)
        for key, category in (("months", "MON"), ("short_months", "MONS"), ("weekdays", "WD")):
            for word, number in table.get(key, {}).items():
                self._know(word, category, number)

    def _know_tables(self, table: Mapping[str, Any]) -> None:
        for name, category in _TABLES.items():
            for word, value in table.get(name, {}).items():
                self._know(word, category, value)
        for name, category in _LISTS.items():
            for word in table.get(name, ()):
                self._know(word, category, True)
        for name, rule in table.get("holidays", {}).items():
            self._know(name, "HOL", rule)

    def _know(self, phrase: str, category: str, value: Any) -> None:
        self._merged.setdefault(phrase.lower() if phrase.isascii() else phrase, {})[category] = value


@cache
def date_words(language: WordTables) -> DateWords:
    """The vocabulary of time of the language."""
    return DateWords(language)


def itemize(text: str, tokens: Sequence[Token], language: WordTables) -> list[TimeItem]:
    """The text as a row of items; words that say nothing of time are items without meanings."""
    words = date_words(language)
    items: list[TimeItem] = []
    i = 0
    while i < len(tokens):
        item = _item_at(text, tokens, i, words, language)
        items.append(item)
        i = item.end
    return items


def _item_at(text: str, tokens: Sequence[Token], i: int, words: DateWords, language: WordTables) -> TimeItem:
    token = tokens[i]
    if (
        token.kind == "number"
        and not is_touched(tokens, i)
        and (numeric := read_numeric(text, tokens, i, words.calendar)) is not None
    ):
        return TimeItem(i, *numeric)
    if (told := words.calendar.year_at(tokens, i, language)) is not None:
        return TimeItem(i, *told)
    if token.kind == "sign" and token.text in _SIGNS:
        return TimeItem(i, i + 1, {_SIGNS[token.text]: True})
    if token.kind == "break":
        return TimeItem(i, i + 1, {})
    phrase = _once(words, tokens, words.vocabulary.at(tokens, i))
    number = None
    if (
        token.kind in ("number", "glyph")
        or token.lower in words.starters
        or (token.kind == "word" and words.numbers.morphs(token.lower))
    ):
        number = parse_number(tokens, i, language, ".", True)
    if number is not None and number.value < 0:
        number = None
    if number is not None and (phrase is None or number.end > phrase[1]):
        cats = number_meanings(tokens, number)
        if "Y2" in cats:
            cats["Y2"] = words.calendar.turn_short(cats["Y2"])
        if words.suffixes and (category := _read_suffix(text, tokens[number.end - 1].end, words)):
            cats[category] = number.value
        return TimeItem(i, number.end, cats)
    if phrase is None:
        return TimeItem(i, i + 1, _NONE)
    if number is not None and number.end == phrase[1]:
        return TimeItem(i, phrase[1], {**number_meanings(tokens, number), **phrase[0]})
    return TimeItem(i, phrase[1], phrase[0])


def _once(words: DateWords, tokens: Sequence[Token], phrase: Any) -> Any:
    """A month, with its other name behind a slash: "أيار/مايو"."""
    if phrase is None or "MON" not in phrase[0] or tokens[min(phrase[1], len(tokens) - 1)].text != "/":
        return phrase
    other = words.vocabulary.at(tokens, phrase[1] + 1)
    is_same = other is not None and other[0].get("MON") == phrase[0]["MON"]
    return (phrase[0], other[1]) if is_same and other is not None else phrase


def _read_suffix(text: str, end: int, words: DateWords) -> str | None:
    """What a suffix behind an apostrophe makes of a number: "1990'larda" is TENS, "80'li" TENSLINK."""
    suffix = _SUFFIX.match(text, end)
    if suffix is None:
        return None
    return next((category for start, category in words.suffixes if suffix[1].startswith(start)), None)


_NONE: dict[str, Any] = {}
