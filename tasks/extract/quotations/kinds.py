"""What quoted words are: speech in full, part of a sentence, or no speech at all (titles, nicknames)."""

from __future__ import annotations

import calendar
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extract.quotations.attribution import StretchPlace
from tasks.extract.quotations.cues import naming_verbs
from tasks.extract.quotations.reports import Report

_SCARE_WORDS = 5
_UNCASED_CHARS = 5  # in scripts without capitals, fewer characters are a fragment
_NAMED_WORDS = 6  # between the verb of naming and the name: who or what receives the name
_NICKNAME_WORDS = 4
_NAMING_CHARS = 60
_BE = (
    r"(?:,|\(|\b(?:is|was|are|were|been|being|be|also|often|locally|sometimes|once|now|and|later|officially))"
)
# Words right before a name that is given to somebody or something, whatever its letters.
_NAMED_BEFORE = re.compile(
    r"\b(?:known (?:[a-z]+ ){0,3}as|go(?:es|ing)? (?:only )?by(?: the (?:nick|stage |pen )?names?(?: of)?)?|went by(?: the (?:nick)?names?(?: of)?)?"
    r"|(?:nick|stage |pen |code ?)names?|pseudonyms?|moniker|alias|aka|a\.k\.a\.|under the names?(?: of)?|by the names?(?: of)?"
    r"|(?:fight|perform|record|tour|play|write|post|stream|trade|compete|appear)(?:s|ed|ing)? (?:only |professionally |online )?as"
    rf"|nicknamed|{_BE}\s(?:(?:dub|christen|nam|renam|codenam|styl|titl|entitl)(?:b?ed))"
    r"|(?:they|friends|fans|locals|neighbours|neighbors|colleagues|everyone|people|(?:he|she) is|(?:he|she) was) call(?:s|ed)?(?: him| her| it| them)?)"
    r"(?: the| a| an)?\s{0,3},?\s{0,3}$",
    re.IGNORECASE,
)
# "Called" is a verb of speech too: what follows it is a name where it begins with a capital.
_CALLED_BEFORE = re.compile(
    rf"{_BE}\s(?:is |was |are |were )?called(?: the| a| an)?\s{{0,3}},?\s{{0,3}}$", re.IGNORECASE
)
# "Police named the operation “Iron Broom”": what the verb gives its object is a name.
_NAMING = re.compile(
    r"\b(?:nick|code|re)?nam(?:e|es|ed|ing)(?:\s[\w’'-]+){1,5}\s$|\bnam(?:e|es|ed)\s$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAPITAL_NAME = re.compile(r"(?:\b[A-Z]\.|\b[^\W\d_a-zà-ÿа-я][\w'’-]+)[ \xa0]$")
_NAME_SET_OFF = re.compile(r"\s[A-Z][a-z]+\s[A-Z][\w'’-]+,\s")
_CAPITAL_WORD = re.compile(r"[ \xa0]([^\W\d_a-zà-ÿа-я][\w'’-]+)")
_NICKNAME_PARTS = 2
_CLAUSE_WORD = re.compile(r"(?:I|I['’]\w+|\w+['’](?:m|re|ll|ve|d))\Z|\w+n['’]t\Z")


@cache
def _weekdays() -> frozenset[str]:
    """The days of the week, which follow quoted words as well: "he told Orr “Never Again” Friday"."""
    return frozenset(day.lower() for day in calendar.day_name)


@cache
def title_words() -> dict[str, Any]:
    """The contents of titles.toml."""
    return tomllib.loads((Path(__file__).parent / "titles.toml").read_text(encoding="utf-8"))


def is_fragment(text: str, place: StretchPlace) -> bool:
    """Less than a clause of its own: begins in lower case, or is a few words without a full stop."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end].strip()
    words = _WORD.findall(inner)
    if not words:
        return True
    if not any(char.isupper() or char.islower() for char in inner):
        return len(inner) < _UNCASED_CHARS
    ends_sentence = inner[-1:] in ".?!…—" or inner.endswith(",")
    return not words[0][:1].isupper() or (len(words) < 4 and not ends_sentence)


def kind_of(text: str, place: StretchPlace) -> str:
    """`direct` for a clause or more, `mixed` for a part of the reporter's sentence."""
    return "mixed" if is_fragment(text, place) else "direct"


def is_scare_quote(text: str, place: StretchPlace) -> bool:
    """A few words that are no clause: without a speaker they are the reporter's own, set apart."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end]
    return is_fragment(text, place) and len(_WORD.findall(inner)) <= _SCARE_WORDS


def is_so_called(text: str, place: StretchPlace) -> bool:
    """The reporter says that the name is not his own: "the so-called “bridge”"."""
    before = (
        text[max(place.gap_start, place.stretch.start_char - 20) : place.stretch.start_char].rstrip().lower()
    )
    inner = text[place.stretch.inner_start : place.stretch.inner_end].strip().lower()
    return before.endswith(tuple(title_words()["distancing"])) or inner in title_words()["distancing"]


def is_given_name(text: str, place: StretchPlace) -> bool:
    """A name that somebody or something has, behind words that say so: "goes by the name “Shorty”", "dubbed “the king of bins”"."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end].strip()
    words = _WORD.findall(inner)
    if not words or len(words) > _NICKNAME_WORDS or inner[-1] in "?!" or any(map(_CLAUSE_WORD.match, words)):
        return False
    before = text[max(place.gap_start, place.stretch.start_char - _NAMING_CHARS) : place.stretch.start_char]
    if _NAMED_BEFORE.search(before):
        return True
    named = words[1:] if words[0].lower() in title_words()["articles"] else words
    if not named or not named[0][0].isupper():
        return False
    return _CALLED_BEFORE.search(before) is not None or (
        _has_capitals_throughout(named) and _NAMING.search(before) is not None
    )


def names_what_it_quotes(report: Report, text: str, place: StretchPlace) -> bool:
    """ "what he called “Port Orr Incorporated”": capitals there are the speaker's, and no title.

    Also "referred to her as “Miss Orr”".
    """
    between = text[report.end : place.stretch.start_char].split(None, _NAMED_WORDS + 1)
    if len(between) > _NAMED_WORDS:
        return False
    names = text[report.cue_start : report.cue_end].lower() in naming_verbs()
    return names or between[-1:] == ["as"]


def is_title(text: str, place: StretchPlace) -> bool:
    """A title of a work or programme, or a nickname: capitals throughout, and no clause."""
    inner = text[place.stretch.inner_start : place.stretch.inner_end].strip()
    words = _WORD.findall(inner)
    if not words or len(words) > 14:
        return False
    before = text[max(place.gap_start, place.stretch.start_char - 60) : place.stretch.start_char]
    if is_nickname(text, place):
        return True
    if not _has_capitals_throughout(words) or inner[-1:] in "?!" or any(map(_CLAUSE_WORD.match, words)):
        return False
    return len(words) > 1 or _names_work(before)


def _has_capitals_throughout(words: list[str]) -> bool:
    """One word, or several of which a second one has a capital: "It is over" is a sentence."""
    small = set(title_words()["small_words"])
    if len(words) > 1 and not any(w[0].isupper() or w[0].isdigit() for w in words[1:]):
        return False
    return words[0][0].isupper() and all(w[0].isupper() or w[0].isdigit() or w in small for w in words)


def _names_work(before: str) -> bool:
    last = _WORD.findall(before)[-1:]
    return bool(last) and last[0].lower() in title_words()["work_words"]


def is_nickname(text: str, place: StretchPlace) -> bool:
    """A nickname between first and last name, with or without an article: Jack “the Hook” Marlow."""
    stretch = place.stretch
    words = _WORD.findall(text[stretch.inner_start : stretch.inner_end])
    named = words[1:] if words[:1] and words[0].lower() in title_words()["articles"] else words
    if not 0 < len(named) <= _NICKNAME_PARTS or not all(word[0].isupper() for word in named):
        return False
    if not text[stretch.inner_end - 1].isalnum():
        return False
    before = text[max(0, stretch.start_char - 30) : stretch.start_char]
    if _NAME_SET_OFF.match(text, stretch.end_char) and before.endswith(", "):
        return True  # "its manager, “Big” Les Orr, said"
    after = _CAPITAL_WORD.match(text, stretch.end_char)
    return bool(_CAPITAL_NAME.search(before)) and after is not None and after[1].lower() not in _weekdays()
