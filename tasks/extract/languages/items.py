"""The words of a text that speak of time, each with what it may mean: a month, a unit, a number, a joint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from tasks.extract.languages import cldr
from tasks.extract.languages.numerals import NumberWords, number_words, parse_number
from tasks.extract.languages.words import Language, Phrases
from tasks.extract.numerals import Token

Meanings = Mapping[str, Any]

# Numeric dates as printed, tried at a number that nothing touches. "/" and "-" and "." between the parts.
_NUMERIC = re.compile(
    r"(?P<ymd>\d{4}([-/.])\d{1,2}\2\d{1,2})(?![\d])"
    r"|(?P<dmy>\d{1,2}([-/.])\d{1,2}\4\d{4})(?!\d)"
    r"|(?P<dmy_comma>\d{1,2}/\d{1,2}, ?\d{4})(?!\d)"
    r"|(?P<dmy2>\d{1,2}([-/.])\d{1,2}\7\d{2})(?![\d:/.-]\d|\d)"
    r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?![\d:])"
    r"|(?P<ym>\d{4} ?[-/] ?\d{1,2})(?![\d/-]| ?[-/] ?\d)"
    r"|(?P<my>\d{1,2}(?: ?[-/] ?|\.)\d{4})(?![\d/-]|\.\d)"
    r"|(?P<hour>\d{1,2} ?[hH](?: ?\d{2})?)(?!\w)"
    r"|(?P<dotted_dm>\d{1,2}\.\d{1,2}\.)(?!\d)"
    r"|(?P<dm>\d{1,2}/\d{1,2})(?![\d/])"
)
_SIGNS = {",": "COMMA", ".": "DOT", "-": "SEP", "–": "SEP", "—": "SEP", "/": "SEP", "~": "SEP", "〜": "SEP", "～": "SEP", "'": "APOS", "’": "APOS", "|": "COMMA"}
_LISTS = {
    "of": "OF", "and": "AND", "at": "AT", "hours": "ATH", "from": "FROM", "to": "TO", "between": "BETWEEN", "the": "THE",
    "ago_before": "AGOB", "ago_after": "AGOA", "in_before": "IN", "later": "LATER", "earlier": "EARLIER",
    "clock": "OCLOCK", "am": "AM", "pm": "PM", "half": "HALF", "quarter_hour": "QUARTERH", "to_hour": "MINUS",
    "past_hour": "PLUS", "half_to": "HALFTO", "minutes": "MINUTES", "rest": "REST", "start": "START",
    "middle": "MIDDLE", "end": "END", "decade": "DECADE", "quarters": "QUARTER", "half_years": "HALFYEAR",
    "day_cues": "CUE", "month_cues": "MCUE", "weekend": "WEEKEND", "early": "EARLY", "late": "LATE", "year_words": "YEARWORD",
    "year_marks": "YMARK", "month_marks": "MMARK", "day_marks": "DMARK", "now": "NOW", "business": "BUSINESS",
    "since": "SINCE", "till": "TILL", "last_of": "LASTOF", "decade_marks": "DECMARK", "hour_marks": "HMARK", "minute_marks": "NMARK",
}  # fmt: skip
_TABLES = {"days": "DAY", "day_parts": "DAYPART", "parts": "PART", "units": "UNIT", "which": "WHICH", "seasons": "SEASON", "named_hours": "NAMED", "counted_units": "COUNTED"}
CORE = frozenset("MON MONS WD WDS DAY DAYPART UNIT SEASON NAMED CLOCK NUMDATE Y4 PART OCLOCK AM PM HOL QUARTER HALFYEAR WEEKEND YMARK MMARK DMARK DECMARK COUNTED NOW DAYMON HOURS HMARK CUE".split())


class Item(NamedTuple):
    """tokens[start:end] with its possible meanings by category."""

    start: int
    end: int
    cats: Meanings


class DateWords:
    """The vocabulary of time of a language."""

    def __init__(self, language: Language) -> None:
        table = language.dates
        self.vocabulary: Phrases[dict[str, Any]] = Phrases(language.code)
        self._merged: dict[str, dict[str, Any]] = {}
        for name, number, is_whole in cldr.months(language.code):
            if not language.is_unspaced:  # there they are a number and a mark
                self._know(name, "MON" if is_whole else "MONS", number)
        for name, number, is_whole in cldr.weekdays(language.code):
            self._know(name, "WD" if is_whole else "WDS", number)
        for word, number in table.get("months", {}).items():
            self._know(word, "MON", number)
        for word, number in table.get("short_months", {}).items():
            self._know(word, "MONS", number)
        for word, number in table.get("weekdays", {}).items():
            self._know(word, "WD", number)
        for name, category in _TABLES.items():
            for word, value in table.get(name, {}).items():
                self._know(word, category, value)
        for name, category in _LISTS.items():
            for word in table.get(name, ()):
                self._know(word, category, True)
        for name, rule in table.get("holidays", {}).items():
            self._know(name, "HOL", rule)
        for word in table.get("ignored", ()):
            self._know(word, "NOTHING", True)
        self.whole_first = bool(table.get("whole_first", False))
        self.minutes_first = bool(table.get("minutes_first", False))
        self.month_first = bool(table.get("month_first", False))
        self.plain_months = bool(table.get("plain_months", False))
        self.day_year_order = table.get("order", "dmy")
        self.numbers: NumberWords = number_words(language)
        self.starters = self.numbers.starters()
        for phrase, cats in self._merged.items():
            if "TO" in cats and "ATH" not in cats:
                cats["TOX"] = True
            self.vocabulary.add(phrase, cats)
        if language.is_unspaced:
            language.know(self._merged)

    def _know(self, phrase: str, category: str, value: Any) -> None:
        self._merged.setdefault(phrase.lower() if phrase.isascii() else phrase, {})[category] = value


@cache
def date_words(language: Language) -> DateWords:
    """The vocabulary of time of the language."""
    return DateWords(language)


def itemize(text: str, tokens: Sequence[Token], language: Language) -> list[Item]:
    """The text as a row of items; words that say nothing of time are items without meanings."""
    words = date_words(language)
    items: list[Item] = []
    i = 0
    while i < len(tokens):
        item = _item_at(text, tokens, i, words, language)
        items.append(item)
        i = item.end
    return items


def _item_at(text: str, tokens: Sequence[Token], i: int, words: DateWords, language: Language) -> Item:
    token = tokens[i]
    if token.kind == "number" and not _is_touched(tokens, i) and (numeric := _numeric(text, tokens, i)) is not None:
        return numeric
    if token.kind == "sign" and token.text in _SIGNS:
        return Item(i, i + 1, {_SIGNS[token.text]: True})
    if token.kind == "break":
        return Item(i, i + 1, {})
    phrase = words.vocabulary.at(tokens, i)
    number = None
    if token.kind == "number" or token.kind == "glyph" or token.lower in words.starters or (token.kind == "word" and words.numbers.morphs(token.lower)):
        number = parse_number(tokens, i, language, ".", True)
    if number is not None and number.value < 0:
        number = None
    if number is not None and (phrase is None or number.end > phrase[1]):
        return Item(i, number.end, _number_cats(tokens, number))
    if phrase is None:
        return Item(i, i + 1, _NONE)
    if number is not None and number.end == phrase[1]:
        return Item(i, phrase[1], {**_number_cats(tokens, number), **phrase[0]})
    return Item(i, phrase[1], phrase[0])


_NONE: dict[str, Any] = {}


def _is_touched(tokens: Sequence[Token], i: int) -> bool:
    """Letters or a slash touch the digits from the left: a code, an address."""
    if not i or not tokens[i].is_glued:
        return False
    before = tokens[i - 1]
    return before.text in "/-._" and before.is_glued and i > 1 and tokens[i - 2].kind == "number" or (before.kind == "word" and before.text.isascii() and not before.text.endswith("'"))


def _numeric(text: str, tokens: Sequence[Token], i: int) -> Item | None:
    match = _NUMERIC.match(text, tokens[i].start)
    if match is None:
        return None
    end = i + 1
    while end < len(tokens) and tokens[end].start < match.end():
        end += 1
    if tokens[end - 1].end != match.end():
        return None
    kind, said = match.lastgroup or "", match.group()
    for name in ("ymd", "dmy", "dmy_comma", "dmy2", "clock", "ym", "my", "hour", "dotted_dm", "dm"):
        if match.group(name):
            kind, said = name, match.group(name)
    numbers = [int(part) for part in re.findall(r"\d+", said)]
    cats = _numeric_cats(kind, said, numbers)
    return None if cats is None else Item(i, end, cats)


def _numeric_cats(kind: str, said: str, numbers: list[int]) -> dict[str, Any] | None:
    if kind in ("clock", "hour"):
        hour, minute, second = (*numbers, 0, 0)[:3]
        ok = hour <= 24 and minute < 60 and second < 60
        return {"CLOCK": (hour, minute, second), **({"HOURS": numbers[0]} if kind == "hour" and len(numbers) == 1 else {})} if ok else None
    if kind == "ymd":
        year, month, day = numbers
        return _calendar(year, month, day)
    if kind in ("dmy", "dmy_comma"):
        day, month, year = numbers
        return _calendar(year, month, day)
    if kind == "dmy2":
        day, month, short = numbers
        return _calendar(short + (1900 if short > 50 else 2000), month, day)
    if kind == "ym":
        return {"NUMDATE": (numbers[0], numbers[1], None)} if 1 <= numbers[1] <= 12 and 1000 <= numbers[0] < 2200 else None
    if kind == "my":
        is_month = 1 <= numbers[0] <= 12 and 1900 <= numbers[1] < 2100
        return {"NUMDATE": (numbers[1], numbers[0], None)} if is_month else None
    day, month = numbers
    if kind == "dotted_dm":
        return {"NUMDATE": (None, month, day)} if 1 <= month <= 12 and 1 <= day <= 31 else None
    if 1 <= day <= 31 and 1 <= month <= 31 and (month <= 12 or day <= 12):
        sure = day > 12 or "/0" in said or (said.startswith("0"))
        order = (None, month, day) if month <= 12 else (None, day, month)
        return {"NUMDATE": order} if sure else {"DAYMON": order}
    return None


def _calendar(year: int, month: int, day: int) -> dict[str, Any] | None:
    if not 1000 <= year < 2200 or not 1 <= day <= 31:
        return None
    if month <= 12:
        return {"NUMDATE": (year, month, day)} if month else None
    return {"NUMDATE": (year, day, month)} if day <= 12 and month <= 31 else None


def _number_cats(tokens: Sequence[Token], number: Any) -> dict[str, Any]:
    value = number.value
    cats: dict[str, Any] = {"NUM": value}
    if number.kind == "rank":
        cats = {"ORD": int(value), "NUM": value}
        return {**cats, "D31": int(value)} if 1 <= value <= 31 else cats
    if number.kind not in ("count", "fraction"):
        return {}
    if value % 1 == 0.5 and not number.is_digits and 0 < value < 24:
        return {"NUM": value, "HHMM": (int(value), 30, 0), "SPOKEN": True}
    if value % 1 or value < 0:
        text = tokens[number.start].text
        match = re.fullmatch(r"(\d{1,2})\.(\d{2})", text)
        if match and number.end == number.start + 1:
            cats.update(_dotted(int(match[1]), int(match[2])))
        return cats
    whole = int(value)
    text = tokens[number.start].text
    match = re.fullmatch(r"(\d{1,2})\.(\d{2})", text)
    if match and number.end == number.start + 1:
        return {"NUM": value, **_dotted(int(match[1]), int(match[2]))}
    is_short = not number.is_digits or (number.end == number.start + 1 and len(text) <= 2)
    if is_short and 1 <= whole <= 31:
        cats["D31"] = whole
    if is_short and whole <= 24:
        cats["HOUR"] = whole
    if is_short and whole < 60:
        cats["MIN"] = whole
    if (number.is_plain and len(text) == 4 and 1000 <= whole < 2200) or (not number.is_digits and 1000 < whole < 2200):
        cats["Y4"] = whole
    if number.is_plain and len(text) == 2:
        cats["YY"] = whole + (1900 if whole > 50 else 2000)
        if whole > 31:
            cats["Y2"] = cats["YY"]
    return cats


def _dotted(first: int, second: int) -> dict[str, Any]:
    """ "9.30" may be a clock time, "22.04" a day and month."""
    cats: dict[str, Any] = {}
    if first <= 24 and second < 60:
        cats["HHMM"] = (first, second, 0)
    if 1 <= first <= 31 and 1 <= second <= 12:
        cats["DAYMONDOT"] = (None, second, first)
    return cats
