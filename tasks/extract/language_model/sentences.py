"""Where sentences begin and end, by rules: no model, any language, linear time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# A line is a paragraph and always ends a sentence: subheads and list items have no full stop.
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# Latin, Cyrillic and Greek stops need a space after them; CJK, Arabic, Urdu, Hindi and Ethiopic do not.
_STOP = re.compile(r"[.!?…]+(?:\s\.)*|[。！？｡．؟۔।॥።]+")
_CLOSERS = "\"'”’»›)]}）」』】〉》"
_LOOSE_CLOSERS = "”’»›)]）」』"  # in tokenised text a space comes before them
_OPENERS = "\"'“‘«‹([{（「『【〈《¿¡-–—*•"
_WORD_WINDOW = 40
# A longer one is no sentence (among some 20,000 news articles the longest has 1,831), and each word of it would
# be held against each other one: it is cut at white space.
_MOST_CHARS = 4_000
_SPEAKER = re.compile(
    r"(?:(?:[A-Z][\w.'’-]{0,30}|he|she|they|the|an?)\s+){1,4}(?:said|says|asked|asks|added|told|wrote|"
    r"tweeted|shouted|replied|cried|joked)\b"
)


@dataclass(frozen=True, slots=True)
class _Language:
    titles: frozenset[str]
    often: frozenset[str]
    openers: frozenset[str]
    has_ordinals: bool


@cache
def _language(code: str) -> _Language:
    lists = _read_lists().get(code, {})
    return _Language(
        frozenset(lists.get("title", ())),
        frozenset(lists.get("often", ())),
        frozenset(lists.get("openers", ())),
        bool(lists.get("ordinal_numbers", False)),
    )


@cache
def _read_lists() -> dict[str, dict[str, list[str]]]:
    file = Path(__file__).parent / "abbreviations.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Half-open spans of the sentences, in reading order, without the white space around them.

    Every line ends a sentence, and so do 4,000 characters. Spans never overlap and hold every character but
    white space.
    """
    rules = _language(language.split("-")[0].lower())
    return [
        part
        for line in _LINE.finditer(text)
        for span in _split_line(text, *line.span(), rules)
        for part in _cut(text, *span)
    ]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence in parts of bounded length, cut at a space where there is one."""
    while end - start > _MOST_CHARS:
        space = text.rfind(" ", start + 1, start + _MOST_CHARS)
        cut = space if space > 0 else start + _MOST_CHARS
        yield from _trim(text, start, cut)
        start = cut
    yield from _trim(text, start, end)


def _split_line(text: str, start: int, end: int, rules: _Language) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < begin:
            continue
        close = _skip_closers(text, begin, stop.end(), end)
        if close < end and _ends_sentence(text, begin, stop, close, end, rules):
            yield from _trim(text, begin, close)
            begin = close
    yield from _trim(text, begin, end)


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _skip_closers(text: str, begin: int, place: int, end: int) -> int:
    """One past the closing quotation marks and brackets that belong to the sentence before."""
    while place < end:
        if text[place] in _CLOSERS:
            place += 1
        elif text[place] == " " and place + 1 < end and _is_loose_closer(text, begin, place + 1, end):
            place += 2
        else:
            return place
    return place


def _is_loose_closer(text: str, begin: int, place: int, end: int) -> bool:
    if text[place] in _LOOSE_CLOSERS:
        return True
    # A straight mark after a space closes only when it has one before it in the sentence and a space after.
    is_alone = place + 1 >= end or text[place + 1].isspace()
    return (
        is_alone and text[place] == '"' and text.count('"', max(begin, place - _MOST_CHARS), place) % 2 == 1
    )


def _ends_sentence(
    text: str, begin: int, stop: re.Match[str], close: int, end: int, rules: _Language
) -> bool:
    mark = stop.group()
    if mark[0] not in ".!?…":
        return True
    if not text[close].isspace():
        return False
    following = text[close : min(end, close + 120)].lstrip()
    first = following.lstrip(_OPENERS + " ")[:1]
    if not first or first.islower():
        return following[:1] in "•*" if following else False
    if mark[-1] in "?!" and close > stop.end() and _SPEAKER.match(following):
        return False
    return mark != "." or close > stop.end() or _full_stop_ends(text, begin, stop.start(), following, rules)


def _full_stop_ends(text: str, begin: int, stop: int, following: str, rules: _Language) -> bool:
    """Whether a single full stop after a word ends the sentence, and not an abbreviation or initial."""
    word = text[max(begin, stop - _WORD_WINDOW) : stop].split(" ")[-1].lstrip(_OPENERS)
    lower = word.casefold()
    if not word:  # a stop on its own: tokenised text
        return True
    if lower in rules.titles or _is_list_number(text, begin, stop, word):
        return False
    if rules.has_ordinals and word.isdigit() and len(word) <= 2:
        return False
    if lower == "no":
        return not following[:1].isdigit()
    if lower in rules.often or _is_initials(word):
        return _opens_sentence(following, rules)
    return True


def _opens_sentence(following: str, rules: _Language) -> bool:
    opening = following.split(" ", 1)[0]
    bare = opening.strip(_OPENERS + _CLOSERS + ",.;:").casefold()
    return bare in rules.openers or opening[:1] in "“«"


def _is_list_number(text: str, begin: int, stop: int, word: str) -> bool:
    return len(word) <= 3 and word.isdigit() and not text[begin : stop - len(word)].strip()


def _is_initials(word: str) -> bool:
    """`J` of "J. Smith", `J.R` of "J.R. Smith", `U.S`."""
    return len(word) <= 7 and all(len(part) == 1 and part.isupper() for part in word.split("."))
